package dev.tracetool.summary;

import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Writes the records of the nodes of a call tree, and of the recursive calls in it; {@link TreeReader} reads them. */
final class TreeRecords {
    static final int ROOT = 0;
    static final int THREAD = 1;
    static final int FUNCTION = 2;
    static final int COROUTINE = 3;
    static final int MORE = 4;

    private TreeRecords() {}

    /**
     * Writes all nodes: each before its children, these in order of what they stand for.
     *
     * @param functions place of each function in the file
     */
    static void write(
            SectionBuffer nodes,
            SectionBuffer recursion,
            Strings strings,
            CallTree tree,
            Map<CodeIdentity, Integer> functions) {
        List<List<Integer>> children = children(tree);
        int[] places = new int[tree.size()];
        int count = 0;
        Deque<Integer> open = new ArrayDeque<>(List.of(0));
        while (!open.isEmpty()) {
            int node = open.pop();
            places[node] = count++;
            NumberWriter out = nodes.next();
            if (node == 0) {
                out.number(ROOT);
            } else {
                frame(out, strings, tree.frame(node), functions);
                out.number(places[tree.parent(node)]).number(tree.calls(node));
            }
            out.signed(tree.selfNs(node));
            children.get(node).sort(Comparator.comparing(tree::frame).reversed());
            children.get(node).forEach(open::push);
        }
        List<long[]> folded = new ArrayList<>();
        tree.folded((from, to, calls) -> folded.add(new long[] {places[from], places[to], calls}));
        folded.sort(Arrays::compare);
        folded.forEach(call -> recursion.next().number(call[0]).number(call[1]).number(call[2]));
    }

    private static List<List<Integer>> children(CallTree tree) {
        List<List<Integer>> children = new ArrayList<>(tree.size());
        for (int node = 0; node < tree.size(); node++) {
            children.add(new ArrayList<>(0));
            if (node > 0) {
                children.get(tree.parent(node)).add(node);
            }
        }
        return children;
    }

    private static void frame(
            NumberWriter out, Strings strings, CallTree.Frame frame, Map<CodeIdentity, Integer> functions) {
        switch (frame.kind()) {
            case THREAD ->
                out.number(THREAD).number(strings.place(frame.identity().qualname()));
            case FUNCTION -> out.number(FUNCTION).number(place(functions, frame));
            case COROUTINE -> out.number(COROUTINE).number(place(functions, frame));
            case MORE -> out.number(MORE);
        }
    }

    private static int place(Map<CodeIdentity, Integer> functions, CallTree.Frame frame) {
        return Objects.requireNonNull(functions.get(frame.identity()), "a function that the activity does not have");
    }
}
