package dev.tracetool.format;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.util.List;

/**
 * Writes a trace in one format, in one pass, in memory that does not depend on the number of events. It is handed to
 * {@code Trace.read}; errors of writing leave its methods as {@link java.io.UncheckedIOException}. The stream beneath stays
 * open.
 */
public interface TraceWriter extends TraceVisitor {
    /**
     * Ends what was written.
     *
     * @param result of the pass: a trace that was cut off stays so, as far as the format can tell
     */
    void finish(ReadResult result) throws IOException;

    /** What the format could not hold; after {@link #finish}. */
    Losses losses();

    /** What could not be written although the format holds such things: a single one was too large, or malformed. */
    default Damage unwritten() {
        return new Damage();
    }

    /**
     * Files that belong beside the one that is written: what each one's name has after that file's name up to its first
     * dot.
     */
    default List<String> beside() {
        return List.of();
    }

    /** What is in one of {@link #beside}; after {@link #finish}. */
    default byte[] contentOf(String name) {
        throw new IllegalArgumentException(name);
    }
}
