package dev.tracetool.analysis;

import java.util.Map;
import java.util.TreeMap;

/** A call tree as text: each way from the root, with the figures of its node. */
final class TreeText {
    private TreeText() {}

    /** Such as {@code MainThread/f/g} and {@code 2 calls, 1 recursive, self 10, total 30}. */
    static Map<String, String> of(CallForest forest) {
        Map<String, String> text = new TreeMap<>();
        String[] ways = new String[forest.size()];
        for (int node = 1; node < ways.length; node++) {
            String name = forest.frame(node).kind() == CallTree.Kind.MORE
                    ? "…"
                    : forest.frame(node).identity().qualname();
            ways[node] = forest.parent(node) == 0 ? name : ways[forest.parent(node)] + "/" + name;
            String figures = "%d calls, %d recursive, self %d, total %d"
                    .formatted(
                            forest.calls(node), forest.recursiveCalls(node), forest.selfNs(node), forest.totalNs(node));
            if (text.put(ways[node], figures) != null) {
                throw new AssertionError("two nodes " + ways[node]);
            }
        }
        return text;
    }

    static Map<String, String> of(CallTree tree) {
        return of(tree.forest());
    }
}
