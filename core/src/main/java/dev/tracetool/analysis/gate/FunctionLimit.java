package dev.tracetool.analysis.gate;

import dev.tracetool.analysis.FunctionActivity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * The most that each of some functions may have.
 *
 * @param functions which
 */
public record FunctionLimit(Gate gate, Predicate<FunctionActivity> functions, long most) {
    public FunctionLimit {
        figure(gate);
    }

    /** A result for each function that is meant. The figure has to be one that was recorded. */
    public List<GateResult> of(List<FunctionActivity> all) {
        ToLongFunction<FunctionActivity> figure = figure(gate);
        List<GateResult> results = new ArrayList<>();
        for (FunctionActivity function : all) {
            if (functions.test(function)) {
                results.add(GateResult.most(
                        gate,
                        function.identity().qualname(),
                        function.identity().filename(),
                        GateResult.lineOf(function.identity()),
                        figure.applyAsLong(function),
                        most));
            }
        }
        return results;
    }

    private static ToLongFunction<FunctionActivity> figure(Gate gate) {
        return switch (gate) {
            case CALLS -> FunctionActivity::calls;
            case SELF_TIME -> FunctionActivity::selfNs;
            case TOTAL_TIME -> FunctionActivity::totalNs;
            default -> throw new IllegalArgumentException(gate + " is no figure of functions");
        };
    }
}
