package dev.tracetool.analysis;

import java.util.Arrays;

/** What a {@link SpanTimes} gave, as it was read from a file. */
final class SpanList implements FunctionSpans {
    private static final int MAX_SHIFT = 56;

    private int[] functions = new int[256];
    private byte[] shifts = new byte[256];

    /** Span and time. */
    private long[] pairs = new long[512];

    private int size;

    /**
     * Adds a time.
     *
     * @param count of the functions that there are
     * @throws IllegalArgumentException if there can be no such span, or if no {@link SpanTimes} has so many
     */
    void add(int function, int count, int shift, long span, long time) {
        if (shift < SpanTimes.FIRST_SHIFT || shift > MAX_SHIFT || span > Long.MAX_VALUE >> shift + 1) {
            throw new IllegalArgumentException("span " + span + " of 2^" + shift + " ns");
        }
        if (size >= Math.max(SpanTimes.MAX_PAIRS, count)) {
            throw new IllegalArgumentException("more than " + size);
        }
        if (size == functions.length) {
            functions = Arrays.copyOf(functions, 2 * size);
            shifts = Arrays.copyOf(shifts, 2 * size);
            pairs = Arrays.copyOf(pairs, 4 * size);
        }
        functions[size] = function;
        shifts[size] = (byte) shift;
        pairs[2 * size] = span;
        pairs[2 * size++ + 1] = time;
    }

    @Override
    public void forEach(Taker taker) {
        for (int i = 0; i < size; i++) {
            taker.take(functions[i], shifts[i], pairs[2 * i], pairs[2 * i + 1]);
        }
    }
}
