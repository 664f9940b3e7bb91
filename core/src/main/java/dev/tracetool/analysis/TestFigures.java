package dev.tracetool.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one test did in some code objects. Counts are meaningful only where they were {@link Recorded}.
 *
 * @param functions code objects that it reached
 * @param calls {@code PY_START} events
 * @param linesHit executable lines with an event, each line of a file once
 * @param linesOnly those of them that no other test hits
 */
public record TestFigures(TestRecord test, int functions, long calls, long lineEvents, int linesHit, int linesOnly) {

    /** All tests, those that reached none of the code objects included, in order of their labels. */
    public static List<TestFigures> of(TestActivity tests, List<FunctionActivity> functions) {
        Map<String, List<FunctionActivity>> files = new HashMap<>();
        for (FunctionActivity function : functions) {
            files.computeIfAbsent(function.identity().filename(), f -> new ArrayList<>())
                    .add(function);
        }
        Sums sums = new Sums(tests.size());
        files.values().forEach(members -> sums.addFile(tests, members));
        List<TestFigures> figures = new ArrayList<>(tests.size());
        for (int t = 0; t < tests.size(); t++) {
            figures.add(new TestFigures(
                    tests.test(t),
                    sums.functions[t],
                    sums.calls[t],
                    sums.lineEvents[t],
                    sums.linesHit[t],
                    sums.linesOnly[t]));
        }
        figures.sort((a, b) -> a.test().label().compareTo(b.test().label()));
        return figures;
    }

    private static final class Sums {
        final int[] functions;
        final long[] calls;
        final long[] lineEvents;
        final int[] linesHit;
        final int[] linesOnly;

        /** Line above, test below: of the file that is being added. */
        private long[] pairs = new long[256];

        private int pairCount;

        Sums(int tests) {
            functions = new int[tests];
            calls = new long[tests];
            lineEvents = new long[tests];
            linesHit = new int[tests];
            linesOnly = new int[tests];
        }

        void addFile(TestActivity tests, List<FunctionActivity> members) {
            LineHits lines =
                    LineHits.sum(members.stream().map(FunctionActivity::lines).toList());
            pairCount = 0;
            for (FunctionActivity function : members) {
                for (TestReach reach : tests.reaches(function.identity())) {
                    functions[reach.test()]++;
                    calls[reach.test()] += reach.calls();
                    lineEvents[reach.test()] += reach.lines().events();
                    addPairs(reach, lines);
                }
            }
            Arrays.sort(pairs, 0, pairCount);
            countPairs();
        }

        private void addPairs(TestReach reach, LineHits executable) {
            for (int line : reach.lines().lines()) {
                if (executable.isExecutable(line)) {
                    if (pairCount == pairs.length) {
                        pairs = Arrays.copyOf(pairs, 2 * pairCount);
                    }
                    pairs[pairCount++] = (long) line << 32 | reach.test();
                }
            }
        }

        /** Several code objects can have one line, so that one pair can come several times. */
        private void countPairs() {
            int from = 0;
            while (from < pairCount) {
                int line = (int) (pairs[from] >> 32);
                int testsOfLine = 0;
                int at = from;
                while (at < pairCount && (int) (pairs[at] >> 32) == line) {
                    if (at == from || pairs[at] != pairs[at - 1]) {
                        linesHit[(int) pairs[at]]++;
                        testsOfLine++;
                    }
                    at++;
                }
                if (testsOfLine == 1) {
                    linesOnly[(int) pairs[from]]++;
                }
                from = at;
            }
        }
    }
}
