package dev.tracetool.cli.command;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Text as UTF-8 bytes, buffered, without a String or an object per line, and with errors that are thrown: a
 * {@link java.io.PrintStream} would swallow a full disk.
 */
public final class Utf8Writer {
    private static final int CAPACITY = 1 << 16;
    private static final int LONGEST_NUMBER = 20;

    private final OutputStream out;
    private final byte[] buffer = new byte[CAPACITY];
    private int size;

    public Utf8Writer(OutputStream out) {
        this.out = out;
    }

    /** A character below 128. */
    public Utf8Writer ascii(char c) throws IOException {
        if (size == CAPACITY) {
            drain();
        }
        buffer[size++] = (byte) c;
        return this;
    }

    public Utf8Writer newline() throws IOException {
        return ascii('\n');
    }

    /** Any text; a lone surrogate becomes U+FFFD. */
    public Utf8Writer text(String text) throws IOException {
        int length = text.length();
        int i = 0;
        while (i < length) {
            // Three bytes are the most that one char can become; a pair becomes four.
            if (size > CAPACITY - 4) {
                drain();
            }
            char c = text.charAt(i++);
            if (c < 0x80) {
                buffer[size++] = (byte) c;
            } else if (c < 0x800) {
                buffer[size++] = (byte) (0xC0 | c >> 6);
                buffer[size++] = (byte) (0x80 | c & 0x3F);
            } else if (Character.isHighSurrogate(c) && i < length && Character.isLowSurrogate(text.charAt(i))) {
                int point = Character.toCodePoint(c, text.charAt(i++));
                buffer[size++] = (byte) (0xF0 | point >> 18);
                buffer[size++] = (byte) (0x80 | point >> 12 & 0x3F);
                buffer[size++] = (byte) (0x80 | point >> 6 & 0x3F);
                buffer[size++] = (byte) (0x80 | point & 0x3F);
            } else {
                char shown = Character.isSurrogate(c) ? '\uFFFD' : c;
                buffer[size++] = (byte) (0xE0 | shown >> 12);
                buffer[size++] = (byte) (0x80 | shown >> 6 & 0x3F);
                buffer[size++] = (byte) (0x80 | shown & 0x3F);
            }
        }
        return this;
    }

    /** Bytes that are UTF-8 already. */
    public Utf8Writer bytes(byte[] bytes) throws IOException {
        if (bytes.length > CAPACITY - size) {
            drain();
            if (bytes.length > CAPACITY) {
                out.write(bytes);
                return this;
            }
        }
        System.arraycopy(bytes, 0, buffer, size, bytes.length);
        size += bytes.length;
        return this;
    }

    /** The first few bytes of an array, at most 1000, that are UTF-8 already. */
    public Utf8Writer bytes(byte[] bytes, int length) throws IOException {
        if (length > CAPACITY - size) {
            drain();
        }
        System.arraycopy(bytes, 0, buffer, size, length);
        size += length;
        return this;
    }

    /** A number from 0 to 999,999,999 with zeros in front: the fraction of a second. */
    public Utf8Writer nineDigits(int value) throws IOException {
        if (size > CAPACITY - 9) {
            drain();
        }
        int rest = value;
        for (int at = size + 8; at >= size; at--) {
            int quotient = rest / 10;
            buffer[at] = (byte) ('0' + rest - 10 * quotient);
            rest = quotient;
        }
        size += 9;
        return this;
    }

    /** A decimal number without grouping. */
    public Utf8Writer number(long value) throws IOException {
        if (size > CAPACITY - LONGEST_NUMBER) {
            drain();
        }
        if (value < 0) {
            if (value == Long.MIN_VALUE) {
                return text("-9223372036854775808");
            }
            buffer[size++] = '-';
            value = -value;
        }
        int digits = digits(value);
        int at = size + digits;
        size = at;
        while (value > Integer.MAX_VALUE) {
            buffer[--at] = (byte) ('0' + value % 10);
            value /= 10;
        }
        int rest = (int) value;
        do {
            int quotient = rest / 10;
            buffer[--at] = (byte) ('0' + rest - 10 * quotient);
            rest = quotient;
        } while (rest != 0);
        return this;
    }

    /** Hands everything on and flushes what stands behind. */
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    private void drain() throws IOException {
        int pending = size;
        size = 0;
        if (pending > 0) {
            out.write(buffer, 0, pending);
        }
    }

    private static int digits(long value) {
        int digits = 1;
        for (long limit = 10; digits < 19 && value >= limit; limit *= 10) {
            digits++;
        }
        return digits;
    }
}
