package dev.tracetool.analysis;

import dev.tracetool.source.Statements;
import java.util.BitSet;

/** Which statements of a file ran, and which did not. Immutable. */
public final class FileCoverage {
    private final Statements statements;
    private final BitSet hit = new BitSet();
    private final BitSet missing = new BitSet();
    private final int excluded;

    /**
     * A statement was hit if any of its lines had an event.
     *
     * @param lines with the events of all code objects of the file
     */
    public FileCoverage(Statements statements, LineHits lines) {
        this.statements = statements;
        this.excluded = statements.excluded().length;
        BitSet ran = new BitSet();
        for (int line : lines.lines()) {
            if (line > 0 && lines.hits(line) > 0) {
                ran.set(statements.firstLine(line));
            }
        }
        for (int line : statements.lines()) {
            (ran.get(line) ? hit : missing).set(line);
        }
    }

    /** Number of statements. */
    public int statements() {
        return hit() + missed();
    }

    /** Number of statements that ran. */
    public int hit() {
        return hit.cardinality();
    }

    /** Number of statements that did not run. */
    public int missed() {
        return missing.cardinality();
    }

    /** Number of excluded lines. */
    public int excluded() {
        return excluded;
    }

    /** First lines of the statements that ran, ascending. */
    public int[] hitLines() {
        return hit.stream().toArray();
    }

    /** First lines of the statements that did not run, ascending. */
    public int[] missingLines() {
        return missing.stream().toArray();
    }

    /** Excluded lines, ascending. */
    public int[] excludedLines() {
        return statements.excluded();
    }

    /** Whether a statement starts on the line that did not run. */
    public boolean isMissing(int line) {
        return missing.get(line);
    }

    /** Whether a statement starts on the line that ran. */
    public boolean isHit(int line) {
        return hit.get(line);
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
        int from = missing.nextSetBit(0);
        while (from >= 0) {
            int stop = hit.nextSetBit(from);
            int last = stop < 0 ? missing.length() - 1 : missing.previousSetBit(stop);
            text.append(text.length() == 0 ? "" : ", ").append(from);
            if (last > from) {
                text.append('-').append(last);
            }
            from = missing.nextSetBit(last + 1);
        }
        return text.toString();
    }
}
