package dev.tracetool.format.codetracer.capnp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Unpacks words of eight bytes, as Cap'n Proto's encoding has it ("Packing"): before each word stands a tag, of which each
 * bit, the lowest first, tells that a byte of the word is there; the others are zero.
 *
 * <pre>
 * 00 n            a word of zeros, and n more
 * FF eight n      a word, and n more that are not packed
 * </pre>
 */
final class PackedInput {
    /** No byte stands for more words than this: {@code 00 FF} is 256 words. */
    static final int MAX_WORDS_PER_BYTE = 128;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int limit;
    private int zeros;
    private int raw;

    PackedInput(InputStream in) {
        this.in = in;
    }

    /** @throws EOFException if there are fewer words */
    void read(long[] words, int from, int count) throws IOException {
        int i = from;
        int end = from + count;
        while (i < end) {
            if (zeros > 0) {
                int run = Math.min(zeros, end - i);
                Arrays.fill(words, i, i + run, 0);
                i += run;
                zeros -= run;
            } else if (raw > 0) {
                words[i++] = whole();
                raw--;
            } else {
                int tag = next();
                if (tag == 0) {
                    words[i++] = 0;
                    zeros = next();
                } else if (tag == 0xFF) {
                    words[i++] = whole();
                    raw = next();
                } else {
                    words[i++] = word(tag);
                }
            }
        }
    }

    private long word(int tag) throws IOException {
        need(Integer.bitCount(tag));
        long word = 0;
        int from = at;
        for (int left = tag; left != 0; left &= left - 1) {
            word |= (buffer[from++] & 0xFFL) << 8 * Integer.numberOfTrailingZeros(left);
        }
        at = from;
        return word;
    }

    private long whole() throws IOException {
        need(Long.BYTES);
        long word = (long) LONG.get(buffer, at);
        at += Long.BYTES;
        return word;
    }

    private int next() throws IOException {
        need(1);
        return buffer[at++] & 0xFF;
    }

    /** Makes so many bytes stand in the buffer. */
    private void need(int count) throws IOException {
        if (limit - at >= count) {
            return;
        }
        System.arraycopy(buffer, at, buffer, 0, limit - at);
        limit -= at;
        at = 0;
        while (limit < count) {
            int got = in.read(buffer, limit, buffer.length - limit);
            if (got < 0) {
                throw new EOFException();
            }
            limit += got;
        }
    }

    /** Whether there is nothing more. */
    boolean atEnd() throws IOException {
        if (at < limit) {
            return false;
        }
        try {
            need(1);
            return false;
        } catch (EOFException e) {
            return true;
        }
    }
}
