package dev.tracetool.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Self time of each function in spans of equal width: rows of the first functions for each span, as what is merged has
 * many functions in the same few spans, and a table (open addressing, linear probing) for all others. From the first to the last one of
 * any function there are {@value #SPANS} spans at most, and {@value #MAX_PAIRS} pairs of a span and a function, as long as
 * there is more than one span: when there would be more, their width doubles. Spans begin at multiples of their width, so
 * that merging is exact, and it is associative and commutative.
 */
final class SpanTimes implements FunctionSpans {
    /** A power of two. */
    static final int SPANS = 64;

    static final int MAX_PAIRS = 1 << 16;

    static final int FIRST_SHIFT = 14;

    /** Functions that have a place in rows: with all spans, 2 MB. */
    private static final int ROW = 1 << 12;

    private static final int FIRST_ROW = 16;

    /** By the last bits of a span: the time of each function, 0 where there is none; null or too short for none. */
    private long[] @Nullable [] rows = new long[SPANS][];

    /**
     * {@link #key} of a function and a span, 0 where there is none, and behind it the time: next to each other, since it
     * is the memory that is slow.
     */
    private long[] slots = new long[512];

    /** Pairs in all, and those of them that are in the table. */
    private int size;

    private int inTable;

    private int shift = FIRST_SHIFT;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Width of a span is {@code 1L << shift()} nanoseconds. */
    int shift() {
        return shift;
    }

    /** Spreads the time between two times over the spans that it lies in. */
    void addTime(int function, long from, long to) {
        long at = Math.max(0, from);
        while (at < to) {
            long end = Math.min(to, end(at));
            add(function, shift, at >> shift, end - at);
            at = end;
        }
    }

    /** The last time before a time at which a span begins, as far as is known now. */
    long begin(long time) {
        return time >> shift << shift;
    }

    /** The first time behind a time at which a span ends. */
    long end(long time) {
        return (time >> shift) + 1 << shift;
    }

    /** Adds time to one of the spans that have another width, or the same. */
    void add(int function, int spanShift, long span, long time) {
        while (shift < spanShift) {
            widen();
        }
        if (time == 0) {
            return;
        }
        long here = span >> shift - spanShift;
        while (Math.max(last, here) - Math.min(first, here) >= SPANS) {
            widen();
            here >>= 1;
        }
        first = Math.min(first, here);
        last = Math.max(last, here);
        put(function, here, time);
        while (size > MAX_PAIRS && first < last) {
            widen();
        }
    }

    private void widen() {
        long[] narrow = slots;
        long[] @Nullable [] narrowRows = rows;
        long from = first;
        slots = new long[narrow.length];
        rows = new long[SPANS][];
        size = 0;
        inTable = 0;
        shift++;
        if (first <= last) {
            first >>= 1;
            last >>= 1;
        }
        forEach(narrowRows, narrow, from, (function, span, time) -> put(function, span >> 1, time));
    }

    /** Of all spans that there are, no two have the same place in here. */
    private static long key(int function, long span) {
        return (function + 1L) * SPANS | span & SPANS - 1;
    }

    private void put(int function, long span, long time) {
        if (function >= ROW) {
            putInTable(function, span, time);
            return;
        }
        int which = (int) span & SPANS - 1;
        long[] row = rows[which];
        if (row == null || function >= row.length) {
            int room = Math.max(FIRST_ROW, Integer.highestOneBit(function) << 1);
            row = row == null ? new long[room] : Arrays.copyOf(row, room);
            rows[which] = row;
        }
        size += row[function] == 0 ? 1 : 0;
        row[function] += time;
    }

    private void putInTable(int function, long span, long time) {
        long key = key(function, span);
        int at = place(key);
        if (slots[at] == 0) {
            size++;
            if (4 * ++inTable > slots.length) {
                grow();
                at = place(key);
            }
            slots[at] = key;
        }
        slots[at + 1] += time;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[4 * old.length];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int at = place(old[i]);
                slots[at] = old[i];
                slots[at + 1] = old[i + 1];
            }
        }
    }

    private int place(long key) {
        int mask = slots.length - 2;
        int at = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
        while (slots[at] != 0 && slots[at] != key) {
            at = at + 2 & mask;
        }
        return at;
    }

    private interface SlotTaker {
        void take(int function, long span, long time);
    }

    /** The span of the last bits, of those from the first one on. */
    private static long span(long bits, long first) {
        return first + (bits - first & SPANS - 1);
    }

    private static void forEach(long[] @Nullable [] rows, long[] slots, long first, SlotTaker taker) {
        for (int which = 0; which < SPANS; which++) {
            long[] row = rows[which];
            for (int function = 0; row != null && function < row.length; function++) {
                if (row[function] != 0) {
                    taker.take(function, span(which, first), row[function]);
                }
            }
        }
        for (int i = 0; i < slots.length; i += 2) {
            if (slots[i] != 0) {
                taker.take((int) (slots[i] / SPANS) - 1, span(slots[i], first), slots[i + 1]);
            }
        }
    }

    @Override
    public void forEach(Taker taker) {
        forEach(rows, slots, first, (function, span, time) -> taker.take(function, shift, span, time));
    }

    /** @param places by function there, the function here */
    void addAll(FunctionSpans from, int[] places) {
        from.forEach((function, spanShift, span, time) -> add(places[function], spanShift, span, time));
    }

    /**
     * Adds other times, moved by so many nanoseconds to later ones. What then lies in two spans is divided in proportion.
     *
     * @param places by function there, the function here
     */
    void addMoved(FunctionSpans from, int[] places, long ns) {
        from.forEach((function, spanShift, span, time) -> {
            long width = 1L << spanShift;
            long later = span + (ns >> spanShift);
            long second = Math.round((double) time * (ns & width - 1) / width);
            add(places[function], spanShift, later, time - second);
            add(places[function], spanShift, later + 1, second);
        });
    }
}
