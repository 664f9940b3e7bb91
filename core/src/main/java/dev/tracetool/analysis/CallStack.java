package dev.tracetool.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The frames of one thread, outermost first, and how its time went by. Times in nanoseconds. */
final class CallStack {
    private static final int FIRST_CAPACITY = 16;
    private static final int[] NO_CODES = {};
    private static final long[] NO_TIMES = {};

    int[] codes = NO_CODES;

    /** When each frame was entered. */
    long[] starts = NO_TIMES;

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

    void push(int code, long now) {
        if (depth == codes.length) {
            int capacity = Math.max(FIRST_CAPACITY, 2 * depth);
            codes = Arrays.copyOf(codes, capacity);
            starts = Arrays.copyOf(starts, capacity);
        }
        codes[depth] = code;
        starts[depth++] = now;
    }
}
