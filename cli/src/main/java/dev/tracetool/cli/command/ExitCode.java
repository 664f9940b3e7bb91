package dev.tracetool.cli.command;

/** The exit codes of every command; the table for users is in tracetool(1). */
public final class ExitCode {
    /** Done; also when the reader of standard output went away. */
    public static final int OK = 0;

    /** What the user asked to be told of by the exit code: a difference, a threshold that was missed. */
    public static final int GATE = 1;

    /** The command line is wrong, or names an output that must not be overwritten. */
    public static final int USAGE = 2;

    /** An input is missing, unreadable or not a trace, or an output could not be written. */
    public static final int DATA = 3;

    /** No Python that can record was found. */
    public static final int NO_PYTHON = 4;

    /** Our bug. */
    public static final int BUG = 70;

    private ExitCode() {}
}
