package dev.tracetool.format.nativetrace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Widens columns. Bytes become shorts or ints by bulk copies, which are fast before anything is compiled, and the loops
 * are small, so that the first compiler makes good code of them: reading 50 million events takes less time than the
 * optimizing compiler does.
 */
final class Columns {
    private static final byte[] ZEROS = new byte[1 << 16];

    /** Non-zero bytes of a plane that are looked for one by one; where there are more, all bytes are looked at. */
    private static final int FEW = 64;

    private short[] shorts = new short[0];

    private void loadShorts(byte[] raw, int from, int n) {
        if (shorts.length < n) {
            shorts = new short[Math.max(n, 1 << 14)];
        }
        littleEndian(raw, from, 2 * n).asShortBuffer().get(shorts, 0, n);
    }

    private static ByteBuffer littleEndian(byte[] raw, int from, int length) {
        return ByteBuffer.wrap(raw, from, length).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Widens ops, and counts how often each negative one occurs.
     *
     * @param counts entry {@code v} is increased for each op {@code ~v}
     * @return the place of the first op that is too small for the counts; n if there is none
     */
    int ops(byte[] raw, int from, int width, int[] to, int n, int[] counts) {
        if (width == 2) {
            loadShorts(raw, from, n);
            short[] values = shorts;
            int limit = counts.length;
            for (int i = 0; i < n; i++) {
                int op = values[i];
                to[i] = op;
                if (op < 0) {
                    if (~op >= limit) {
                        return i;
                    }
                    counts[~op]++;
                }
            }
            return n;
        }
        if (width == 1) {
            for (int i = 0; i < n; i++) {
                to[i] = raw[from + i];
            }
        } else {
            littleEndian(raw, from, 4 * n).asIntBuffer().get(to, 0, n);
        }
        for (int i = 0; i < n; i++) {
            int op = to[i];
            if (op < 0) {
                if (~op >= counts.length) {
                    return i;
                }
                counts[~op]++;
            }
        }
        return n;
    }

    /**
     * Widens unsigned numbers.
     *
     * @return the largest, as an unsigned number; 0 if there is none
     */
    int unsigned(byte[] raw, int from, int width, int[] to, int n) {
        int largest = 0;
        switch (width) {
            case 1 -> {
                for (int i = 0; i < n; i++) {
                    int value = raw[from + i] & 0xFF;
                    to[i] = value;
                    largest = value > largest ? value : largest;
                }
            }
            case 2 -> {
                loadShorts(raw, from, n);
                short[] values = shorts;
                for (int i = 0; i < n; i++) {
                    int value = values[i] & 0xFFFF;
                    to[i] = value;
                    largest = value > largest ? value : largest;
                }
            }
            default -> {
                littleEndian(raw, from, 4 * n).asIntBuffer().get(to, 0, n);
                for (int i = 0; i < n; i++) {
                    // Compared as if all numbers were less by 2^31: that is the order of unsigned ones.
                    largest = to[i] + Integer.MIN_VALUE > largest + Integer.MIN_VALUE ? to[i] : largest;
                }
            }
        }
        return largest;
    }

    /**
     * Adds up differences, which stand in byte planes, the lowest first.
     *
     * @param to the first number on entry in {@code to[0]}; receives all n + 1
     * @return whether no sum is less than the one before it
     */
    boolean sums(byte[] raw, int width, long[] to, int n) {
        long sum = to[0];
        boolean forward = true;
        if (width == 1) {
            for (int i = 0; i < n; i++) {
                sum += raw[i] & 0xFF;
                forward &= sum >= to[i];
                to[i + 1] = sum;
            }
            return forward;
        }
        Arrays.fill(to, 1, n + 1, 0);
        for (int plane = 2; plane < width; plane++) {
            plane(raw, plane * n, 8 * plane, to, n);
        }
        for (int i = 0; i < n; i++) {
            long next = sum + to[i + 1] + ((raw[i] & 0xFF) | (raw[n + i] & 0xFF) << 8);
            forward &= next >= sum;
            sum = next;
            to[i + 1] = next;
        }
        return forward;
    }

    /** Adds one of the higher planes, which are mostly zeros, to {@code to[1..n]}. */
    private static void plane(byte[] raw, int from, int shift, long[] to, int n) {
        int i = 0;
        if (n <= ZEROS.length) {
            for (int found = 0; found < FEW; found++) {
                int zeros = Arrays.mismatch(raw, from + i, from + n, ZEROS, 0, n - i);
                if (zeros < 0) {
                    return;
                }
                i += zeros;
                to[i + 1] |= (raw[from + i] & 0xFFL) << shift;
                i++;
            }
        }
        for (; i < n; i++) {
            to[i + 1] |= (raw[from + i] & 0xFFL) << shift;
        }
    }
}
