package dev.tracetool.format;

import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import java.io.IOException;

/** A file format that holds recordings. It is recognised by content, never by name. */
public interface TraceFormat {
    /** How many bytes of the start of a file {@link #matches} needs at most. */
    int HEAD_BYTES = 512;

    /** The format's name in messages and reports. */
    String name();

    /**
     * Whether a file that starts so is of this format, be it whole or damaged.
     *
     * @param head the first {@link #HEAD_BYTES} bytes, or all of a shorter file
     */
    boolean matches(byte[] head);

    /**
     * Whether files of this format are recordings. Others are opened where they are named, and in folders that have no
     * recording: beside recordings they can lie by chance.
     */
    default boolean holdsRuns() {
        return true;
    }

    /** Opens an input that {@link #matches}. */
    Trace open(TraceInput input) throws IOException;
}
