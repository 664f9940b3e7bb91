package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The slowest activations of each function, in any number of traces. Each activation of a recursive function counts.
 * Merging is associative and commutative. An activation lies in one trace: one that goes over the end of a trace is as
 * long as it is known to have been there.
 */
public final class SlowCalls {
    /** Activations that are kept of each function. */
    public static final int MAX_CALLS = 10;

    private final Map<CodeIdentity, Slowest> calls = new HashMap<>();

    /** The slowest activations of one function. */
    public static final class Slowest {
        /** {@link #MAX_CALLS} at most, in their order. */
        private final List<SlowCall> calls = new ArrayList<>(1);

        /** Shorter ones are none of them. */
        private long leastNs = Long.MIN_VALUE;

        /** Whether an activation of this duration can be one of them. */
        public boolean takes(long durationNs) {
            return durationNs >= leastNs;
        }

        /** Adds an activation, if it is slow enough. */
        public void add(SlowCall call) {
            if (!takes(call.durationNs())) {
                return;
            }
            int at = Collections.binarySearch(calls, call);
            int place = at < 0 ? -at - 1 : at;
            if (place < MAX_CALLS) {
                calls.add(place, call);
                if (calls.size() > MAX_CALLS) {
                    calls.remove(MAX_CALLS);
                }
                if (calls.size() == MAX_CALLS) {
                    leastNs = calls.get(MAX_CALLS - 1).durationNs();
                }
            }
        }
    }

    /** The slowest activations of a function, to be added to. */
    public Slowest slowest(CodeIdentity function) {
        return calls.computeIfAbsent(function, f -> new Slowest());
    }

    /** Adds an activation, if it is slow enough. */
    public void add(CodeIdentity function, SlowCall call) {
        slowest(function).add(call);
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(SlowCalls other) {
        merge(other, UnaryOperator.identity());
    }

    /** The same, with other identities of the other one's code objects. */
    void merge(SlowCalls other, UnaryOperator<CodeIdentity> renamed) {
        other.calls.forEach((function, slowest) -> slowest.calls.forEach(slowest(renamed.apply(function))::add));
    }

    /** The slowest first. */
    public List<SlowCall> of(CodeIdentity function) {
        Slowest slowest = calls.get(function);
        return slowest == null ? List.of() : List.copyOf(slowest.calls);
    }
}
