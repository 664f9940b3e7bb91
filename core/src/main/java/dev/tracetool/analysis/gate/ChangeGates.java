package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.diff.CodeState;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.Side;
import java.util.ArrayList;
import java.util.List;

/** What a change must not bring. */
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
                        GateResult.lineOf(function.identity()),
                        1,
                        0));
            }
        }
        return GateResult.orPassed(results, Gate.NEW_UNCALLED, "new functions");
    }
}
