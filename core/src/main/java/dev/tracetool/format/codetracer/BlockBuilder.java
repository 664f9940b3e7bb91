package dev.tracetool.format.codetracer;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceVisitor;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private final @Nullable ContentDigest digest;
    private final EventBlock block;

    // The arrays of the block, which are large enough from the start and so stay the same.
    private final int[] ops;
    private final int[] opCodes;

    private final int[] counts;
    private int opCount;
    private int codeCount;
    private int size;
    private int code = NO_CODE;
    private int thread;

    /** @param kinds of the trace: {@link #OF_CONTAINERS} or {@link #OF_RECORDS} */
    public BlockBuilder(TraceVisitor visitor, KindTable kinds) {
        this(visitor, kinds, null);
    }

    /** @param digest is told all events, if there is one */
    BlockBuilder(TraceVisitor visitor, KindTable kinds, @Nullable ContentDigest digest) {
        this.visitor = visitor;
        this.digest = digest;
        this.block = new EventBlock(kinds);
        // Two ops for each event at most: a line in another code object takes one for that.
        block.resetOps(0, 2 * EVENTS, EVENTS, 0, EVENTS, 0, 0);
        this.ops = block.ops();
        this.opCodes = block.opCodes();
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
     * The code object was at these lines, one after the other.
     *
     * @param inCode its index
     * @param lines none of them negative
     */
    public void lines(int inCode, int[] lines, int from, int count) {
        int at = from;
        int left = count;
        while (left > 0) {
            if (inCode != code) {
                ops[opCount++] = EventBlock.SWITCH;
                opCodes[codeCount++] = inCode;
                code = inCode;
            }
            int fit = Math.min(left, EVENTS - size);
            System.arraycopy(lines, at, ops, opCount, fit);
            opCount += fit;
            size += fit;
            at += fit;
            left -= fit;
            if (size == EVENTS) {
                flush();
            }
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
        if (size > 0 && digest != null) {
            digest.number(thread);
            digest.numbers(ops, opCount);
            digest.numbers(opCodes, codeCount);
        }
        if (size > 0 && wanted) {
            block.resetOps(thread, opCount, codeCount, 0, size, 0, 0);
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
