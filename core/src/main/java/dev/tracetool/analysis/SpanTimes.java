package dev.tracetool.analysis;

/**
 * Self time of each function in each of {@value #SPANS} spans of equal width from 0 on, which doubles when a later time
 * comes than they reach: open addressing, linear probing. There is room for {@value #MAX_KEYS} pairs of a span and a
 * function; the time of further ones is only added up.
 */
final class SpanTimes {
    /** A power of two. */
    static final int SPANS = 64;

    static final int MAX_KEYS = 1 << 20;
    private static final int FIRST_SHIFT = 14;

    /** Function above, span below, plus one; 0 where there is none. */
    private long[] keys = new long[256];

    private long[] times = new long[256];
    private int size;
    private long dropped;
    private int shift = FIRST_SHIFT;

    /** Width of a span is {@code 1L << shift()} nanoseconds. */
    int shift() {
        return shift;
    }

    /** Time for which there was no room. */
    long dropped() {
        return dropped;
    }

    void addTime(int function, long from, long to) {
        long at = Math.max(0, from);
        widen(to);
        while (at < to) {
            int span = (int) (at >> shift);
            long end = Math.min(to, span + 1L << shift);
            add(function, span, end - at);
            at = end;
        }
    }

    void widen(long end) {
        while (end > (long) SPANS << shift) {
            widenOnce();
        }
    }

    void widenTo(int wanted) {
        while (shift < wanted) {
            widenOnce();
        }
    }

    private void widenOnce() {
        long[] oldKeys = keys;
        long[] oldTimes = times;
        keys = new long[oldKeys.length];
        times = new long[oldKeys.length];
        size = 0;
        shift++;
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                long key = oldKeys[i] - 1;
                add((int) (key >> 32), (int) key / 2, oldTimes[i]);
            }
        }
    }

    void add(int function, int span, long time) {
        long key = ((long) function << 32 | span) + 1;
        int at = place(key);
        if (keys[at] == 0) {
            if (size == MAX_KEYS) {
                dropped += time;
                return;
            }
            if (2 * ++size > keys.length) {
                grow();
                at = place(key);
            }
            keys[at] = key;
        }
        times[at] += time;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldTimes = times;
        keys = new long[2 * oldKeys.length];
        times = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                times[at] = oldTimes[i];
            }
        }
    }

    private int place(long key) {
        int mask = keys.length - 1;
        int at = (int) (key * 0x9E37_79B9_7F4A_7C15L >>> 40) & mask;
        while (keys[at] != 0 && keys[at] != key) {
            at = at + 1 & mask;
        }
        return at;
    }

    /** Takes the time of a function in a span. */
    interface Taker {
        void take(int function, int span, long time);
    }

    void forEach(Taker taker) {
        for (int i = 0; i < keys.length; i++) {
            if (keys[i] != 0) {
                long key = keys[i] - 1;
                taker.take((int) (key >> 32), (int) key, times[i]);
            }
        }
    }
}
