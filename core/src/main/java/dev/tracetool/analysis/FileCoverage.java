package dev.tracetool.analysis;

import dev.tracetool.source.Statements;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Which statements of a file ran, and which did not. Immutable. */
public final class FileCoverage {
    private final Statements statements;
    private final int[] lines;

    /** Which of them ran. */
    private final boolean[] ran;

    private final int hit;
    private final int excluded;

    /**
     * A statement was hit if any of its lines had an event.
     *
     * @param events of all code objects of the file
     */
    public FileCoverage(Statements statements, LineHits events) {
        this.statements = statements;
        this.lines = statements.lines();
        this.ran = new boolean[lines.length];
        this.excluded = statements.excluded().length;
        int count = 0;
        for (int line : events.lines()) {
            int at = line > 0 && events.hits(line) > 0 ? Arrays.binarySearch(lines, statements.firstLine(line)) : -1;
            if (at >= 0 && !ran[at]) {
                ran[at] = true;
                count++;
            }
        }
        this.hit = count;
    }

    /** Number of statements. */
    public int statements() {
        return lines.length;
    }

    /** Number of statements that ran. */
    public int hit() {
        return hit;
    }

    /** Number of statements that did not run. */
    public int missed() {
        return lines.length - hit;
    }

    /** Number of excluded lines. */
    public int excluded() {
        return excluded;
    }

    /** First lines of the statements that ran, ascending. */
    public int[] hitLines() {
        return lines(true);
    }

    /** First lines of the statements that did not run, ascending. */
    public int[] missingLines() {
        return lines(false);
    }

    /** Excluded lines, ascending. */
    public int[] excludedLines() {
        return statements.excluded();
    }

    /** Whether a statement starts on the line that did not run. */
    public boolean isMissing(int line) {
        return is(line, false);
    }

    /** Whether a statement starts on the line that ran. */
    public boolean isHit(int line) {
        return is(line, true);
    }

    /** The first line of the statement that has this line; the line itself if it has no other. */
    public int firstLine(int line) {
        return statements.firstLine(line);
    }

    public boolean isExcluded(int line) {
        return statements.isExcluded(line);
    }

    /**
     * The missing statements as coverage.py writes them: {@code 3, 7-12}. A range goes over lines that are no statements,
     * but not over statements that ran.
     */
    public String missingRanges() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < lines.length; i++) {
            if (!ran[i]) {
                int from = i;
                while (i + 1 < lines.length && !ran[i + 1]) {
                    i++;
                }
                text.append(text.length() == 0 ? "" : ", ").append(lines[from]);
                if (i > from) {
                    text.append('-').append(lines[i]);
                }
            }
        }
        return text.toString();
    }

    private int[] lines(boolean thatRan) {
        return IntStream.range(0, lines.length)
                .filter(i -> ran[i] == thatRan)
                .map(i -> lines[i])
                .toArray();
    }

    private boolean is(int line, boolean thatRan) {
        int at = Arrays.binarySearch(lines, line);
        return at >= 0 && ran[at] == thatRan;
    }
}
