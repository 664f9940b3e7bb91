package dev.tracetool.format.codetracer.ctfs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of which containers and records are made. */
public final class ByteWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public ByteWriter u8(int value) {
        out.write(value);
        return this;
    }

    public ByteWriter u16(int value) {
        return u8(value).u8(value >> 8);
    }

    public ByteWriter u32(long value) {
        return u16((int) value).u16((int) (value >> 16));
    }

    public ByteWriter u64(long value) {
        return u32(value).u32(value >> 32);
    }

    public ByteWriter varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            u8((int) (rest & 0x7F | 0x80));
            rest >>>= 7;
        }
        return u8((int) rest);
    }

    public ByteWriter signed(long value) {
        return varint(value << 1 ^ value >> 63);
    }

    public ByteWriter bytes(byte... bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** With the length, a varint, before it. */
    public ByteWriter sized(byte... bytes) {
        return varint(bytes.length).bytes(bytes);
    }

    public ByteWriter text(String text) {
        return sized(utf8(text));
    }

    /** With the length in 4 bytes before it. */
    public ByteWriter text32(String text) {
        return u32(utf8(text).length).bytes(utf8(text));
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    public int size() {
        return out.size();
    }

    public byte[] toBytes() {
        return out.toByteArray();
    }
}
