package dev.tracetool.format.nativetrace;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Decodes E payloads. One for each thread that decodes; its buffers are used again.
 *
 * <p>What a block holds by op is nearly what stands in the file: columns are widened to ints, and what the ops say is
 * held against the counts in the head, so that nobody after this has to ask. Conditions are plain, because a message that
 * is put together before it is needed would cost more than all the rest.
 */
final class EventDecoder implements AutoCloseable {
    private final KindTable table;
    private final boolean withTimes;
    private final boolean withOffsets;
    private final int lineKind;
    private final Unpacker unpacker = new Unpacker();
    private final Columns columns = new Columns();
    private byte[] raw = new byte[0];

    /** By op, all bits turned: how many there are in the block. */
    private final int[] opCounts;

    EventDecoder(KindTable table, boolean withTimes, boolean withOffsets) {
        this.table = table;
        this.withTimes = withTimes;
        this.withOffsets = withOffsets;
        this.lineKind = table.numberOf(EventKind.LINE);
        this.opCounts = new int[2 * (table.size() + 1)];
    }

    /**
     * Fills a block with the events of a payload.
     *
     * @param codeLimit code indices below this are defined, but for the missing ones
     */
    void decode(byte[] payload, EventBlock block, int codeLimit, @Nullable BitSet missing)
            throws MalformedBlockException {
        EventHeader head = EventHeader.read(payload, table);
        unpack(payload, head.end, head.columnBytes);
        int times = withTimes ? head.times : 0;
        int args = withOffsets ? head.argEntries : -1;
        block.resetOps(head.thread, head.ops, head.codes, args, head.events, times, head.destinations);
        ops(head, block);
        int codesAt = head.ops * head.opWidth;
        codes(head, codesAt, block.opCodes(), codeLimit, missing);
        int argsAt = codesAt + head.codes * head.codeWidth;
        if (withOffsets) {
            args(head, argsAt, block.opArgs());
        }
        if (withTimes) {
            unpack(payload, unpacker.end(), head.timeBytes);
            times(head, block.times());
        }
    }

    private void unpack(byte[] payload, int at, int expected) throws MalformedBlockException {
        int length = unpacker.rawLength(payload, at);
        if (length != expected) {
            throw new MalformedBlockException(
                    at + 4, "expected " + expected + " raw bytes by the head, found " + length);
        }
        if (raw.length <= length) {
            raw = new byte[Math.max(length + 1, 2 * raw.length)];
        }
        unpacker.unpack(payload, at, raw);
    }

    private void ops(EventHeader head, EventBlock block) throws MalformedBlockException {
        int[] ops = block.ops();
        Arrays.fill(opCounts, 0);
        int good = columns.ops(raw, 0, head.opWidth, ops, head.ops, opCounts);
        if (good < head.ops) {
            throw new MalformedBlockException(
                    head.end, "expected a kind of event, found number " + (~ops[good] >>> 1) + " at op " + good);
        }
        if (head.ops > 0 && (ops[0] >= 0 || (~ops[0] & 1) == 0)) {
            throw new MalformedBlockException(head.end, "expected a code object first, found none");
        }
        int[] counts = block.countByKind();
        int[] argsFrom = block.opArgsFrom();
        int arg = 0;
        for (int i = 0; i < head.kinds.length; i++) {
            int kind = head.kinds[i];
            counts[kind] = head.counts[i];
            argsFrom[kind] = arg;
            arg += kind == lineKind ? 0 : head.counts[i] * table.kind(kind).arguments();
        }
        int switches = opCounts[1];
        int lines = head.ops - opCounts[0] - opCounts[1];
        for (int kind = 1; kind < counts.length; kind++) {
            int found = opCounts[2 * kind] + opCounts[2 * kind + 1];
            switches += opCounts[2 * kind + 1];
            lines -= found;
            expect(head, kind == lineKind ? 0 : counts[kind], found, "ops of kind " + kind);
        }
        expect(head, 0, opCounts[0], "ops that say nothing");
        expect(head, counts[lineKind], lines, "line events");
        expect(head, head.codes, switches, "ops that change the code object");
    }

    private static void expect(EventHeader head, int expected, int found, String what) throws MalformedBlockException {
        if (found != expected) {
            throw new MalformedBlockException(
                    head.end, "expected " + expected + " " + what + " by the head, found " + found);
        }
    }

    private void codes(EventHeader head, int at, int[] codes, int codeLimit, @Nullable BitSet missing)
            throws MalformedBlockException {
        int largest = columns.unsigned(raw, at, head.codeWidth, codes, head.codes);
        // As unsigned numbers, values that do not fit an int are greater than all that do.
        if (head.codes > 0 && Integer.compareUnsigned(largest, codeLimit) >= 0) {
            throw new MalformedBlockException(
                    head.end,
                    "expected code indices below " + codeLimit + ", found " + Integer.toUnsignedString(largest));
        }
        for (int i = 0; missing != null && i < head.codes; i++) {
            if (missing.get(codes[i])) {
                throw new MalformedBlockException(
                        head.end, "expected a known code object, found " + codes[i] + ", which was lost");
            }
        }
    }

    private void args(EventHeader head, int at, int[] args) throws MalformedBlockException {
        int greatest = columns.unsigned(raw, at, head.argWidth, args, head.argEntries);
        if (greatest < 0) {
            String found = Integer.toUnsignedString(greatest);
            throw new MalformedBlockException(head.end, "expected arguments below 2147483648, found " + found);
        }
    }

    private void times(EventHeader head, long[] times) throws MalformedBlockException {
        if (head.times == 0) {
            return;
        }
        times[0] = head.firstTime;
        boolean forward = columns.sums(raw, head.timeWidth, times, head.times - 1);
        long last = times[head.times - 1];
        if (!forward || last != head.lastTime) {
            throw new MalformedBlockException(28, "expected times that end at " + head.lastTime + ", found " + last);
        }
    }

    @Override
    public void close() {
        unpacker.close();
    }
}
