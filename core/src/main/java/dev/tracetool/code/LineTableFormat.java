package dev.tracetool.code;

/**
 * The encoding of a code object's line table. One byte string cannot be told from another by looking, so a trace names
 * it.
 */
public enum LineTableFormat {
    /** {@code co_linetable} of CPython 3.11 and later: lines, columns and end positions (PEP 626, PEP 657). */
    LOCATIONS_3_11("3.11"),
    /** {@code co_linetable} of CPython 3.10: pairs of offset and line deltas (PEP 626). */
    LINES_3_10("3.10"),
    /** {@code co_lnotab} of CPython 3.9 and earlier. */
    LNOTAB("lnotab"),
    /** None: the recording tells lines of events, and of code objects no more than where they begin. */
    NONE("none");

    private final String label;

    LineTableFormat(String label) {
        this.label = label;
    }

    /** The name of this encoding in a trace file's metadata. */
    public String label() {
        return label;
    }
}
