package dev.tracetool.code;

/** Merged line ranges of one code object. Being written. */
public final class LineTable {
    /** In place of a line where there is none. 0 is a real line. */
    public static final int NO_LINE = Integer.MIN_VALUE;

    public static final LineTable EMPTY = new LineTable(new int[0], new int[0], 0);

    private final int[] starts;
    private final int[] lines;
    private final int end;

    LineTable(int[] starts, int[] lines, int end) {
        this.starts = starts;
        this.lines = lines;
        this.end = end;
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

    /** Line of the range, or {@link #NO_LINE}. */
    public int line(int range) {
        return lines[range];
    }

    /** The range that holds the offset, or -1. */
    public int rangeAt(int offset) {
        throw new UnsupportedOperationException();
    }

    /** The distinct lines of the table in ascending order, {@link #NO_LINE} excluded. */
    public int[] distinctLines() {
        throw new UnsupportedOperationException();
    }
}
