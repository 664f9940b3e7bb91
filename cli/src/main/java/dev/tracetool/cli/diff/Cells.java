package dev.tracetool.cli.diff;

import dev.tracetool.analysis.diff.Change;
import dev.tracetool.analysis.diff.Sample;
import dev.tracetool.cli.command.Quantity;

/** Figures of both sides for people. What does not count as changed stands in parentheses. */
final class Cells {
    private Cells() {}

    /** As in {@code 3 → 5}; one of them where they are the same; with the range of counts that do not agree. */
    static String values(Change change, boolean isTime) {
        String base = value(change.base(), isTime);
        String head = value(change.head(), isTime);
        return base.equals(head) ? head : base + " → " + head;
    }

    /** The range of times would take more room than it is worth: they hardly ever agree. */
    private static String value(Sample sample, boolean isTime) {
        String median = figure(sample.median(), isTime);
        return sample.varies() && !isTime
                ? median + " [" + figure(sample.min(), isTime) + "–" + figure(sample.max(), isTime) + "]"
                : median;
    }

    /** As in {@code +2 ×1.67}; empty if there is none. */
    static String delta(Change change, boolean isTime) {
        long delta = change.delta();
        if (delta == 0) {
            return "";
        }
        String text = (delta > 0 ? "+" : "") + figure(delta, isTime);
        if (change.base().median() != 0 && change.head().median() != 0) {
            text += " ×" + ratio(change.ratio());
        }
        return change.changed() ? text : "(" + text + ")";
    }

    private static String ratio(double ratio) {
        return ratio > 0 && ratio < 0.005 ? "<0.01" : Quantity.threeFigures(ratio);
    }

    private static String figure(long value, boolean isTime) {
        return isTime ? Quantity.duration(value) : Quantity.count(value);
    }
}
