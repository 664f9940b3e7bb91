package dev.tracetool.code;

import java.util.Arrays;

/** Takes the ranges of a table in their order, ends them at the code's length, and merges neighbours of one line. */
final class LineTableBuilder {
    private final int limit;
    private int[] starts = new int[8];
    private int[] lines = new int[8];
    private int size;
    private int end;

    /** @param codeLength in bytes; negative if unknown */
    LineTableBuilder(int codeLength) {
        limit = codeLength < 0 ? Integer.MAX_VALUE : codeLength;
    }

    /**
     * Adds the range from where the last one ended.
     *
     * @param rangeEnd exclusive; a table may go on behind the code, which is cut off, as no offset is there
     * @param line any number: what is no line number, as in {@link #lineOrNone}, becomes {@link LineTable#NO_LINE}
     */
    void addTo(long rangeEnd, long line) {
        int newEnd = (int) Math.min(rangeEnd, limit);
        if (newEnd <= end) {
            return;
        }
        int lineOrNone = lineOrNone(line);
        if (size == 0 || lines[size - 1] != lineOrNone) {
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                lines = Arrays.copyOf(lines, 2 * size);
            }
            starts[size] = end;
            lines[size++] = lineOrNone;
        }
        end = newEnd;
    }

    LineTable build() {
        return size == 0
                ? LineTable.EMPTY
                : new LineTable(Arrays.copyOf(starts, size), Arrays.copyOf(lines, size), end);
    }

    /**
     * A computed line, or {@link LineTable#NO_LINE} if it is not from 0 to 2^31 - 1. A crafted table can compute such;
     * CPython 3.11 calls the negative ones None, 3.12 only -1.
     */
    static int lineOrNone(long line) {
        return line < 0 || line > Integer.MAX_VALUE ? LineTable.NO_LINE : (int) line;
    }
}
