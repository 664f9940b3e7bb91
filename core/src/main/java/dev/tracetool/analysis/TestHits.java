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
 * <p>Adding appends. Mostly tests come one after the other, so that rows are in order of tests, one for each. Where they
 * do not, rows of one test are put together when the bytes have doubled, so that they are bounded by what differs.
 */
final class TestHits {
    private static final int FIRST_COMPACTION = 1024;

    private NumberWriter packed = new NumberWriter();
    private int compactAt = FIRST_COMPACTION;

    /** The test of the last row; whether each row's is greater than that of the row before. */
    private int lastTest = -1;

    private boolean ordered = true;

    /** Takes a row apart; what it is handed is used again for the next one. */
    interface RowVisitor {
        /** @param count so many of the lines and hits belong to the row */
        void row(int test, long calls, int[] lines, long[] hits, int count);
    }

    /** Adds what a test did. */
    void add(TestReach reach) {
        append(reach);
        compactIfLarge();
    }

    /** Adds what a test did; so many of the lines, which ascend, and of their hits belong to it. */
    void add(int test, long calls, int[] lines, long[] hits, int count) {
        append(test, calls, lines, hits, count);
        compactIfLarge();
    }

    private void append(TestReach reach) {
        int[] lines = reach.lines().lines();
        long[] hits = new long[lines.length];
        for (int i = 0; i < lines.length; i++) {
            hits[i] = reach.lines().hits(lines[i]);
        }
        append(reach.test(), reach.calls(), lines, hits, lines.length);
    }

    private void append(int test, long calls, int[] lines, long[] hits, int count) {
        int length = 0;
        int before = 0;
        for (int i = 0; i < count; i++) {
            length += NumberWriter.sizeOfSigned((long) lines[i] - before) + NumberWriter.sizeOf(hits[i]);
            before = lines[i];
        }
        next(test);
        packed.number(test).number(calls).number(length);
        before = 0;
        for (int i = 0; i < count; i++) {
            packed.signed((long) lines[i] - before).number(hits[i]);
            before = lines[i];
        }
    }

    private void next(int test) {
        ordered &= test > lastTest;
        lastTest = test;
    }

    /** Adds all rows of another one, whose tests have these numbers here. */
    void add(TestHits other, int[] numbers) {
        NumberReader rows = other.packed.reader();
        while (rows.hasMore()) {
            int test = numbers[rows.index()];
            next(test);
            packed.number(test).number(rows.number());
            int length = rows.index();
            packed.number(length).bytes(other.packed.array(), rows.skip(length), length);
        }
        compactIfLarge();
    }

    /** Hands over one row for each test, in order of their numbers. */
    void visit(RowVisitor visitor) {
        if (!ordered) {
            compact();
        }
        forEachRow(visitor);
    }

    private void forEachRow(RowVisitor visitor) {
        NumberReader in = packed.reader();
        int[] lines = new int[16];
        long[] hits = new long[16];
        while (in.hasMore()) {
            int test = in.index();
            long calls = in.number();
            int end = in.index();
            end += in.position();
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
            visitor.row(test, calls, lines, hits, count);
        }
    }

    /** One for each test, in order of their numbers. */
    List<TestReach> reaches() {
        List<TestReach> rows = new ArrayList<>();
        forEachRow((test, calls, lines, hits, count) -> rows.add(
                new TestReach(test, calls, LineHits.events(Arrays.copyOf(lines, count), Arrays.copyOf(hits, count)))));
        return ordered ? rows : merged(rows);
    }

    private static List<TestReach> merged(List<TestReach> rows) {
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

    /** The room that it takes. */
    int bytes() {
        return packed.array().length;
    }

    private void compactIfLarge() {
        if (!ordered && packed.size() >= compactAt) {
            compact();
            compactAt = (int) Math.max(FIRST_COMPACTION, Math.min(2L * packed.size(), Integer.MAX_VALUE - 8));
        }
    }

    private void compact() {
        List<TestReach> rows = reaches();
        packed = new NumberWriter();
        lastTest = -1;
        ordered = true;
        rows.forEach(this::append);
    }
}
