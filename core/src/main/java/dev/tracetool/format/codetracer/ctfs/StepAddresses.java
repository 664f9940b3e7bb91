package dev.tracetool.format.codetracer.ctfs;

/**
 * Decodes a run of records that are addresses of steps: a {@link StepTag#ABSOLUTE} or {@link StepTag#DELTA}, and a varint.
 *
 * <p>Nearly all records are such, and nearly all of their numbers have one to three bytes; how many, nobody can foresee.
 * Two records at a time are taken out of eight bytes, without a branch that depends on them: of the bytes whose
 * bit 7 is not set each second one ends a record. What is done with their numbers is done with both at once, one in each
 * half of 64 bits.
 */
final class StepAddresses {
    /** Addresses that are decoded at a time. */
    static final int ROOM = 1024;

    private static final int DELTA = StepTag.DELTA.ordinal();

    /** The bits of a tag that neither of both has. */
    private static final int OTHER_TAG = 0xFE;

    /** Bit 7 of each byte: not set in the last one of a number, nor in a tag. */
    private static final long ENDS = 0x8080_8080_8080_8080L;

    /** In each half: the bits of a tag that neither of both has; above both halves, what a fourth byte leaves. */
    private static final long NOT_SHORT = 0xFFFF_FFFF_0000_00FEL;

    private static final int HALF = 32;

    // What of a number of three bytes is in each of these, for one number in either half.
    private static final long LOW_7 = 0x0000_007F_0000_007FL;
    private static final long MIDDLE_7 = 0x0000_3F80_0000_3F80L;
    private static final long HIGH_7 = 0x001F_C000_001F_C000L;

    /** Bit 0 of each half. */
    private static final long ONES = 0x0000_0001_0000_0001L;

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
        long changes = 0; // in two halves
        while (true) {
            int stop = n + 2 * Math.min((length - p) / PAIR, (most - n) / 2);
            boolean isShort = n < stop;
            for (; n < stop; n += 2) {
                long word = LittleEndian.i64(bytes, p);
                // A tag, the last byte of its number, the next tag, the last byte of its number.
                long ends = ~word & ENDS;
                long afterTag = ends & ends - 1;
                long afterFirst = afterTag & afterTag - 1;
                long afterSecondTag = afterFirst & afterFirst - 1;
                long first = word & (afterTag ^ afterTag - 1);
                long second =
                        (word & (afterSecondTag ^ afterSecondTag - 1)) >>> Long.numberOfTrailingZeros(afterTag) + 1;
                // Bytes of a number beyond its third one that are zero change nothing.
                if (afterSecondTag == 0 || ((first | second) & NOT_SHORT) != 0) {
                    isShort = false;
                    break;
                }
                p += (Long.numberOfTrailingZeros(afterSecondTag) >>> 3) + 1;
                long both = first | second << HALF;
                long tags = both & ONES;
                changes += tags;
                both >>>= 8;
                both = both & LOW_7 | both >>> 1 & MIDDLE_7 | both >>> 2 & HIGH_7;
                // All bits of a half if it is a change, and if that is one to lower addresses.
                long isChange = (tags << HALF) - tags;
                long folded = both & tags;
                long isDown = (folded << HALF) - folded;
                // Twice the number: bit 0 of one that is folded says which way, bit 0 of the other is missing.
                long twice = (both ^ isDown) + (both & ~isChange);
                here = (here & (int) isChange) + (twice << HALF >> HALF + 1);
                into[n] = here;
                here = (here & isChange >> HALF) + (twice >> HALF + 1);
                into[n + 1] = here;
            }
            if (isShort) {
                continue;
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
        deltas += (int) changes + (changes >>> HALF);
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
