package dev.tracetool.input;

import dev.tracetool.trace.TraceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;

/**
 * An input, read at any position. A file is read, not mapped: a mapped file that is truncated meanwhile kills the virtual
 * machine. Its size is taken once; a file that still grows is read up to what it was. For one thread at a time.
 */
public final class InputBytes implements Closeable {
    private final String name;
    private final SeekableByteChannel channel;
    private final long size;
    private final InputLimits limits;

    public InputBytes(TraceInput input) throws IOException {
        this.name = input.name();
        this.channel = input.channel();
        this.size = channel.size();
        this.limits = input.limits();
    }

    public String name() {
        return name;
    }

    public long size() {
        return size;
    }

    /** For what is unpacked of it. */
    public UnpackedBytes unpacked() {
        return new UnpackedBytes(name, size, limits);
    }

    /** Reads exactly that many bytes, which must lie within {@link #size()}. */
    public void read(long position, byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        long at = position;
        while (buffer.hasRemaining()) {
            int got = channel instanceof FileChannel file
                    ? file.read(buffer, at) // one call of the system, not two
                    : channel.position(at).read(buffer);
            if (got < 0) {
                throw new TraceException(
                        name,
                        at,
                        "expected " + buffer.remaining() + " more bytes, found the end: the"
                                + " file was cut while it was read");
            }
            at += got;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
