package dev.tracetool.analysis.diff;

/** What became of the code itself, whether it ran or not. */
public enum CodeState {
    /** The same code on the same line. */
    SAME,
    /** The same code on another line: other code in the file grew or shrank. */
    MOVED,
    /** Other code of the same file and qualified name. */
    CHANGED,
    /** Of the same file and qualified name, and nobody can tell whether the code is the same. */
    UNKNOWN,
    /** Only in runs of the head. */
    NEW,
    /** Only in runs of the base. */
    GONE;

    /** Whether somebody who asks what changed wants to hear of it. */
    public boolean isDifference() {
        return this == CHANGED || this == NEW || this == GONE;
    }

    /** Whether both sides have the same lines, up to where they begin. */
    boolean hasSameLines() {
        return this == SAME || this == MOVED;
    }
}
