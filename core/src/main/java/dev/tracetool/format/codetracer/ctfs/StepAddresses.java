package dev.tracetool.format.codetracer.ctfs;

/**
 * Decodes a run of records that are addresses of steps: a {@link StepTag#ABSOLUTE} or {@link StepTag#DELTA}, and a varint.
 *
 * <p>Nearly all records are such, and nearly all of their numbers have one to three bytes; how many, nobody can foresee.
 * Two records at a time are taken out of eight bytes, without a branch that depends on them: of the bytes whose
 * bit 7 is not set each second one ends a record; and what tells an absolute number from a change is a shift by the tag.
 */
final class StepAddresses {
    /** Addresses that are decoded at a time. */
    static final int ROOM = 1024;

    private static final int DELTA = StepTag.DELTA.ordinal();

    /** The bits of a tag that neither of both has. */
    private static final int OTHER_TAG = 0xFE;

    /** Bit 7 of each byte: not set in the last one of a number, nor in a tag. */
    private static final long ENDS = 0x8080_8080_8080_8080L;

    /** A tag and three bytes. */
    private static final int MOST_BITS = 32;

    // What of a number of three bytes is in each of these, for one number in either half.
    private static final long LOW_7 = 0x0000_007F_0000_007FL;
    private static final long MIDDLE_7 = 0x0000_3F80_0000_3F80L;
    private static final long HIGH_7 = 0x001F_C000_001F_C000L;

    /** Bytes of which two records are taken. */
    private static final int PAIR = 8;

    private final long[] addresses = new long[ROOM];
    private long address;
    private int end;
    private long deltas;

    /**
     * Decodes up to the first record that is no such one, or that is not there as a whole.
     *
     * @param bytes of which {@link ChunkedStream#PADDING} behind the end can be looked at
     * @param from where the first record begins
     * @param length where the last one ends
     * @param most addresses that are wanted, at most {@link #ROOM}
     * @param before the address that a change is added to
     * @return how many addresses there are
     */
    int decode(byte[] bytes, int from, int length, int most, long before) {
        long[] into = addresses;
        long here = before;
        int p = from;
        int n = 0;
        int changes = 0;
        while (true) {
            while (n < most - 1 && p <= length - PAIR) {
                long word = LittleEndian.i64(bytes, p);
                // A tag, the last byte of its number, the next tag, the last byte of its number.
                long ends = ~word & ENDS;
                long afterTag = ends & ends - 1;
                long afterFirst = afterTag & afterTag - 1;
                long afterSecondTag = afterFirst & afterFirst - 1;
                int firstBits = Long.numberOfTrailingZeros(afterTag) + 1;
                int bits = Long.numberOfTrailingZeros(afterSecondTag) + 1;
                long first = word & (afterTag ^ afterTag - 1);
                long second = (word & (afterSecondTag ^ afterSecondTag - 1)) >>> firstBits;
                if (((first | second) & OTHER_TAG) != 0 || firstBits > MOST_BITS || bits - firstBits > MOST_BITS) {
                    break;
                }
                p += bits >>> 3;
                // Both numbers at once, one in each half.
                long both = (first | second << MOST_BITS) >>> 8;
                both = both & LOW_7 | both >>> 1 & MIDDLE_7 | both >>> 2 & HIGH_7;
                int firstTag = (int) first & DELTA;
                int secondTag = (int) second & DELTA;
                int firstNumber = (int) both;
                int secondNumber = (int) (both >>> MOST_BITS);
                here = (here & -(long) firstTag) + (firstNumber >>> firstTag ^ -(firstNumber & firstTag));
                into[n] = here;
                here = (here & -(long) secondTag) + (secondNumber >>> secondTag ^ -(secondNumber & secondTag));
                into[n + 1] = here;
                n += 2;
                changes += firstTag + secondTag;
            }
            if (n == most || p >= length || (bytes[p] & OTHER_TAG) != 0) {
                break;
            }
            int tag = bytes[p];
            long number = 0;
            int at = p + 1;
            int bits = 0;
            long b;
            do {
                b = bytes[at++];
                number |= (b & 0x7F) << bits;
                bits += 7;
            } while (b < 0 && bits < 64);
            if (b < 0 || at > length) {
                break;
            }
            p = at;
            here = (here & -(long) tag) + (number >>> tag ^ -(number & tag));
            into[n++] = here;
            changes += tag;
        }
        address = here;
        end = p;
        deltas += changes;
        return n;
    }

    /** Those that were decoded last. */
    long[] addresses() {
        return addresses;
    }

    /** The last one. */
    long address() {
        return address;
    }

    /** Where the first record begins that was not decoded. */
    int end() {
        return end;
    }

    /** How many records were changes until now. */
    long deltas() {
        return deltas;
    }
}
