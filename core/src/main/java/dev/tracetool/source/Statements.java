package dev.tracetool.source;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The statements of one source file, as coverage.py counts them: each by its first line. Immutable.
 *
 * <p>The lines that code claims to be on can be any: memory is bounded by how many there are, not by how great they are.
 */
public final class Statements {
    private final int[] lines;
    private final int[] excluded;

    /** By line: the first line of the statement that it belongs to, or 0 if it is one of its own. */
    private final int[] firstLines;

    /** @param lines in any order, also several times */
    Statements(IntStream lines, int[] excluded, int[] firstLines) {
        this.lines = lines.sorted().distinct().toArray();
        this.excluded = excluded;
        this.firstLines = firstLines;
    }

    /** Without a source: each line that has code is a statement, and none is excluded. */
    public static Statements ofCode(int[] codeLines) {
        return new Statements(Arrays.stream(codeLines).filter(line -> line > 0), new int[0], new int[0]);
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
