package dev.tracetool.analysis;

import dev.tracetool.analysis.CallTree.Frame;

/**
 * The nodes of a {@link CallTree}, or of one that is upside down, with all their figures. Node 0 is the root, which is no
 * frame; a parent has a lower number than its children.
 */
public final class CallForest {
    private final int[] parents;
    private final Frame[] frames;
    private final long[] calls;
    private final long[] recursiveCalls;
    private final long[] selfNs;
    private final long[] totalNs;

    /** Entry 0 of frames is not looked at. */
    CallForest(int[] parents, Frame[] frames, long[] calls, long[] recursiveCalls, long[] selfNs, long[] totalNs) {
        this.parents = parents;
        this.frames = frames;
        this.calls = calls;
        this.recursiveCalls = recursiveCalls;
        this.selfNs = selfNs;
        this.totalNs = totalNs;
    }

    /** Number of nodes, the root among them. */
    public int size() {
        return parents.length;
    }

    /** -1 for the root. */
    public int parent(int node) {
        return parents[node];
    }

    /** Not of the root. */
    public Frame frame(int node) {
        return frames[node];
    }

    /** Calls ({@code PY_START} events), recursive ones among them. */
    public long calls(int node) {
        return calls[node] + recursiveCalls[node];
    }

    /** Calls by frames that this node or one beneath it stands for. */
    public long recursiveCalls(int node) {
        return recursiveCalls[node];
    }

    /** In nanoseconds, or what takes their place: see {@link CallTree.Weight}. */
    public long selfNs(int node) {
        return selfNs[node];
    }

    /** In the same. */
    public long totalNs(int node) {
        return totalNs[node];
    }
}
