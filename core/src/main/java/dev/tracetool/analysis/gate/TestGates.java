package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.TestActivity;
import dev.tracetool.analysis.TestRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What tests can fail at. */
public final class TestGates {
    private static final Set<String> BAD = Set.of("failed", "error");

    private TestGates() {}

    /**
     * A failure for each test that failed at least once, or whose end is not known because the process was killed, say; one
     * result if there is none.
     */
    public static List<GateResult> failed(TestActivity tests) {
        List<GateResult> results = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            TestRecord test = tests.test(i);
            if (test.outcomes().isEmpty() || test.outcomes().keySet().stream().anyMatch(BAD::contains)) {
                results.add(GateResult.most(Gate.FAILED_TESTS, test.label(), null, 0, 1, 0));
            }
        }
        return GateResult.orPassed(results, Gate.FAILED_TESTS, "tests");
    }

    /** A failure for each test of the base that the head does not have; one result if there is none. */
    public static List<GateResult> lost(TestActivity base, TestActivity head) {
        Set<String> here = new HashSet<>(labels(head));
        List<GateResult> results = new ArrayList<>();
        for (String label : new TreeSet<>(labels(base))) {
            if (!here.contains(label)) {
                results.add(GateResult.most(Gate.LOST_TESTS, label, null, 0, 1, 0));
            }
        }
        return GateResult.orPassed(results, Gate.LOST_TESTS, "tests");
    }

    private static List<String> labels(TestActivity tests) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            labels.add(tests.test(i).label());
        }
        return labels;
    }
}
