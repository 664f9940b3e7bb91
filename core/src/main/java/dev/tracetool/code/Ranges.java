package dev.tracetool.code;

/** Ranges that follow each other without gaps from offset 0; each ends, exclusive, where the next one starts. */
final class Ranges {
    private Ranges() {}

    /**
     * The range that holds the offset, or -1. The only place that knows that {@code start <= offset < end}.
     *
     * @param starts ascending, beginning with 0
     * @param end where the last range ends
     */
    static int rangeAt(int[] starts, int end, int offset) {
        if (offset < 0 || offset >= end) {
            return -1;
        }
        // Halves what is left without a branch on the data, which would be mispredicted every other time.
        int range = 0;
        for (int left = starts.length; left > 1; left -= left >>> 1) {
            int middle = range + (left >>> 1);
            range = starts[middle] <= offset ? middle : range;
        }
        return range;
    }
}
