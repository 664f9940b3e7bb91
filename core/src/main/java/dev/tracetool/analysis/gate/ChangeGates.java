package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.TestActivity;
import dev.tracetool.analysis.diff.CodeState;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What must not become worse against a run before. */
public final class ChangeGates {
    private ChangeGates() {}

    /** A failure for each function that is only in the head and was not called there; one result if there is none. */
    public static List<GateResult> newUncalled(List<FunctionDiff> functions) {
        List<GateResult> results = new ArrayList<>();
        for (FunctionDiff function : functions) {
            if (function.code() == CodeState.NEW && !function.ran(Side.HEAD)) {
                String file = function.recordedFile(Side.HEAD);
                results.add(GateResult.most(
                        Gate.NEW_UNCALLED,
                        function.identity().qualname(),
                        file == null ? function.file() : file,
                        function.identity().firstLine(),
                        1,
                        0));
            }
        }
        return orPassed(results, Gate.NEW_UNCALLED, "new functions");
    }

    /** A failure for each test of the base that the head does not have; one result if there is none. */
    public static List<GateResult> lostTests(TestActivity base, TestActivity head) {
        Set<String> here = new HashSet<>(labels(head));
        List<GateResult> results = new ArrayList<>();
        for (String label : new TreeSet<>(labels(base))) {
            if (!here.contains(label)) {
                results.add(GateResult.most(Gate.LOST_TESTS, label, null, 0, 1, 0));
            }
        }
        return orPassed(results, Gate.LOST_TESTS, "tests");
    }

    private static List<String> labels(TestActivity tests) {
        List<String> labels = new ArrayList<>();
        for (int i = 0; i < tests.size(); i++) {
            labels.add(tests.test(i).label());
        }
        return labels;
    }

    private static List<GateResult> orPassed(List<GateResult> failures, Gate gate, String subject) {
        return failures.isEmpty() ? List.of(GateResult.most(gate, subject, null, 0, 0, 0)) : failures;
    }
}
