package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one input, which can be read as often as wished, from the start or at any position. They do not change
 * while they are read, but for a file that somebody else changes.
 */
public interface TraceInput {
    /** What to call it in messages: as the user named it, or its place in a folder or an archive. Hostile text. */
    String name();

    /** Size in bytes. */
    long size() throws IOException;

    /** All bytes from the first one on, unbuffered; to be closed. */
    InputStream stream() throws IOException;

    /** The same at any position, read-only; to be closed. */
    SeekableByteChannel channel() throws IOException;

    /** What its content may unpack to, if its format packs it. */
    default InputLimits limits() {
        return InputLimits.DEFAULT;
    }

    /**
     * The input of that name in the same folder, or the same folder of an archive; null if there is none. Some formats
     * keep a run in several files.
     *
     * @param fileName without a folder
     */
    @Nullable
    TraceInput beside(String fileName) throws IOException;
}
