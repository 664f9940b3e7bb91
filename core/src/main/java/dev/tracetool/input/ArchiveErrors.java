package dev.tracetool.input;

import com.github.luben.zstd.ZstdIOException;
import dev.tracetool.trace.TraceException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.util.Locale;
import org.tukaani.xz.UnsupportedOptionsException;

/**
 * What is wrong with an archive, in our words. Libraries tell it in many ways, unchecked exceptions among them, and in the
 * terms of their own code.
 */
final class ArchiveErrors {
    static final String ARCHIVE = "is a damaged archive: ";
    static final String ENTRY = "cannot be unpacked: ";

    private static final String ANY = "expected sound data, found damage";

    private ArchiveErrors() {}

    /** Bytes that are not what they must be; the message says what was expected and what was found. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(String message) {
            super(message);
        }
    }

    /** @param position of an archive, how far it was read; of an entry, how much came out of it */
    static IOException told(String name, long position, String what, Exception error) {
        return told(name, position, what, error, ANY);
    }

    /** @param otherwise what is wrong if the error does not say */
    static IOException told(String name, long position, String what, Exception error, String otherwise) {
        if (error instanceof LimitException || error instanceof TraceException) {
            return (IOException) error;
        }
        LimitException limit = Unpacker.limit(name, error);
        if (limit != null) {
            return limit;
        }
        TraceException told = new TraceException(name, position, what + words(error, otherwise));
        told.initCause(error);
        return told;
    }

    private static String words(Exception error, String otherwise) {
        String said = said(error);
        if (error instanceof DamagedException) {
            return said;
        }
        String lower = said.toLowerCase(Locale.ROOT);
        if (error instanceof EOFException
                || lower.contains("truncated")
                || lower.contains("unexpected end")
                || lower.contains("unexpected eof")) {
            return "expected more bytes, found the end";
        }
        if (lower.contains("crc") || lower.contains("checksum") || lower.contains("size mismatch")) {
            return "expected the size and the checksum that it tells, found others";
        }
        if (error instanceof UnsupportedOptionsException || lower.contains("unsupported")) {
            return "expected a way of packing that is known here, found another";
        }
        if (lower.contains("garbage")) {
            return "expected the end, or more that is packed, found something else";
        }
        if (error instanceof ZstdIOException || lower.contains("corrupt")) {
            return ANY;
        }
        return isOfSystem(error) ? said : otherwise;
    }

    /** Whether the system could not read, which is nothing of the archive. */
    private static boolean isOfSystem(Exception error) {
        return error instanceof FileSystemException || error instanceof ClosedChannelException;
    }

    private static String said(Exception error) {
        String message = error.getMessage();
        return message == null ? "" : message;
    }
}
