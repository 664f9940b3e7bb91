package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.FunctionActivity;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether each call came to an end: by a return, or by an exception that left it. What did not was still running when the
 * recording ended. Of functions that yield, calls that did not end are no failure: a generator may stay suspended.
 */
public final class BalanceGate {
    private BalanceGate() {}

    /** A result for each function with calls that did not end, or one if all did. */
    public static List<GateResult> of(List<FunctionActivity> functions) {
        List<GateResult> results = new ArrayList<>();
        for (FunctionActivity function : functions) {
            long running = function.calls() - function.returns() - function.unwinds();
            long open = function.yields() > 0 ? Math.max(0, -running) : Math.abs(running);
            if (open > 0) {
                results.add(GateResult.most(
                        Gate.BALANCED_CALLS,
                        function.identity().qualname(),
                        function.identity().filename(),
                        GateResult.lineOf(function.identity()),
                        open,
                        0));
            }
        }
        return GateResult.orPassed(results, Gate.BALANCED_CALLS, "calls");
    }
}
