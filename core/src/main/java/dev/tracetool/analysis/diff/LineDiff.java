package dev.tracetool.analysis.diff;

import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A line on both sides, of code that is on both sides the same, or on one side only: of code that changed, nobody can tell
 * which line is which.
 */
public final class LineDiff implements DiffRow {
    /** In place of a line that is not on a side. */
    static final int NO_LINE = -1;

    /** Of one file: by line, those that are gone behind others. */
    static final Comparator<LineDiff> IN_ORDER = Comparator.comparingInt(LineDiff::anyLine)
            .thenComparing(line -> line.headLine == NO_LINE)
            .thenComparingInt(line -> line.baseLine);

    private final Comparison comparison;
    private final String file;
    private final int baseLine;
    private final int headLine;
    private final long[] base;
    private final long[] head;

    /** @param baseLine {@link #NO_LINE} if it is only in the head */
    LineDiff(Comparison comparison, String file, int baseLine, int headLine) {
        this.comparison = comparison;
        this.file = file;
        this.baseLine = baseLine;
        this.headLine = headLine;
        this.base = new long[comparison.runs(Side.BASE)];
        this.head = new long[comparison.runs(Side.HEAD)];
    }

    void add(Side side, int run, long hits) {
        (side == Side.BASE ? base : head)[run] += hits;
    }

    @Override
    public String file() {
        return file;
    }

    /** Its number on the side; null if it is not there. */
    public @Nullable Integer line(Side side) {
        int line = side == Side.BASE ? baseLine : headLine;
        return line == NO_LINE ? null : (Integer) line;
    }

    /** Its number on the head if it is there, else on the base. */
    public int anyLine() {
        return headLine == NO_LINE ? baseLine : headLine;
    }

    @Override
    public boolean knowsRuns() {
        return comparison.knowsRuns();
    }

    @Override
    public boolean ran(Side side) {
        return Arrays.stream(side == Side.BASE ? base : head).anyMatch(hits -> hits > 0);
    }

    @Override
    public @Nullable Change change(Metric metric) {
        return metric == Metric.LINE_EVENTS ? comparison.change(metric, base, head) : null;
    }

    @Override
    public boolean changed() {
        return ranApart() || FunctionDiff.isChanged(change(Metric.LINE_EVENTS));
    }
}
