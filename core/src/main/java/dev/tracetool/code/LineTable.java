package dev.tracetool.code;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/**
 * Which line each byte offset of one code object belongs to: ranges in offset order, from offset 0 without gaps,
 * neighbours of one line merged. Ranges without a line are kept, because an offset inside one has no line; the line of
 * the range before it would be a wrong answer (CPython: {@code PyCode_Addr2Line}, {@code code.co_lines()}, PEP 626).
 *
 * <p>Lines are not monotone in the offset, and one line can have many ranges. Immutable.
 */
public final class LineTable {
    /** In place of a line where there is none. 0 is a real line: the first instruction of a module has it. */
    public static final int NO_LINE = Integer.MIN_VALUE;

    /** A table of no ranges: no offset has a line. */
    public static final LineTable EMPTY = new LineTable(new int[0], new int[0], 0);

    private final int[] starts;
    private final int[] lines;
    private final int end;

    LineTable(int[] starts, int[] lines, int end) {
        this.starts = starts;
        this.lines = lines;
        this.end = end;
    }

    /**
     * Decodes a table to lines, in time and memory proportional to its length.
     *
     * @param firstLine {@code co_firstlineno}; the table holds deltas from it
     * @param codeLength length of the bytecode in bytes, where ranges end; negative if unknown
     * @throws MalformedLineTableException if the bytes are no table of the format
     */
    public static LineTable decode(LineTableFormat format, byte[] table, int firstLine, int codeLength) {
        LineTableBuilder into = new LineTableBuilder(codeLength);
        switch (format) {
            case LOCATIONS_3_11 -> LocationTable311.decodeLines(table, firstLine, into);
            case LINES_3_10 -> LineTable310.decodeLines(table, firstLine, into);
            case LNOTAB -> LnotabTable.decodeLines(table, firstLine, into);
            case NONE -> {} // no ranges
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

    /** End of the last range, exclusive: the length of the code, or less if the table is shorter. */
    public int end() {
        return end;
    }

    /** Line of the range, or {@link #NO_LINE}. */
    public int line(int range) {
        return lines[range];
    }

    /** The range that holds the offset, or -1. Odd offsets are legal; they are inside their code unit. */
    public int rangeAt(int offset) {
        return Ranges.rangeAt(starts, end, offset);
    }

    /**
     * The line of the offset, or {@link #NO_LINE} where its range has none and outside the table. (CPython answers
     * {@code co_firstlineno} for a negative offset, which means "not started" there; here it has no line.)
     */
    public int lineAt(int offset) {
        int range = rangeAt(offset);
        return range < 0 ? NO_LINE : lines[range];
    }

    /** The distinct lines of the table in ascending order, {@link #NO_LINE} excluded. */
    public int[] distinctLines() {
        int[] sorted = lines.clone();
        Arrays.sort(sorted);
        int count = 0;
        for (int line : sorted) {
            if (line != NO_LINE && (count == 0 || sorted[count - 1] != line)) {
                sorted[count++] = line;
            }
        }
        return Arrays.copyOf(sorted, count);
    }

    /** How many distinct lines are lines of a file: module code starts on line 0, which no file has. */
    public int executableLines() {
        return (int) Arrays.stream(distinctLines()).filter(line -> line > 0).count();
    }

    /** The ranges as a read-only list, which makes its entries when it is asked for them. */
    public List<LineEntry> entries() {
        return new Entries(this);
    }

    @Override
    public String toString() {
        return entries() + " to " + end;
    }

    private static final class Entries extends AbstractList<LineEntry> implements RandomAccess {
        private final LineTable table;

        Entries(LineTable table) {
            this.table = table;
        }

        @Override
        public LineEntry get(int range) {
            return new LineEntry(table.starts[range], table.lines[range]);
        }

        @Override
        public int size() {
            return table.starts.length;
        }
    }
}
