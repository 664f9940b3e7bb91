package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.trace.KindTable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The index of a closed file, in flat arrays: one entry for each frame before it.
 *
 * <pre>
 * u32 kinds,   then u64 events of each
 * u32 threads, then u32 thread, u64 events of each
 * u32 frames,  then columns: u8 type, u64 offset, u32 subject, u32 count, u32 raw, i64 time
 * </pre>
 */
final class IndexBlock {
    private static final int ENTRY_BYTES = 1 + 8 + 4 + 4 + 4 + 8;

    final long[] eventsByKind;

    /** Events of each thread, by its number. */
    final Map<Integer, Long> eventsByThread;

    final byte[] types;
    final long[] offsets;
    final long[] counts;
    final long rawBytes;
    final long events;

    private IndexBlock(byte[] raw, int length, KindTable table, long end) throws MalformedBlockException {
        Cursor in = new Cursor(raw, length);
        int kinds = in.count(8);
        check(kinds == table.size(), 0, "expected " + table.size() + " kinds in the index, found " + kinds);
        eventsByKind = new long[kinds];
        long sum = 0;
        for (int k = 0; k < kinds; k++) {
            eventsByKind[k] = in.u64();
            sum += eventsByKind[k];
        }
        events = sum;
        int threads = in.count(12);
        eventsByThread = new TreeMap<>();
        for (int t = 0; t < threads; t++) {
            long thread = in.u32();
            check(thread < Integer.MAX_VALUE, in.at(), "expected a thread below 2147483647, found " + thread);
            long n = in.u64();
            sum -= n;
            check(
                    eventsByThread.put((int) thread, n) == null,
                    in.at(),
                    "expected each thread once, found " + thread + " twice");
        }
        check(sum == 0, in.at(), "expected as many events by thread as by kind, found others");
        int n = in.count(ENTRY_BYTES);
        types = new byte[n];
        offsets = new long[n];
        counts = new long[n];
        System.arraycopy(raw, in.skip(n), types, 0, n);
        long before = Layout.FILE_HEADER - 1;
        for (int i = 0; i < n; i++) {
            offsets[i] = in.u64();
            check(offsets[i] > before && offsets[i] < end, in.at(), "expected rising offsets, found " + offsets[i]);
            before = offsets[i];
        }
        in.skip(4 * n);
        long inBlocks = 0;
        for (int i = 0; i < n; i++) {
            counts[i] = in.u32();
            inBlocks += types[i] == Layout.EVENTS ? counts[i] : 0;
        }
        check(inBlocks == events, in.at(), "expected " + events + " events in blocks, found " + inBlocks);
        long bytes = 0;
        for (int i = 0; i < n; i++) {
            long blockBytes = in.u32();
            bytes += types[i] == Layout.EVENTS ? blockBytes : 0;
        }
        rawBytes = bytes;
        in.skip(8 * n);
    }

    /**
     * Reads an index.
     *
     * @param end of the frames that it can speak of: its own offset
     */
    static IndexBlock read(byte[] payload, KindTable table, long end) throws MalformedBlockException {
        try (Unpacker unpacker = new Unpacker()) {
            int length = unpacker.rawLength(payload, 0);
            byte[] raw = new byte[length + 1];
            unpacker.unpack(payload, 0, raw);
            return new IndexBlock(raw, length, table, end);
        }
    }

    /** Reads numbers one after the other; each count is checked against what is left. */
    private static final class Cursor {
        private final byte[] raw;
        private final int length;
        private int at;

        Cursor(byte[] raw, int length) {
            this.raw = raw;
            this.length = length;
        }

        int at() {
            return at;
        }

        int count(int entryBytes) throws MalformedBlockException {
            long count = u32();
            check(count <= (length - at) / entryBytes, at - 4, "expected entries that fit, found " + count);
            return (int) count;
        }

        long u32() throws MalformedBlockException {
            check(length - at >= 4, at, "expected 4 bytes of the index, found the end");
            at += 4;
            return Layout.u32(raw, at - 4);
        }

        long u64() throws MalformedBlockException {
            check(length - at >= 8, at, "expected 8 bytes of the index, found the end");
            at += 8;
            long value = Layout.i64(raw, at - 8);
            check(value >= 0, at - 8, "expected a number below 2^63, found " + Long.toUnsignedString(value));
            return value;
        }

        int skip(int bytes) throws MalformedBlockException {
            check(length - at >= bytes, at, "expected " + bytes + " bytes of the index, found the end");
            at += bytes;
            return at - bytes;
        }
    }
}
