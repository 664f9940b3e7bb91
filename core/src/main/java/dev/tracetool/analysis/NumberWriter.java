package dev.tracetool.analysis;

import java.util.Arrays;

/** Numbers in as few bytes as they need: seven bits a byte, the lowest first, the eighth says that more follow. */
public final class NumberWriter {
    private byte[] bytes = new byte[16];
    private int size;

    /** An unsigned number of up to 64 bits. */
    public NumberWriter number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return this;
    }

    /** A signed number: 0, -1, 1, -2, 2 and so on become 0, 1, 2, 3, 4. */
    public NumberWriter signed(long value) {
        return number(value << 1 ^ value >> 63);
    }

    /** Bytes that {@link #number} takes. */
    static int sizeOf(long value) {
        return value == 0 ? 1 : (70 - Long.numberOfLeadingZeros(value)) / 7;
    }

    /** Bytes that {@link #signed} takes. */
    static int sizeOfSigned(long value) {
        return sizeOf(value << 1 ^ value >> 63);
    }

    /** These bytes, as they are. */
    public NumberWriter bytes(byte[] from, int start, int length) {
        reserve(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
        return this;
    }

    /** All that the other one holds. */
    public NumberWriter bytes(NumberWriter other) {
        return bytes(other.bytes, 0, other.size);
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            long needed = (long) size + more;
            bytes = Arrays.copyOf(bytes, (int) Math.min(Math.max(needed, 2L * size), Integer.MAX_VALUE - 8));
        }
    }

    /** Bytes so far. */
    public int size() {
        return size;
    }

    /** The array that holds them, from its begin; another one after the next write. */
    public byte[] array() {
        return bytes;
    }

    /** Reads them from their begin. */
    public NumberReader reader() {
        return new NumberReader(bytes, 0, size);
    }

    /** Begins anew. */
    public void clear() {
        size = 0;
    }
}
