package dev.tracetool.format.codetracer;

/**
 * Receives the records of a trace in their order, each by one call. Ids of paths and functions are their places among
 * those that came, from 0; a number that no record can have is passed on as it stands, for the receiver to refuse.
 */
public interface RecordSink {
    /** The next path. */
    void path(String path);

    /** The next function, where it is defined. */
    void function(long pathId, long line, String name);

    /** Execution reached a line. */
    void step(long pathId, long line);

    void call(long functionId);

    /** A function was left: by a return, by a yield, or by an exception. Records do not tell which. */
    void leave();

    /** A thread began, ended, or goes on from here: {@code THREAD_START}, {@code THREAD_EXIT}, {@code THREAD_SWITCH}. */
    void thread(RecordKind kind, long id);

    /** The step before was none. */
    void dropLastStep();

    /** Any other record, which only counts. */
    void other(RecordKind kind);
}
