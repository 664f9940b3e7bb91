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

        /** By executable line of the file that is being added: code objects that have it, tests that hit it, the last one. */
        private int[] owners = new int[0];

        private int[] testsOfLine = new int[0];
        private int[] lastTest = new int[0];

        /** Line above, test below: of lines that several code objects have, where a pair can come several times. */
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
            int[] lines = LineHits.sum(
                            members.stream().map(FunctionActivity::lines).toList())
                    .executableLines();
            owners = new int[lines.length];
            testsOfLine = new int[lines.length];
            lastTest = new int[lines.length];
            for (FunctionActivity function : members) {
                for (int line : function.lines().lines()) {
                    int at = Arrays.binarySearch(lines, line);
                    if (at >= 0) {
                        owners[at]++;
                    }
                }
            }
            pairCount = 0;
            for (FunctionActivity function : members) {
                tests.visit(function.identity(), (test, reachCalls, reached, hits, count) -> {
                    functions[test]++;
                    calls[test] += reachCalls;
                    addLines(test, lines, reached, hits, count);
                });
            }
            Arrays.sort(pairs, 0, pairCount);
            for (int i = 0; i < pairCount; i++) {
                if (i == 0 || pairs[i] != pairs[i - 1]) {
                    hit((int) (pairs[i] >> 32), (int) pairs[i]);
                }
            }
            for (int at = 0; at < lines.length; at++) {
                if (testsOfLine[at] == 1) {
                    linesOnly[lastTest[at]]++;
                }
            }
        }

        /** Both kinds of lines ascend, so that a line is mostly found right behind the one before it. */
        private void addLines(int test, int[] executable, int[] reached, long[] hits, int count) {
            long events = 0;
            int at = 0;
            for (int i = 0; i < count; i++) {
                events += hits[i];
                at = find(executable, at, reached[i]);
                if (at >= executable.length || executable[at] != reached[i]) {
                    continue; // not executable
                }
                if (owners[at] > 1) {
                    addPair(at, test);
                } else {
                    hit(at, test);
                }
            }
            lineEvents[test] += events;
        }

        /** The first line from a place on that is not less than the wanted one. */
        private static int find(int[] lines, int from, int wanted) {
            int at = from;
            int nearby = Math.min(lines.length, from + 4);
            while (at < nearby && lines[at] < wanted) {
                at++;
            }
            if (at < nearby || at == lines.length) {
                return at;
            }
            int found = Arrays.binarySearch(lines, at, lines.length, wanted);
            return found >= 0 ? found : -found - 1;
        }

        private void hit(int at, int test) {
            linesHit[test]++;
            testsOfLine[at]++;
            lastTest[at] = test;
        }

        private void addPair(int at, int test) {
            if (pairCount == pairs.length) {
                pairs = Arrays.copyOf(pairs, 2 * pairCount);
            }
            pairs[pairCount++] = (long) at << 32 | test;
        }
    }
}
