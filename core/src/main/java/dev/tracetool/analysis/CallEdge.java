package dev.tracetool.analysis;

import dev.tracetool.analysis.CallTree.Frame;
import dev.tracetool.analysis.CallTree.Weight;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls between one function and another, on whatever way. Times, or what takes their place by the tree's
 * {@link CallTree.Weight}, are those of the callee when it was called from there; those of recursive calls are in the ones
 * of the outer calls.
 *
 * @param other the other function; null where a callee was called by nothing that was recorded, or by an event loop
 * @param calls {@code PY_START} events, recursive ones among them
 * @param recursiveCalls calls of a function that is further out on the stack already
 */
public record CallEdge(@Nullable Frame other, long calls, long recursiveCalls, long selfNs, long totalNs) {
    private static final Comparator<CallEdge> ORDER = Comparator.comparingLong(CallEdge::totalNs)
            .thenComparingLong(CallEdge::calls)
            .reversed()
            .thenComparing(CallEdge::other, Comparator.nullsFirst(Comparator.naturalOrder()));

    /** Whether anything is known of its times: not if all its calls are recursive. */
    public boolean isTimed() {
        return recursiveCalls == 0 || calls > recursiveCalls;
    }

    /** Who called a function, the one with the most time first; where there are but calls, with the most of these. */
    public static List<CallEdge> callers(CallTree tree, CodeIdentity function, Weight weight) {
        return of(tree, function, weight, true);
    }

    /** Whom a function called, likewise. */
    public static List<CallEdge> callees(CallTree tree, CodeIdentity function, Weight weight) {
        return of(tree, function, weight, false);
    }

    private static List<CallEdge> of(CallTree tree, CodeIdentity function, Weight weight, boolean callers) {
        Map<@Nullable Frame, CallEdge> edges = new HashMap<>();
        boolean timed = weight != Weight.CALLS;
        long[] totals = timed ? tree.totalsNs() : new long[tree.size()];
        for (int node = 1; node < tree.size(); node++) {
            Frame caller = codeOf(tree, tree.parent(node));
            if (is(callers ? tree.frame(node) : caller, function)) {
                add(
                        edges,
                        callers ? caller : tree.frame(node),
                        tree.calls(node),
                        0,
                        timed ? tree.selfNs(node) : 0,
                        totals[node]);
            }
        }
        tree.folded((from, to, calls) -> {
            if (is(tree.frame(callers ? to : from), function)) {
                add(edges, tree.frame(callers ? from : to), calls, calls, 0, 0);
            }
        });
        List<CallEdge> list = new ArrayList<>(edges.values());
        list.sort(ORDER);
        return list;
    }

    private static boolean is(@Nullable Frame frame, CodeIdentity function) {
        return frame != null && frame.isCode() && frame.identity().equals(function);
    }

    private static @Nullable Frame codeOf(CallTree tree, int node) {
        return node <= 0 || tree.frame(node).kind() == CallTree.Kind.THREAD ? null : tree.frame(node);
    }

    private static void add(
            Map<@Nullable Frame, CallEdge> edges,
            @Nullable Frame other,
            long calls,
            long recursive,
            long selfNs,
            long totalNs) {
        edges.merge(
                other,
                new CallEdge(other, calls, recursive, selfNs, totalNs),
                (a, b) -> new CallEdge(
                        other,
                        a.calls + b.calls,
                        a.recursiveCalls + b.recursiveCalls,
                        a.selfNs + b.selfNs,
                        a.totalNs + b.totalNs));
    }
}
