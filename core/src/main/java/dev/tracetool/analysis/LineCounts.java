package dev.tracetool.analysis;

import java.util.Arrays;

/**
 * Counts line events by code index and line, in flat arrays.
 *
 * <pre>
 * layout   FIRST | SPAN | PLACE | LAID_OUT, for each code index
 * counts   SPAN ints for each code object that had an event
 * </pre>
 *
 * <p>A code object gets its part of {@code counts} before its first event is counted. Its span goes from the least to the greatest line
 * of its table, but a table in a file can claim any span: where it is much larger than the table, and for lines outside
 * of it, counts are kept in a map, which holds at most {@value #MAX_OTHERS} lines.
 */
final class LineCounts {
    private static final int STRIDE = 4;

    /** Lines that the map can hold; events at further ones are counted only in {@link #dropped}. */
    static final int MAX_OTHERS = 1 << 20;

    /** The first line of the code object that has a counter. */
    static final int FIRST = 0;

    /** How many lines from that one on have a counter. */
    static final int SPAN = 1;

    /** Where these counters begin. */
    static final int PLACE = 2;

    /** Whether the code object has had its chance of counters. */
    static final int LAID_OUT = 3;

    /** A span may be this many times as large as the number of its lines, plus {@link #FREE_SPAN}. */
    private static final int MAX_SPREAD = 16;

    private static final int FREE_SPAN = 256;
    private static final int MAX_COUNTS = 1 << 27;

    private int[] layout = new int[64 * STRIDE];

    private int[] counts = new int[1024];
    private int used;

    /** What {@link #counts} held before it would have overflowed; as long as it was then. */
    private long[] carried = {};

    /** Events since {@link #counts} was last carried over. */
    private long since;

    private final LongCounter others = new LongCounter(MAX_OTHERS);

    /** Makes room in the layout for code indices below the given one. */
    void reserve(int codes) {
        int needed = Math.multiplyExact(codes + 1, STRIDE);
        if (layout.length < needed) {
            layout = Arrays.copyOf(layout, Math.max(needed, (int) Math.min(2L * layout.length, 1 << 30)));
        }
    }

    /**
     * The counters. Line {@code l} of a code object with {@code 0 <= l - FIRST < SPAN} has the one at
     * {@code PLACE + l - FIRST}, which whoever counts increases: that is the loop over all events. The array
     * is another one after {@link #layOut} and {@link #begin}.
     */
    int[] counts() {
        return counts;
    }

    /** What stands at {@link #at}: another array after {@link #reserve}. */
    int[] layout() {
        return layout;
    }

    /** Place of a code object in {@link #layout}; -1 has one, too, with a span of no lines. */
    static int at(int code) {
        return (code + 1) * STRIDE;
    }

    /**
     * So many events at most are going to be counted. Counters are ints, to stay in the cache: this empties them before
     * one of them could overflow.
     */
    void begin(int events) {
        since += events;
        if (since > Integer.MAX_VALUE) {
            carried = Arrays.copyOf(carried, counts.length);
            for (int i = 0; i < used; i++) {
                carried[i] += counts[i];
                counts[i] = 0;
            }
            since = events;
        }
    }

    private long counted(int place) {
        return counts[place] + (place < carried.length ? carried[place] : 0);
    }

    /** Gives the code object a part of {@link #counts}, if its lines, ascending, are close enough to each other. */
    void layOut(int code, int[] lines) {
        int at = at(code);
        layout[at + LAID_OUT] = 1;
        if (lines.length == 0) {
            return;
        }
        int first = lines[0];
        long span = (long) lines[lines.length - 1] - first + 1;
        if (span > (long) MAX_SPREAD * lines.length + FREE_SPAN || used + span > MAX_COUNTS) {
            return;
        }
        if (used + span > counts.length) {
            counts = Arrays.copyOf(counts, (int) Math.max(used + span, Math.min(2L * counts.length, MAX_COUNTS)));
        }
        layout[at + FIRST] = first;
        layout[at + SPAN] = (int) span;
        layout[at + PLACE] = used;
        used += (int) span;
    }

    /** Counts an event of a code object that is laid out, at a line that has no counter. */
    void addOther(int code, int line) {
        others.add(key(code, line));
    }

    /** Line events for which there was no room left. */
    long dropped() {
        return others.dropped();
    }

    /** The lines of all code objects outside of their spans, to be handed to {@link #hits}. */
    long[] otherKeys() {
        return others.sortedKeys();
    }

    /**
     * What was counted for one code object, as lines that are not known to be executable.
     *
     * @param otherKeys {@link #otherKeys()}
     */
    LineHits hits(int code, long[] otherKeys) {
        Found found = new Found();
        find(code, otherKeys, found);
        return LineHits.events(Arrays.copyOf(found.lines, found.count), Arrays.copyOf(found.hits, found.count));
    }

    /** Lines of one code object that had events, ascending, with their hits: so many of each. */
    static final class Found {
        int[] lines = new int[16];
        long[] hits = new long[16];
        int count;

        private void add(int line, long events) {
            if (count == lines.length) {
                lines = Arrays.copyOf(lines, 2 * count);
                hits = Arrays.copyOf(hits, 2 * count);
            }
            lines[count] = line;
            hits[count++] = events;
        }
    }

    /** The same as {@link #hits}, into arrays that can be used again. */
    void find(int code, long[] otherKeys, Found found) {
        found.count = 0;
        int at = at(code);
        boolean known = at < layout.length;
        int first = known ? layout[at + FIRST] : 0;
        int span = known ? layout[at + SPAN] : 0;
        int place = known ? layout[at + PLACE] : 0;
        int other = otherKeys.length == 0 ? 0 : firstAtLeast(otherKeys, key(code, Integer.MIN_VALUE));
        other = others(otherKeys, other, key(code, first), found);
        for (int i = 0; i < span; i++) {
            long events = counted(place + i);
            if (events != 0) {
                found.add(first + i, events);
            }
        }
        others(otherKeys, other, key(code, Integer.MAX_VALUE) + 1, found);
    }

    /** Adds those from one on that are less than a key. Returns where they end. */
    private int others(long[] keys, int from, long end, Found found) {
        int at = from;
        while (at < keys.length && keys[at] < end) {
            found.add((int) (keys[at] ^ Integer.MIN_VALUE), others.get(keys[at]));
            at++;
        }
        return at;
    }

    /** Counting of the lines outside of spans begins anew, for all code objects. */
    void clearOthers() {
        others.clear();
    }

    /** Counting of the code object begins anew, but for lines outside of its span. */
    void clear(int code) {
        int at = at(code);
        int from = layout[at + PLACE];
        int to = from + layout[at + SPAN];
        Arrays.fill(counts, from, to, 0);
        if (from < carried.length) {
            Arrays.fill(carried, from, Math.min(to, carried.length), 0);
        }
    }

    /** Code index above, line below with its sign bit turned, so that keys are in order of both. */
    private static long key(int code, int line) {
        return ((long) code << 32) | ((line ^ Integer.MIN_VALUE) & 0xFFFF_FFFFL);
    }

    private static int firstAtLeast(long[] keys, long key) {
        int at = Arrays.binarySearch(keys, key);
        return at >= 0 ? at : -at - 1;
    }
}
