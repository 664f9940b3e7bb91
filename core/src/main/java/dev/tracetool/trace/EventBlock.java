package dev.tracetool.trace;

import java.util.Arrays;

/**
 * A run of events of one thread, in columns. A block is filled by a reader, handed to a {@link TraceVisitor}, and used
 * again: it is valid only during the call.
 *
 * <p>It can be looked at in two ways; what is not there yet is made on the first call.
 *
 * <p><b>By event</b>: entry {@code i} of {@link #kinds()}, {@link #codes()} and {@link #args()} belongs to event
 * {@code i}, for {@code 0 <= i <} {@link #size()}; the arrays can be longer. {@link #times()} and
 * {@link #destinations()} are sparse: they hold one entry for each event that has one, in the order of the events, so
 * that a loop keeps a cursor into each:
 *
 * <pre>{@code
 * for (int i = 0, t = 0; i < block.size(); i++) {
 *     int kind = kinds[i];
 *     long time = timed[kind] ? times[t++] : EventBlock.NO_TIME;
 * }
 * }</pre>
 *
 * <p><b>By op</b>: as tracetool's own format has it, which is all that counting takes and costs a fraction. There is a
 * current code object, which none is before the first op.
 *
 * <pre>
 * op &gt;= 0   a LINE event at this line of the current code object
 * op &lt; 0    v = ~op:  bit 0 of v: first the next of {@link #opCodes()} becomes the current code object
 *                     v &gt;&gt;&gt; 1: the kind number of an event, other than LINE; 0 for no event
 * </pre>
 */
public final class EventBlock {
    /** In place of a time that was not recorded. */
    public static final long NO_TIME = Long.MIN_VALUE;

    /** The op that only changes the code object. */
    public static final int SWITCH = ~1;

    private final KindTable kindTable;
    private final boolean[] timed;
    private final boolean[] destined;

    /** By kind: how many arguments an event has beside the op; LINE has none. */
    private final int[] widths;

    private final int lineKind;
    private int thread;
    private int timeCount;
    private long[] times = new long[0];
    private final int[] countByKind;

    private boolean byEvent;
    private int size;
    private byte[] kinds = new byte[0];
    private int[] codes = new int[0];
    private int[] args = new int[0];
    private int destinationCount;
    private int[] destinations = new int[0];

    private boolean byOp;
    private int opCount;
    private int[] ops = new int[0];
    private int opCodeCount;
    private int[] opCodes = new int[0];

    /** The arguments by kind, those of the lowest kind number first. */
    private int[] opArgs = new int[0];

    private boolean hasArgs;

    /** By kind: where its arguments begin in {@link #opArgs}. */
    private final int[] argsFrom;

    public EventBlock(KindTable kindTable) {
        this.kindTable = kindTable;
        this.lineKind = kindTable.numberOf(EventKind.LINE);
        this.timed = new boolean[kindTable.size() + 1];
        this.destined = new boolean[kindTable.size() + 1];
        this.widths = new int[kindTable.size() + 1];
        this.argsFrom = new int[kindTable.size() + 1];
        for (int k = 1; k <= kindTable.size(); k++) {
            timed[k] = kindTable.kind(k).timed();
            destined[k] = kindTable.kind(k).arguments() > 1;
            widths[k] = k == lineKind ? 0 : kindTable.kind(k).arguments();
        }
        this.countByKind = new int[kindTable.size() + 1];
    }

    /**
     * Empties the block and makes room for these numbers of events, times and destinations, which the caller fills in
     * by event before anybody looks at it.
     */
    public void reset(int thread, int events, int times, int destinations) {
        start(thread, events, times, destinations);
        growEvents();
        byEvent = true;
        byOp = false;
    }

    /** Leaves out what is at the end of a block that is being filled in by event: it has fewer than there was room for. */
    public void shrink(int events, int timesThere, int destinationsThere) {
        if (byOp || events > size || timesThere > timeCount || destinationsThere > destinationCount) {
            throw new IllegalArgumentException("more than there is room for");
        }
        size = events;
        timeCount = timesThere;
        destinationCount = destinationsThere;
    }

    /**
     * Empties the block and makes room for these numbers of ops and so on, which the caller fills in by op, and sound,
     * before anybody looks at it: {@link #ops()}, {@link #opCodes()}, {@link #opArgs()} and {@link #opArgsFrom()}, {@link #countByKind()} and
     * {@link #times()}.
     *
     * @param args arguments of all events that are no LINE; -1 if they are not there, and are to be taken for zeros
     */
    public void resetOps(int thread, int ops, int codes, int args, int events, int times, int destinations) {
        start(thread, events, times, destinations);
        growOps(ops, codes, Math.max(0, args));
        hasArgs = args >= 0;
        Arrays.fill(countByKind, 0);
        opCount = ops;
        opCodeCount = codes;
        byEvent = false;
        byOp = true;
    }

