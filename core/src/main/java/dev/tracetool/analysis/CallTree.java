package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Who called whom, how often and for how long, in any number of traces, as one tree of nodes. Node 0 is the root; a parent
 * has a lower number than its children. Below the root stands a node for each thread, by name, and below that:
 *
 * <ul>
 *   <li>A frame's node hangs under that of the frame that was the innermost one when it was entered, be it called or
 *       resumed. What has the same functions above it is one node.
 *   <li><b>Recursion is folded</b>: if a node on the way to the root is of the function already, that one is the frame's
 *       node. Its calls are the outer ones and, apart from these, the recursive ones.
 *   <li><b>Tasks</b>: a frame of an {@code async def} that was entered from no coroutine, but by an event loop, hangs
 *       directly under its thread.
 *   <li><b>Self time</b> is that of {@link CallTimes}: of all nodes of a function together it is the function's.
 *       <b>Total time</b> of a node is its self time and the total time of its children. That of a frame that was folded
 *       is in the node that it was folded into.
 * </ul>
 *
 * <p>Of traces without times, line events take the place of nanoseconds in all of this: see {@link Weight}.
 *
 * <p>The self time of the root, and of threads, is that of frames that are in no node.
 *
 * <p>Merging is associative and commutative, as long as there is room for all nodes: see {@link #isFull}.
 */
public final class CallTree {
    /** What is known of the cost of a node, and so what its share is of. */
    public enum Weight {
        /** Self and total times are nanoseconds. */
        TIME,
        /** No trace has times: self and total times are line events instead. */
        LINE_EVENTS,
        /** Some traces have times and some have not, or lines are not all known: self and total times mean nothing. */
        CALLS;

        /** That of the tree of these traces, as far as they tell who called whom. */
        public static Weight of(Activity activity) {
            if (activity.recorded().times()) {
                return TIME;
            }
            boolean lines = activity.inputs().stream()
                    .filter(input -> input.recorded().events())
                    .allMatch(Weight::tellsLines);
            return lines ? LINE_EVENTS : CALLS;
        }

        /** Where there are calls and no lines, as of a recorder for another language, lines say nothing. */
        private static boolean tellsLines(InputActivity input) {
            boolean any = input.count(EventKind.LINE) > 0 || input.count(EventKind.PY_START) == 0;
            return !input.recorded().times() && input.recorded().everyLine() && any;
        }
    }

    /** What a node stands for. */
    public enum Kind {
        FUNCTION,
        /** An {@code async def}; at the top, a task. */
        COROUTINE,
        THREAD,
        /** All for which there was no room. */
        MORE
    }

    /**
     * What a node stands for, apart from its place.
     *
     * @param identity of the code object; of a thread, its name stands for the qualified name
     */
    public record Frame(Kind kind, CodeIdentity identity) implements Comparable<Frame> {
        private static final Comparator<Frame> ORDER =
                Comparator.comparing(Frame::kind).thenComparing(Frame::identity);

        /** All for which there was no room. */
        public static final Frame MORE = new Frame(Kind.MORE, new CodeIdentity("", "", 0, ""));

        public static Frame ofThread(String name) {
            return new Frame(Kind.THREAD, new CodeIdentity("", name, 0, ""));
        }

        /** Spelled out, as that of {@link CodeIdentity} is. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Frame that && kind == that.kind && identity.equals(that.identity);
        }

        @Override
        public int hashCode() {
            return 31 * identity.hashCode() + kind.ordinal();
        }

        @Override
        public int compareTo(Frame other) {
            return ORDER.compare(this, other);
        }

        /** Whether it is of a code object. */
        public boolean isCode() {
            return kind == Kind.FUNCTION || kind == Kind.COROUTINE;
        }
    }

    /** In place of a node of another tree, where a node has none. */
    private static final int NONE = -1;

    /** The node of another tree that a node becomes. */
    private interface Placing {
        /** @param above what its parent became, {@link #NONE} if nothing */
        int place(int node, int above);
    }

    private final CallNodes nodes = new CallNodes();
    private final List<Frame> frames = new ArrayList<>();
    private final Map<Frame, Integer> numbers = new HashMap<>();

    /** Of no trace. */
    public CallTree() {
        number(Frame.MORE);
    }

    CallNodes nodes() {
        return nodes;
    }

    /** The number that stands for a frame in this tree. */
    public int number(Frame frame) {
        Integer known = numbers.get(frame);
        if (known == null) {
            known = frames.size();
            numbers.put(frame, known);
            frames.add(frame);
        }
        return known;
    }

    /** Number of nodes, the root among them. */
    public int size() {
        return nodes.size();
    }

    /** -1 for the root. */
    public int parent(int node) {
        return nodes.parents[node];
    }

    /** Not of the root. */
    public Frame frame(int node) {
        return frames.get(nodes.functions[node]);
    }

    /** Calls ({@code PY_START} events) that are not recursive. */
    public long calls(int node) {
        return node == CallNodes.ROOT ? 0 : nodes.calls[nodes.edgeTo(node)];
    }

    /** See {@link CallTimes}; in nanoseconds, or what takes their place: see {@link Weight}. */
    public long selfNs(int node) {
        return nodes.self[node];
    }

    /** Whether some nodes are of {@link Kind#MORE}, because there was no room for all, or because of too deep a tree. */
    public boolean isFull() {
        return nodes.more() > 0;
    }

    /** The total time of each node. */
    public long[] totalsNs() {
        long[] totals = new long[size()];
        for (int node = size() - 1; node >= 0; node--) {
            totals[node] += selfNs(node);
            if (node > 0) {
                totals[parent(node)] += totals[node];
            }
        }
        return totals;
    }

    /** Takes calls that were folded. */
    public interface Folded {
        /** @param to node on the way from {@code from} to the root, or that itself */
        void call(int from, int to, long calls);
    }

    /** Hands out all recursive calls. */
    public void folded(Folded taker) {
        for (int slot = 0; slot < nodes.slots(); slot++) {
            int from = nodes.from(slot);
            int to = nodes.targets[slot];
            if (from != NONE && nodes.parents[to] != from && nodes.calls[slot] > 0) {
                taker.call(from, to, nodes.calls[slot]);
            }
        }
    }

    /** The recursive calls of each node. */
    public long[] recursiveCalls() {
        long[] calls = new long[size()];
        folded((from, to, count) -> calls[to] += count);
        return calls;
    }

    /**
     * Adds a node, or to the one that stands for it already.
     *
     * @param parent a node that is there
     * @param frame the number of its frame
     * @param calls that are not recursive
     * @return its number
     */
    public int add(int parent, int frame, long calls, long selfNs) {
        int slot = nodes.edge(parent, frame);
        int node = nodes.targets[slot];
        nodes.calls[slot] += calls;
        nodes.self[node] += selfNs;
        return node;
    }

    /**
     * Adds calls from a node to a frame, which are dropped if that is not the other node's.
     *
     * @param to on the way from the first node to the root
     * @param frame its number
     */
    public void addRecursion(int from, int to, int frame, long calls) {
        addCalls(from, to, frame, calls);
    }

    /** Adds time of frames that are in no node. */
    public void addSelfNs(long selfNs) {
        nodes.self[CallNodes.ROOT] += selfNs;
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(CallTree other) {
        add(other, frame -> frame);
    }

    /** The same, with other identities of the other one's code objects. */
    void merge(CallTree other, UnaryOperator<CodeIdentity> renamed) {
        add(other, frame -> frame.isCode() ? new Frame(frame.kind(), renamed.apply(frame.identity())) : frame);
    }

    /** Adds the other one under other names. */
    void add(CallTree other, UnaryOperator<Frame> renamed) {
        add(other, renamed, (node, above) -> child(above, renamed.apply(other.frame(node))));
    }

    /** The same with the threads as one. */
    public CallTree withoutThreads() {
        CallTree tree = new CallTree();
        tree.add(this, (node, above) -> frame(node).kind() == Kind.THREAD ? above : tree.child(above, frame(node)));
        return tree;
    }

    /** Only code of wanted files: frames of other code are part of those that called them. */
    public CallTree onlyFiles(Predicate<String> wanted) {
        Map<String, Boolean> known = new HashMap<>();
        CallTree tree = new CallTree();
        tree.add(this, (node, above) -> {
            Frame frame = frame(node);
            boolean kept =
                    !frame.isCode() || known.computeIfAbsent(frame.identity().filename(), wanted::test);
            return kept ? tree.child(above, frame) : above;
        });
        return tree;
    }

    /** What is under wanted functions, which hang directly under their thread; the outermost of them on each way. */
    public CallTree under(Predicate<String> qualname) {
        boolean[] wanted = wanted(qualname);
        boolean[] inside = new boolean[size()];
        CallTree tree = new CallTree();
        tree.add(this, (node, above) -> {
            inside[node] = inside[parent(node)] || wanted[nodes.functions[node]];
            boolean kept = inside[node] || frame(node).kind() == Kind.THREAD;
            return kept ? tree.child(above, frame(node)) : above;
        });
        return tree;
    }

    /** By the number of a frame: whether it is a function that is wanted. */
    boolean[] wanted(Predicate<String> qualname) {
        boolean[] wanted = new boolean[frames.size()];
        for (int i = 0; i < wanted.length; i++) {
            wanted[i] = frames.get(i).isCode()
                    && qualname.test(frames.get(i).identity().qualname());
        }
        return wanted;
    }

    private int child(int parent, Frame frame) {
        int slot = nodes.edge(parent, number(frame));
        return nodes.targets[slot];
    }

    private void add(CallTree other, Placing placing) {
        add(other, UnaryOperator.identity(), placing);
    }

    private void add(CallTree other, UnaryOperator<Frame> renamed, Placing placing) {
        int[] places = new int[other.size()];
        for (int node = 0; node < places.length; node++) {
            places[node] = node == CallNodes.ROOT ? node : placing.place(node, places[other.parent(node)]);
            nodes.self[places[node]] += other.selfNs(node);
        }
        CallNodes from = other.nodes;
        for (int slot = 0; slot < from.slots(); slot++) {
            int caller = from.from(slot);
            int to = from.targets[slot];
            if (caller != NONE && from.calls[slot] > 0) {
                addCalls(places[caller], places[to], number(renamed.apply(other.frame(to))), from.calls[slot]);
            }
        }
    }

    /** Adds calls from a node to a frame, which are dropped if the frame is in none but the node of another. */
    private void addCalls(int from, int to, int frame, long calls) {
        int function = nodes.functions[to];
        if (function == CallNodes.MORE) {
            nodes.calls[nodes.edgeTo(to)] += calls;
        } else if (to != CallNodes.ROOT && function == frame) {
            int slot = nodes.edge(from, function, to);
            nodes.calls[slot] += calls;
        }
    }

    /** All nodes with their figures. */
    public CallForest forest() {
        int size = size();
        Frame[] all = new Frame[size];
        long[] calls = new long[size];
        for (int node = 1; node < size; node++) {
            all[node] = frame(node);
            calls[node] = nodes.calls[nodes.edgeTo(node)];
        }
        return new CallForest(
                Arrays.copyOf(nodes.parents, size),
                all,
                calls,
                recursiveCalls(),
                Arrays.copyOf(nodes.self, size),
                totalsNs());
    }

    /**
     * Who called wanted functions: a tree for each of them, with its callers as children, their callers as children of
     * these, and so on. The figures of each node are those of the function at the top, as far as it was called by this
     * way. Recursive calls have no time of their own: it is in that of the outer ones.
     *
     * @param depth levels at most, the functions themselves being the first
     */
    public CallForest callers(Predicate<String> qualname, int depth) {
        boolean[] wanted = wanted(qualname);
        long[] totals = totalsNs();
        CallNodes inverted = new CallNodes();
        CallerFigures figures = new CallerFigures();
        for (int node = 1; node < size(); node++) {
            if (wanted[nodes.functions[node]]) {
                int at = inverted.child(CallNodes.ROOT, nodes.functions[node]);
                long calls = nodes.calls[nodes.edgeTo(node)];
                figures.add(at, calls, 0, selfNs(node), totals[node]);
                int above = parent(node);
                for (int level = 1; level < depth && above != CallNodes.ROOT; level++) {
                    at = inverted.child(at, nodes.functions[above]);
                    figures.add(at, calls, 0, selfNs(node), totals[node]);
                    above = parent(above);
                }
            }
        }
        folded((from, to, calls) -> {
            if (wanted[nodes.functions[to]]) {
                int at = inverted.child(CallNodes.ROOT, nodes.functions[to]);
                figures.add(at, 0, calls, 0, 0);
                int above = from;
                for (int level = 1; level < depth && above != parent(to); level++) {
                    at = inverted.child(at, nodes.functions[above]);
                    figures.add(at, 0, calls, 0, 0);
                    above = parent(above);
                }
            }
        });
        Frame[] all = new Frame[inverted.size()];
        for (int node = 1; node < all.length; node++) {
            all[node] = frames.get(inverted.functions[node]);
        }
        return figures.forest(Arrays.copyOf(inverted.parents, all.length), all);
    }
}
