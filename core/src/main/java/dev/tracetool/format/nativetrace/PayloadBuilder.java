package dev.tracetool.format.nativetrace;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes that grow, with little-endian numbers. */
final class PayloadBuilder {
    private byte[] bytes = new byte[256];
    private int size;

    private int grow(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
        size += more;
        return size - more;
    }

    PayloadBuilder u8(int value) {
        int at = grow(1); // First: it replaces the array.
        bytes[at] = (byte) value;
        return this;
    }

    PayloadBuilder u32(long value) {
        int at = grow(4);
        Layout.putI32(bytes, at, (int) value);
        return this;
    }

    PayloadBuilder i64(long value) {
        int at = grow(8);
        Layout.putI64(bytes, at, value);
        return this;
    }

    PayloadBuilder bytes(byte[] from, int length) {
        int at = grow(length);
        System.arraycopy(from, 0, bytes, at, length);
        return this;
    }

    PayloadBuilder bytes(byte[] from) {
        return bytes(from, from.length);
    }

    PayloadBuilder text(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A number of 1, 2, 4 or 8 bytes. */
    PayloadBuilder number(long value, int width) {
        int at = grow(width);
        for (int i = 0; i < width; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
        return this;
    }

    int size() {
        return size;
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }
}
