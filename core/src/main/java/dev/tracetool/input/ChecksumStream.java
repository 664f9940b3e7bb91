package dev.tracetool.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;

/** The content of an entry of a zip file; at its end, size and checksum are compared with those that the file tells. */
final class ChecksumStream extends FilterInputStream {
    private final CRC32 checksum = new CRC32();
    private final long size;
    private final long expected;
    private long count;

    /**
     * @param size in bytes
     * @param expected CRC-32 of all bytes, -1 if unknown
     */
    ChecksumStream(InputStream in, long size, long expected) {
        super(in);
        this.size = size;
        this.expected = expected;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int got = in.read(target, offset, length);
        if (got > 0) {
            count += got;
            checksum.update(target, offset, got);
        }
        if (got < 0 && count != size || count > size) {
            throw new ArchiveErrors.DamagedException(
                    "expected " + size + " bytes, found " + (got < 0 ? "" + count : "more"));
        }
        if (got < 0 && expected >= 0 && checksum.getValue() != expected) {
            throw new ArchiveErrors.DamagedException("expected the checksum that the archive tells, found another");
        }
        return got;
    }

    /** Skipped bytes would be missing in the checksum. */
    @Override
    public long skip(long bytes) throws IOException {
        return read(new byte[(int) Math.max(0, Math.min(bytes, 1 << 13))]);
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
