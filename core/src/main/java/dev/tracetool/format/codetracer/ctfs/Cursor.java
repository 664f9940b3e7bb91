package dev.tracetool.format.codetracer.ctfs;

import java.nio.charset.StandardCharsets;

/**
 * Reads fields out of bytes, one after the other; none is read beyond their end. Numbers are varints (LEB128: 7 bits a
 * byte, the lowest first, bit 7 says that more follow), signed ones folded ("zigzag": 0, -1, 1, -2 are 0, 1, 2, 3).
 */
final class Cursor {
    private final byte[] bytes;
    private final int end;
    private final long position;
    private final boolean packed;
    private int at;

    /**
     * @param position where the bytes lie in the container, for errors
     * @param packed whether they are what was unpacked from there, so that all of them have that position
     */
    Cursor(byte[] bytes, int from, int end, long position, boolean packed) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
        this.position = position;
        this.packed = packed;
    }

    int at() {
        return at;
    }

    int left() {
        return end - at;
    }

    long varint() throws MalformedContainerException {
        int next = at;
        if (next < end) {
            byte first = bytes[next];
            if (first >= 0) {
                at = next + 1;
                return first;
            }
            if (end - next > 2) { // most are of at most 3 bytes
                byte second = bytes[next + 1];
                if (second >= 0) {
                    at = next + 2;
                    return first & 0x7F | second << 7;
                }
                byte third = bytes[next + 2];
                if (third >= 0) {
                    at = next + 3;
                    return first & 0x7F | (second & 0x7F) << 7 | third << 14;
                }
            }
        }
        return longVarint();
    }

    private long longVarint() throws MalformedContainerException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw malformed("expected the rest of a number, found the end");
            }
            byte b = bytes[at++];
            if (shift == 63 && (b & 0xFE) != 0) {
                break;
            }
            value |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("expected a number of at most 64 bits, found more");
    }

    long signed() throws MalformedContainerException {
        long folded = varint();
        return folded >>> 1 ^ -(folded & 1);
    }

    int u8() throws MalformedContainerException {
        if (at == end) {
            throw malformed("expected a byte, found the end");
        }
        return bytes[at++] & 0xFF;
    }

    /** A varint that says how many of something follow, each of which has at least that many bytes. */
    int count(int bytesOfEach) throws MalformedContainerException {
        long count = varint();
        int left = left();
        if (count < 0 || count > left || count * bytesOfEach > left) {
            throw malformed("expected at most " + left / bytesOfEach + " items, found " + Long.toUnsignedString(count));
        }
        return (int) count;
    }

    void skip(int length) throws MalformedContainerException {
        if (length > left()) {
            throw malformed("expected " + length + " bytes, found " + left());
        }
        at += length;
    }

    /** Passes over bytes that have their number before them. Returns that number. */
    int skipBytes() throws MalformedContainerException {
        int length = count(1);
        at += length;
        return length;
    }

    /** Text that has the number of its bytes before it. */
    String text() throws MalformedContainerException {
        int length = count(1);
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /** Bytes of a length that is fixed. */
    byte[] take(int length) throws MalformedContainerException {
        int from = at;
        skip(length);
        byte[] taken = new byte[length];
        System.arraycopy(bytes, from, taken, 0, length);
        return taken;
    }

    MalformedContainerException malformed(String message) {
        return new MalformedContainerException(packed ? position : position + at, message);
    }
}
