package dev.tracetool.export;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestActivity;
import dev.tracetool.analysis.TestFigures;
import dev.tracetool.analysis.ThreadActivity;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a report shows: of an activity, the functions that are wanted, what they add up to, and the lists that were asked
 * for, each in order and cut to its first rows.
 */
public final class Report {
    /** A list of a report. */
    public enum By {
        FILE,
        FUNCTION,
        LINE,
        THREAD,
        TEST
    }

    /** The rows that are shown, and how many there are. */
    public record Rows<T>(List<T> shown, int all) {}

    /**
     * A line of a file.
     *
     * @param hits how many line events it had
     * @param executable whether a line table has it
     */
    public record LineRow(String file, int line, long hits, boolean executable) {}

    /**
     * A thread of a trace.
     *
     * @param input place of the trace among the inputs, from 0
     */
    public record ThreadRow(int input, ThreadActivity activity) {}

    private final Activity activity;
    private final TestActivity tests;
    private final List<FunctionActivity> functions;
    private final List<FileActivity> files;
    private final Set<By> by;
    private final @Nullable SortKey sort;
    private final int top;

    /**
     * @param summary with its tests, if these are wanted
     * @param file which files are wanted
     * @param qualname which functions of these
     * @param sort null for the most expensive first
     * @param top rows of each list, 0 for all
     */
    public Report(
            Summary summary,
            Predicate<String> file,
            Predicate<String> qualname,
            Set<By> by,
            @Nullable SortKey sort,
            int top) {
        this.activity = summary.activity();
        this.tests = summary.tests();
        this.functions = activity.functions(file, qualname);
        this.files = Activity.files(functions);
        this.by = Set.copyOf(by);
        this.sort = sort;
        this.top = top;
    }

    public List<InputActivity> inputs() {
        return activity.inputs();
    }

    public Recorded recorded() {
        return activity.recorded();
    }

    public boolean has(By list) {
        return by.contains(list);
    }

    /** Events of all kinds, wanted or not. */
    public long events() {
        return activity.events();
    }

    /** See {@link Activity#durationNs}. */
    public @Nullable Long durationNs() {
        return activity.durationNs();
    }

    /** Wanted functions, as far as they are known. */
    public int functionCount() {
        return (int) functions.stream().filter(FunctionActivity::isFunction).count();
    }

    /** Wanted functions, whether they ran or not; null if there are files of which only those are known that ran. */
    public @Nullable Long functionTotal() {
        return withoutTable().findAny().isEmpty() && !areFunctionsUnknown() ? (Long) (long) functionCount() : null;
    }

    /**
     * Whether there are no functions because nothing tells of them: calls were not recorded, or could not be read, and
     * lines are of functions without a name, or were not recorded either.
     */
    private boolean areFunctionsUnknown() {
        boolean nothingElse = files.isEmpty() && recorded().lines();
        return recorded().events() && !recorded().calls() && functionCount() == 0 && !nothingElse;
    }

    /** Wanted functions that were called; null if unknown. */
    public @Nullable Long functionsCalled() {
        return recorded().events() && !areFunctionsUnknown()
                ? (Long) functions.stream()
                        .filter(function -> function.called() && function.isFunction())
                        .count()
                : null;
    }

    /** Files of the wanted functions that are known by name. */
    public int fileCount() {
        return (int) files.stream().filter(Report::isKnown).count();
    }

    /** Whether there are wanted functions of which the file is unknown. */
    public boolean hasUnknownFile() {
        return !files.stream().allMatch(Report::isKnown);
    }

    private static boolean isKnown(FileActivity file) {
        return CodeIdentity.knownFile(file.file()) != null;
    }

    /** Calls of the wanted functions; null if unknown. */
    public @Nullable Long calls() {
        return recorded().calls()
                ? (Long) files.stream().mapToLong(FileActivity::calls).sum()
                : null;
    }

    /** Line events of the wanted functions; null if unknown. */
    public @Nullable Long lineEvents() {
        return recorded().lines()
                ? (Long) files.stream().mapToLong(FileActivity::lineEvents).sum()
                : null;
    }

