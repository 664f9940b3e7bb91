package dev.tracetool.summary;

import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.code.CodeIdentity;
import java.util.Arrays;
import java.util.List;

/** Adds the nodes of the call tree of one file, and the recursive calls in it, to a tree. */
final class TreeReader {
    private static final int UNKNOWN = -1;

    private final CallTree tree;
    private final Texts texts;
    private final List<CodeIdentity> functions;

    /** By place in the file: the nodes' numbers in the tree, and those of their frames. */
    private int[] nodes = new int[64];

    private int[] frames = new int[64];
    private int count;

    /** By place of a function: the numbers of its frame, be it a function or an async def. */
    private int[] functionFrames = {};

    private int[] coroutineFrames = {};

    TreeReader(CallTree tree, Texts texts, List<CodeIdentity> functions) {
        this.tree = tree;
        this.texts = texts;
        this.functions = functions;
    }

    void read(NumberReader in) {
        int kind = in.index();
        if (kind == TreeRecords.ROOT && count == 0) {
            tree.addSelfNs(in.signed());
            add(0, UNKNOWN);
            return;
        }
        int frame = switch (kind) {
            case TreeRecords.THREAD -> tree.number(CallTree.Frame.ofThread(texts.next(in)));
            case TreeRecords.FUNCTION -> {
                functionFrames = grown(functionFrames);
                yield frame(in, CallTree.Kind.FUNCTION, functionFrames);
            }
            case TreeRecords.COROUTINE -> {
                coroutineFrames = grown(coroutineFrames);
                yield frame(in, CallTree.Kind.COROUTINE, coroutineFrames);
            }
            case TreeRecords.MORE -> tree.number(CallTree.Frame.MORE);
            default -> throw new MalformedNumbersException(in.position(), "expected a kind of node, found " + kind);
        };
        int parent = node(in);
        add(tree.add(nodes[parent], frame, in.natural(), in.signed()), frame);
    }

    void readRecursion(NumberReader in) {
        int from = node(in);
        int to = node(in);
        long calls = in.natural();
        if (to == 0) {
            throw new MalformedNumbersException(in.position(), "expected a node with a function, found the root");
        }
        tree.addRecursion(nodes[from], nodes[to], frames[to], calls);
    }

    private int[] grown(int[] numbers) {
        int length = numbers.length;
        if (length >= functions.size()) {
            return numbers;
        }
        int[] more = Arrays.copyOf(numbers, functions.size());
        Arrays.fill(more, length, more.length, UNKNOWN);
        return more;
    }

    private int frame(NumberReader in, CallTree.Kind kind, int[] numbers) {
        int function = in.index();
        if (function >= functions.size()) {
            throw new MalformedNumbersException(
                    in.position(), "expected one of " + functions.size() + " functions, found " + function);
        }
        if (numbers[function] == UNKNOWN) {
            numbers[function] = tree.number(new CallTree.Frame(kind, functions.get(function)));
        }
        return numbers[function];
    }

    /** The place in the file of a node that was read. */
    private int node(NumberReader in) {
        int place = in.index();
        if (place >= count) {
            throw new MalformedNumbersException(in.position(), "expected one of " + count + " nodes, found " + place);
        }
        return place;
    }

    private void add(int node, int frame) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * count);
            frames = Arrays.copyOf(frames, 2 * count);
        }
        nodes[count] = node;
        frames[count++] = frame;
    }
}
