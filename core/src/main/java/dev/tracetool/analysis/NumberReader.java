package dev.tracetool.analysis;

/** Reads what a {@link NumberWriter} wrote. Whatever cannot be that is a {@link MalformedNumbersException}. */
public final class NumberReader {
    private final byte[] bytes;
    private final int end;
    private int at;

    public NumberReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    /** What it reads from. */
    public byte[] array() {
        return bytes;
    }

    /** Place of the next byte in the array. */
    public int position() {
        return at;
    }

    public boolean hasMore() {
        return at < end;
    }

    /** An unsigned number of up to 64 bits. */
    public long number() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw new MalformedNumbersException(at, "expected a number, found the end");
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedNumbersException(at, "expected a number, found more than 64 bits");
    }

    /** A signed number of up to 64 bits. */
    public long signed() {
        long value = number();
        return value >>> 1 ^ -(value & 1);
    }

    /** A number from 0 to 2^63 - 1. */
    public long natural() {
        return atMost(Long.MAX_VALUE);
    }

    /** A number from 0 to 2^31 - 1. */
    public int index() {
        return (int) atMost(Integer.MAX_VALUE);
    }

    /** A number from -2^31 to 2^31 - 1. */
    public int signedInt() {
        long value = signed();
        if (value != (int) value) {
            throw new MalformedNumbersException(at, "expected a number of 32 bits, found " + value);
        }
        return (int) value;
    }

    /** The length of what follows in so many bytes at least each: no more than there is. */
    public int count(int bytesEach) {
        return (int) atMost((end - at) / bytesEach);
    }

    private long atMost(long limit) {
        long value = number();
        if (value < 0 || value > limit) {
            throw new MalformedNumbersException(
                    at, "expected at most " + limit + ", found " + Long.toUnsignedString(value));
        }
        return value;
    }

    /** So many bytes, passed over. Returns where they begin in the array. */
    public int skip(int length) {
        if (length < 0 || length > end - at) {
            throw new MalformedNumbersException(at, "expected " + length + " bytes, found " + (end - at));
        }
        int start = at;
        at += length;
        return start;
    }
}
