package dev.tracetool.analysis;

import java.util.Arrays;

/**
 * Which line of a code object followed on which: ordered pairs, each once. Where a code object returned, {@link #EXIT}
 * followed. Immutable; adding is associative and commutative.
 */
public final class Arcs {
    /** In place of a line: the code object returned. */
    public static final int EXIT = -1;

    public static final Arcs NONE = new Arcs(new long[0]);

    /** The line that was left above, the other below. */
    private final long[] pairs;

    private Arcs(long[] pairs) {
        this.pairs = pairs;
    }

    /** Of pairs made by {@link #pair}, in any order, also several times. The array is not to be changed after this. */
    public static Arcs of(long... pairs) {
        if (pairs.length == 0) {
            return NONE;
        }
        return new Arcs(
                isAscending(pairs)
                        ? pairs
                        : Arrays.stream(pairs).sorted().distinct().toArray());
    }

    private static boolean isAscending(long[] pairs) {
        for (int i = 1; i < pairs.length; i++) {
            if (pairs[i - 1] >= pairs[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * A line that was left, and what followed on it.
     *
     * @throws IllegalArgumentException if a line is negative, other than {@link #EXIT}
     */
    public static long pair(int from, int to) {
        if (from < 0 || to < EXIT) {
            throw new IllegalArgumentException("line " + from + " to " + to);
        }
        return (long) from << 32 | (to & 0xFFFF_FFFFL);
    }

    /** Number of pairs, which are in order of both lines. */
    public int size() {
        return pairs.length;
    }

    /** The line that was left, by its place from 0. */
    public int from(int place) {
        return (int) (pairs[place] >> 32);
    }

    /** What followed, by its place from 0. */
    public int to(int place) {
        return (int) pairs[place];
    }

    /** Both together. */
    public Arcs plus(Arcs o) {
        int more = o.notIn(this);
        if (more == 0) {
            return this;
        }
        long[] all = new long[pairs.length + more];
        int here = 0;
        int there = 0;
        for (int i = 0; i < all.length; i++) {
            boolean mine = there == o.pairs.length || (here < pairs.length && pairs[here] <= o.pairs[there]);
            all[i] = mine ? pairs[here] : o.pairs[there];
            if (there < o.pairs.length && o.pairs[there] == all[i]) {
                there++;
            }
            if (mine) {
                here++;
            }
        }
        return new Arcs(all);
    }

    /** How many of these pairs the other ones do not have. */
    private int notIn(Arcs o) {
        int missing = 0;
        int there = 0;
        for (long pair : pairs) {
            while (there < o.pairs.length && o.pairs[there] < pair) {
                there++;
            }
            if (there == o.pairs.length || o.pairs[there] != pair) {
                missing++;
            }
        }
        return missing;
    }
}
