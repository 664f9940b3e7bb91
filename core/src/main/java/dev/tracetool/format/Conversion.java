package dev.tracetool.format;

import dev.tracetool.trace.ReadResult;
import java.io.IOException;
import java.util.List;

/** A trace on its way into another format. It is run once; the rest is known afterwards. */
public interface Conversion {
    /** Files that belong beside the one that is written; known from the beginning. See {@link TraceWriter#beside}. */
    List<String> beside();

    /**
     * Writes all that can be read. The stream beneath stays open.
     *
     * @return what could not be read
     */
    ReadResult run() throws IOException;

    /** What stopped the recorder, in its own words, which are hostile text. */
    List<String> failures();

    /** What was read and is not in what was written. */
    Losses losses();

    /** What is in one of {@link #beside}. */
    byte[] contentOf(String name);
}
