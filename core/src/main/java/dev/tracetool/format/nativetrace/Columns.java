package dev.tracetool.format.nativetrace;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Widens columns to ints. Bytes become shorts or ints by bulk copies, which are fast before anything is compiled, and the
 * loops are small and without branches, so that the first compiler makes good code of them: reading 50 million events
 * takes less time than the optimizing compiler does.
 */
final class Columns {
    private static final byte[] ZEROS = new byte[1 << 16];

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

    void signed(byte[] raw, int from, int width, int[] to, int n) {
        switch (width) {
            case 1 -> {
                for (int i = 0; i < n; i++) {
                    to[i] = raw[from + i];
                }
            }
            case 2 -> {
                loadShorts(raw, from, n);
                short[] values = shorts;
                for (int i = 0; i < n; i++) {
                    to[i] = values[i];
                }
            }
            default -> littleEndian(raw, from, 4 * n).asIntBuffer().get(to, 0, n);
        }
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
                    largest = Integer.compareUnsigned(to[i], largest) > 0 ? to[i] : largest;
                }
            }
        }
        return largest;
    }

    /** Puts one byte plane of n numbers into {@code to[1..n]}; the lowest plane, number 0, comes first. */
    static void plane(byte[] raw, int from, int plane, long[] to, int n) {
        if (plane == 0) {
            for (int i = 0; i < n; i++) {
                to[i + 1] = raw[from + i] & 0xFF;
            }
            return;
        }
        if (n <= ZEROS.length && Arrays.equals(raw, from, from + n, ZEROS, 0, n)) {
            return; // the highest planes mostly are
        }
        int shift = 8 * plane;
        for (int i = 0; i < n; i++) {
            to[i + 1] |= (raw[from + i] & 0xFFL) << shift;
        }
    }
}
