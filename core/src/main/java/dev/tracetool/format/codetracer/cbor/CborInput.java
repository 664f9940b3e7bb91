package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordBytes;
import dev.tracetool.format.codetracer.RecordSink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads CBOR (RFC 8949) from a stream. An item begins with its head:
 *
 * <pre>
 * 7..5  major type: 0 unsigned, 1 negative, 2 bytes, 3 text, 4 array, 5 map, 6 tag, 7 simple or float
 * 4..0  the argument: itself below 24; 24 to 27: in the 1, 2, 4 or 8 bytes that follow; 31: of indefinite length,
 *       up to a {@code FF}
 * </pre>
 *
 * <p>What is not wanted is skipped without being built, however large; nothing that is built is larger than
 * {@link RecordSink#MAX_NAME}.
 */
public class CborInput extends RecordBytes {
    static final int UNSIGNED = 0;
    static final int NEGATIVE = 1;
    static final int BYTES = 2;
    static final int TEXT = 3;
    static final int ARRAY = 4;
    static final int MAP = 5;
    static final int TAG = 6;

    /** In place of a count, of what ends with a break. */
    static final long INDEFINITE = -1;

    /** Deeper values are refused. */
    private static final int MAX_DEPTH = 10_000;

    private static final int BREAK = 0xFF;
    private static final int INDEFINITE_INFO = 31;

    /** By depth: how many items are still to come, or {@link #INDEFINITE}. */
    private final long[] open = new long[MAX_DEPTH];

    private int major;
    private int info;
    private long argument;

    /** @param in is read to its end at most, in large pieces */
    public CborInput(InputStream in) {
        super(in);
    }

    /** Reads a head; afterwards {@link #major()} and {@link #argument()} are of it. */
    void head() throws IOException, MalformedRecordException {
        int first = next();
        if (first == BREAK) {
            throw malformed("expected an item, found a break");
        }
        head(first);
    }

    private void head(int first) throws IOException, MalformedRecordException {
        major = first >> 5;
        info = first & 31;
        if (info < 24) {
            argument = info;
            return;
        }
        if (info == INDEFINITE_INFO) {
            if (major < BYTES || major > MAP) {
                throw malformed("expected an item of known length, found the byte " + first);
            }
            argument = INDEFINITE;
            return;
        }
        if (info > 27) {
            throw malformed("expected an item, found the byte " + first);
        }
        long value = 0;
        for (int i = 0; i < 1 << info - 24; i++) {
            value = value << 8 | next();
        }
        argument = value;
        if (value < 0 && major >= BYTES && major <= MAP) {
            throw malformed("expected a length, found " + Long.toUnsignedString(value));
        }
    }

    int major() {
        return major;
    }

    /** The lower five bits of the first byte: of type 7, what it is. */
    int info() {
        return info;
    }

    /** Of lengths: that, or {@link #INDEFINITE}. */
    long argument() {
        return argument;
    }

    /** Whether the next item is a break, which is then read. */
    boolean takeBreak() throws IOException, MalformedRecordException {
        if (atEnd()) {
            throw cut(1);
        }
        if ((buffer[at] & 0xFF) != BREAK) {
            return false;
        }
        at++;
        return true;
    }

    /** The next item, if it is an integer that fits; else it is skipped. */
    long number() throws IOException, MalformedRecordException {
        head();
        if (major == UNSIGNED && argument >= 0) {
            return argument;
        }
        if (major == NEGATIVE && argument >= 0) {
            return -1 - argument;
        }
        skipRest();
        return RecordSink.NO_NUMBER;
    }

    /** The next item, if it is an integer that is not negative: 64 bits without a sign; else it is skipped. */
    long unsigned() throws IOException, MalformedRecordException {
        head();
        if (major == UNSIGNED) {
            return argument;
        }
        skipRest();
        return RecordSink.NO_NUMBER;
    }

    /** The next item, if it is a text of known length that is not too long; else it is skipped. */
    String name() throws IOException, MalformedRecordException {
        head();
        if (major != TEXT || argument == INDEFINITE || argument > RecordSink.MAX_NAME) {
            skipRest();
            return RecordSink.NO_NAME;
        }
        return text(argument);
    }

    /**
     * The place of the text that comes next in the list, or -1 if it is another one, or no text: then it is skipped.
     *
     * @param texts in UTF-8
     */
    int oneOf(byte[][] texts) throws IOException, MalformedRecordException {
        head();
        return restOneOf(texts);
    }

    /** The same of an item whose head was read. */
    int restOneOf(byte[][] texts) throws IOException, MalformedRecordException {
        if (major == TEXT && argument >= 0 && argument <= limit - at) {
            int length = (int) argument;
            at += length;
            for (int i = 0; i < texts.length; i++) {
                byte[] text = texts[i];
                if (text.length == length && equal(text, at - length)) {
                    return i;
                }
            }
            return -1;
        }
        if (major == TEXT && argument >= 0 && argument <= RecordSink.MAX_NAME) {
            return straddling(texts, (int) argument);
        }
        skipRest();
        return -1;
    }

    private boolean equal(byte[] text, int from) {
        for (int i = text.length - 1; i >= 0; i--) {
            if (buffer[from + i] != text[i]) {
                return false;
            }
        }
        return true;
    }

    /** A text that reaches beyond the buffer. */
    private int straddling(byte[][] texts, int length) throws IOException, MalformedRecordException {
        byte[] found = straddling(length);
        for (int i = 0; i < texts.length; i++) {
            if (Arrays.equals(texts[i], found)) {
                return i;
            }
        }
        return -1;
    }

    /** Skips an item with all that is in it. */
    void skip() throws IOException, MalformedRecordException {
        head();
        skipRest();
    }

    /** The same of an item whose head was read. */
    void skipRest() throws IOException, MalformedRecordException {
        int depth = skipOwn(-1);
        while (depth >= 0) {
            if (open[depth] == 0) {
                depth--;
            } else if (open[depth] == INDEFINITE && takeBreak()) {
                depth--;
            } else {
                if (open[depth] > 0) {
                    open[depth]--;
                }
                head();
                depth = skipOwn(depth);
            }
        }
    }

    /** Skips the bytes of an item; notes the items in it as still to come. */
    private int skipOwn(int depth) throws IOException, MalformedRecordException {
        if ((major == BYTES || major == TEXT) && argument != INDEFINITE) {
            skip(argument);
            return depth;
        }
        if (major < BYTES || major > TAG) {
            return depth;
        }
        if (depth + 1 == MAX_DEPTH) {
            throw malformed("expected values nested at most " + MAX_DEPTH + " deep, found more");
        }
        if (major == MAP && argument > Long.MAX_VALUE / 2) {
            throw malformed("expected a length, found " + argument);
        }
        open[depth + 1] = major == TAG ? 1 : major == MAP && argument != INDEFINITE ? 2 * argument : argument;
        return depth + 1;
    }
}
