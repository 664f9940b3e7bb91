package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Recorded;
import java.util.List;

/** What is compared. Counts are exact; times are in nanoseconds, and noisy. */
public enum Metric {
    /** {@code PY_START} events. */
    CALLS,
    /** {@code PY_UNWIND} events: frames that an exception left. */
    UNWINDS,
    LINE_EVENTS,
    /** Executable lines that were reached. */
    LINES_HIT,
    SELF,
    /** Of functions only. */
    TOTAL;

    /** Those that files and sums have, too. */
    public static final List<Metric> OF_FILES = List.of(CALLS, UNWINDS, LINE_EVENTS, LINES_HIT, SELF);

    /** Those of functions. */
    public static final List<Metric> OF_FUNCTIONS = List.of(values());

    /** Those of lines. */
    public static final List<Metric> OF_LINES = List.of(LINE_EVENTS);

    public boolean isTime() {
        return this == SELF || this == TOTAL;
    }

    long of(FunctionActivity function) {
        return switch (this) {
            case CALLS -> function.calls();
            case UNWINDS -> function.unwinds();
            case LINE_EVENTS -> function.lineEvents();
            case LINES_HIT -> function.linesHit();
            case SELF -> function.selfNs();
            case TOTAL -> function.totalNs();
        };
    }

    long of(FileActivity file) {
        return switch (this) {
            case CALLS -> file.calls();
            case UNWINDS -> file.unwinds();
            case LINE_EVENTS -> file.lineEvents();
            case LINES_HIT -> file.linesHit();
            case SELF -> file.selfNs();
            case TOTAL -> throw new IllegalArgumentException("files have no total time");
        };
    }

    boolean isKnown(Recorded recorded) {
        return switch (this) {
            case CALLS -> recorded.calls();
            case UNWINDS -> recorded.unwinds();
            case LINE_EVENTS, LINES_HIT -> recorded.lines();
            case SELF, TOTAL -> recorded.times();
        };
    }
}
