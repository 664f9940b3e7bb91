package dev.tracetool.input;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;

/**
 * Counts the entries of a zip file by going through its directory, before a library reads it into memory. The number that
 * the file tells is not to be trusted.
 *
 * <pre>
 * central directory: entries of 46 bytes, + name, extra field and comment, whose lengths are at 28, 30, 32
 * zip64 end:         … offset of the directory at 48
 * zip64 locator:     20 bytes before the end record: signature, disk, offset of the zip64 end at 8
 * end record:        signature … offset of the directory at 16 … comment
 * </pre>
 */
final class ZipDirectory {
    private static final int ENTRY = 0x02014B50;
    private static final int END = 0x06054B50;
    private static final int LOCATOR = 0x07064B50;
    private static final int ENTRY_BYTES = 46;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_BYTES = 20;
    private static final int MAX_COMMENT = 0xFFFF;
    private static final int BUFFER = 1 << 16;

    private final SeekableByteChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private long bufferAt;

    private ZipDirectory(SeekableByteChannel channel) {
        this.channel = channel;
        buffer.limit(0);
    }

    /**
     * Throws if there are more entries than a budget allows. What is damaged is left to the library.
     *
     * @return how far it is one; the end of the file if there is none
     */
    static long check(SeekableByteChannel channel, Budget budget) throws IOException {
        ZipDirectory directory = new ZipDirectory(channel);
        long at = directory.start();
        for (long count = 1; at >= 0 && directory.has(at, ENTRY_BYTES) && directory.i32(at) == ENTRY; count++) {
            budget.expect(count);
            at += ENTRY_BYTES + directory.u16(at + 28) + directory.u16(at + 30) + directory.u16(at + 32);
        }
        return at < 0 ? channel.size() : Math.min(at, channel.size());
    }

    /** Where the directory begins, -1 if there is none. */
    private long start() throws IOException {
        long end = end();
        if (end < 0) {
            return -1;
        }
        long locator = end - LOCATOR_BYTES;
        if (has(locator, LOCATOR_BYTES) && i32(locator) == LOCATOR) {
            long end64 = i64(locator + 8);
            return has(end64, 56) ? i64(end64 + 48) : -1;
        }
        return Integer.toUnsignedLong(i32(end + 16));
    }

    private long end() throws IOException {
        long last = channel.size() - END_BYTES;
        for (long at = last; at >= Math.max(0, last - MAX_COMMENT); at--) {
            if (has(at, 4) && i32(at) == END) {
                return at;
            }
        }
        return -1;
    }

    /** Whether there are so many bytes at a position; they are then in the buffer. */
    private boolean has(long position, int length) throws IOException {
        if (position < 0 || position > channel.size() - length) {
            return false;
        }
        if (position >= bufferAt && position + length <= bufferAt + buffer.limit()) {
            return true;
        }
        // Half before it: the end is looked for backwards.
        bufferAt = Math.max(0, position - BUFFER / 2);
        buffer.clear();
        channel.position(bufferAt);
        while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
            continue;
        }
        buffer.flip();
        return position + length <= bufferAt + buffer.limit();
    }

    private int i32(long position) {
        return buffer.getInt((int) (position - bufferAt));
    }

    private int u16(long position) {
        return Short.toUnsignedInt(buffer.getShort((int) (position - bufferAt)));
    }

    private long i64(long position) {
        return buffer.getLong((int) (position - bufferAt));
    }
}
