package dev.tracetool.export;

import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.CallTree.Kind;
import dev.tracetool.analysis.CallTree.Weight;
import java.util.List;

/**
 * What a call tree is a part of.
 *
 * @param weight what it is weighed by: nanoseconds, line events or calls
 * @param functions weight of all functions that were recorded
 * @param shown the part of it that is in the rows
 * @param calls of all functions that were recorded
 * @param whole whether there was room for all nodes
 */
public record TreeTotals(Weight weight, long functions, long shown, long calls, boolean whole) {
    /** @param rows of the tree, or of a part of it */
    public static TreeTotals of(CallTree tree, Weight weight, List<TreeRow> rows) {
        long self = 0;
        long calls = 0;
        long[] recursive = tree.recursiveCalls();
        for (int node = 1; node < tree.size(); node++) {
            self += tree.frame(node).kind() == Kind.THREAD ? 0 : tree.selfNs(node);
            calls += tree.calls(node) + recursive[node];
        }
        long shown = 0;
        for (TreeRow row : rows) {
            shown += row.depth() == 1 && row.total() != null ? row.total() : 0;
        }
        return new TreeTotals(weight, weight == Weight.CALLS ? calls : self, shown, calls, !tree.isFull());
    }
}
