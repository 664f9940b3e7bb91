package dev.tracetool.format.codetracer;

import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receives all of a trace that has more than events: beside what every visitor gets, in the order in which all of it came,
 * the records that are no events, and what calls were given and returned.
 */
public interface RecordVisitor extends TraceVisitor {
    /** A value, of whatever size. It is there until the next call of the visitor has returned. */
    interface Value {
        /** Where it lies in the file, in bytes; of what is packed, where that begins. */
        long position();

        /** Hands it over, in one JSON value; if it cannot be had, it spoils the record. */
        void copy(RecordTokens to) throws IOException;
    }

    /**
     * What records name by number; once, before the metadata.
     *
     * @param paths files, by the id that records have for them
     * @param types names of types, by id
     * @param variables names of variables, by id
     */
    void definitions(List<String> paths, List<String> types, List<String> variables);

    /**
     * Takes records that are no events: they come after all that was told until now.
     *
     * @param thread whose records they are
     */
    RecordTokens records(int thread) throws IOException;

    /** The arguments of the call that is told next, an array; null if they are not known. */
    void arguments(@Nullable Value arguments);

    /** What the call returns whose end is told next; null if that is not known, or nothing. */
    void returned(@Nullable Value returned);

    /** The text of the exception that was told just now. */
    void raised(Value message) throws IOException;

    /** Something that was read is told in another way, or not at all. Both texts are as in {@code Losses.Loss}. */
    void lose(String noun, String note);

    /** A thread that was told before ended. */
    void threadExit(int number) throws IOException;

    /** What only the format tells of the run and of itself, as in {@code TraceSummary}; once, at the end. */
    void details(List<DetailTable> details);
}
