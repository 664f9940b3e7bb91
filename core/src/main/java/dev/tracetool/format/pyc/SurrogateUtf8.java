package dev.tracetool.format.pyc;

import dev.tracetool.code.Constant;
import java.util.Arrays;

/**
 * UTF-8 in which surrogates are encoded like other characters of their size: {@code ED A0 80} to {@code ED BF BF}. Python
 * calls that {@code surrogatepass}, and its marshal format writes all texts so.
 */
final class SurrogateUtf8 {
    private SurrogateUtf8() {}

    /** Position of the first byte that does not belong to a character, or -1. */
    static int malformedAt(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to) {
            int size = size(bytes[at] & 0xFF);
            if (size == 0 || size > to - at) {
                return at;
            }
            for (int i = 1; i < size; i++) {
                if ((bytes[at + i] & 0xC0) != 0x80) {
                    return at;
                }
            }
            int c = codePoint(bytes, at, size);
            if (size == 3 && c < 0x800 || size == 4 && (c < 0x1_0000 || c > Character.MAX_CODE_POINT)) {
                return at;
            }
            at += size;
        }
        return -1;
    }

    /** The text of bytes that are whole characters. */
    static Constant.Str decode(byte[] bytes, int from, int to) {
        StringBuilder text = new StringBuilder(to - from);
        int[] apart = {};
        int aparts = 0;
        boolean afterHigh = false;
        int at = from;
        while (at < to) {
            int size = size(bytes[at] & 0xFF);
            int c = codePoint(bytes, at, size);
            if (afterHigh && c >= Character.MIN_LOW_SURROGATE && c <= Character.MAX_LOW_SURROGATE) {
                apart = aparts == apart.length ? Arrays.copyOf(apart, 2 * aparts + 4) : apart;
                apart[aparts++] = text.length() - 1;
            }
            afterHigh = c >= Character.MIN_HIGH_SURROGATE && c <= Character.MAX_HIGH_SURROGATE;
            text.appendCodePoint(c);
            at += size;
        }
        return new Constant.Str(text.toString(), Arrays.copyOf(apart, aparts));
    }

    /** Bytes of the character that begins so, or 0 if none does. */
    private static int size(int first) {
        if (first < 0x80) {
            return 1;
        }
        if (first < 0xC2) {
            return 0;
        }
        return first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
    }

    private static int codePoint(byte[] bytes, int at, int size) {
        int c = size == 1 ? bytes[at] : bytes[at] & 0x7F >> size;
        for (int i = 1; i < size; i++) {
            c = c << 6 | bytes[at + i] & 0x3F;
        }
        return c;
    }
}
