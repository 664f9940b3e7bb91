package dev.tracetool.cli.events;

import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMetadata;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One way to write events, one row each. */
interface EventRow {
    /** Of what an event does not have: an offset or a destination. Lines use {@code LineTable.NO_LINE}. */
    int NONE = -1;

    /** A name from the trace as it stands in a row; null if it is unknown. */
    String field(@Nullable String name);

    void begin(String input, TraceMetadata metadata) throws IOException;

    /**
     * Writes one event.
     *
     * @param time nanoseconds since the start, or {@code EventBlock.NO_TIME}
     * @param kind number of the kind in the trace's table
     * @param code names and index of the code object
     * @param line the event's line, or {@code LineTable.NO_LINE}
     * @param offset byte offset, or {@link #NONE}
     * @param destination byte offset, or {@link #NONE}
     */
    void event(long time, int thread, int kind, EventNames code, int line, int offset, int destination)
            throws IOException;

    /** Writes, after the last event of a trace that was read to its end, what was lost of it, where there is a place for that. */
    default void end(ReadResult result) throws IOException {}

    void flush() throws IOException;
}
