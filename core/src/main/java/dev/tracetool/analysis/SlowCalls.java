package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The slowest activations of each function, in any number of traces. Each activation of a recursive function counts.
 * Merging is associative and commutative. An activation lies in one trace: one that goes over the end of a trace is as
 * long as it is known to have been there.
 */
public final class SlowCalls {
    /** Activations that are kept of each function. */
    public static final int MAX_CALLS = 10;

    /** Of each function, {@link #MAX_CALLS} at most, in their order. */
    private final Map<CodeIdentity, List<SlowCall>> calls = new HashMap<>();

    /** Adds an activation, if it is slow enough. */
    public void add(CodeIdentity function, SlowCall call) {
        List<SlowCall> slowest = calls.computeIfAbsent(function, f -> new ArrayList<>(1));
        int at = Collections.binarySearch(slowest, call);
        int place = at < 0 ? -at - 1 : at;
        if (place < MAX_CALLS) {
            slowest.add(place, call);
            if (slowest.size() > MAX_CALLS) {
                slowest.remove(MAX_CALLS);
            }
        }
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(SlowCalls other) {
        other.calls.forEach((function, slowest) -> slowest.forEach(call -> add(function, call)));
    }

    /** The slowest first. */
    public List<SlowCall> of(CodeIdentity function) {
        return List.copyOf(calls.getOrDefault(function, List.of()));
    }
}
