package dev.tracetool.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which tests reached one code object, and how often which line: a row for each test, packed, because there are as many
 * as tests times functions.
 *
 * <pre>
 * row    test | calls | length of the rest | lines of the rest
 * line   difference to the line before, zigzag | hits
 * </pre>
 *
 * <p>All are variable-length integers of seven bits a byte, the lowest first. Adding appends; rows of one test are put
 * together when the buffer has doubled, so that it is bounded by what differs.
 */
final class TestHits {
    private static final int FIRST_COMPACTION = 1024;

    private byte[] packed = new byte[16];
    private int size;
    private int compactAt = FIRST_COMPACTION;

    /** Where {@link #number} reads. */
    private int at;

    /** Adds what a test did. */
    void add(TestReach reach) {
        TestHits rest = new TestHits();
        int before = 0;
        for (int line : reach.lines().lines()) {
            long difference = (long) line - before;
            rest.append(difference << 1 ^ difference >> 63);
            rest.append(reach.lines().hits(line));
            before = line;
        }
        row(reach.test(), reach.calls(), rest.packed, 0, rest.size);
        compactIfLarge();
    }

    /** Adds all rows of another one, whose tests have these numbers here. */
    void add(TestHits other, int[] numbers) {
        other.at = 0;
        while (other.at < other.size) {
            int test = numbers[(int) other.number()];
            long calls = other.number();
            int length = (int) other.number();
            row(test, calls, other.packed, other.at, length);
            other.at += length;
        }
        compactIfLarge();
    }

    private void row(int test, long calls, byte[] rest, int from, int length) {
        append(test);
        append(calls);
        append(length);
        reserve(length);
        System.arraycopy(rest, from, packed, size, length);
        size += length;
    }

    /** One for each test, in order of their numbers. */
    List<TestReach> reaches() {
        List<TestReach> rows = new ArrayList<>();
        at = 0;
        while (at < size) {
            rows.add(next());
        }
        rows.sort((a, b) -> Integer.compare(a.test(), b.test()));
        List<TestReach> merged = new ArrayList<>(rows.size());
        for (TestReach row : rows) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).test() == row.test()) {
                merged.set(last, merged.get(last).plus(row));
            } else {
                merged.add(row);
            }
        }
        return merged;
    }

    private TestReach next() {
        int test = (int) number();
        long calls = number();
        int end = (int) number();
        end += at;
        int[] lines = new int[8];
        long[] hits = new long[8];
        int count = 0;
        long line = 0;
        while (at < end) {
            if (count == lines.length) {
                lines = Arrays.copyOf(lines, 2 * count);
                hits = Arrays.copyOf(hits, 2 * count);
            }
            long difference = number();
            line += difference >>> 1 ^ -(difference & 1);
            lines[count] = (int) line;
            hits[count++] = number();
        }
        return new TestReach(test, calls, LineHits.events(Arrays.copyOf(lines, count), Arrays.copyOf(hits, count)));
    }

    /** The room that it takes. */
    int bytes() {
        return packed.length;
    }

    private void compactIfLarge() {
        if (size < compactAt) {
            return;
        }
        List<TestReach> rows = reaches();
        TestHits compact = new TestHits();
        compact.compactAt = Integer.MAX_VALUE;
        for (TestReach row : rows) {
            compact.add(row);
        }
        packed = compact.packed;
        size = compact.size;
        compactAt = Math.max(FIRST_COMPACTION, (int) Math.min(2L * size, Integer.MAX_VALUE - 8));
    }

    private long number() {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = packed[at++];
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
    }

    private void append(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            packed[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        packed[size++] = (byte) rest;
    }

    private void reserve(int more) {
        if (packed.length - size < more) {
            packed = Arrays.copyOf(packed, (int)
                    Math.min(Math.max((long) size + more, 2L * size), Integer.MAX_VALUE - 8));
        }
    }
}
