package dev.tracetool.source;

import java.util.Arrays;

/** A set of lines as ranges, ascending, with a gap between any two. */
public final class ChangedLines {
    private final int[] starts;

    /** Each behind the last line of its range. */
    private final int[] ends;

    private ChangedLines(int[] starts, int[] ends) {
        this.starts = starts;
        this.ends = ends;
    }

    /** Collects ranges, which have to come in order. */
    static final class Builder {
        private int[] starts = new int[4];
        private int[] ends = new int[4];
        private int size;

        void add(int start, int count) {
            if (count == 0) {
                return;
            }
            int end = Math.addExact(start, count);
            if (size > 0 && start <= ends[size - 1]) {
                ends[size - 1] = Math.max(end, ends[size - 1]);
                return;
            }
            if (size == starts.length) {
                starts = Arrays.copyOf(starts, 2 * size);
                ends = Arrays.copyOf(ends, 2 * size);
            }
            starts[size] = start;
            ends[size++] = end;
        }

        ChangedLines build() {
            return new ChangedLines(Arrays.copyOf(starts, size), Arrays.copyOf(ends, size));
        }
    }

    /** How many ranges there are. */
    public int size() {
        return starts.length;
    }

    public boolean isEmpty() {
        return starts.length == 0;
    }

    /** The first line of a range. */
    public int first(int range) {
        return starts[range];
    }

    /** The last line of a range. */
    public int last(int range) {
        return ends[range] - 1;
    }

    /** How many lines there are. */
    public long lines() {
        long sum = 0;
        for (int i = 0; i < starts.length; i++) {
            sum += ends[i] - starts[i];
        }
        return sum;
    }

    public boolean contains(int line) {
        int at = Arrays.binarySearch(starts, line);
        return at >= 0 || (at < -1 && line < ends[-at - 2]);
    }

    /** As in {@code 3-5,8}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < starts.length; i++) {
            text.append(i == 0 ? "" : ",").append(first(i));
            if (last(i) > first(i)) {
                text.append('-').append(last(i));
            }
        }
        return text.toString();
    }
}
