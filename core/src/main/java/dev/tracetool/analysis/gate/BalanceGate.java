package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.FunctionActivity;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether each call came to an end: by a return, or by an exception that left it. What did not was still running when the
 * recording ended, or is a generator that nobody exhausted and that was not closed before then.
 */
public final class BalanceGate {
    private BalanceGate() {}

    /** A result for each function with calls that did not end, or one if all did. */
    public static List<GateResult> of(List<FunctionActivity> functions) {
        List<GateResult> results = new ArrayList<>();
        for (FunctionActivity function : functions) {
            long open = Math.abs(function.calls() - function.returns() - function.unwinds());
            if (open > 0) {
                results.add(GateResult.most(
                        Gate.BALANCED_CALLS,
                        function.identity().qualname(),
                        function.identity().filename(),
                        function.identity().firstLine(),
                        open,
                        0));
            }
        }
        return results.isEmpty() ? List.of(GateResult.most(Gate.BALANCED_CALLS, "calls", null, 0, 0, 0)) : results;
    }
}
