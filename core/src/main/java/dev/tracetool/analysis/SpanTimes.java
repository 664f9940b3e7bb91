package dev.tracetool.analysis;

/**
 * Self time of each function in spans of equal width: open addressing, linear probing. From the first to the last one of
 * any function there are {@value #SPANS} spans at most, and {@value #MAX_PAIRS} pairs of a span and a function, as long as
 * there is more than one span: when there would be more, their width doubles. Spans begin at multiples of their width, so
 * that merging is exact, and it is associative and commutative.
 */
final class SpanTimes {
    /** A power of two. */
    static final int SPANS = 64;

    static final int MAX_PAIRS = 1 << 16;

    /** Of the width of the spans of a file. */
    private static final int MAX_SHIFT = 56;

    private static final int FIRST_SHIFT = 14;

    /** Function plus one; 0 where there is none. */
    private int[] functions = new int[256];

    /** Which of the spans, from that on which begins at 0. */
    private long[] spans = new long[256];

    private long[] times = new long[256];
    private int size;
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

    /**
     * The same, of a file.
     *
     * @throws IllegalArgumentException if there can be no such span
     */
    void addChecked(int function, int spanShift, long span, long time) {
        if (spanShift < FIRST_SHIFT || spanShift > MAX_SHIFT || span > Long.MAX_VALUE >> spanShift + 1) {
            throw new IllegalArgumentException("span " + span + " of 2^" + spanShift + " ns");
        }
        add(function, spanShift, span, time);
    }

    private void widen() {
        int[] oldFunctions = functions;
        long[] oldSpans = spans;
        long[] oldTimes = times;
        allocate(oldFunctions.length);
        size = 0;
        shift++;
        if (first <= last) {
            first >>= 1;
            last >>= 1;
        }
        for (int i = 0; i < oldFunctions.length; i++) {
            if (oldFunctions[i] != 0) {
                put(oldFunctions[i] - 1, oldSpans[i] >> 1, oldTimes[i]);
            }
        }
    }

    private void put(int function, long span, long time) {
        int at = place(function + 1, span);
        if (functions[at] == 0) {
            if (2 * ++size > functions.length) {
                grow();
                at = place(function + 1, span);
            }
            functions[at] = function + 1;
            spans[at] = span;
        }
        times[at] += time;
    }

    private void allocate(int capacity) {
        functions = new int[capacity];
        spans = new long[capacity];
        times = new long[capacity];
    }

    private void grow() {
        int[] oldFunctions = functions;
        long[] oldSpans = spans;
        long[] oldTimes = times;
        allocate(2 * oldFunctions.length);
        for (int i = 0; i < oldFunctions.length; i++) {
            if (oldFunctions[i] != 0) {
                int at = place(oldFunctions[i], oldSpans[i]);
                functions[at] = oldFunctions[i];
                spans[at] = oldSpans[i];
                times[at] = oldTimes[i];
            }
        }
    }

    private int place(int function, long span) {
        int mask = functions.length - 1;
        long hash = (function * 0x9E37_79B9_7F4A_7C15L ^ span) * 0xD6E8_FEB8_6659_FD93L;
        int at = (int) (hash >>> 40) & mask;
        while (functions[at] != 0 && (functions[at] != function || spans[at] != span)) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Takes the time of a function in a span. */
    interface Taker {
        void take(int function, long span, long time);
    }

    void forEach(Taker taker) {
        for (int i = 0; i < functions.length; i++) {
            if (functions[i] != 0) {
                taker.take(functions[i] - 1, spans[i], times[i]);
            }
        }
    }

    /**
     * These times, moved by so many nanoseconds to later ones. What then lies in two spans is divided in proportion.
     */
    SpanTimes movedBy(long ns) {
        SpanTimes moved = new SpanTimes();
        long width = 1L << shift;
        long later = ns >> shift;
        long inSecond = ns & width - 1;
        forEach((function, span, time) -> {
            long second = Math.round((double) time * inSecond / width);
            moved.add(function, shift, span + later, time - second);
            moved.add(function, shift, span + later + 1, second);
        });
        return moved;
    }
}
