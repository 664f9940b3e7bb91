package dev.tracetool.source;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntPredicate;

/**
 * What a source file says of its lines, by the rules of coverage.py 6.5: which make one statement, which are docstrings,
 * which are excluded. Which lines have code is not in it: that is known from code objects.
 *
 * <p>The rules, where they are not plain:
 *
 * <ul>
 *   <li>A line in which {@link Exclusions} are found, such as {@code # pragma: no cover}, is excluded, and if the colon of a clause is on it, the suite of the
 *       clause too. With a decorator's line all from there to the end of the function or class is.
 *   <li>A string that comes first in a block is a docstring. The one of a module is only if nothing stands before it, not
 *       even a comment or an empty line.
 *   <li>A statement counts at its first line, however many of its lines have code.
 * </ul>
 *
 * <p>Immutable.
 */
public final class PythonSource {
    private final BitSet excluded;
    private final BitSet docstrings;

    /** By line: the first line of a statement that goes over several; 0 for all other lines. */
    private final int[] firstLines;

    private final boolean severalLines;

    PythonSource(BitSet excluded, BitSet docstrings, int[] firstLines, boolean severalLines) {
        this.excluded = excluded;
        this.docstrings = docstrings;
        this.firstLines = firstLines;
        this.severalLines = severalLines;
    }

    /**
     * Reads a source.
     *
     * @throws SourceSyntaxException if it cannot be split into tokens, which not only Python can, or if a line is too
     *     long to be searched for what excludes it
     */
    public static PythonSource parse(SourceText source, Exclusions exclusions) throws SourceSyntaxException {
        BitSet marked = new BitSet();
        for (int line = 1; line <= source.lines(); line++) {
            try {
                marked.set(line, exclusions.isIn(source.line(line)));
            } catch (StackOverflowError e) { // as java.util.regex has it
                throw new SourceSyntaxException("expected a line that can be searched, found one too long", line);
            }
        }
        return new SuiteScanner(source, marked).scan();
    }

    /**
     * The statements of the file.
     *
     * @param codeLines the lines of the line tables of all its code objects, in any order; 0 is none
     */
    public Statements statements(int[] codeLines) {
        int[] code = Arrays.stream(codeLines).filter(line -> line > 0).toArray();
        int[] first = firstLines.clone();
        if (severalLines && code.length > 0) {
            first[1] = Arrays.stream(code).min().getAsInt(); // A module says it starts on line 1, whatever is there.
        }
        int[] without = excluded.stream()
                .map(line -> Statements.firstLine(first, line))
                .sorted()
                .distinct()
                .toArray();
        IntPredicate counts = line -> !docstrings.get(line) && Arrays.binarySearch(without, line) < 0;
        return new Statements(
                Arrays.stream(code)
                        .filter(counts)
                        .map(line -> Statements.firstLine(first, line))
                        .filter(counts),
                without,
                first);
    }
}
