package dev.tracetool.export;

import dev.tracetool.analysis.diff.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the lists of a diff can be sorted by: the greatest difference first, but names from A to Z. */
public enum DiffSort {
    CALLS(Metric.CALLS),
    EXCEPTIONS(Metric.UNWINDS),
    LINE_EVENTS(Metric.LINE_EVENTS),
    LINES_HIT(Metric.LINES_HIT),
    SELF(Metric.SELF),
    TOTAL(Metric.TOTAL),
    /** The file, then the line. */
    NAME(null);

    private final @Nullable Metric metric;

    DiffSort(@Nullable Metric metric) {
        this.metric = metric;
    }

    /** As users write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Null for the name. */
    public @Nullable Metric metric() {
        return metric;
    }
}
