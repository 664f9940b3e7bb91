package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.code.CodeIdentity;
import org.jspecify.annotations.Nullable;

/** A code object on both sides. */
public final class FunctionDiff implements DiffRow {
    private final Comparison comparison;
    private final FunctionMatcher.Pair pair;
    private final boolean changed;

    FunctionDiff(Comparison comparison, FunctionMatcher.Pair pair) {
        this.comparison = comparison;
        this.pair = pair;
        this.changed = pair.state().isDifference()
                || ranApart()
                || Metric.OF_FUNCTIONS.stream().anyMatch(metric -> isChanged(change(metric)));
    }

    static boolean isChanged(@Nullable Change change) {
        return change != null && change.changed();
    }

    /** What it is on the side; null if it is not there. The file's name is {@link #file()}. */
    public @Nullable CodeIdentity identity(Side side) {
        SideFunctions.Code code = code(side);
        return code == null ? null : code.identity();
    }

    /** The file's name as it was recorded in the first run of the side that has it; null if none has. */
    public @Nullable String recordedFile(Side side) {
        SideFunctions.Code code = code(side);
        return code == null ? null : code.file();
    }

    /** On the head if it is there, else on the base. */
    public CodeIdentity identity() {
        CodeIdentity head = identity(Side.HEAD);
        CodeIdentity either = head == null ? identity(Side.BASE) : head;
        if (either == null) {
            throw new IllegalStateException("on no side");
        }
        return either;
    }

    @Override
    public String file() {
        return identity().filename();
    }

    public CodeState code() {
        return pair.state();
    }

    @Override
    public boolean knowsRuns() {
        return comparison.knowsRuns();
    }

    @Override
    public boolean ran(Side side) {
        SideFunctions.Code code = code(side);
        if (code != null) {
            for (FunctionActivity run : code.runs()) {
                if (run != null && run.called()) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public @Nullable Change change(Metric metric) {
        return comparison.knows(metric)
                ? comparison.change(metric, values(metric, Side.BASE), values(metric, Side.HEAD))
                : null;
    }

    @Override
    public boolean changed() {
        return changed;
    }

    private long[] values(Metric metric, Side side) {
        long[] values = new long[comparison.runs(side)];
        for (int i = 0; i < values.length; i++) {
            FunctionActivity run = activity(side, i);
            values[i] = run == null ? 0 : metric.of(run);
        }
        return values;
    }

    /** What a run of the side counted; null if it does not have this. */
    @Nullable
    FunctionActivity activity(Side side, int run) {
        SideFunctions.Code code = code(side);
        return code == null ? null : code.runs()[run];
    }

    /** The line events of a run of the side. */
    LineHits lines(Side side, int run) {
        FunctionActivity activity = activity(side, run);
        return activity == null ? LineHits.NONE : activity.lines();
    }

    private SideFunctions.@Nullable Code code(Side side) {
        return side == Side.BASE ? pair.base() : pair.head();
    }
}
