package dev.tracetool.code;

/**
 * Which piece of source each byte offset of one code object comes from: as {@link LineTable}, but with end lines and
 * columns ({@code code.co_positions()}, PEP 657). Neighbours of one position are merged. Immutable.
 */
public final class PositionTable {
    /** A table of no ranges: nothing is known of any offset. */
    public static final PositionTable EMPTY = new PositionTable(new int[0], new int[0], 0);

    /** Ints of a range in {@link #fields}: line, end line, column, end column. */
    static final int FIELDS = 4;

    private final int[] starts;
    private final int[] fields;
    private final int end;

    PositionTable(int[] starts, int[] fields, int end) {
        this.starts = starts;
        this.fields = fields;
        this.end = end;
    }

    /**
     * Decodes a table to positions, in time and memory proportional to its length. From formats before 3.11, which know
     * only lines, come positions of which only the line is known.
     *
     * @param firstLine {@code co_firstlineno}; the table holds deltas from it
     * @param codeLength length of the bytecode in bytes, where ranges end; negative if unknown
     * @throws MalformedLineTableException if the bytes are no table of the format
     */
    public static PositionTable decode(LineTableFormat format, byte[] table, int firstLine, int codeLength) {
        PositionTableBuilder into = new PositionTableBuilder(codeLength);
        switch (format) {
            case LOCATIONS_3_11 -> LocationTable311.decodePositions(table, firstLine, into);
            case LINES_3_10, LNOTAB, NONE -> into.addAll(LineTable.decode(format, table, firstLine, codeLength));
        }
        return into.build();
    }

    /** Number of ranges. */
    public int size() {
        return starts.length;
    }

    public int start(int range) {
        return starts[range];
    }

    /** End of the range, exclusive. */
    public int end(int range) {
        return range + 1 < starts.length ? starts[range + 1] : end;
    }

    /** First line of the range, or {@link LineTable#NO_LINE}. */
    public int line(int range) {
        return fields[range * FIELDS];
    }

    /** Last line of the range, inclusive, or {@link LineTable#NO_LINE}. */
    public int endLine(int range) {
        return fields[range * FIELDS + 1];
    }

    /** First column, in bytes of UTF-8, or {@link Position#UNKNOWN_COLUMN}. */
    public int column(int range) {
        return fields[range * FIELDS + 2];
    }

    /** End column, exclusive, in bytes of UTF-8, or {@link Position#UNKNOWN_COLUMN}. */
    public int endColumn(int range) {
        return fields[range * FIELDS + 3];
    }

    public Position position(int range) {
        return new Position(line(range), endLine(range), column(range), endColumn(range));
    }

    /** The range that holds the offset, or -1. */
    public int rangeAt(int offset) {
        return Ranges.rangeAt(starts, end, offset);
    }

    /** The position of the offset; {@link Position#UNKNOWN} outside the table. */
    public Position positionAt(int offset) {
        int range = rangeAt(offset);
        return range < 0 ? Position.UNKNOWN : position(range);
    }
}
