package dev.tracetool.analysis;

import dev.tracetool.source.FileChange;
import dev.tracetool.source.RecordedPaths;
import dev.tracetool.source.UnifiedDiff;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The tests to run for a change: those that reach a changed line, and where nobody can know which those are, all of them.
 *
 * <ul>
 *   <li>A changed line that is executable in a function: the tests that reach it. Any other line in a function, and a
 *       place where lines were put in: the tests that reach the innermost function around it.
 *   <li>In a file of tests, outside of the tests themselves: that file whole, so that its new tests are among them, and all
 *       that share a fixture. In a conftest.py, the tests in its folder.
 *   <li>Outside of functions elsewhere (decorators, defaults and {@code def} itself belong to the code around a function),
 *       functions that also ran outside of tests, such as on import, or in a fixture that several tests can share, files that are new, renamed or not Python, and files
 *       that were not recorded: all tests, with the reason.
 *   <li>A file that is deleted: the tests that reached it, without its own.
 * </ul>
 */
public final class ChangedTests {
    /** In which of the two states that a diff is between the run was recorded. */
    public enum Recorded {
        BEFORE,
        AFTER
    }

    private final TestActivity tests;
    private final Recorded recorded;
    private final Map<String, List<FunctionActivity>> files = new HashMap<>();
    private final RecordedPaths paths;
    private final TreeSet<String> labels = new TreeSet<>();
    private final TreeSet<String> testFiles = new TreeSet<>();
    private final TreeSet<String> deleted = new TreeSet<>();
    private final Set<String> unknown = new LinkedHashSet<>();

    /** @param functions all of what was recorded */
    public ChangedTests(TestActivity tests, List<FunctionActivity> functions, Recorded recorded) {
        this.tests = tests;
        this.recorded = recorded;
        for (FunctionActivity function : functions) {
            files.computeIfAbsent(function.identity().filename(), f -> new ArrayList<>())
                    .add(function);
        }
        this.paths = new RecordedPaths(files.keySet());
    }

    /** Takes in a diff. */
    public void add(UnifiedDiff diff) {
        diff.files().forEach(this::add);
    }

    private void add(FileChange change) {
        String path = change.path();
        if (!path.endsWith(".py")) {
            unknown(path, "is not a Python file");
            return;
        }
        switch (change.kind()) {
            case ADDED, COPIED -> {
                if (TestLabels.isTestFile(path) && usesPaths()) {
                    testFiles.add(path);
                } else {
                    unknown(path, "is new");
                }
            }
            case RENAMED -> unknown(path, "was renamed");
            case DELETED -> {
                deleted.add(path);
                List<FunctionActivity> functions = functionsOf(path);
                reachersOf(functions, line -> true);
                functions.forEach(function -> shared(path, function));
            }
            case MODIFIED -> modified(change);
        }
    }

    private void modified(FileChange change) {
        String path = change.path();
        List<FunctionActivity> functions = functionsOf(path);
        if (functions.isEmpty()) {
            unknown(path, "is not in what was recorded");
            return;
        }
        if (change.binary()) {
            unknown(path, "changed in a way that the diff does not tell");
            return;
        }
        for (FileChange.Edit edit : change.edits()) {
            boolean before = recorded == Recorded.BEFORE;
            int line = before ? edit.oldLine() : edit.newLine();
            int count = before ? edit.removed() : edit.added();
            for (int i = 0; i < count; i++) {
                changed(path, functions, line + i);
            }
            if (count == 0) {
                between(path, functions, line);
            }
        }
    }

    private List<FunctionActivity> functionsOf(String path) {
        List<FunctionActivity> functions = new ArrayList<>();
        for (String file : paths.find(path).files()) {
            functions.addAll(files.getOrDefault(file, List.of()));
        }
        return functions;
    }

    /** A line that was recorded is another one, or none, after the change. */
    private void changed(String path, List<FunctionActivity> functions, int line) {
        List<FunctionActivity> around = innermost(functions, line, line);
        if (around.isEmpty()) {
            outside(path, line);
            return;
        }
        List<FunctionActivity> others = without(functions, around);
        boolean head = isHead(around, others, line);
        boolean executable = !head && around.stream().anyMatch(f -> f.lines().isExecutable(line));
        inside(path, around, executable ? reached -> reached == line : reached -> true);
        if (head) {
            changed(path, others, line);
        }
    }

    /** Lines were put in before one that was recorded. */
    private void between(String path, List<FunctionActivity> functions, int line) {
        List<FunctionActivity> around = innermost(functions, line - 1, line);
        if (around.isEmpty()) {
            outside(path, line);
            return;
        }
        List<FunctionActivity> others = without(functions, around);
        inside(path, around, reached -> true);
        if (isHead(around, others, line)) {
            between(path, others, line);
        }
    }

    private static List<FunctionActivity> without(List<FunctionActivity> functions, List<FunctionActivity> some) {
        List<FunctionActivity> others = new ArrayList<>(functions);
        others.removeAll(some);
        return others;
    }

