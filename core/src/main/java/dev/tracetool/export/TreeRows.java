package dev.tracetool.export;

import dev.tracetool.analysis.CallForest;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.CallTree.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the nodes of a call tree in order, the most expensive children first, and leaves out small ones. */
public final class TreeRows {
    private final CallForest forest;
    private final boolean inverted;
    private final int depth;
    private final double minShare;
    private final List<TreeRow> rows = new ArrayList<>();

    /** Children of node {@code n} are those from {@code firstChild[n]} to before {@code firstChild[n + 1]}. */
    private final int[] firstChild;

    private final int[] children;

    private TreeRows(CallForest forest, boolean inverted, int depth, double minShare) {
        this.forest = forest;
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

    /**
     * The rows of a tree, of whose whole time each is a share.
     *
     * @param depth levels at most
     * @param minShare per cent of the whole; what has less is summed up in a row for each parent
     */
    public static List<TreeRow> of(CallForest tree, int depth, double minShare) {
        return new TreeRows(tree, false, depth, minShare).all();
    }

    /** The same for callers, which are shares of the function that they called, and are shown for few calls, too. */
    public static List<TreeRow> ofCallers(CallForest callers, int depth, double minShare) {
        return new TreeRows(callers, true, depth, minShare).all();
    }

    private List<TreeRow> all() {
        List<Integer> top = sorted(0);
        long whole = 0;
        for (int node : top) {
            whole += forest.totalNs(node);
        }
        children(0, null, 1, whole, 0);
        return rows;
    }

    /** Adds what is below a node. Trees are at most {@code CallNodes.MAX_DEPTH} deep, so this can call itself. */
    private void children(int node, @Nullable Integer parent, int level, long wholeNs, long wholeCalls) {
        List<Integer> shown = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (int child : sorted(node)) {
            if (!isEmptyThread(child)) {
                (isShown(child, level, wholeNs, wholeCalls) ? shown : rest).add(child);
            }
        }
        for (int i = 0; i < shown.size(); i++) {
            int child = shown.get(i);
            boolean top = inverted && level == 1;
            long ownWhole = top ? forest.totalNs(child) : wholeNs;
            rows.add(row(child, parent, level, rest.isEmpty() && i == shown.size() - 1, ownWhole));
            if (level < depth) {
                children(child, rows.size() - 1, level + 1, ownWhole, top ? forest.calls(child) : wholeCalls);
            }
        }
        if (rest.size() == 1) {
            rows.add(row(rest.get(0), parent, level, true, wholeNs)); // it takes no more room than to sum it up
        } else if (!rest.isEmpty()) {
            rows.add(rest(rest, parent, level, wholeNs));
        }
    }

    private TreeRow rest(List<Integer> nodes, @Nullable Integer parent, int level, long wholeNs) {
        long calls = 0;
        long totalNs = 0;
        for (int node : nodes) {
            calls += forest.calls(node);
            totalNs += forest.totalNs(node);
        }
        TreeRow.Kind kind = TreeRow.Kind.REST;
        return new TreeRow(
                rows.size(), parent, level, true, kind, null, nodes.size(), calls, null, null, totalNs, wholeNs);
    }

    private boolean isShown(int node, int level, long wholeNs, long wholeCalls) {
        if (isEmptyThread(node)) {
            return false;
        }
        if (inverted && level == 1) {
            return true;
        }
        return minShare <= 0
                || 100.0 * forest.totalNs(node) >= minShare * wholeNs
                || inverted && 100.0 * forest.calls(node) >= minShare * wholeCalls;
    }

    /** A thread in which nothing is that is wanted. */
    private boolean isEmptyThread(int node) {
        return !inverted
                && forest.frame(node).kind() == CallTree.Kind.THREAD
                && firstChild[node] == firstChild[node + 1];
    }

    private TreeRow row(int node, @Nullable Integer parent, int level, boolean last, long wholeNs) {
        Frame frame = forest.frame(node);
        boolean code = frame.isCode();
        boolean timed =
                !inverted || forest.recursiveCalls(node) == 0 || forest.calls(node) > forest.recursiveCalls(node);
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
                code && timed ? (Long) forest.selfNs(node) : null,
                timed ? (Long) forest.totalNs(node) : null,
                wholeNs);
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
        list.sort(Comparator.<Integer>comparingLong(forest::totalNs)
                .thenComparingLong(forest::calls)
                .reversed()
                .thenComparing(forest::frame));
        return list;
    }
}
