package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.TraceInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** An input that is held in memory: damaged ones are many. */
public record BytesInput(String name, byte[] bytes) implements TraceInput {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable TraceInput beside(String fileName) {
        return null;
    }

    @Override
    public SeekableByteChannel channel() {
        return new SeekableByteChannel() {
            private int at;

            @Override
            public int read(ByteBuffer target) {
                if (at >= bytes.length) {
                    return -1;
                }
                int count = Math.min(target.remaining(), bytes.length - at);
                target.put(bytes, at, count);
                at += count;
                return count;
            }

            @Override
            public SeekableByteChannel position(long position) throws IOException {
                at = Math.toIntExact(position);
                return this;
            }

            @Override
            public long position() {
                return at;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public int write(ByteBuffer source) {
                throw new NonWritableChannelException();
            }

            @Override
            public SeekableByteChannel truncate(long size) {
                throw new NonWritableChannelException();
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }
}
