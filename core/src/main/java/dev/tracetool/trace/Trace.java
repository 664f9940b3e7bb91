package dev.tracetool.trace;

import java.io.Closeable;
import java.io.IOException;

/**
 * An opened recording. Its metadata are known; everything else is read in one pass by {@link #read} as often as wished,
 * each in memory bounded by the number of code objects and threads, never by events. Not safe for use by several threads
 * at a time.
 */
public interface Trace extends Closeable {
    /** The input's name, as the user gave it. */
    String name();

    /** The name of the format, such as {@code tracetool}. */
    String format();

    /** The version of the format, such as {@code 1.0}. */
    String formatVersion();

    /** Size of the input in bytes, or -1 if unknown. */
    long bytes();

    TraceMetadata metadata();

    /**
     * Reads the whole trace once.
     *
     * @throws TraceException if the input cannot be read on from some position, and more than its end is missing
     */
    ReadResult read(TraceVisitor visitor) throws IOException;

    /**
     * What is in the trace, without its events: from the index if there is a sound one, else from the heads of the
     * frames.
     */
    TraceSummary summary() throws IOException;

    @Override
    void close() throws IOException;
}
