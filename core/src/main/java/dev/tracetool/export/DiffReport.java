package dev.tracetool.export;

import dev.tracetool.analysis.diff.ActivityDiff;
import dev.tracetool.analysis.diff.Change;
import dev.tracetool.analysis.diff.CodeState;
import dev.tracetool.analysis.diff.DiffRow;
import dev.tracetool.analysis.diff.FileDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.LineDiff;
import dev.tracetool.analysis.diff.Metric;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.export.Report.Rows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is shown of a diff: of the functions that are wanted, those that were asked for, and what they add up to; each list
 * in order and cut to its first rows.
 */
public final class DiffReport {
    /** A list of a diff. */
    public enum By {
        FILE(Metric.OF_FILES),
        FUNCTION(Metric.OF_FUNCTIONS),
        LINE(Metric.OF_LINES);

        private final List<Metric> metrics;

        By(List<Metric> metrics) {
            this.metrics = metrics;
        }

        /** The figures that its rows have. */
        public List<Metric> metrics() {
            return metrics;
        }
    }

    /** Which rows are listed. */
    public enum Selection {
        CHANGED,
        ALL,
        /** What ran in a run of the base, and in none of the head. */
        ONLY_BASE,
        ONLY_HEAD,
        /** What ran on both sides. */
        BOTH;

        boolean has(DiffRow row) {
            return switch (this) {
                case CHANGED -> row.changed();
                case ALL -> true;
                case ONLY_BASE -> row.ran(Side.BASE) && !row.ran(Side.HEAD);
                case ONLY_HEAD -> row.ran(Side.HEAD) && !row.ran(Side.BASE);
                case BOTH -> row.ran(Side.BASE) && row.ran(Side.HEAD);
            };
        }
    }

    private final ActivityDiff diff;
    private final List<FunctionDiff> functions;
    private final List<FileDiff> files;
    private final Set<By> by;
    private final Selection selection;
    private final @Nullable DiffSort sort;
    private final int top;

    /**
     * @param wanted which functions all is about
     * @param sort null for the greatest difference in counts first
     * @param top rows of each list, 0 for all
     */
    public DiffReport(
            ActivityDiff diff,
            Predicate<FunctionDiff> wanted,
            Set<By> by,
            Selection selection,
            @Nullable DiffSort sort,
            int top) {
        this.diff = diff;
        this.functions = diff.functions().stream().filter(wanted).toList();
        this.files = diff.files(functions);
        this.by = Set.copyOf(by);
        this.selection = selection;
        this.sort = sort;
        this.top = top;
    }

    public ActivityDiff diff() {
        return diff;
    }

    public boolean has(By list) {
        return by.contains(list);
    }

    public Selection selection() {
        return selection;
    }

    /** Wanted functions, whatever they became. */
    public int functionCount() {
        return functions.size();
    }

    /** How many of them are so. */
    public int count(Predicate<FunctionDiff> which) {
        return (int) functions.stream().filter(which).count();
    }

    /** How many of the files of the wanted functions are so. */
    public int countFiles(Predicate<FileDiff> which) {
        return (int) files.stream().filter(which).count();
    }

    /** Wanted functions of whose lines nobody can say which is which. */
    public int withoutComparableLines() {
        return functions.size() - ActivityDiff.withComparableLines(functions).size();
    }

    /** Wanted functions with a count that differs, or could differ, only by noise. */
    public int noisy() {
        boolean single =
                diff.runs(Side.BASE).size() == 1 && diff.runs(Side.HEAD).size() == 1;
        if (single) {
            return 0;
        }
        return count(function -> !function.changed()
                && Metric.OF_FUNCTIONS.stream().anyMatch(metric -> !metric.isTime() && varies(function, metric)));
    }

    private static boolean varies(FunctionDiff function, Metric metric) {
        Change change = function.change(metric);
        return change != null && change.varies();
    }

    /** Whether anything changed in what is wanted. */
    public boolean changed() {
        return functions.stream().anyMatch(FunctionDiff::changed)
                || files.stream().anyMatch(FileDiff::changed);
    }

    /** Whether there is a change in any row of the lists, shown or cut off. */
    public boolean listsAChange() {
        boolean found = false;
        found |= has(By.FILE) && files.stream().anyMatch(file -> selection.has(file) && file.changed());
        found |= has(By.FUNCTION)
                && functions.stream().anyMatch(function -> selection.has(function) && function.changed());
        found |= has(By.LINE) && diff.lines(functions).stream().anyMatch(line -> selection.has(line) && line.changed());
        return found;
    }

    /** What all wanted functions add up to; null if it is unknown. */
    public @Nullable Change sum(Metric metric) {
        return diff.sum(files, metric);
    }

    /** Wanted functions whose code became this. */
    public int count(CodeState code) {
        return count(function -> function.code() == code);
    }

    public Rows<FileDiff> files() {
        return rows(files, By.FILE, Comparator.comparing(FileDiff::file));
    }

    public Rows<FunctionDiff> functions() {
        return rows(functions, By.FUNCTION, Comparator.comparing(FunctionDiff::identity));
    }

    public Rows<LineDiff> lines() {
        // They come in order, which a stable sort keeps.
        return rows(diff.lines(functions), By.LINE, Comparator.comparing(LineDiff::file));
    }

    private <T extends DiffRow> Rows<T> rows(List<T> all, By list, Comparator<T> byName) {
        List<T> selected = new ArrayList<>(all.stream().filter(selection::has).toList());
        selected.sort(sort == DiffSort.NAME ? byName : this.<T>greatest(list).thenComparing(byName));
        return new Rows<>(top == 0 || top >= selected.size() ? selected : selected.subList(0, top), selected.size());
    }

    /** By the figure that was asked for, or by the counts: they are exact. Times that count as changed come last. */
    private <T extends DiffRow> Comparator<T> greatest(By list) {
        Metric asked = sort == null ? null : sort.metric();
        if (asked != null && list.metrics().contains(asked)) {
            return by(asked, false);
        }
        Comparator<T> counts = by(Metric.LINE_EVENTS, false);
        return list == By.LINE
                ? counts
                : counts.thenComparing(by(Metric.CALLS, false)).thenComparing(by(Metric.SELF, true));
    }

    /** @param changedOnly whether a difference that does not count as changed is none */
    private static <T extends DiffRow> Comparator<T> by(Metric metric, boolean changedOnly) {
        return Comparator.comparingLong((T row) -> difference(row.change(metric), changedOnly))
                .reversed();
    }

    private static long difference(@Nullable Change change, boolean changedOnly) {
        return change == null || (changedOnly && !change.changed()) ? 0 : Math.abs(change.delta());
    }
}
