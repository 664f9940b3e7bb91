package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.TraceException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;

/** The bytes of a container, read at any position. Their number is taken once; what is added meanwhile is not seen. */
final class Container implements Closeable {
    private final String name;
    private final SeekableByteChannel channel;
    private final long size;

    Container(TraceInput input) throws IOException {
        this.name = input.name();
        this.channel = input.channel();
        this.size = channel.size();
    }

    String name() {
        return name;
    }

    long size() {
        return size;
    }

    /** Reads exactly that many bytes, which must lie within {@link #size()}. */
    void read(long position, byte[] target, int offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        long at = position;
        while (buffer.hasRemaining()) {
            int got = channel.position(at).read(buffer);
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
