package dev.tracetool.analysis.diff;

/**
 * One figure on both sides.
 *
 * @param changed whether it counts as changed: a count if every run of one side is beyond every run of the other, a time
 *     as {@link TimeThreshold} says
 */
public record Change(Sample base, Sample head, boolean changed) {
    /** From median to median. */
    public long delta() {
        return head.median() - base.median();
    }

    /** The median of the head in terms of that of the base; not a number or infinite if that is 0. */
    public double ratio() {
        return (double) head.median() / base.median();
    }

    /** Whether the runs of one side do not agree: what differs then is noise, or cannot be told from it. */
    public boolean varies() {
        return base.varies() || head.varies();
    }
}
