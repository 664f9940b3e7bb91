package dev.tracetool.export;

import dev.tracetool.analysis.CallForest;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.CallTree.Frame;
import dev.tracetool.analysis.CallTree.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the nodes of a call tree in order, the most expensive children first, and leaves out small ones. */
public final class TreeRows {
    private final CallForest forest;

    /** By node, where these are all there is: its calls and those beneath it; null where there is better. */
    private final long @Nullable [] calls;

    private final boolean inverted;
    private final int depth;
    private final double minShare;
    private final List<TreeRow> rows = new ArrayList<>();

    /** Children of node {@code n} are those from {@code firstChild[n]} to before {@code firstChild[n + 1]}. */
    private final int[] firstChild;

    private final int[] children;

    private TreeRows(CallForest forest, Weight weight, boolean inverted, int depth, double minShare) {
        this.forest = forest;
        this.calls = weight == Weight.CALLS ? totalCalls(forest, inverted) : null;
        this.inverted = inverted;
        this.depth = depth;
        this.minShare = minShare;
        int size = forest.size();
        firstChild = new int[size + 1];
        for (int node = 1; node < size; node++) {
            firstChild[forest.parent(node) + 1]++;
        }
        for (int node = 0; node < size; node++) {
            firstChild[node + 1] += firstChild[node];
        }
        children = new int[Math.max(0, size - 1)];
        int[] next = Arrays.copyOf(firstChild, size);
        for (int node = 1; node < size; node++) {
            children[next[forest.parent(node)]++] = node;
        }
    }

    /** Of callers each has all calls already that came by this way. */
    private static long[] totalCalls(CallForest forest, boolean inverted) {
        long[] totals = new long[forest.size()];
        for (int node = totals.length - 1; node > 0; node--) {
            totals[node] += forest.calls(node);
            if (!inverted) {
                totals[forest.parent(node)] += totals[node];
            }
        }
        return totals;
    }

    private long self(int node) {
        return calls == null ? forest.selfNs(node) : forest.calls(node);
    }

    private long total(int node) {
        return calls == null ? forest.totalNs(node) : calls[node];
    }

    /**
     * The rows of a tree, of whose whole weight each is a share.
     *
     * @param weight what is known of it, and so its most expensive children
     * @param depth levels at most
     * @param minShare per cent of the whole; what has less is summed up in a row for each parent
     */
    public static List<TreeRow> of(CallForest tree, Weight weight, int depth, double minShare) {
        return new TreeRows(tree, weight, false, depth, minShare).all();
    }

    /** The same for callers, which are shares of the function that they called, and are shown for few calls, too. */
    public static List<TreeRow> ofCallers(CallForest callers, Weight weight, int depth, double minShare) {
        return new TreeRows(callers, weight, true, depth, minShare).all();
    }

    private List<TreeRow> all() {
        List<Integer> top = sorted(0);
        long whole = 0;
        for (int node : top) {
            whole += total(node);
        }
        children(0, null, 1, whole, 0);
        return rows;
    }

    /** Adds what is below a node. Trees are at most {@code CallNodes.MAX_DEPTH} deep, so this can call itself. */
    private void children(int node, @Nullable Integer parent, int level, long whole, long wholeCalls) {
        List<Integer> shown = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (int child : sorted(node)) {
            if (!isEmptyThread(child)) {
                (isShown(child, level, whole, wholeCalls) ? shown : rest).add(child);
            }
        }
        for (int i = 0; i < shown.size(); i++) {
            int child = shown.get(i);
            boolean top = inverted && level == 1;
            long ownWhole = top ? total(child) : whole;
            rows.add(row(child, parent, level, rest.isEmpty() && i == shown.size() - 1, ownWhole));
            if (level < depth) {
                children(child, rows.size() - 1, level + 1, ownWhole, top ? forest.calls(child) : wholeCalls);
            }
        }
        if (rest.size() == 1) {
            rows.add(row(rest.get(0), parent, level, true, whole)); // it takes no more room than to sum it up
        } else if (!rest.isEmpty()) {
            rows.add(rest(rest, parent, level, whole));
        }
    }

    private TreeRow rest(List<Integer> nodes, @Nullable Integer parent, int level, long whole) {
        long made = 0;
        long total = 0;
        for (int node : nodes) {
            made += forest.calls(node);
            total += total(node);
        }
        TreeRow.Kind kind = TreeRow.Kind.REST;
        return new TreeRow(rows.size(), parent, level, true, kind, null, nodes.size(), made, null, null, total, whole);
    }

    private boolean isShown(int node, int level, long whole, long wholeCalls) {
        if (isEmptyThread(node)) {
            return false;
        }
        if (inverted && level == 1) {
            return true;
        }
        return minShare <= 0
                || 100.0 * total(node) >= minShare * whole
                || inverted && 100.0 * forest.calls(node) >= minShare * wholeCalls;
    }

    /** A thread in which nothing is that is wanted. */
    private boolean isEmptyThread(int node) {
        return !inverted
                && forest.frame(node).kind() == CallTree.Kind.THREAD
                && firstChild[node] == firstChild[node + 1];
    }

    private TreeRow row(int node, @Nullable Integer parent, int level, boolean last, long whole) {
        Frame frame = forest.frame(node);
        boolean code = frame.isCode();
        boolean timed = calls != null
                || !inverted
                || forest.recursiveCalls(node) == 0
                || forest.calls(node) > forest.recursiveCalls(node);
        return new TreeRow(
                rows.size(),
                parent,
                level,
                last,
                kind(node),
                frame.kind() == CallTree.Kind.MORE ? null : frame.identity(),
                1,
                frame.kind() == CallTree.Kind.THREAD ? null : (Long) forest.calls(node),
                code ? (Long) forest.recursiveCalls(node) : null,
                code && timed ? (Long) self(node) : null,
                timed ? (Long) total(node) : null,
                whole);
    }

    private TreeRow.Kind kind(int node) {
        return switch (forest.frame(node).kind()) {
            case FUNCTION -> TreeRow.Kind.FUNCTION;
            case THREAD -> TreeRow.Kind.THREAD;
            case MORE -> TreeRow.Kind.OVERFLOW;
            case COROUTINE -> !inverted && isTop(node) ? TreeRow.Kind.TASK : TreeRow.Kind.FUNCTION;
        };
    }

    private boolean isTop(int node) {
        int parent = forest.parent(node);
        return parent == 0 || forest.frame(parent).kind() == CallTree.Kind.THREAD;
    }

    private List<Integer> sorted(int node) {
        List<Integer> list = new ArrayList<>();
        for (int i = firstChild[node]; i < firstChild[node + 1]; i++) {
            list.add(children[i]);
        }
        list.sort(Comparator.<Integer>comparingLong(this::total)
                .thenComparingLong(forest::calls)
                .reversed()
                .thenComparing(forest::frame));
        return list;
    }
}
