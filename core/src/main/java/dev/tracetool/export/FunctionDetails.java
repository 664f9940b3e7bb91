package dev.tracetool.export;

import dev.tracetool.analysis.CallEdge;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.SlowCall;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestsAtPlace;
import java.util.ArrayList;
import java.util.List;

/**
 * All that is known of one function.
 *
 * @param callers those that called it, the one with the most time first; none where traces do not tell
 * @param callees those that it called, likewise
 * @param lines executable ones, and those that were reached without being so; in their order
 * @param slowest its slowest activations, the slowest first
 * @param tests that reach it, the most hits first
 */
public record FunctionDetails(
        FunctionActivity activity,
        List<CallEdge> callers,
        List<CallEdge> callees,
        List<Line> lines,
        List<SlowCall> slowest,
        List<TestsAtPlace.Row> tests) {

    /** A line and how often it was reached. */
    public record Line(int line, long hits, boolean executable) {}

    /**
     * Looks up all that is known of some functions.
     *
     * @param summary with the call tree and the slowest activations
     */
    public static List<FunctionDetails> of(Summary summary, List<FunctionActivity> functions) {
        CallTree tree = summary.tree().withoutThreads();
        boolean told = summary.activity().tellsCallers();
        CallTree.Weight weight = CallTree.Weight.of(summary.activity());
        List<FunctionDetails> all = new ArrayList<>();
        for (FunctionActivity function : functions) {
            all.add(new FunctionDetails(
                    function,
                    told ? CallEdge.callers(tree, function.identity(), weight) : List.of(),
                    told ? CallEdge.callees(tree, function.identity(), weight) : List.of(),
                    lines(function),
                    summary.slowCalls().of(function.identity()),
                    TestsAtPlace.of(summary.tests(), List.of(function))));
        }
        return all;
    }

    private static List<Line> lines(FunctionActivity function) {
        List<Line> lines = new ArrayList<>();
        for (int line : function.lines().lines()) {
            lines.add(
                    new Line(line, function.lines().hits(line), function.lines().isExecutable(line)));
        }
        return lines;
    }
}
