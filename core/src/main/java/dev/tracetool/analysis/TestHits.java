package dev.tracetool.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Which tests reached one code object, and how often which line: a row for each test, packed, because there are as many
 * as tests times functions.
 *
 * <pre>
 * row    test | calls | length of the rest in bytes | lines of the rest
 * line   difference to the line before, signed | hits
 * </pre>
 *
 * <p>Adding appends; rows of one test are put together when the bytes have doubled, so that they are bounded by what
 * differs.
 */
final class TestHits {
    private static final int FIRST_COMPACTION = 1024;

    private NumberWriter packed = new NumberWriter();
    private int compactAt = FIRST_COMPACTION;

    /** Adds what a test did. */
    void add(TestReach reach) {
        append(packed, reach);
        compactIfLarge();
    }

    private static void append(NumberWriter to, TestReach reach) {
        NumberWriter rest = new NumberWriter();
        int before = 0;
        for (int line : reach.lines().lines()) {
            rest.signed((long) line - before).number(reach.lines().hits(line));
            before = line;
        }
        to.number(reach.test()).number(reach.calls()).number(rest.size()).bytes(rest);
    }

    /** Adds all rows of another one, whose tests have these numbers here. */
    void add(TestHits other, int[] numbers) {
        NumberReader rows = other.packed.reader();
        while (rows.hasMore()) {
            packed.number(numbers[rows.index()]).number(rows.number());
            int length = rows.index();
            packed.number(length).bytes(other.packed.array(), rows.skip(length), length);
        }
        compactIfLarge();
    }

    /** One for each test, in order of their numbers. */
    List<TestReach> reaches() {
        List<TestReach> rows = new ArrayList<>();
        NumberReader in = packed.reader();
        while (in.hasMore()) {
            rows.add(row(in));
        }
        rows.sort(Comparator.comparingInt(TestReach::test));
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

    private static TestReach row(NumberReader in) {
        int test = in.index();
        long calls = in.number();
        int end = in.index();
        end += in.position();
        int[] lines = new int[8];
        long[] hits = new long[8];
        int count = 0;
        int line = 0;
        while (in.position() < end) {
            if (count == lines.length) {
                lines = Arrays.copyOf(lines, 2 * count);
                hits = Arrays.copyOf(hits, 2 * count);
            }
            line += (int) in.signed();
            lines[count] = line;
            hits[count++] = in.number();
        }
        return new TestReach(test, calls, LineHits.events(Arrays.copyOf(lines, count), Arrays.copyOf(hits, count)));
    }

    /** The room that it takes. */
    int bytes() {
        return packed.array().length;
    }

    private void compactIfLarge() {
        if (packed.size() >= compactAt) {
            NumberWriter compact = new NumberWriter();
            reaches().forEach(row -> append(compact, row));
            packed = compact;
            compactAt = (int) Math.max(FIRST_COMPACTION, Math.min(2L * packed.size(), Integer.MAX_VALUE - 8));
        }
    }
}
