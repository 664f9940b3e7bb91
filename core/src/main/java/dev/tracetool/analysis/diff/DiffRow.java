package dev.tracetool.analysis.diff;

import org.jspecify.annotations.Nullable;

/** A function, a file or a line on both sides. */
public interface DiffRow {
    /** The name that both sides have for the file, as {@link FileNames} says. Hostile text. */
    String file();

    /** Whether it ran in a run of the side at least. */
    boolean ran(Side side);

    /** Whether {@link #ran} can be known of both sides. */
    boolean knowsRuns();

    /** Whether it ran on one side only, as far as that is known. */
    default boolean ranApart() {
        return knowsRuns() && ran(Side.BASE) != ran(Side.HEAD);
    }

    /** The figure on both sides, 0 where there is no such thing; null if it is unknown. */
    @Nullable
    Change change(Metric metric);

    /** Whether anything counts as changed: the code, whether it ran, or a figure. */
    boolean changed();
}
