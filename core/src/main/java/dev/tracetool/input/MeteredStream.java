package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;

/** What comes out of a decompressor, counted. */
final class MeteredStream extends InputStream {
    private final InputStream in;
    private final Meter meter;
    private long position;
    private long end = Long.MAX_VALUE;

    MeteredStream(InputStream in, Meter meter) {
        this.in = in;
        this.meter = meter;
    }

    /** Bytes that were read or skipped. */
    long position() {
        return position;
    }

    /** Lets so many more bytes be read, and not more until it is called again. */
    void allow(long bytes) {
        end = bytes == Long.MAX_VALUE ? bytes : position + bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length > 0 && position >= end) {
            throw new ArchiveErrors.DamagedException("expected the head of an entry, found one that is too long");
        }
        int got = in.read(target, offset, (int) Math.min(length, end - position));
        if (got > 0) {
            position += got;
            meter.at(position);
        }
        return got;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = in.skip(bytes);
        position += skipped;
        meter.at(position);
        return skipped;
    }

    @Override
    public int available() throws IOException {
        return in.available();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
