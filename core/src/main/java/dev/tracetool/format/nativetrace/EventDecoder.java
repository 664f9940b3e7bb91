package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * Decodes E payloads. One for each thread that decodes; its buffers are used again.
 *
 * <p>Columns are first widened to ints, each in a loop of its own that does nothing else, and then one loop over the ops
 * gives each event its code object and its argument.
 */
final class EventDecoder implements AutoCloseable {
    private final KindTable table;
    private final boolean withTimes;
    private final int lineKind;
    private final Unpacker unpacker = new Unpacker();
    private final Columns columns = new Columns();
    private byte[] raw = new byte[0];
    private int[] ops = new int[0];
    private int[] codes = new int[0];
    private int[] args = new int[0];

    /** By kind: entries in the arg columns of each event; of LINE, none. */
    private final int[] widths;

    /** By kind: the next entry in the arg columns, and the events that are still to come; of LINE, none. */
    private final int[] cursor;

    private final int[] left;
    private int lineCount;

    EventDecoder(KindTable table, boolean withTimes) {
        this.table = table;
        this.withTimes = withTimes;
        this.lineKind = table.numberOf(EventKind.LINE);
        this.cursor = new int[table.size() + 1];
        this.left = new int[table.size() + 1];
        this.widths = new int[table.size() + 1];
        for (int k = 1; k < widths.length; k++) {
            widths[k] = k == lineKind ? 0 : table.kind(k).arguments();
        }
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
        widen(head, codeLimit, missing);
        block.reset(head.thread, head.ops, withTimes ? head.times : 0, head.destinations);
        arrange(head, block);
        int[] counts = block.countByKind();
        for (int i = 0; i < head.kinds.length; i++) {
            counts[head.kinds[i]] = head.counts[i];
        }
        if (withTimes) {
            unpack(payload, unpacker.end(), head.timeBytes);
            times(head, block.times());
        }
    }

    private void unpack(byte[] payload, int at, int expected) throws MalformedBlockException {
        int length = unpacker.rawLength(payload, at);
        check(length == expected, at + 4, "expected " + expected + " raw bytes by the head, found " + length);
        if (raw.length <= length) {
            raw = new byte[Math.max(length + 1, 2 * raw.length)];
        }
        unpacker.unpack(payload, at, raw);
    }

    private void widen(EventHeader head, int codeLimit, @Nullable BitSet missing) throws MalformedBlockException {
        if (ops.length < head.ops) {
            ops = new int[Math.max(head.ops, 1 << 14)];
            codes = new int[ops.length];
        }
        if (args.length < head.argEntries) {
            args = new int[Math.max(head.argEntries, 1 << 14)];
        }
        columns.signed(raw, 0, head.opWidth, ops, head.ops);
        int at = head.ops * head.opWidth;
        int largest = columns.unsigned(raw, at, head.codeWidth, codes, head.codes);
        // As unsigned numbers, values that do not fit an int are greater than all that do.
        boolean defined = head.codes == 0 || Integer.compareUnsigned(largest, codeLimit) < 0;
        check(
                defined,
                head.end,
                "expected code indices below " + codeLimit + ", found " + Integer.toUnsignedString(largest));
        if (missing != null) {
            for (int i = 0; i < head.codes; i++) {
                check(
                        !missing.get(codes[i]),
                        head.end,
                        "expected a known code object, found " + codes[i] + ", which was lost");
            }
        }
        at += head.codes * head.codeWidth;
        int greatest = columns.unsigned(raw, at, head.argWidth, args, head.argEntries);
        check(
                greatest >= 0,
                head.end,
                "expected arguments below 2147483648, found " + Integer.toUnsignedString(greatest));
        int column = 0;
        Arrays.fill(left, 0);
        lineCount = 0;
        for (int i = 0; i < head.kinds.length; i++) {
            int kind = head.kinds[i];
            cursor[kind] = column;
            column += head.counts[i] * widths[kind];
            if (kind == lineKind) {
                lineCount = head.counts[i];
            } else {
                left[kind] = head.counts[i];
            }
        }
    }

    /**
     * The loop over the ops. What can go wrong is tested with plain conditions, for a message that is put together
     * before it is needed would cost more than all the rest.
     */
    private void arrange(EventHeader head, EventBlock block) throws MalformedBlockException {
        byte[] kinds = block.kinds();
        int[] eventCodes = block.codes();
        int[] eventArgs = block.args();
        int[] destinations = block.destinations();
        int count = head.ops;
        if (count > 0 && (ops[0] >= 0 || (~ops[0] & 1) == 0)) {
            throw new MalformedBlockException(head.end, "expected a code object first, found none");
        }
        byte line = (byte) lineKind;
        int code = -1;
        int nextCode = 0;
        int n = 0;
        int lines = 0;
        int destination = 0;
        for (int i = 0; i < count; i++) {
            int op = ops[i];
            if (op >= 0) {
                kinds[n] = line;
                eventCodes[n] = code;
                eventArgs[n] = op;
                n++;
                lines++;
                continue;
            }
            int kind = ~op >>> 1;
            if ((~op & 1) != 0) {
                if (nextCode == head.codes) {
                    throw new MalformedBlockException(head.end, "expected " + nextCode + " code indices, found more");
                }
                code = codes[nextCode++];
            }
            if (kind == 0) {
                continue;
            }
            if (kind >= left.length || --left[kind] < 0) {
                throw new MalformedBlockException(head.end, "expected fewer events of kind " + kind + ", found more");
            }
            kinds[n] = (byte) kind;
            eventCodes[n] = code;
            int at = cursor[kind];
            int width = widths[kind];
            eventArgs[n] = width > 0 ? args[at] : 0;
            if (width > 1) {
                destinations[destination++] = args[at + 1];
            }
            cursor[kind] = at + width;
            n++;
        }
        check(
                n == head.events && lines == lineCount,
                head.end,
                "expected " + head.events + " events with " + lineCount + " lines, found " + n + " with " + lines);
        check(nextCode == head.codes, head.end, "expected " + head.codes + " code indices, found " + nextCode);
        block.truncate(n);
    }

    private void times(EventHeader head, long[] times) throws MalformedBlockException {
        if (head.times == 0) {
            return;
        }
        int n = head.times - 1;
        for (int plane = 0; plane < head.timeWidth; plane++) {
            Columns.plane(raw, plane * n, plane, times, n);
        }
        long time = head.firstTime;
        times[0] = time;
        boolean forward = true;
        for (int i = 1; i <= n; i++) {
            long next = time + times[i];
            forward &= next >= time;
            time = next;
            times[i] = time;
        }
        check(forward && time == head.lastTime, 28, "expected times that end at " + head.lastTime + ", found " + time);
    }

    @Override
    public void close() {
        unpacker.close();
    }
}
