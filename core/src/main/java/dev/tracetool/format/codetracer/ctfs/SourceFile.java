package dev.tracetool.format.codetracer.ctfs;

import java.util.Arrays;

/**
 * How a file is addressed.
 *
 * <p>Searching takes long for what is done for each step. For that there are runs of 2 to the power of {@code runShift}
 * addresses. What is stored for one, and the place of an address within it, add up to a number that has above its lowest
 * {@code runShift} bits the entry of {@code starts} that it belongs to: the line that the first address of the run is in,
 * or, by the carry, the next one. A run in which more than one line begins is {@link #UNTOLD}.
 *
 * @param size addresses that it takes, at least 1
 * @param starts how many addresses are before lines, ascending, each number once, and behind them
 *     {@link Integer#MAX_VALUE}; empty if all lines take the same number
 * @param lines for each of {@code starts}, the last line that begins there; behind them {@link #UNTOLD}
 * @param lineShift 2 to the power of this is the number of addresses of a line, if all take the same
 * @param runs what is stored for each run, as 32 bits without a sign
 */
record SourceFile(long size, int[] starts, int[] lines, int lineShift, int[] runs, int runShift) {
    /** In place of a line that is to be searched for. */
    static final int UNTOLD = -1;

    private static final int[] NONE = new int[0];
    private static final int[] ALL_UNTOLD = {UNTOLD};

    /** The only entry of {@link #ALL_UNTOLD} for all addresses. */
    private static final int[] ONE_RUN = {0};

    private static final int SHIFT_OF_ONE_RUN = 63;

    /** Shorter runs are not worth their memory. */
    private static final int LEAST_SHIFT = 3;

    /** A file of that many lines, each one address. */
    static SourceFile ofLines(long lines) {
        return even(lines, 0);
    }

    /** A file of that many lines, each of 2 to the power of that many addresses. */
    static SourceFile even(long lines, int lineShift) {
        return new SourceFile(Math.max(1, lines << lineShift), NONE, ALL_UNTOLD, lineShift, ONE_RUN, SHIFT_OF_ONE_RUN);
    }

    /**
     * A file of lines of different lengths.
     *
     * @param all for each line, of which there is one at least, how many addresses are before it
     * @param size addresses of all
     * @param runsOfLine for how many runs to a line there is memory
     */
    static SourceFile ofColumns(int[] all, int size, int runsOfLine) {
        int distinct = 1;
        for (int i = 1; i < all.length; i++) {
            distinct += all[i] != all[i - 1] ? 1 : 0;
        }
        int[] starts = new int[distinct + 1];
        int[] lines = new int[distinct + 1];
        int at = 0;
        for (int i = 0; i < all.length; i++) {
            at += i > 0 && all[i] != all[i - 1] ? 1 : 0;
            starts[at] = all[i];
            lines[at] = i + 1;
        }
        starts[distinct] = Integer.MAX_VALUE;
        lines[distinct] = UNTOLD;
        // With one run to a line and more, what is stored for a run fits into 32 bits.
        int shift = LEAST_SHIFT;
        while (size >>> shift > (long) runsOfLine * distinct) {
            shift++;
        }
        return new SourceFile(Math.max(1, size), starts, lines, 0, runs(starts, size, shift), shift);
    }

    private static int[] runs(int[] starts, int size, int shift) {
        int[] runs = new int[(size >>> shift) + 1];
        int length = 1 << shift;
        int distinct = starts.length - 1;
        int untold = distinct << shift;
        int from = 0;
        for (int at = 0; at < distinct; at++) {
            long next = starts[at + 1];
            int to = (int) Math.min(runs.length, next + length - 1 >>> shift);
            if (from < to) { // runs that begin in this line
                for (int run = from; run < to; run++) { // few: faster than a call
                    runs[run] = at << shift;
                }
                int before = (int) (next & length - 1);
                if (at + 1 < distinct && before != 0) { // the last one goes on in the next line
                    boolean inNoOther = starts[at + 2] >= (long) to << shift;
                    runs[to - 1] = inNoOther ? (at << shift) + length - before : untold;
                }
                from = to;
            }
        }
        runs[runs.length - 1] = untold; // the file ends in that
        return runs;
    }

    /**
     * Looks up what no run tells.
     *
     * @param addresses that are all in the file
     * @param base of which each is counted
     * @param first the number of the first line, if all lines take the same number of addresses
     * @param found to which the line of each is written that is {@link #UNTOLD} there
     */
    void search(long[] addresses, int at, int end, long base, int first, int[] found) {
        if (isEven()) {
            int shift = lineShift;
            for (int i = at; i < end; i++) {
                found[i] = (int) (addresses[i] - base >>> shift) + first;
            }
            return;
        }
        for (int i = at; i < end; i++) {
            if (found[i] == UNTOLD) {
                found[i] = lines[startOf((int) (addresses[i] - base))];
            }
        }
    }

    /** The last entry of {@link #starts} that is not above that. */
    int startOf(int place) {
        int found = Arrays.binarySearch(starts, place);
        return found >= 0 ? found : -found - 2;
    }

    boolean isEven() {
        return starts.length == 0;
    }
}
