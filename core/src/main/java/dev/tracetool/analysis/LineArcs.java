package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Which line followed on which in the same frame, in any number of traces with {@link Recorded#arcs}. Merging is
 * associative and commutative.
 */
public final class LineArcs {
    private final Map<CodeIdentity, Arcs> byFunction = new HashMap<>();
    private boolean known = true;

    /** Of no trace. */
    public LineArcs() {}

    /** Of traces of which it is not known. */
    public static LineArcs unknown() {
        LineArcs unknown = new LineArcs();
        unknown.known = false;
        return unknown;
    }

    /** Whether they are known of all traces, as far as these have any. */
    public boolean isKnown() {
        return known;
    }

    /** Adds what followed in a function. */
    public void add(CodeIdentity function, Arcs arcs) {
        if (arcs.size() > 0) {
            byFunction.merge(function, arcs, Arcs::plus);
        }
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(LineArcs other) {
        merge(other, UnaryOperator.identity());
    }

    /** The same, with other identities of the other one's code objects. */
    void merge(LineArcs other, UnaryOperator<CodeIdentity> renamed) {
        known &= other.known;
        other.byFunction.forEach((function, arcs) -> add(renamed.apply(function), arcs));
    }

    /** What followed on what in a function. */
    public Arcs of(CodeIdentity function) {
        return byFunction.getOrDefault(function, Arcs.NONE);
    }
}
