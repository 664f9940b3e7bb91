package dev.tracetool.source;

import java.util.Arrays;
import java.util.BitSet;

/**
 * The statements of one source file, as coverage.py counts them: each by its first line. Immutable.
 */
public final class Statements {
    private final int[] lines;
    private final int[] excluded;

    /** By line: the first line of the statement that it belongs to, or 0 if it is one of its own. */
    private final int[] firstLines;

    Statements(BitSet lines, BitSet excluded, int[] firstLines) {
        this.lines = lines.stream().toArray();
        this.excluded = excluded.stream().toArray();
        this.firstLines = firstLines;
    }

    /** Without a source: each line that has code is a statement, and none is excluded. */
    public static Statements ofCode(int[] codeLines) {
        BitSet lines = new BitSet();
        for (int line : codeLines) {
            if (line > 0) {
                lines.set(line);
            }
        }
        return new Statements(lines, new BitSet(), new int[0]);
    }

    /** First lines of statements that count, ascending. */
    public int[] lines() {
        return lines.clone();
    }

    /** Lines that a comment excludes, ascending; of a statement that goes over several lines, its first. */
    public int[] excluded() {
        return excluded.clone();
    }

    public boolean isStatement(int line) {
        return Arrays.binarySearch(lines, line) >= 0;
    }

    /** Whether the line, or the statement that it belongs to, is excluded. */
    public boolean isExcluded(int line) {
        return Arrays.binarySearch(excluded, firstLine(line)) >= 0;
    }

    /** The first line of the statement that has this line; the line itself if it has no other. */
    public int firstLine(int line) {
        return firstLine(firstLines, line);
    }

    static int firstLine(int[] firstLines, int line) {
        return line > 0 && line < firstLines.length && firstLines[line] != 0 ? firstLines[line] : line;
    }
}
