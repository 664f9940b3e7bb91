package dev.tracetool.analysis.gate;

import java.util.Locale;

/** What is held to a limit. */
public enum Gate {
    /** Statements that ran, of all files together. */
    TOTAL_COVERAGE(Unit.STATEMENTS),
    /** Statements that ran, of one file. */
    FILE_COVERAGE(Unit.STATEMENTS),
    /** Statements that ran, of those that a diff adds or changes. */
    DIFF_COVERAGE(Unit.STATEMENTS),
    CALLS(Unit.CALLS),
    SELF_TIME(Unit.NANOSECONDS),
    TOTAL_TIME(Unit.NANOSECONDS),
    /** Tests that failed, or did not come to their end. */
    FAILED_TESTS(Unit.TESTS),
    /** Functions that are new and were never called. */
    NEW_UNCALLED(Unit.FUNCTIONS),
    /** Tests that ran before and do not any more. */
    LOST_TESTS(Unit.TESTS),
    /** Calls without a return, or an exception that left them. */
    BALANCED_CALLS(Unit.CALLS);

    /** What the numbers of a result count. */
    public enum Unit {
        STATEMENTS,
        CALLS,
        NANOSECONDS,
        FUNCTIONS,
        TESTS
    }

    private final Unit unit;

    Gate(Unit unit) {
        this.unit = unit;
    }

    public Unit unit() {
        return unit;
    }

    /** As in {@code total coverage}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Whether a least share is asked for, rather than a most. */
    public boolean isShare() {
        return unit == Unit.STATEMENTS;
    }
}
