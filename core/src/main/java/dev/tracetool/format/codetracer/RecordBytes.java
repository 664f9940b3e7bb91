package dev.tracetool.format.codetracer;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The bytes of a stream of records, through a window: what is skipped is not held, however large. Subclasses and their
 * loops look into the window itself.
 */
public class RecordBytes {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final InputStream in;
    protected final byte[] buffer = new byte[1 << 16];

    /** Of the next byte in the buffer. */
    protected int at;

    /** Of the end of what is in the buffer. */
    protected int limit;

    /** Position of the start of the buffer. */
    private long base;

    /** @param in is read to its end at most, in large pieces, and not closed */
    public RecordBytes(InputStream in) {
        this.in = in;
    }

    /** Position of the next byte. */
    public final long position() {
        return base + at;
    }

    /** Forgets what was read ahead: what comes next is what the stream gives then. */
    protected final void forget() {
        at = 0;
        limit = 0;
        base = 0;
    }

    public final boolean atEnd() throws IOException {
        return at == limit && !fill();
    }

    private boolean fill() throws IOException {
        base += limit;
        at = 0;
        limit = 0;
        int got = in.read(buffer, 0, buffer.length);
        while (got == 0) {
            got = in.read(buffer, 0, buffer.length);
        }
        limit = Math.max(0, got);
        return got > 0;
    }

    /** The next byte, which has to be there. */
    public final int next() throws IOException, MalformedRecordException {
        if (atEnd()) {
            throw cut(1);
        }
        return buffer[at++] & 0xFF;
    }

    /** The end came too early. */
    protected final MalformedRecordException cut(long missing) {
        return malformed("expected " + missing + (missing == 1 ? " more byte" : " more bytes") + ", found the end");
    }

    public final MalformedRecordException malformed(String message) {
        return new MalformedRecordException(position(), message);
    }

    public final void skip(long count) throws IOException, MalformedRecordException {
        long left = count;
        while (left > limit - at) {
            left -= limit - at;
            at = limit;
            if (!fill()) {
                throw cut(left);
            }
        }
        at += (int) left;
    }

    /** A text of so many bytes of UTF-8; {@link RecordSink#NO_NAME} of one that is too long, which is skipped. */
    public final String text(long length) throws IOException, MalformedRecordException {
        if (length > RecordSink.MAX_NAME) {
            skip(length);
            return RecordSink.NO_NAME;
        }
        int size = (int) length;
        if (size <= limit - at) {
            at += size;
            return new String(buffer, at - size, size, StandardCharsets.UTF_8);
        }
        return new String(straddling(size), StandardCharsets.UTF_8);
    }

    public final long littleEndian64() throws IOException, MalformedRecordException {
        if (limit - at >= Long.BYTES) {
            at += Long.BYTES;
            return (long) LONG.get(buffer, at - Long.BYTES);
        }
        return (long) LONG.get(straddling(Long.BYTES), 0);
    }

    /** So many bytes, which the caller has found to be few. */
    public final byte[] bytes(int length) throws IOException, MalformedRecordException {
        return straddling(length);
    }

    /** Some of the bytes that come next, at least one, which has to be there. */
    public final int some(byte[] into, int offset, int most) throws IOException, MalformedRecordException {
        if (atEnd()) {
            throw cut(1);
        }
        int part = Math.min(most, limit - at);
        System.arraycopy(buffer, at, into, offset, part);
        at += part;
        return part;
    }

    /** Bytes that reach beyond the buffer. */
    protected final byte[] straddling(int length) throws IOException, MalformedRecordException {
        byte[] bytes = new byte[length];
        int got = 0;
        while (got < length) {
            if (atEnd()) {
                throw cut((long) length - got);
            }
            int part = Math.min(length - got, limit - at);
            System.arraycopy(buffer, at, bytes, got, part);
            at += part;
            got += part;
        }
        return bytes;
    }
}
