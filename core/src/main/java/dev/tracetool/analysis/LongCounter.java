package dev.tracetool.analysis;

import java.util.Arrays;

/** Counts how often each of a bounded number of keys was added: open addressing, linear probing. */
final class LongCounter {
    private final int limit;
    private long[] keys = new long[64];

    /** 0 where there is no key. */
    private long[] counts = new long[64];

    private int size;
    private long dropped;

    /** @param limit the most keys that are kept, at most 2^28 */
    LongCounter(int limit) {
        this.limit = limit;
    }

    void add(long key) {
        int at = place(key);
        if (counts[at] == 0) {
            if (size == limit) {
                dropped++;
                return;
            }
            if (2 * ++size > keys.length) {
                grow();
                at = place(key);
            }
            keys[at] = key;
        }
        counts[at]++;
    }

    long get(long key) {
        return counts[place(key)];
    }

    /** How many were added with keys for which there was no room. */
    long dropped() {
        return dropped;
    }

    /** Forgets all keys; what was dropped stays counted. */
    void clear() {
        if (size > 0) {
            Arrays.fill(counts, 0);
            size = 0;
        }
    }

    long[] sortedKeys() {
        long[] all = new long[size];
        int count = 0;
        for (int i = 0; i < keys.length; i++) {
            if (counts[i] != 0) {
                all[count++] = keys[i];
            }
        }
        Arrays.sort(all);
        return all;
    }

    private int place(long key) {
        long mixed = key * 0x9E37_79B9_7F4A_7C15L;
        int mask = keys.length - 1;
        int at = (int) (mixed >>> 40) & mask;
        while (counts[at] != 0 && keys[at] != key) {
            at = (at + 1) & mask;
        }
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[] oldCounts = counts;
        keys = new long[2 * oldKeys.length];
        counts = new long[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldCounts[i] != 0) {
                int at = place(oldKeys[i]);
                keys[at] = oldKeys[i];
                counts[at] = oldCounts[i];
            }
        }
    }
}
