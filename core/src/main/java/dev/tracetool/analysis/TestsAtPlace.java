package dev.tracetool.analysis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Which tests reach some code objects, or some lines of them. */
public final class TestsAtPlace {
    /**
     * A test that reaches the place.
     *
     * @param calls {@code PY_START} events of the code objects, whichever lines are wanted
     * @param hits line events at the lines
     */
    public record Row(TestRecord test, long calls, long hits) {}

    private TestsAtPlace() {}

    /** All tests, those that reach none of the code objects included, in order of their labels. */
    public static List<Row> all(TestActivity tests, List<FunctionActivity> functions) {
        return TestFigures.of(tests, functions).stream()
                .map(figures -> new Row(figures.test(), figures.calls(), figures.lineEvents()))
                .toList();
    }

    /** Those that reach any of the code objects, the most hits first. */
    public static List<Row> of(TestActivity tests, List<FunctionActivity> functions) {
        return rows(tests, functions, null);
    }

    /**
     * Those that reach any of the lines. Who reaches a code object reaches the line on which it starts, which has no
     * event of its own.
     */
    public static List<Row> of(TestActivity tests, List<FunctionActivity> functions, IntPredicate lines) {
        return rows(tests, functions, lines);
    }

    private static List<Row> rows(TestActivity tests, List<FunctionActivity> functions, @Nullable IntPredicate lines) {
        boolean[] reaches = new boolean[tests.size()];
        long[] calls = new long[tests.size()];
        long[] hits = new long[tests.size()];
        for (FunctionActivity function : functions) {
            boolean entry = lines == null || lines.test(function.entryLine());
            for (TestReach reach : tests.reaches(function.identity())) {
                int test = reach.test();
                reaches[test] |= entry;
                calls[test] += reach.calls();
                for (int line : reach.lines().lines()) {
                    if (lines == null || lines.test(line)) {
                        reaches[test] = true;
                        hits[test] += reach.lines().hits(line);
                    }
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        for (int t = 0; t < reaches.length; t++) {
            if (reaches[t]) {
                rows.add(new Row(tests.test(t), calls[t], hits[t]));
            }
        }
        rows.sort(Comparator.comparingLong(Row::hits)
                .thenComparingLong(Row::calls)
                .reversed()
                .thenComparing(row -> row.test().label()));
        return rows;
    }
}
