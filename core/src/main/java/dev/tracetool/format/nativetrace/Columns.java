package dev.tracetool.format.nativetrace;

/** Widens columns to ints. Small loops without branches, which the compiler turns into good code early. */
final class Columns {
    private Columns() {}

    static void signed(byte[] raw, int from, int width, int[] to, int n) {
        switch (width) {
            case 1 -> {
                for (int i = 0; i < n; i++) {
                    to[i] = raw[from + i];
                }
            }
            case 2 -> {
                for (int i = 0; i < n; i++) {
                    to[i] = Layout.i16(raw, from + 2 * i);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    to[i] = Layout.i32(raw, from + 4 * i);
                }
            }
        }
    }

    /**
     * Widens unsigned numbers.
     *
     * @return the largest, as an unsigned number; 0 if there is none
     */
    static int unsigned(byte[] raw, int from, int width, int[] to, int n) {
        int largest = 0;
        switch (width) {
            case 1 -> {
                for (int i = 0; i < n; i++) {
                    int value = raw[from + i] & 0xFF;
                    to[i] = value;
                    largest = Math.max(largest, value);
                }
            }
            case 2 -> {
                for (int i = 0; i < n; i++) {
                    int value = Layout.u16(raw, from + 2 * i);
                    to[i] = value;
                    largest = Math.max(largest, value);
                }
            }
            default -> {
                for (int i = 0; i < n; i++) {
                    int value = Layout.i32(raw, from + 4 * i);
                    to[i] = value;
                    largest = Integer.compareUnsigned(value, largest) > 0 ? value : largest;
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
        int shift = 8 * plane;
        for (int i = 0; i < n; i++) {
            to[i + 1] |= (raw[from + i] & 0xFFL) << shift;
        }
    }
}
