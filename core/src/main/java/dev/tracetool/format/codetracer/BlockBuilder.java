package dev.tracetool.format.codetracer;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceVisitor;
import java.util.Arrays;
import java.util.List;

/**
 * Collects events and hands them on in blocks, by op. These traces have neither offsets nor times: a line is all that an
 * event can have beside its kind and its code object.
 */
public final class BlockBuilder {
    /** The kinds that an event can have in a container. */
    public static final KindTable OF_CONTAINERS = new KindTable(List.of(
            kind(EventKind.PY_START),
            kind(EventKind.PY_RETURN),
            new KindTable.Kind(EventKind.LINE.name(), EventKind.LINE, 1, false),
            kind(EventKind.PY_UNWIND),
            kind(EventKind.RAISE),
            kind(EventKind.EXCEPTION_HANDLED)));

    /** Those that it can have where there are records: the first ones, so that numbers are the same. */
    public static final KindTable OF_RECORDS =
            new KindTable(OF_CONTAINERS.kinds().subList(0, 3));

    private static final int NO_CODE = -1;
    private static final int EVENTS = 1 << 13;
    private static final int LINE = OF_CONTAINERS.numberOf(EventKind.LINE);

    private final TraceVisitor visitor;
    private final boolean wanted;
    private final EventBlock block;

    /** Two for each event at most: a line in another code object takes an op for that. */
    private final int[] ops = new int[2 * EVENTS];

    private final int[] opCodes = new int[EVENTS];
    private final int[] counts;
    private int opCount;
    private int codeCount;
    private int size;
    private int code = NO_CODE;
    private int thread;

    /** @param kinds of the trace: {@link #OF_CONTAINERS} or {@link #OF_RECORDS} */
    public BlockBuilder(TraceVisitor visitor, KindTable kinds) {
        this.visitor = visitor;
        this.block = new EventBlock(kinds);
        this.counts = new int[kinds.size() + 1];
        this.wanted = visitor.wantsEvents();
    }

    private static KindTable.Kind kind(EventKind kind) {
        return new KindTable.Kind(kind.name(), kind, 0, false);
    }

    /** The number that a kind has here. */
    public static int number(EventKind kind) {
        return OF_CONTAINERS.numberOf(kind);
    }

    /** What follows happened in that thread. */
    public void thread(int number) {
        if (number != thread) {
            flush();
            thread = number;
        }
    }

    /**
     * The code object was at that line.
     *
     * @param inCode its index
     * @param line not negative
     */
    public void line(int inCode, int line) {
        if (inCode != code) {
            ops[opCount++] = EventBlock.SWITCH;
            opCodes[codeCount++] = inCode;
            code = inCode;
        }
        ops[opCount++] = line;
        if (++size == EVENTS) {
            flush();
        }
    }

    /**
     * An event of any other kind.
     *
     * @param kind its number
     * @param inCode the index of its code object
     */
    public void event(int kind, int inCode) {
        int another = 0;
        if (inCode != code) {
            another = 1;
            opCodes[codeCount++] = inCode;
            code = inCode;
        }
        ops[opCount++] = ~(kind << 1 | another);
        counts[kind]++;
        if (++size == EVENTS) {
            flush();
        }
    }

    /** Hands on what there is. */
    public void flush() {
        if (size > 0 && wanted) {
            block.resetOps(thread, opCount, codeCount, 0, size, 0, 0);
            System.arraycopy(ops, 0, block.ops(), 0, opCount);
            System.arraycopy(opCodes, 0, block.opCodes(), 0, codeCount);
            int[] into = block.countByKind();
            int others = 0;
            for (int kind = 1; kind < counts.length; kind++) {
                into[kind] = counts[kind];
                others += counts[kind];
            }
            into[LINE] = size - others;
            visitor.events(block);
        }
        Arrays.fill(counts, 0);
        opCount = 0;
        codeCount = 0;
        size = 0;
        code = NO_CODE;
    }
}
