package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.FileActivity;
import org.jspecify.annotations.Nullable;

/** A file on both sides: the functions of it that are wanted. */
public final class FileDiff implements DiffRow {
    private final Comparison comparison;
    private final String file;
    private final CodeState code;
    private final @Nullable FileActivity[] base;
    private final @Nullable FileActivity[] head;
    private final boolean changed;

    /** @param base what each run of it counted, null where it does not have the file */
    FileDiff(
            Comparison comparison,
            String file,
            CodeState code,
            @Nullable FileActivity[] base,
            @Nullable FileActivity[] head) {
        this.comparison = comparison;
        this.file = file;
        this.code = code;
        this.base = base;
        this.head = head;
        this.changed = code.isDifference()
                || ranApart()
                || Metric.OF_FILES.stream().anyMatch(metric -> FunctionDiff.isChanged(change(metric)));
    }

    @Override
    public String file() {
        return file;
    }

    /** Changed if a code object of it is new, gone or changed; moved if one moved and none did more. */
    public CodeState code() {
        return code;
    }

    @Override
    public boolean knowsRuns() {
        return comparison.knowsRuns();
    }

    @Override
    public boolean ran(Side side) {
        for (FileActivity run : side == Side.BASE ? base : head) {
            if (run != null && (run.functionsCalled() > 0 || run.lineEvents() > 0)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable Change change(Metric metric) {
        return comparison.change(metric, values(metric, base), values(metric, head));
    }

    @Override
    public boolean changed() {
        return changed;
    }

    /** Adds the figure of each run to that of others. */
    void addTo(Metric metric, long[] before, long[] after) {
        add(values(metric, base), before);
        add(values(metric, head), after);
    }

    private static void add(long[] values, long[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += values[i];
        }
    }

    private static long[] values(Metric metric, @Nullable FileActivity[] runs) {
        long[] values = new long[runs.length];
        for (int i = 0; i < values.length; i++) {
            FileActivity run = runs[i];
            values[i] = run == null ? 0 : metric.of(run);
        }
        return values;
    }
}
