package dev.tracetool.analysis;

import java.util.Arrays;

/**
 * Sums over time, in buckets of equal width from 0 on. There are {@value #COUNT} of them at most, or fewer if there has to
 * be room for many of these: when a later time comes than they reach, their width doubles. Merging is associative and
 * commutative.
 */
public final class TimeBuckets {
    /** A power of two. */
    public static final int COUNT = 1024;

    /** Of the width of the buckets of a file: so that all ends stay below 2^63. */
    private static final int MAX_SHIFT = 52;

    private static final int FIRST_SHIFT = 10;

    /** As long as is needed; a power of two, or none. */
    private long[] sums = {};

    /** How many buckets there can be, a power of two. */
    private int count;

    /** A bucket is {@code 1L << shift} nanoseconds wide. */
    private int shift = FIRST_SHIFT;

    TimeBuckets(int count) {
        this.count = count;
    }

    /** From here on there are no more buckets than so many, a power of two. */
    void limit(int most) {
        count = Math.min(count, most);
        int used = used();
        while (used > count) {
            fold();
            used = used + 1 >> 1;
        }
        sums = sums.length > count ? Arrays.copyOf(sums, count) : sums;
    }

    /** Spreads the time between two times, in nanoseconds, over the buckets that it lies in. */
    void addTime(long from, long to) {
        long at = Math.max(0, from);
        if (at < to) {
            reach(to);
        }
        while (at < to) {
            int bucket = (int) (at >> shift);
            long end = Math.min(to, bucket + 1L << shift);
            sums[bucket] += end - at;
            at = end;
        }
    }

    /** Adds an amount to the bucket of a time. */
    void add(long time, long amount) {
        if (amount != 0) {
            long at = Math.max(0, time);
            reach(at + 1);
            sums[(int) (at >> shift)] += amount;
        }
    }

    /** The last time before a time at which a bucket begins, as far as is known now. */
    long begin(long time) {
        return time >> shift << shift;
    }

    /** The first time behind a time at which a bucket ends. */
    long end(long time) {
        return (time >> shift) + 1 << shift;
    }

    void merge(TimeBuckets other) {
        while (shift < other.shift) {
            fold();
        }
        int used = other.used();
        if (used > 0) {
            reach((long) used << other.shift);
        }
        for (int i = 0; i < used; i++) {
            sums[i >> shift - other.shift] += other.sums[i];
        }
    }

    /** How many doublings make a bucket's width, in nanoseconds. */
    public int shift() {
        return shift;
    }

    /** The sums, up to the last one that is not 0. */
    public long[] sums() {
        return Arrays.copyOf(sums, used());
    }

    /** Adds what {@link #shift} and {@link #sums} told of other ones; throws IllegalArgumentException if that cannot be. */
    void add(int otherShift, long[] otherSums) {
        if (otherShift < FIRST_SHIFT || otherShift > MAX_SHIFT || otherSums.length > COUNT) {
            throw new IllegalArgumentException(otherSums.length + " buckets of 2^" + otherShift + " ns");
        }
        TimeBuckets other = new TimeBuckets(COUNT);
        other.shift = otherShift;
        other.sums = otherSums;
        merge(other);
    }

    private int used() {
        int used = sums.length;
        while (used > 0 && sums[used - 1] == 0) {
            used--;
        }
        return used;
    }

    /** The bucket that ends at the given time, or behind it, is there. */
    private void reach(long end) {
        while (end > (long) count << shift) {
            fold();
        }
        int needed = (int) (end - 1 >> shift) + 1;
        if (needed > sums.length) {
            sums = Arrays.copyOf(sums, Math.max(16, Integer.highestOneBit(needed - 1) << 1));
        }
    }

    private void fold() {
        for (int i = 0; i < sums.length; i += 2) {
            sums[i / 2] = sums[i] + (i + 1 < sums.length ? sums[i + 1] : 0);
        }
        Arrays.fill(sums, sums.length + 1 >> 1, sums.length, 0);
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
        for (int i = 0; i < sums.length && (long) i << shift < time; i++) {
            long inside = Math.min(1L << shift, time - ((long) i << shift));
            sum += inside == 1L << shift ? sums[i] : Math.round((double) sums[i] * inside / (1L << shift));
        }
        return sum;
    }
}
