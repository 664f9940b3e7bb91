package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.trace.TraceException;
import java.io.IOException;

/**
 * How long the segments of a message are; it stands before them.
 *
 * <pre>
 * u32  number of segments, less one
 * u32  words of each segment; and one of padding, so that all is whole words
 * </pre>
 */
final class SegmentTable {
    private static final int MAX_SEGMENTS = 1 << 20;

    /** Real traces unpack to less than ten times their size. */
    private static final int MAX_RATIO = 100;

    /** What is so small costs nothing, whatever its ratio. */
    private static final long SMALL = 1 << 17;

    private SegmentTable() {}

    /**
     * Reads the table.
     *
     * @param packed bytes of the file that the message can have
     * @return by segment, index of its first word, as if all stood one after the other; one more at the end
     * @throws TraceException if the message would unpack to more than the file can hold, or should
     */
    static long[] read(PackedInput in, String name, long position, long packed) throws IOException {
        long[] word = new long[1];
        in.read(word, 0, 1);
        long count = (word[0] & 0xFFFFFFFFL) + 1;
        if (count > MAX_SEGMENTS || count > packed * PackedInput.MAX_WORDS_PER_BYTE) {
            throw new TraceException(name, position, "expected at most " + MAX_SEGMENTS + " segments, found " + count);
        }
        long[] starts = new long[(int) count + 1];
        for (int i = 0; i < count; i++) {
            if (i % 2 == 1) {
                in.read(word, 0, 1);
            }
            long size = i % 2 == 0 ? word[0] >>> 32 : word[0] & 0xFFFFFFFFL;
            starts[i + 1] = starts[i] + size;
        }
        long words = starts[(int) count];
        if (words > packed * PackedInput.MAX_WORDS_PER_BYTE) {
            throw new TraceException(
                    name,
                    position,
                    "expected a message that " + packed + " bytes can hold, found one of " + words + " words");
        }
        if (words > SMALL && words > packed / Long.BYTES * MAX_RATIO) {
            throw new TraceException(
                    name,
                    position,
                    "expected a message of at most " + MAX_RATIO + " times its packed size, found " + Long.BYTES * words
                            + " bytes in " + packed);
        }
        return starts;
    }
}