    /** Frames of the wanted functions that an exception left; null if unknown. */
    public @Nullable Long unwinds() {
        return recorded().unwinds()
                ? (Long) files.stream().mapToLong(FileActivity::unwinds).sum()
                : null;
    }

    /** Executable lines of all files of which they are known; null if they are of none. */
    public @Nullable Long lines() {
        return hasTables()
                ? (Long) files.stream().mapToLong(f -> f.lines().executable()).sum()
                : null;
    }

    private boolean hasTables() {
        return files.isEmpty() ? !areFunctionsUnknown() : files.stream().anyMatch(FileActivity::hasTable);
    }

    /** Those of them that were reached, or any lines if {@link #lines} is null; null if unknown. */
    public @Nullable Long linesHit() {
        boolean tables = hasTables();
        return recorded().lines()
                ? (Long) files.stream()
                        .filter(file -> file.hasTable() || !tables)
                        .mapToLong(FileActivity::linesHit)
                        .sum()
                : null;
    }

    /** Files that are known by name, with code that was called, of which executable lines are unknown. */
    public int filesWithoutTable() {
        return (int) withoutTable().filter(Report::isKnown).count();
    }

    private Stream<FileActivity> withoutTable() {
        return files.stream().filter(file -> !file.hasTable() && file.functionsCalled() > 0);
    }

    public Rows<FileActivity> files() {
        Comparator<FileActivity> byName = Comparator.comparing(FileActivity::file);
        return rows(new ArrayList<>(files), SortKey.files(sort, recorded()), byName);
    }

    public Rows<FunctionActivity> functions() {
        Comparator<FunctionActivity> byName = Comparator.comparing(FunctionActivity::identity);
        return rows(new ArrayList<>(functions), SortKey.functions(sort, recorded()), byName);
    }

    public Rows<LineRow> lineHits() {
        List<LineRow> lines = new ArrayList<>();
        for (FileActivity file : files) {
            for (int line : file.lines().lines()) {
                lines.add(new LineRow(
                        file.file(), line, file.lines().hits(line), file.lines().isExecutable(line)));
            }
        }
        Comparator<LineRow> byName = Comparator.comparing(LineRow::file).thenComparingInt(LineRow::line);
        return rows(lines, SortKey.lines(sort), byName);
    }

    public Rows<ThreadRow> threads() {
        List<ThreadRow> threads = new ArrayList<>();
        for (int i = 0; i < inputs().size(); i++) {
            for (ThreadActivity thread : inputs().get(i).threads()) {
                threads.add(new ThreadRow(i, thread));
            }
        }
        Comparator<ThreadRow> byName = Comparator.comparingInt(ThreadRow::input)
                .thenComparingInt(thread -> thread.activity().number());
        return rows(threads, SortKey.threads(sort, recorded()), byName);
    }

    /** What each test reached of the wanted functions. */
    public Rows<TestFigures> tests() {
        Comparator<TestFigures> byName =
                Comparator.comparing(figures -> figures.test().label());
        return rows(new ArrayList<>(TestFigures.of(tests, functions)), SortKey.tests(sort), byName);
    }

    /** How many tests ended in which way, in order of names; a test that did so in several ways counts for each. */
    public SortedMap<String, Integer> outcomes() {
        SortedMap<String, Integer> outcomes = new TreeMap<>();
        for (int t = 0; t < tests.size(); t++) {
            for (String outcome : tests.test(t).outcomes().keySet()) {
                outcomes.merge(outcome, 1, Integer::sum);
            }
        }
        return outcomes;
    }

    /** Whether it is known which tests there are. */
    public boolean tellsTests() {
        return testCount() > 0 || activity.tellsTests();
    }

    /** Tests of all traces. */
    public int testCount() {
        return tests.size();
    }

    /** @param first null to sort by name alone */
    private <T> Rows<T> rows(List<T> all, @Nullable Comparator<T> first, Comparator<T> byName) {
        all.sort(first == null ? byName : first.thenComparing(byName));
        return new Rows<>(top == 0 || top >= all.size() ? all : all.subList(0, top), all.size());
    }
}
