package dev.tracetool.input;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Buffers what is packed, and knows how far it was read: at the byte or, as decoders take some at once, shortly behind. */
final class PositionStream extends FilterInputStream {
    private static final int BUFFER = 1 << 16;

    private long position;

    PositionStream(InputStream in) {
        super(new BufferedInputStream(in, BUFFER));
    }

    long position() {
        return position;
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        position += value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = in.read(target, offset, length);
        position += Math.max(0, got);
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = in.skip(bytes);
        position += skipped;
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
