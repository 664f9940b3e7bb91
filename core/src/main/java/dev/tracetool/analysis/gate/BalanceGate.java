package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.InputActivity;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether each call came to an end: by a return, or by an exception that left it. What did not was still running when the
 * recording ended. Of functions that yield, calls that did not end are no failure: a generator may stay suspended. The
 * call that a recorder makes itself, around the whole program, is closed by none of them.
 *
 * <p>Where a format tells no yields, its returns have them among them, and its calls what goes on after: these balance.
 * Of such a trace, what its format says is out of balance and no event can tell is a failure too.
 */
public final class BalanceGate {
    private BalanceGate() {}

    /** A result for each function with calls that did not end, and for each such trace, or one if all did. */
    public static List<GateResult> of(List<FunctionActivity> functions, List<InputActivity> inputs) {
        List<GateResult> results = new ArrayList<>();
        for (FunctionActivity function : functions) {
            long running = function.calls() - function.returns() - function.unwinds();
            boolean mayRun = function.yields() > 0 || function.identity().isTopLevel();
            long open = mayRun ? Math.max(0, -running) : Math.abs(running);
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
        for (InputActivity input : inputs) {
            long unbalanced =
                    input.recorded().countsResumptions() ? input.problems().unbalanced() : 0;
            if (unbalanced > 0) {
                results.add(GateResult.most(Gate.BALANCED_CALLS, input.name(), null, 0, unbalanced, 0));
            }
        }
        return GateResult.orPassed(results, Gate.BALANCED_CALLS, "calls");
    }
}
