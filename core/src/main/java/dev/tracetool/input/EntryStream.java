package dev.tracetool.input;

import dev.tracetool.trace.TraceException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of an entry. Libraries tell in many ways, unchecked exceptions among them, that it is damaged; here it is
 * one way, with the name of the entry.
 */
final class EntryStream extends InputStream {
    private final String name;
    private final InputStream in;

    EntryStream(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /** An error of reading the archive itself, or of one of its entries, in one way. */
    static IOException told(String name, String what, Exception error) {
        if (error instanceof LimitException || error instanceof TraceException) {
            return (IOException) error;
        }
        LimitException limit = Unpacker.limit(name, error);
        if (limit != null) {
            return limit;
        }
        String message = error instanceof EOFException ? "it ends too early" : error.getMessage();
        message = message == null ? error.getClass().getSimpleName() : message;
        TraceException told = new TraceException(name, TraceException.NO_POSITION, what + ": " + message);
        told.initCause(error);
        return told;
    }

    private IOException told(Exception error) {
        return told(name, "cannot be unpacked", error);
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            in.close();
        } catch (IOException | RuntimeException e) {
            throw told(e);
        }
    }
}
