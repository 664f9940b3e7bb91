package dev.tracetool.analysis.diff;

/** In what recordings can be unlike, so that figures of one side mean something else than those of the other. */
public enum Aspect {
    /** Which events were recorded: figures of one side say nothing about the other. */
    EVENTS,
    /** Which code was recorded: what was left out looks as if it had not run. */
    SCOPE,
    /** Whether events at lines have times, which are slow to take: times are not judged. */
    LINE_TIMES,
    /** Python, or its version: times differ for that alone; code and lines, too, between minor versions. */
    PYTHON,
    /** The machine: times differ for that alone. */
    MACHINE;

    /** Whether a comparison makes no sense. */
    public boolean forbids() {
        return this == EVENTS || this == SCOPE;
    }
}
