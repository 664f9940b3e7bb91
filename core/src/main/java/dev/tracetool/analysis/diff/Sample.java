package dev.tracetool.analysis.diff;

import java.util.Arrays;

/**
 * One figure of all runs of a side.
 *
 * @param runs how many there are, one at least
 * @param low where the middle half of the runs begins: of fewer than four runs, the least
 * @param median of an even number of runs, the mean of the middle two, rounded down
 * @param high where the middle half ends
 */
public record Sample(int runs, long min, long low, long median, long high, long max) {

    static Sample of(long... values) {
        if (values.length == 1) {
            long value = values[0];
            return new Sample(1, value, value, value, value, value);
        }
        long[] sorted = values.clone();
        Arrays.sort(sorted);
        int n = sorted.length;
        long below = sorted[(n - 1) / 2];
        long above = sorted[n / 2];
        int quarter = n / 4;
        return new Sample(
                n, sorted[0], sorted[quarter], below + (above - below) / 2, sorted[n - 1 - quarter], sorted[n - 1]);
    }

    /** Whether the runs do not agree. */
    public boolean varies() {
        return min != max;
    }

    /** Whether all runs of this are below all of the other, or all above. */
    boolean isApartFrom(Sample other) {
        return max < other.min || min > other.max;
    }

    /** Whether the value is outside of the middle half of the runs. */
    boolean isOutside(long value) {
        return value < low || value > high;
    }
}
