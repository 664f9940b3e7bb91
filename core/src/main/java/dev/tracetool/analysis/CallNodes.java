package dev.tracetool.analysis;

import java.util.Arrays;

/**
 * The nodes of a call tree and the calls between them, in flat arrays. A call leads from a node to a function, and so to
 * another node: to the one on the way to the root that is of this function already, or else to a child. So no function
 * stands twice on a way to the root, however it recurs.
 *
 * <p>The first call from a node to a function finds its node or makes it; all others look it up in a table (open
 * addressing, linear probing). Where there is no room for another node or call, or the way to the root is too long, it
 * leads to a child of the function {@link #MORE}, in which all that is called from there stays.
 */
final class CallNodes {
    static final int ROOT = 0;

    /** In place of a function: all for which there was no room. */
    static final int MORE = 0;

    /** Nodes other than those of {@link #MORE}, of which each node can have one. */
    static final int MAX_NODES = 1 << 20;

    /** Calls to different functions, likewise. With all that belongs to them: 150 MB. */
    static final int MAX_EDGES = 3 * (MAX_NODES >> 1);

    /** Nodes on the way from the root. */
    static final int MAX_DEPTH = 1000;

    private static final int NONE = -1;

    int[] parents = new int[64];
    int[] functions = new int[64];
    private int[] depths = new int[64];

    /** Nanoseconds. */
    long[] self = new long[64];

    private int size = 1;
    private int more;

    /** Node and function of a call; 0 where there is none. */
    private long[] keys = new long[256];

    /** The node that each call leads to. Another array after {@link #edge}, and so is {@link #calls}. */
    int[] targets = new int[256];

    /** How often each was made. */
    long[] calls = new long[256];

    private int edges;

    CallNodes() {
        parents[ROOT] = NONE;
        functions[ROOT] = NONE;
    }

    /** Number of nodes, the root among them. A parent has a lower number than its children. */
    int size() {
        return size;
    }

    /** Nodes that stand for what there was no room for. */
    int more() {
        return more;
    }

    /** Places in the table of calls; those that are empty have {@link #from} -1. */
    int slots() {
        return keys.length;
    }

    int from(int slot) {
        return (int) (keys[slot] >>> 32) - 1;
    }

    int function(int slot) {
        return (int) keys[slot];
    }

    /** The place in the table of the call from a node to a function, which has a node from now on if it had none. */
    int edge(int from, int function) {
        long key = key(from, function);
        int at = place(key);
        return keys[at] == key ? at : add(from, function);
    }

    /** The place of a call that leads to a node which is known. */
    int edge(int from, int function, int target) {
        long key = key(from, function);
        int at = place(key);
        if (keys[at] == key) {
            return at;
        }
        return edges - more >= MAX_EDGES ? edgeToMore(from) : insert(key, target);
    }

    /** The place of the call that leads to a node from its parent. */
    int edgeTo(int node) {
        return place(key(parents[node], functions[node]));
    }

    /** The child of that function, which the node has from now on if it had none, be there one above it or not. */
    int child(int from, int function) {
        long key = key(from, function);
        int at = place(key);
        if (keys[at] == key) {
            return targets[at];
        }
        if (functions[from] == MORE) {
            return from;
        }
        boolean room = size - more < MAX_NODES && depths[from] < MAX_DEPTH && function != MORE;
        int slot = room ? insert(key, newNode(from, function)) : edgeToMore(from);
        return targets[slot];
    }

    private int add(int from, int function) {
        if (functions[from] == MORE) {
            return edgeTo(from);
        }
        if (function == MORE || edges - more >= MAX_EDGES) {
            return edgeToMore(from);
        }
        int target = ancestor(from, function);
        if (target == NONE) {
            if (size - more >= MAX_NODES || depths[from] == MAX_DEPTH) {
                return edgeToMore(from);
            }
            target = newNode(from, function);
        }
        return insert(key(from, function), target);
    }

    private int ancestor(int from, int function) {
        int node = from;
        while (node != NONE && functions[node] != function) {
            node = parents[node];
        }
        return node;
    }

    private int edgeToMore(int from) {
        long key = key(from, MORE);
        int at = place(key);
        if (keys[at] == key) {
            return at;
        }
        more++;
        return insert(key, newNode(from, MORE));
    }

    private int newNode(int parent, int function) {
        if (size == parents.length) {
            parents = Arrays.copyOf(parents, 2 * size);
            functions = Arrays.copyOf(functions, 2 * size);
            depths = Arrays.copyOf(depths, 2 * size);
            self = Arrays.copyOf(self, 2 * size);
        }
        parents[size] = parent;
        functions[size] = function;
        depths[size] = depths[parent] + 1;
        return size++;
    }

    private int insert(long key, int target) {
        if (4L * (edges + 1) > 3L * keys.length) {
            grow();
        }
        edges++;
        int at = place(key);
        keys[at] = key;
        targets[at] = target;
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTargets = targets;
        long[] oldCalls = calls;
        keys = new long[2 * oldKeys.length];
        targets = new int[keys.length];
        calls = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                targets[at] = oldTargets[i];
                calls[at] = oldCalls[i];
            }
        }
    }

    private static long key(int from, int function) {
        return (from + 1L) << 32 | function;
    }

    private int place(long key) {
        long[] keys = this.keys;
        int mask = keys.length - 1;
        int at = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
        while (keys[at] != key && keys[at] != 0) {
            at = at + 1 & mask;
        }
        return at;
    }
}
