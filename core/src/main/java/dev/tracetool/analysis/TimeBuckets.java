package dev.tracetool.analysis;

/**
 * Sums over time, in {@value #COUNT} buckets of equal width from 0 on. When a later time comes than they reach, their width
 * doubles. Merging is associative and commutative.
 */
public final class TimeBuckets {
    /** A power of two. */
    public static final int COUNT = 1024;

    private static final int FIRST_SHIFT = 10;

    private final long[] sums = new long[COUNT];

    /** A bucket is {@code 1L << shift} nanoseconds wide. */
    private int shift = FIRST_SHIFT;

    /** Spreads the time between two times, in nanoseconds, over the buckets that it lies in. */
    void addTime(long from, long to) {
        long at = Math.max(0, from);
        reach(to);
        while (at < to) {
            int bucket = (int) (at >> shift);
            long end = Math.min(to, bucket + 1L << shift);
            sums[bucket] += end - at;
            at = end;
        }
    }

    /** Adds one to the bucket of a time. */
    void addOne(long time) {
        reach(time + 1);
        sums[(int) (Math.max(0, time) >> shift)]++;
    }

    void merge(TimeBuckets other) {
        while (shift < other.shift) {
            fold();
        }
        for (int i = 0; i < COUNT; i++) {
            sums[i >> shift - other.shift] += other.sums[i];
        }
    }

    private void reach(long end) {
        while (end > (long) COUNT << shift) {
            fold();
        }
    }

    private void fold() {
        for (int i = 0; i < COUNT; i += 2) {
            sums[i / 2] = sums[i] + sums[i + 1];
        }
        for (int i = COUNT / 2; i < COUNT; i++) {
            sums[i] = 0;
        }
        shift++;
    }

    /** All together. */
    public long total() {
        long sum = 0;
        for (long s : sums) {
            sum += s;
        }
        return sum;
    }

    /** What lies before a time. Of the bucket that the time is in, a part in proportion, rounded. */
    public long before(long time) {
        long sum = 0;
        for (int i = 0; i < COUNT && (long) i << shift < time; i++) {
            long inside = Math.min(1L << shift, time - ((long) i << shift));
            sum += inside == 1L << shift ? sums[i] : Math.round((double) sums[i] * inside / (1L << shift));
        }
        return sum;
    }
}
