package dev.tracetool.export;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FileBranches;
import dev.tracetool.analysis.FileCoverage;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Recorded;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How much of each file ran, in order; totals are of all files, also of those that are not shown. */
public final class CoverageReport {
    /** What files can be sorted by. */
    public enum Sort {
        NAME,
        STATEMENTS,
        MISSED,
        COVER;

        /** As users write it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Activity activity;
    private final List<CoveredFile> files;
    private final List<CoveredFile> shown;

    /**
     * @param sort of figures the greatest comes first, but of the covered part the least; of equal ones the first by name
     * @param skipCovered whether files that miss nothing are not shown
     */
    public CoverageReport(Activity activity, List<CoveredFile> files, Sort sort, boolean skipCovered) {
        this.activity = activity;
        this.files = List.copyOf(files);
        this.shown = new ArrayList<>(files);
        if (skipCovered && activity.recorded().lines()) {
            shown.removeIf(CoverageReport::missesNothing);
        }
        Comparator<CoveredFile> byName = Comparator.comparing(CoveredFile::file);
        shown.sort(
                switch (sort) {
                    case NAME -> byName;
                    case STATEMENTS ->
                        greatest(file -> known(file, FileCoverage::statements, -1))
                                .thenComparing(byName);
                    case MISSED ->
                        greatest(file -> known(file, FileCoverage::missed, -1)).thenComparing(byName);
                    case COVER ->
                        Comparator.comparingDouble(CoverageReport::part).thenComparing(byName);
                });
    }

    private static boolean missesNothing(CoveredFile file) {
        FileBranches branches = file.branches();
        return file.isCodeKnown() && file.coverage().missed() == 0 && (branches == null || branches.missed() == 0);
    }

    private static Comparator<CoveredFile> greatest(ToLongFunction<CoveredFile> figure) {
        return Comparator.comparingLong(figure).reversed();
    }

    private static long known(CoveredFile file, ToLongFunction<FileCoverage> figure, long unknown) {
        return file.isCodeKnown() ? figure.applyAsLong(file.coverage()) : unknown;
    }

    /** Files of which it is unknown come last. */
    private static double part(CoveredFile file) {
        if (!file.isCodeKnown()) {
            return 2;
        }
        int statements = file.coverage().statements();
        return statements == 0 ? 1 : (double) file.coverage().hit() / statements;
    }

    public List<InputActivity> inputs() {
        return activity.inputs();
    }

    public Recorded recorded() {
        return activity.recorded();
    }

    /** Files that are shown, in order. */
    public List<CoveredFile> shown() {
        return List.copyOf(shown);
    }

    /** Number of all files. */
    public int files() {
        return files.size();
    }

    /** Statements of all files of which they are known; null if they are of none. */
    public @Nullable Long statements() {
        return isCodeKnown() ? (Long) sum(file -> known(file, FileCoverage::statements, 0)) : null;
    }

    private boolean isCodeKnown() {
        return files.isEmpty() ? recorded().lines() : files.stream().anyMatch(CoveredFile::isCodeKnown);
    }

    /** Those of them that ran, or all that ran if {@link #statements} is null; null if unknown. */
    public @Nullable Long hit() {
        boolean all = !isCodeKnown();
        return recorded().lines()
                ? (Long) sum(file -> all || file.isCodeKnown() ? file.coverage().hit() : 0)
                : null;
    }

    /** Those of them that did not run; null if unknown. */
    public @Nullable Long missed() {
        return recorded().lines() && isCodeKnown() ? (Long) sum(file -> known(file, FileCoverage::missed, 0)) : null;
    }

    /** Files of which it is unknown which lines have code: only what was hit is known of them. */
    public long withoutCode() {
        return sum(file -> file.isCodeKnown() ? 0 : 1);
    }

    /** Excluded lines of all files. */
    public long excluded() {
        return sum(file -> file.coverage().excluded());
    }

    /** Branches of all files of which they are known; null if they are of none. */
    public @Nullable Long branches() {
        return branches(FileBranches::branches);
    }

    /** Branches that were taken; null if unknown. */
    public @Nullable Long branchesHit() {
        return branches(FileBranches::hit);
    }

    /** Branches that were not; null if unknown. */
    public @Nullable Long branchesMissed() {
        return branches(FileBranches::missed);
    }

    private @Nullable Long branches(ToLongFunction<FileBranches> figure) {
        boolean known = false;
        long sum = 0;
        for (CoveredFile file : files) {
            FileBranches of = file.branches();
            known |= of != null;
            sum += of == null ? 0 : figure.applyAsLong(of);
        }
        return known ? (Long) sum : null;
    }

    /** Files of which no source was found, or only another one: each line with code is a statement of these. */
    public long withoutSource() {
        return sum(file -> file.hasStatements() || !file.isCodeKnown() ? 0 : 1);
    }

    /** Files of which not all code is known: see {@link CoveredFile#isWhole}. */
    public long loadedBefore() {
        return sum(file -> file.isWhole() || !file.isCodeKnown() ? 0 : 1);
    }

    private long sum(ToLongFunction<CoveredFile> figure) {
        return files.stream().mapToLong(figure).sum();
    }
}
