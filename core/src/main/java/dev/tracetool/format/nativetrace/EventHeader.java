package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;

/**
 * The head of an E payload, checked against itself: from it follow the raw lengths of both packed sections.
 *
 * <pre>
 *  0 u32 thread   12 u32 times                      28 i64 last time
 *  4 u32 ops      16 u8 op, code, arg, time width   36 u32 n
 *  8 u32 codes    20 i64 first time                 40 n x { u32 kind, u32 count }
 * </pre>
 */
final class EventHeader {
    final int thread;
    final int ops;
    final int codes;
    final int times;
    final int opWidth;
    final int codeWidth;
    final int argWidth;
    final int timeWidth;
    final long firstTime;
    final long lastTime;

    /** Kind numbers in the order of the arg columns; LINE is among them and has no column. */
    final int[] kinds;

    final int[] counts;

    /** Events in the block. */
    final int events;

    /** Raw length of the op, code and arg columns. */
    final int columnBytes;

    /** Raw length of the time column. */
    final int timeBytes;

    final int argEntries;
    final int destinations;

    /** Position in the payload of the first packed section. */
    final int end;

    private EventHeader(byte[] payload, KindTable table) throws MalformedBlockException {
        check(payload.length >= Layout.EVENTS_HEADER, 0, "expected a head of 40 bytes, found #", payload.length);
        thread = bounded(payload, 0, Integer.MAX_VALUE, "thread");
        ops = bounded(payload, 4, Layout.MAX_OPS, "ops");
        codes = bounded(payload, 8, ops, "codes");
        times = bounded(payload, 12, ops, "times");
        opWidth = width(payload, 16, 4);
        codeWidth = width(payload, 17, 4);
        argWidth = width(payload, 18, 4);
        timeWidth = width(payload, 19, 8);
        firstTime = Layout.i64(payload, 20);
        lastTime = Layout.i64(payload, 28);
        int n = bounded(payload, 36, table.size(), "kinds");
        end = Layout.EVENTS_HEADER + 8 * n;
        check(end <= payload.length, 36, "expected # kinds, found the end", n);
        kinds = new int[n];
        counts = new int[n];
        long seen = 0;
        int all = 0;
        int timed = 0;
        int args = 0;
        int twice = 0;
        for (int i = 0; i < n; i++) {
            int at = Layout.EVENTS_HEADER + 8 * i;
            int kind = bounded(payload, at, table.size(), "kind");
            check(kind > 0 && (seen & 1L << kind) == 0, at, "expected another kind, found #", kind);
            seen |= 1L << kind;
            int count = bounded(payload, at + 4, ops - all, "events");
            kinds[i] = kind;
            counts[i] = count;
            all += count;
            KindTable.Kind k = table.kind(kind);
            timed += k.timed() ? count : 0;
            if (k.kind() != EventKind.LINE) {
                args += count * k.arguments();
                twice += k.arguments() > 1 ? count : 0;
            }
        }
        check(timed == times, 12, "expected # times for the timed kinds, found #", timed, times);
        events = all;
        argEntries = args;
        destinations = twice;
        columnBytes = ops * opWidth + codes * codeWidth + args * argWidth;
        timeBytes = Math.max(0, times - 1) * timeWidth;
    }

    static EventHeader read(byte[] payload, KindTable table) throws MalformedBlockException {
        return new EventHeader(payload, table);
    }

    private static int bounded(byte[] payload, int at, int max, String what) throws MalformedBlockException {
        long value = Layout.u32(payload, at);
        if (value > max) {
            throw new MalformedBlockException(at, "expected " + what + " of at most " + max + ", found " + value);
        }
        return (int) value;
    }

    private static int width(byte[] payload, int at, int max) throws MalformedBlockException {
        int width = payload[at];
        boolean power = width == 1 || width == 2 || width == 4 || width == 8 && max == 8;
        if (!power) {
            String widths = max == 8 ? "1, 2, 4 or 8" : "1, 2 or 4";
            throw new MalformedBlockException(at, "expected a width of " + widths + ", found " + (width & 0xFF));
        }
        return width;
    }
}
