package dev.tracetool.analysis;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many tests reach each line of a file. */
public final class LineTests {
    private final Map<Integer, BitSet> tests = new HashMap<>();

    /**
     * Who reaches a code object reaches the line on which it starts, which has no event of its own.
     *
     * @param functions all code objects of the file
     */
    public LineTests(TestActivity activity, List<FunctionActivity> functions) {
        for (FunctionActivity function : functions) {
            for (TestReach reach : activity.reaches(function.identity())) {
                add(function.entryLine(), reach.test());
                for (int line : reach.lines().lines()) {
                    add(line, reach.test());
                }
            }
        }
    }

    private void add(int line, int test) {
        tests.computeIfAbsent(line, l -> new BitSet()).set(test);
    }

    public int count(int line) {
        BitSet reaching = tests.get(line);
        return reaching == null ? 0 : reaching.cardinality();
    }
}
