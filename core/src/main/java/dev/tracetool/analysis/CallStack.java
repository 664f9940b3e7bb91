package dev.tracetool.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The frames of one thread, outermost first, and how its time went by. Times in nanoseconds. */
final class CallStack {
    private static final int FIRST_CAPACITY = 16;
    private static final int[] NO_CODES = {};
    private static final long[] NO_TIMES = {};

    /** The thread's number. */
    final int thread;

    int[] codes = NO_CODES;

    /** When each frame was entered. */
    long[] starts = NO_TIMES;

    /** For a tree: the node of each frame, as long as needed. */
    int[] nodes = NO_CODES;

    /** For a tree: the node of the innermost frame; that of the thread if there is none. */
    int node;

    /** For a tree: the node of the thread, 0 if it has none yet. */
    int root;

    int depth;

    /** Frames above {@link #depth} that are not kept, because there are too many. */
    long hidden;

    /** Whether any time of the thread is known: the two below. */
    boolean begun;

    long first;

    /** The last time of which is known where it went. */
    long last;

    /** The last time known, of whatever event. */
    long seen;

    /** Time in no known frame. */
    long gap;

    /** Activations by code index while the thread is not the current one; null if {@link #codes} must tell. */
    int @Nullable [] parked;

    CallStack(int thread) {
        this.thread = thread;
    }

    /** How many frames more there would be room for after {@link #grow}. */
    int growth() {
        return Math.max(FIRST_CAPACITY, codes.length);
    }

    void grow() {
        int capacity = codes.length + growth();
        codes = Arrays.copyOf(codes, capacity);
        starts = Arrays.copyOf(starts, capacity);
    }

    /** There must be room for it. */
    void push(int code, long now) {
        codes[depth] = code;
        starts[depth++] = now;
    }
}