    private void start(int thread, int events, int times, int destinations) {
        this.thread = thread;
        this.size = events;
        this.timeCount = times;
        this.destinationCount = destinations;
        if (this.times.length < times) {
            this.times = new long[times];
        }
    }

    private void growEvents() {
        if (kinds.length < size) {
            kinds = new byte[size];
            codes = new int[size];
            args = new int[size];
        }
        if (destinations.length < destinationCount) {
            destinations = new int[destinationCount];
        }
    }

    private void growOps(int opEntries, int codeEntries, int argEntries) {
        if (ops.length < opEntries) {
            ops = new int[opEntries];
        }
        if (opCodes.length < codeEntries) {
            opCodes = new int[codeEntries];
        }
        if (opArgs.length < argEntries) {
            opArgs = new int[argEntries];
        }
    }

    private void needEvents() {
        if (!byEvent) {
            growEvents();
            opsToEvents();
            byEvent = true;
        }
    }

    private void needOps() {
        if (!byOp) {
            growOps(2 * size, size, 2 * size);
            hasArgs = true;
            eventsToOps();
            byOp = true;
        }
    }

    private void opsToEvents() {
        int[] next = argsFrom.clone();
        int code = -1;
        int nextCode = 0;
        int n = 0;
        int destination = 0;
        for (int i = 0; i < opCount; i++) {
            int op = ops[i];
            int kind = lineKind;
            int argument = op;
            if (op < 0) {
                if ((~op & 1) != 0) {
                    code = opCodes[nextCode++];
                }
                kind = ~op >>> 1;
                if (kind == 0) {
                    continue;
                }
                int at = next[kind];
                int width = widths[kind];
                next[kind] = at + width;
                argument = width > 0 && hasArgs ? opArgs[at] : 0;
                if (width > 1) {
                    destinations[destination++] = hasArgs ? opArgs[at + 1] : 0;
                }
            }
            kinds[n] = (byte) kind;
            codes[n] = code;
            args[n++] = argument;
        }
    }

    private void eventsToOps() {
        Arrays.fill(countByKind, 0);
        for (int i = 0; i < size; i++) {
            countByKind[kinds[i]]++;
        }
        placeArgs();
        int[] next = argsFrom.clone();
        int code = -1;
        int destination = 0;
        opCount = 0;
        opCodeCount = 0;
        for (int i = 0; i < size; i++) {
            int kind = kinds[i];
            boolean other = codes[i] != code || i == 0;
            if (other) {
                code = codes[i];
                opCodes[opCodeCount++] = code;
            }
            if (kind == lineKind) {
                if (args[i] < 0) {
                    throw new IllegalArgumentException("line " + args[i]);
                }
                if (other) {
                    ops[opCount++] = SWITCH;
                }
                ops[opCount++] = args[i];
            } else {
                ops[opCount++] = ~(2 * kind + (other ? 1 : 0));
                if (widths[kind] > 0) {
                    opArgs[next[kind]++] = args[i];
                }
                if (widths[kind] > 1) {
                    opArgs[next[kind]++] = destinations[destination++];
                }
            }
        }
    }

    private void placeArgs() {
        int at = 0;
        for (int k = 1; k < argsFrom.length; k++) {
            argsFrom[k] = at;
            at += countByKind[k] * widths[k];
        }
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
        needEvents();
        return kinds;
    }

    /** Indices in the trace's code-object table. */
    public int[] codes() {
        needEvents();
        return codes;
    }

    /** The line of a LINE event, which is not negative, the byte offset of every other; 0 for kinds without an argument. */
    public int[] args() {
        needEvents();
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
        needEvents();
        return destinations;
    }

    /** Number of events of each kind number. Index 0 is unused. */
    public int[] countByKind() {
        needOps();
        return countByKind;
    }

    /** Number of {@link #ops()}. */
    public int opCount() {
        needOps();
        return opCount;
    }

    /** See above. */
    public int[] ops() {
        needOps();
        return ops;
    }

    /** Number of {@link #opCodes()}. */
    public int opCodeCount() {
        needOps();
        return opCodeCount;
    }

    /** Indices in the trace's code-object table, in the order in which the ops make them current. */
    public int[] opCodes() {
        needOps();
        return opCodes;
    }

    /** Arguments of all events that are no LINE, those of one kind after those of another; see {@link #opArgsFrom}. */
    public int[] opArgs() {
        needOps();
        if (!hasArgs) {
            growOps(0, 0, 2 * size);
            Arrays.fill(opArgs, 0);
            hasArgs = true;
        }
        return opArgs;
    }

    /**
     * Where the arguments of each kind number begin in {@link #opArgs()}; a destination follows its offset. Index 0 is
     * unused.
     */
    public int[] opArgsFrom() {
        needOps();
        return argsFrom;
    }
}
