package dev.tracetool.format.codetracer;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.TraceException;

/**
 * Receives the records of a trace in their order, each by one call. Ids of paths and functions are their places among
 * those that came, from 0. Numbers are passed on as they stand, and {@link #NO_NUMBER} for those that are missing, for the
 * receiver to refuse.
 *
 * <p>Each can throw a {@link TraceException} if there is no memory for what the trace defines.
 */
public interface RecordSink {
    /** In place of a number that is missing, is none, or does not fit into 64 bits with a sign. */
    long NO_NUMBER = Long.MIN_VALUE;

    /** In place of a name that is missing, or longer than {@link #MAX_NAME}: what it names keeps its id. */
    String NO_NAME = CodeIdentity.NO_FUNCTION;

    /** The longest name that is read, in bytes. */
    int MAX_NAME = 1 << 16;

    /**
     * The record that comes next is damaged: it is passed on as far as it is sound, and its damage told once.
     *
     * @param message what was expected and what was found, hostile text
     */
    void wrong(String message);

    /** The next path. */
    void path(String path) throws TraceException;

    /** The next function, where it is defined. */
    void function(long pathId, long line, String name) throws TraceException;

    /** Execution reached a line. */
    void step(long pathId, long line) throws TraceException;

    void call(long functionId) throws TraceException;

    /** A function was left: by a return, by a yield, or by an exception. Records do not tell which. */
    void leave() throws TraceException;

    /**
     * A thread began, ended, or goes on from here: {@code THREAD_START}, {@code THREAD_EXIT}, {@code THREAD_SWITCH}.
     *
     * @param id of 64 bits without a sign
     */
    void thread(RecordKind kind, long id) throws TraceException;

    /** The step before was none. */
    void dropLastStep();

    /** Any other record, which only counts. */
    void other(RecordKind kind);

    /**
     * Something that is no record of a known kind.
     *
     * @param found what it is, hostile text
     */
    void unknown(String found);
}
