package dev.tracetool.cli.command;

import dev.tracetool.input.InputLimits;
import dev.tracetool.input.TraceInput;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import org.jspecify.annotations.Nullable;

/** Tells how many bytes are read of an input, as they are. */
record CountedInput(TraceInput input, Progress progress) implements TraceInput {
    @Override
    public String name() {
        return input.name();
    }

    @Override
    public long size() throws IOException {
        return input.size();
    }

    @Override
    public InputStream stream() throws IOException {
        return counted(input.stream(), progress);
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return new CountedChannel(input.channel(), progress);
    }

    @Override
    public InputLimits limits() {
        return input.limits();
    }

    @Override
    public @Nullable TraceInput beside(String fileName) throws IOException {
        TraceInput other = input.beside(fileName);
        return other == null ? null : new CountedInput(other, progress);
    }

    static InputStream counted(InputStream in, Progress progress) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                int value = in.read();
                progress.read(value < 0 ? 0 : 1);
                return value;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                int got = in.read(target, offset, length);
                progress.read(Math.max(0, got));
                return got;
            }

            @Override
            public long skip(long bytes) throws IOException {
                long skipped = in.skip(bytes);
                progress.read(skipped);
                return skipped;
            }
        };
    }

    private record CountedChannel(SeekableByteChannel channel, Progress progress) implements SeekableByteChannel {
        @Override
        public int read(ByteBuffer target) throws IOException {
            int got = channel.read(target);
            progress.read(Math.max(0, got));
            return got;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            return channel.write(source);
        }

        @Override
        public long position() throws IOException {
            return channel.position();
        }

        @Override
        public SeekableByteChannel position(long position) throws IOException {
            channel.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public SeekableByteChannel truncate(long size) throws IOException {
            channel.truncate(size);
            return this;
        }

        @Override
        public boolean isOpen() {
            return channel.isOpen();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
