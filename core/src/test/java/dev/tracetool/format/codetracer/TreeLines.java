package dev.tracetool.format.codetracer;

import dev.tracetool.analysis.CallForest;
import dev.tracetool.analysis.CallTree;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A call tree as text: each way from the root with its figures, in order of name. */
final class TreeLines {
    private TreeLines() {}

    static List<String> of(CallTree tree) {
        CallForest forest = tree.forest();
        Map<String, String> figures = new TreeMap<>();
        String[] ways = new String[forest.size()];
        for (int node = 1; node < ways.length; node++) {
            String name = forest.frame(node).identity().qualname();
            ways[node] = forest.parent(node) == 0 ? name : ways[forest.parent(node)] + "/" + name;
            figures.put(
                    ways[node],
                    forest.calls(node) + " calls, " + forest.recursiveCalls(node) + " recursive, " + forest.selfNs(node)
                            + " of " + forest.totalNs(node));
        }
        return figures.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .toList();
    }
}
