package dev.tracetool.analysis;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link TimelineTimes} that also make the {@link CallTree} and, if wanted, the {@link SlowCalls}: what an event does to the
 * stack, and where time goes, is decided there and followed here.
 */
final class TreeTimes extends TimelineTimes {
    private static final byte FUNCTION = 0;
    private static final byte GENERATOR = 1;

    /** A generator that can await. */
    private static final byte AWAITING = 2;

    /** Of an {@code async def}. */
    private static final byte COROUTINE = 3;

    /** Generators between a coroutine and who awaits it: there is one for each class with an {@code __await__}. */
    private static final int MAX_GENERATORS = 64;

    /** In place of the function of a code index that no code object has. */
    private static final int UNKNOWN = -1;

    private final CallTree tree = new CallTree();
    private final CallNodes nodes = tree.nodes();

    /** By code index: the frame's number in the tree, and which of the four it is. */
    private int[] functions = {};

    private byte[] flows = {};

    private final @Nullable SlowCallCounter slow;

    TreeTimes(long clockStart, boolean wantsSlowCalls, @Nullable TimelineCounter timeline) {
        super(clockStart, timeline);
        slow = wantsSlowCalls ? new SlowCallCounter() : null;
    }

    @Override
    void add(List<CodeObjectWrapper> codes) {
        super.add(codes);
        for (CodeObjectWrapper code : codes) {
            int index = code.index();
            if (index >= functions.length) {
                int before = functions.length;
                int capacity = (int) Math.min(Math.max(index + 1L, 2L * before), Integer.MAX_VALUE - 8);
                functions = Arrays.copyOf(functions, capacity);
                Arrays.fill(functions, before, capacity, UNKNOWN);
                flows = Arrays.copyOf(flows, capacity);
            }
            flows[index] = flow(code.flags());
            CallTree.Kind kind = flows[index] == COROUTINE ? CallTree.Kind.COROUTINE : CallTree.Kind.FUNCTION;
            functions[index] = tree.number(new CallTree.Frame(kind, code.identity()));
        }
    }

    /** Code of which the flags are unknown is taken for a function: nothing tells it from one. */
    private static byte flow(int flags) {
        if (flags == CodeFlags.UNKNOWN) {
            return FUNCTION;
        }
        if ((flags & (CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR)) != 0) {
            return COROUTINE;
        }
        if ((flags & CodeFlags.ITERABLE_COROUTINE) != 0) {
            return AWAITING;
        }
        return (flags & CodeFlags.GENERATOR) != 0 ? GENERATOR : FUNCTION;
    }

    @Override
    void reserve(int codes) {
        super.reserve(codes);
        if (slow != null) {
            slow.reserve(codes);
        }
    }

    @Override
    void enter(int thread) {
        super.enter(thread);
        CallStack stack = current;
        if (stack.root == CallNodes.ROOT) {
            int slot = nodes.edge(CallNodes.ROOT, tree.number(unnamed(thread)));
            stack.root = nodes.targets[slot];
            stack.node = stack.root;
        }
    }

    /** A thread's name can change up to the end. */
    private static CallTree.Frame unnamed(int thread) {
        return new CallTree.Frame(CallTree.Kind.THREAD, new CodeIdentity("", "", thread, ""));
    }

    @Override
    void count(int kind, int code, long time) {
        CallStack stack = current;
        int depth = stack.depth;
        long last = stack.last;
        super.count(kind, code, time);
        nodes.self[stack.node] += stack.last - last;
        int now = stack.depth;
        if (now > depth) {
            push(stack, depth, code, kind == START ? 1 : 0);
        } else if (now < depth) {
            stack.node = now == 0 ? stack.root : stack.nodes[now - 1];
            if (slow != null) {
                left(stack, stack.codes, stack.starts, now, depth);
            }
        }
    }

    /** The frames at these depths have ended at the last time of the stack. */
    private void left(CallStack stack, int[] codes, long[] starts, int from, int to) {
        for (int i = from; slow != null && i < to; i++) {
            slow.add(codes[i], stack.thread, starts[i], stack.last - starts[i]);
        }
    }

    /** The frame at a depth, which is the innermost one, gets its node. */
    private void push(CallStack stack, int at, int code, int calls) {
        int[] places = stack.nodes;
        if (at >= places.length) {
            places = Arrays.copyOf(places, stack.codes.length);
            stack.nodes = places;
        }
        int function = functions[code];
        if (function != UNKNOWN) {
            boolean task = flows[code] == COROUTINE && isTask(stack.codes, at);
            CallNodes nodes = this.nodes;
            int slot = nodes.edge(task ? stack.root : stack.node, function);
            nodes.calls[slot] += calls;
            stack.node = nodes.targets[slot];
        }
        places[at] = stack.node;
    }

    /**
     * Whether a coroutine's frame was entered by what is no coroutine: an event loop. Generators in between can belong to
     * an {@code __await__}, or be the loop.
     */
    private boolean isTask(int[] codes, int at) {
        int end = Math.max(0, at - MAX_GENERATORS);
        for (int i = at - 1; i >= end; i--) {
            if (flows[codes[i]] != GENERATOR) {
                return flows[codes[i]] == FUNCTION;
            }
        }
        return end == 0;
    }

    @Override
    void frames(long time, int[] codes, int count) {
        CallStack stack = current;
        int same = 0;
        while (same < count && same < stack.depth && stack.codes[same] == codes[same]) {
            same++;
        }
        boolean begun = stack.begun;
        long last = stack.last;
        int depth = stack.depth;
        int[] oldCodes = Arrays.copyOf(stack.codes, depth);
        long[] oldStarts = Arrays.copyOf(stack.starts, depth);
        super.frames(time, codes, count);
        left(stack, oldCodes, oldStarts, same, depth);
        nodes.self[stack.node] += begun ? stack.last - last : 0;
        stack.node = same == 0 ? stack.root : stack.nodes[same - 1];
        for (int i = same; i < stack.depth; i++) {
            push(stack, i, codes[i], 0);
        }
    }

    @Override
    void close(boolean closed, long end) {
        List<CallStack> all = new ArrayList<>(stacks().values());
        long[] last = all.stream().mapToLong(stack -> stack.last).toArray();
        int[] depths = all.stream().mapToInt(stack -> stack.depth).toArray();
        super.close(closed, end);
        for (int i = 0; i < last.length; i++) {
            CallStack stack = all.get(i);
            nodes.self[stack.node] += stack.last - last[i];
            nodes.self[stack.root] -= stack.gap;
            left(stack, stack.codes, stack.starts, 0, depths[i]);
        }
    }

    /** The tree; to be called once, after {@link #close}. */
    CallTree tree(Map<Integer, String> threadNames) {
        CallTree named = new CallTree();
        named.add(tree, frame -> {
            if (frame.kind() != CallTree.Kind.THREAD) {
                return frame;
            }
            int number = frame.identity().firstLine();
            String name = threadNames.getOrDefault(number, "");
            return CallTree.Frame.ofThread(name.isEmpty() ? "thread " + number : name);
        });
        return named;
    }

    /** Adds the slowest activations of a code object, if they were wanted. */
    void addSlowCalls(
            SlowCalls all, CodeObjectWrapper code, String input, long clockStart, Map<Integer, String> names) {
        if (slow != null) {
            slow.addTo(all, code, input, clockStart, names);
        }
    }
}
