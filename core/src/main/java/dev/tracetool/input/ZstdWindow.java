package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;

/**
 * How much memory a zstd frame asks for: its window, which its head tells (RFC 8878, 3.1.1.1). The decoder says only that
 * it is too much.
 *
 * <pre>
 * 28 B5 2F FD; descriptor: bits 6 and 7 how long the size is, bit 5 a single segment, bits 0 and 1 how long the
 * dictionary's id is; then, if it is no single segment, the window: (8 + bits 0 to 2) &lt;&lt; (7 + bits 3 to 7);
 * the id of 0, 1, 2 or 4 bytes; the size of the content, which is the window of a single segment
 * </pre>
 */
final class ZstdWindow {
    private static final int HEAD_BYTES = 18;
    private static final int MIN_LOG = 10;
    private static final int MAX_LOG = 31;
    private static final int[] ID_BYTES = {0, 1, 2, 4};

    /** Asked for by a frame of which the head was not seen, such as a second one. */
    private static final long UNKNOWN = 0;

    private final int log;
    private long first = UNKNOWN;

    /** A window is a power of two, and no more than half of the memory that may be taken. */
    ZstdWindow(long memory) {
        log = Math.max(MIN_LOG, Math.min(62 - Long.numberOfLeadingZeros(memory), MAX_LOG));
    }

    /** The window is larger than is allowed. */
    static final class TooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        TooLargeException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** Of the largest window that is allowed, the logarithm to the base 2. */
    int log() {
        return log;
    }

    /** The same bytes, of which the head is looked at. */
    InputStream noting(InputStream in) throws IOException {
        PushbackInputStream same = new PushbackInputStream(in, HEAD_BYTES);
        byte[] head = same.readNBytes(HEAD_BYTES);
        same.unread(head);
        first = of(head);
        return same;
    }

    /** @param error of the decoder, which was given no more than is allowed */
    TooLargeException tooLarge(IOException error) {
        long limit = 1L << log;
        String asked = Long.compareUnsigned(first, limit) > 0
                ? Budget.number(first >>> 10)
                : "over " + Budget.number(limit >> 10);
        return new TooLargeException(
                "needs a window of " + asked + " KiB to unpack; " + Budget.number(limit >> 10) + " KiB is the limit",
                error);
    }

    /** Bytes, without a sign; {@link #UNKNOWN} if there is no whole head. */
    static long of(byte[] head) {
        if (Packing.of(head) != Packing.ZSTD || head.length < 6) {
            return UNKNOWN;
        }
        int descriptor = head[4];
        boolean single = (descriptor & 0x20) != 0;
        if (!single) {
            int window = head[5] & 0xFF;
            return (8L + (window & 7)) << (7 + (window >> 3));
        }
        int at = 5 + ID_BYTES[descriptor & 3];
        int bytes = 1 << (descriptor >> 6 & 3);
        if (head.length < at + bytes) {
            return UNKNOWN;
        }
        long size = bytes == 2 ? 256 : 0;
        for (int i = 0; i < bytes; i++) {
            size += (head[at + i] & 0xFFL) << 8 * i;
        }
        return size;
    }
}
