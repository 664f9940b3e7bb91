package dev.tracetool.trace;

import java.util.Arrays;

/**
 * A run of events of one thread, in columns. A block is filled by a reader, handed to a {@link TraceVisitor}, and used
 * again: it is valid only during the call.
 *
 * <p>Entry {@code i} of {@link #kinds()}, {@link #codes()} and {@link #args()} belongs to event {@code i}, for
 * {@code 0 <= i <} {@link #size()}; the arrays can be longer. {@link #times()} and {@link #destinations()} are sparse:
 * they hold one entry for each event that has one, in the order of the events, so that a loop keeps a cursor into each:
 *
 * <pre>{@code
 * for (int i = 0, t = 0; i < block.size(); i++) {
 *     int kind = kinds[i];
 *     long time = timed[kind] ? times[t++] : EventBlock.NO_TIME;
 * }
 * }</pre>
 */
public final class EventBlock {
    /** In place of a time that was not recorded. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private final KindTable kindTable;
    private final boolean[] timed;
    private final boolean[] destined;
    private int thread;
    private int size;
    private byte[] kinds = new byte[0];
    private int[] codes = new int[0];
    private int[] args = new int[0];
    private int timeCount;
    private long[] times = new long[0];
    private int destinationCount;
    private int[] destinations = new int[0];
    private final int[] countByKind;

    public EventBlock(KindTable kindTable) {
        this.kindTable = kindTable;
        this.timed = new boolean[kindTable.size() + 1];
        this.destined = new boolean[kindTable.size() + 1];
        for (int k = 1; k <= kindTable.size(); k++) {
            timed[k] = kindTable.kind(k).timed();
            destined[k] = kindTable.kind(k).arguments() > 1;
        }
        this.countByKind = new int[kindTable.size() + 1];
    }

    /** Empties the block and makes room for these numbers of events, times and destinations, which the caller fills in. */
    public void reset(int thread, int events, int times, int destinations) {
        this.thread = thread;
        this.size = events;
        this.timeCount = times;
        this.destinationCount = destinations;
        if (kinds.length < events) {
            kinds = new byte[events];
            codes = new int[events];
            args = new int[events];
        }
        if (this.times.length < times) {
            this.times = new long[times];
        }
        if (this.destinations.length < destinations) {
            this.destinations = new int[destinations];
        }
        Arrays.fill(countByKind, 0);
    }

    /** Makes the block smaller than it was reset to. */
    public void truncate(int events) {
        if (events < 0 || events > size) {
            throw new IllegalArgumentException(events + " of " + size + " events");
        }
        size = events;
    }

    public KindTable kindTable() {
        return kindTable;
    }

    /** The recorder's own number of the thread. */
    public int thread() {
        return thread;
    }

    /** Number of events. */
    public int size() {
        return size;
    }

    /** Kind numbers of {@link #kindTable()}. */
    public byte[] kinds() {
        return kinds;
    }

    /** Indices in the trace's code-object table. */
    public int[] codes() {
        return codes;
    }

    /** The line of a LINE event, the byte offset of every other; 0 for kinds without an argument. */
    public int[] args() {
        return args;
    }

    /** Whether events of a kind number have an entry in {@link #times()}. Index 0 is unused. */
    public boolean[] timed() {
        return timed;
    }

    /** Whether events of a kind number have an entry in {@link #destinations()}. Index 0 is unused. */
    public boolean[] destined() {
        return destined;
    }

    public int timeCount() {
        return timeCount;
    }

    /** Clock readings in nanoseconds, one for each timed event. */
    public long[] times() {
        return times;
    }

    public int destinationCount() {
        return destinationCount;
    }

    /** Second arguments: byte offsets at which execution goes on, one for each event of a kind that has them. */
    public int[] destinations() {
        return destinations;
    }

    /** Number of events of each kind number. Index 0 is unused. */
    public int[] countByKind() {
        return countByKind;
    }
}
