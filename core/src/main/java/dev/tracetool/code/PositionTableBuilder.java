package dev.tracetool.code;

import java.util.Arrays;

/** Takes the ranges of a table in their order, ends them at the code's length, and merges neighbours of one position. */
final class PositionTableBuilder {
    private final int limit;
    private int[] starts = new int[8];
    private int[] fields = new int[8 * PositionTable.FIELDS];
    private int size;
    private int end;

    /** @param codeLength in bytes; negative if unknown */
    PositionTableBuilder(int codeLength) {
        limit = codeLength < 0 ? Integer.MAX_VALUE : codeLength;
    }

    /**
     * Adds the range from where the last one ended; numbers that cannot be become unknown.
     *
     * @param rangeEnd exclusive; what is behind the code is cut off
     */
    void addTo(long rangeEnd, long line, long endLine, long column, long endColumn) {
        int newEnd = (int) Math.min(rangeEnd, limit);
        if (newEnd <= end) {
            return;
        }
        if (size == starts.length) {
            starts = Arrays.copyOf(starts, 2 * size);
            fields = Arrays.copyOf(fields, 2 * fields.length);
        }
        int to = size * PositionTable.FIELDS;
        fields[to] = LineTableBuilder.lineOrNone(line);
        fields[to + 1] = LineTableBuilder.lineOrNone(endLine);
        fields[to + 2] = columnOrUnknown(column);
        fields[to + 3] = columnOrUnknown(endColumn);
        if (size == 0 || !Arrays.equals(fields, to - PositionTable.FIELDS, to, fields, to, to + PositionTable.FIELDS)) {
            starts[size++] = end;
        }
        end = newEnd;
    }

    /** Adds the ranges of a table that knows only lines. */
    void addAll(LineTable lines) {
        for (int range = 0; range < lines.size(); range++) {
            addTo(
                    lines.end(range),
                    lines.line(range),
                    LineTable.NO_LINE,
                    Position.UNKNOWN_COLUMN,
                    Position.UNKNOWN_COLUMN);
        }
    }

    PositionTable build() {
        return size == 0
                ? PositionTable.EMPTY
                : new PositionTable(
                        Arrays.copyOf(starts, size), Arrays.copyOf(fields, size * PositionTable.FIELDS), end);
    }

    private static int columnOrUnknown(long column) {
        return column < 0 || column > Integer.MAX_VALUE ? Position.UNKNOWN_COLUMN : (int) column;
    }
}
