package dev.tracetool.analysis;

/** What an analysis could not make sense of in one trace. Counts of events, except where something else is said. */
public final class Problems {
    long strayEvents;
    long strayLines;
    long droppedLines;
    long unbalanced;
    long tooDeep;
    long oddTimes;
    int malformedTables;

    Problems() {}

    /** From all that it consists of, in the order of the methods. */
    public static Problems of(
            long strayEvents,
            long strayLines,
            long droppedLines,
            long unbalanced,
            long tooDeep,
            long oddTimes,
            int malformedTables) {
        Problems problems = new Problems();
        problems.strayEvents = strayEvents;
        problems.strayLines = strayLines;
        problems.droppedLines = droppedLines;
        problems.unbalanced = unbalanced;
        problems.tooDeep = tooDeep;
        problems.oddTimes = oddTimes;
        problems.malformedTables = malformedTables;
        return problems;
    }

    /** Events that name a code object which the trace does not have. They are in no function's counts. */
    public long strayEvents() {
        return strayEvents;
    }

    /** Line events at lines that the code object's line table does not have. They are counted at these lines. */
    public long strayLines() {
        return strayLines;
    }

    /** Line events at so many such lines that they are in no function's counts. */
    public long droppedLines() {
        return droppedLines;
    }

    /** Frames that were left while another one was the innermost. */
    public long unbalanced() {
        return unbalanced;
    }

    /** Frames on so deep a stack that their time is their callers'. */
    public long tooDeep() {
        return tooDeep;
    }

    /** Times that run backwards or are far from those of the recording. */
    public long oddTimes() {
        return oddTimes;
    }

    /** Code objects whose line table cannot be read. */
    public int malformedTables() {
        return malformedTables;
    }
}
