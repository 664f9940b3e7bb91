package dev.tracetool.code;

import java.util.Arrays;

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
        int found = Arrays.binarySearch(starts, offset);
        return found >= 0 ? found : -2 - found;
    }
}
