package dev.tracetool.input;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;

/** A view of bytes that can be read at any position. */
final class ReadOnlyChannel implements SeekableByteChannel {
    /** Where the bytes are. */
    interface Bytes {
        /** Reads at least one byte into a buffer that has room, from a position before the end. */
        int read(ByteBuffer target, long position) throws IOException;
    }

    private final Bytes bytes;
    private final long size;
    private final Closeable below;
    private long position;
    private boolean open = true;

    /** @param below closed with the view */
    ReadOnlyChannel(Bytes bytes, long size, Closeable below) {
        this.bytes = bytes;
        this.size = size;
        this.below = below;
    }

    /** A part of a channel, which is closed with the view. */
    static ReadOnlyChannel part(SeekableByteChannel whole, long offset, long size) {
        return new ReadOnlyChannel(
                (target, position) -> whole.position(offset + position).read(target), size, whole);
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        if (position >= size) {
            return -1;
        }
        int limit = target.limit();
        target.limit((int) Math.min(limit, target.position() + Math.min(size - position, Integer.MAX_VALUE / 2)));
        try {
            int got = target.hasRemaining() ? bytes.read(target, position) : 0;
            position += Math.max(got, 0);
            return got;
        } finally {
            target.limit(limit);
        }
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) {
        if (newPosition < 0) {
            throw new IllegalArgumentException("negative position");
        }
        position = newPosition;
        return this;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int write(ByteBuffer source) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long newSize) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            below.close();
        }
    }
}
