package dev.tracetool.analysis;

import java.util.Arrays;

/** Sums for each node of a {@link CallForest} in the making. */
final class CallerFigures {
    private long[] calls = new long[64];
    private long[] recursiveCalls = new long[64];
    private long[] selfNs = new long[64];
    private long[] totalNs = new long[64];

    void add(int node, long outer, long recursive, long self, long total) {
        if (node >= calls.length) {
            resize(Math.max(node + 1, 2 * calls.length));
        }
        calls[node] += outer;
        recursiveCalls[node] += recursive;
        selfNs[node] += self;
        totalNs[node] += total;
    }

    private void resize(int length) {
        calls = Arrays.copyOf(calls, length);
        recursiveCalls = Arrays.copyOf(recursiveCalls, length);
        selfNs = Arrays.copyOf(selfNs, length);
        totalNs = Arrays.copyOf(totalNs, length);
    }

    CallForest forest(int[] parents, CallTree.Frame[] frames) {
        resize(frames.length);
        return new CallForest(parents, frames, calls, recursiveCalls, selfNs, totalNs);
    }
}