    /** Whether the line belongs to the decorators, the signature or the {@code def} of a function, which run around it. */
    private static boolean isHead(List<FunctionActivity> around, List<FunctionActivity> others, int line) {
        return around.stream().anyMatch(function -> line <= lastLineOfHead(function, others));
    }

    private static int lastLineOfHead(FunctionActivity function, List<FunctionActivity> others) {
        int last = function.entryLine();
        int body = IntStream.of(function.lines().executableLines())
                .filter(line -> line > function.entryLine())
                .findFirst()
                .orElse(last);
        for (int line = last + 1; line < body; line++) {
            int candidate = line;
            if (others.stream().anyMatch(other -> other.lines().isExecutable(candidate))) {
                last = line;
            }
        }
        return last;
    }

    /** Something changed in functions at lines that were recorded. */
    private void inside(String path, List<FunctionActivity> functions, IntPredicate lines) {
        reachersOf(functions, lines);
        if (TestLabels.hasTests(tests, path)) {
            if (functions.stream()
                    .noneMatch(f -> TestLabels.isTest(tests, path, f.identity().qualname()))) {
                testFiles.add(path);
            }
        } else if (TestLabels.isConftest(path)) {
            fixtures(path);
        } else {
            for (FunctionActivity function : functions) {
                shared(path, function);
                if (ranOutsideOfTests(function, lines)) {
                    unknown(
                            path,
                            "has a function that also ran outside of tests: "
                                    + function.identity().qualname());
                }
            }
        }
    }

    /** What a fixture ran in one test can be of use in many. */
    private void shared(String path, FunctionActivity function) {
        if (tests.isShared(function.identity())) {
            unknown(
                    path,
                    "has a function that ran in a fixture that several tests can share: "
                            + function.identity().qualname());
        }
    }

    /** A fixture can run in one test and be of use in many. */
    private void fixtures(String path) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        for (int t = 0; t < tests.size(); t++) {
            String label = tests.test(t).label();
            if (label.startsWith(folder) || !TestLabels.isPath(label)) {
                labels.add(label);
            }
        }
    }

    private boolean ranOutsideOfTests(FunctionActivity function, IntPredicate lines) {
        long hits = 0;
        for (int line : function.lines().lines()) {
            hits += lines.test(line) ? function.lines().hits(line) : 0;
        }
        long calls = function.calls();
        for (TestReach reach : tests.reaches(function.identity())) {
            calls -= reach.calls();
            for (int line : reach.lines().lines()) {
                hits -= lines.test(line) ? reach.lines().hits(line) : 0;
            }
        }
        return hits > 0 || (calls > 0 && lines.test(function.entryLine()));
    }

    private void outside(String path, int line) {
        if (TestLabels.hasTests(tests, path)) {
            testFiles.add(path);
        } else {
            unknown(path, "changed outside of functions, at line " + line);
        }
    }

    /** The smallest functions that go over both lines; several if several versions of the file were recorded. */
    private static List<FunctionActivity> innermost(List<FunctionActivity> functions, int first, int last) {
        List<FunctionActivity> best = new ArrayList<>();
        int least = Integer.MAX_VALUE;
        for (FunctionActivity function : functions) {
            int begin = function.identity().firstLine();
            int end = lastLine(function);
            if (!function.body() && begin <= first && last <= end && end - begin <= least) {
                if (end - begin < least) {
                    best.clear();
                }
                least = end - begin;
                best.add(function);
            }
        }
        return best;
    }

    private static int lastLine(FunctionActivity function) {
        int[] lines = function.lines().executableLines();
        return lines.length == 0 ? function.identity().firstLine() : lines[lines.length - 1];
    }

    private void reachersOf(List<FunctionActivity> functions, IntPredicate lines) {
        for (TestsAtPlace.Row row : TestsAtPlace.of(tests, functions, lines)) {
            labels.add(row.test().label());
        }
    }

    private void unknown(String path, String why) {
        unknown.add(path + " " + why);
    }

    private boolean usesPaths() {
        return tests.size() > 0 && TestLabels.isPath(tests.test(0).label());
    }

    /** Why all tests are to be run: hostile text; empty if it is known which. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }

    /**
     * The tests to run, and files of tests that are to be run whole, in order, as their runner takes them.
     *
     * @param all whether all tests are to be run where it is not known which
     */
    public List<String> arguments(boolean all) {
        TreeSet<String> arguments = new TreeSet<>(labels);
        if (all && !unknown.isEmpty()) {
            for (int t = 0; t < tests.size(); t++) {
                arguments.add(tests.test(t).label());
            }
        }
        for (String path : deleted) {
            arguments.removeIf(label -> TestLabels.isIn(label, path));
        }
        for (String path : testFiles) {
            arguments.removeIf(label -> TestLabels.isIn(label, path));
            arguments.add(TestLabels.container(tests, path));
        }
        return List.copyOf(arguments);
    }
}
