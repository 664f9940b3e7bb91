package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the slowest activations of each code index, in flat arrays: a place for {@link SlowCalls#MAX_CALLS} from the
 * first activation on. Of those that are equally slow the earliest stay.
 */
final class SlowCallCounter {
    private static final int KEPT = SlowCalls.MAX_CALLS;

    /** By code index: from which duration on an activation is kept. */
    private long[] limits = new long[64];

    /** By code index: its place in the arrays below, from 1; 0 if it has none. */
    private int[] places = new int[64];

    private int used = 1;

    /** {@link #KEPT} for each place, without order; a duration of -1 is none. */
    private long[] durations = new long[64 * KEPT];

    private long[] starts = new long[64 * KEPT];
    private int[] threads = new int[64 * KEPT];

    void reserve(int codes) {
        if (codes > limits.length) {
            int capacity = (int) Math.min(Math.max(codes, 2L * limits.length), Integer.MAX_VALUE - 8);
            limits = Arrays.copyOf(limits, capacity);
            places = Arrays.copyOf(places, capacity);
        }
    }

    /** An activation has ended; {@link #reserve} has made room for its code index. */
    void add(int code, int thread, long start, long duration) {
        if (duration >= limits[code]) {
            keep(code, thread, start, duration);
        }
    }

    private void keep(int code, int thread, long start, long duration) {
        if (places[code] == 0) {
            takePlace(code);
        }
        int from = places[code] * KEPT;
        int fastest = from;
        for (int i = from + 1; i < from + KEPT; i++) {
            if (isSlower(durations[fastest], starts[fastest], threads[fastest], i)) {
                fastest = i;
            }
        }
        if (!isSlower(duration, start, thread, fastest)) {
            return;
        }
        durations[fastest] = duration;
        starts[fastest] = start;
        threads[fastest] = thread;
        long least = duration;
        for (int i = from; i < from + KEPT; i++) {
            least = Math.min(least, durations[i]);
        }
        limits[code] = Math.max(0, least);
    }

    /** Whether an activation comes before the one that is kept at a place, in the order of {@link SlowCall}. */
    private boolean isSlower(long duration, long start, int thread, int at) {
        if (duration != durations[at]) {
            return duration > durations[at];
        }
        return start != starts[at] ? start < starts[at] : thread < threads[at];
    }

    private void takePlace(int code) {
        int end = Math.multiplyExact(used + 1, KEPT);
        if (end > durations.length) {
            int capacity = (int) Math.min(2L * durations.length, Integer.MAX_VALUE - 8);
            durations = Arrays.copyOf(durations, capacity);
            starts = Arrays.copyOf(starts, capacity);
            threads = Arrays.copyOf(threads, capacity);
        }
        Arrays.fill(durations, used * KEPT, end, -1);
        places[code] = used++;
    }

    /** What was kept of a code object. */
    void addTo(SlowCalls all, CodeObjectWrapper code, String input, long clockStart, Map<Integer, String> threadNames) {
        int place = code.index() < places.length ? places[code.index()] : 0;
        CodeIdentity identity = code.identity();
        for (int i = place * KEPT; place > 0 && i < (place + 1) * KEPT; i++) {
            if (durations[i] >= 0) {
                @Nullable String name = threadNames.get(threads[i]);
                all.add(
                        identity,
                        new SlowCall(
                                input, threads[i], name == null ? "" : name, starts[i] - clockStart, durations[i]));
            }
        }
    }
}
