package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;

/**
 * What happened in one code object, be it of a function, a class body or a module. Counts and times are meaningful only
 * where they were {@link Recorded}.
 *
 * @param called whether any event names it
 * @param calls {@code PY_START} events: a generator is called once, however often it is resumed, but in traces of which
 *     {@link Recorded#countsResumptions} is true
 * @param returns {@code PY_RETURN} events
 * @param yields {@code PY_YIELD} events
 * @param unwinds {@code PY_UNWIND} events: frames left by an exception
 * @param selfNs as {@link CallTimes} defines it
 * @param totalNs as {@link CallTimes} defines it
 * @param hasTable whether anything is known of its executable lines
 * @param entryLine the line on which it starts, 0 if unknown
 * @param lines the lines of its table, with the line events
 * @param body whether it is the body of a module or a class, which runs once, when these are made
 */
public record FunctionActivity(
        CodeIdentity identity,
        boolean called,
        long calls,
        long returns,
        long yields,
        long unwinds,
        long selfNs,
        long totalNs,
        boolean hasTable,
        int entryLine,
        LineHits lines,
        boolean body) {

    public long lineEvents() {
        return lines.events();
    }

    /**
     * Executable lines of this code object that were reached, or any if nothing is known of those. The line on which it
     * starts, mostly that of {@code def}, has no line event in it; it was reached if anything was.
     */
    public int linesHit() {
        if (!hasTable) {
            return lines.others();
        }
        boolean entered = called && lines.isExecutable(entryLine) && lines.hits(entryLine) == 0;
        return lines.hit() + (entered ? 1 : 0);
    }

    /** The same of a code object of another identity. */
    public FunctionActivity as(CodeIdentity other) {
        return other.equals(identity)
                ? this
                : new FunctionActivity(
                        other, called, calls, returns, yields, unwinds, selfNs, totalNs, hasTable, entryLine, lines,
                        body);
    }

    /** Both together, with the identity of this: they have one, or are one for whoever adds them. */
    public FunctionActivity plus(FunctionActivity o) {
        return new FunctionActivity(
                identity,
                called || o.called,
                calls + o.calls,
                returns + o.returns,
                yields + o.yields,
                unwinds + o.unwinds,
                selfNs + o.selfNs,
                totalNs + o.totalNs,
                hasTable || o.hasTable,
                hasTable ? entryLine : o.entryLine,
                lines.plus(o.lines),
                body);
    }

    /** Whether it is a function of which something is known, or that was called, and not lines of none alone. */
    public boolean isFunction() {
        return calls > 0 || identity.isFunction();
    }
}
