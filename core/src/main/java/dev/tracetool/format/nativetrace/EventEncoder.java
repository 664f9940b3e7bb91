package dev.tracetool.format.nativetrace;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import java.util.Arrays;

/** Encodes a block of events as an E payload: the inverse of {@link EventDecoder}. */
final class EventEncoder {
    private final KindTable table;
    private final int lineKind;
    private final Packer packer;

    /** Raw bytes of both sections of the last payload. */
    private int rawBytes;

    EventEncoder(KindTable table, Packer packer) {
        this.table = table;
        this.lineKind = table.numberOf(EventKind.LINE);
        this.packer = packer;
    }

    int rawBytes() {
        return rawBytes;
    }

    /**
     * Encodes a block.
     *
     * @param untimedAt what the head says as its times if no event is timed
     */
    byte[] encode(EventBlock block, long untimedAt) {
        int[] ops = block.ops();
        int opCount = block.opCount();
        if (opCount > Layout.MAX_OPS) {
            throw new IllegalArgumentException("a block of " + opCount + " ops");
        }
        int[] codes = block.opCodes();
        int codeCount = block.opCodeCount();
        int[] counts = block.countByKind();
        int[] args = args(block);
        int opWidth = signedWidth(ops, opCount);
        int codeWidth = unsignedWidth(codes, codeCount);
        int argWidth = unsignedWidth(args, args.length);
        long[] times = block.times();
        int timeCount = block.timeCount();
        int timeWidth = timeWidth(times, timeCount);
        int kinds = 0;
        for (int count : counts) {
            kinds += count > 0 ? 1 : 0;
        }
        PayloadBuilder payload = new PayloadBuilder();
        payload.u32(block.thread()).u32(opCount).u32(codeCount).u32(timeCount);
        payload.u8(opWidth).u8(codeWidth).u8(argWidth).u8(timeWidth);
        payload.i64(timeCount == 0 ? untimedAt : times[0]).i64(timeCount == 0 ? untimedAt : times[timeCount - 1]);
        payload.u32(kinds);
        for (int k = 1; k < counts.length; k++) {
            if (counts[k] > 0) {
                payload.u32(k).u32(counts[k]);
            }
        }
        PayloadBuilder columns = new PayloadBuilder();
        put(columns, ops, opCount, opWidth);
        put(columns, codes, codeCount, codeWidth);
        put(columns, args, args.length, argWidth);
        PayloadBuilder planes = new PayloadBuilder();
        for (int plane = 0; plane < timeWidth; plane++) {
            for (int i = 1; i < timeCount; i++) {
                planes.u8((int) (times[i] - times[i - 1] >>> 8 * plane));
            }
        }
        rawBytes = columns.size() + planes.size();
        packer.pack(columns.toBytes(), payload);
        packer.pack(planes.toBytes(), payload);
        return payload.toBytes();
    }

    /** The arguments by kind, in the order of the kind numbers. */
    private int[] args(EventBlock block) {
        int[] counts = block.countByKind();
        int[] from = block.opArgsFrom();
        int[] args = new int[2 * block.size()];
        int n = 0;
        for (int k = 1; k <= table.size(); k++) {
            int length = k == lineKind ? 0 : counts[k] * table.kind(k).arguments();
            System.arraycopy(block.opArgs(), from[k], args, n, length);
            n += length;
        }
        return Arrays.copyOf(args, n);
    }

    private static void put(PayloadBuilder to, int[] values, int n, int width) {
        for (int i = 0; i < n; i++) {
            to.number(values[i], width);
        }
    }

    private static int signedWidth(int[] values, int n) {
        int width = 1;
        for (int i = 0; i < n; i++) {
            int v = values[i];
            width = Math.max(width, v == (byte) v ? 1 : v == (short) v ? 2 : 4);
        }
        return width;
    }

    private static int unsignedWidth(int[] values, int n) {
        int width = 1;
        for (int i = 0; i < n; i++) {
            int v = values[i];
            width = Math.max(width, v >>> 8 == 0 ? 1 : v >>> 16 == 0 ? 2 : 4);
        }
        return width;
    }

    private static int timeWidth(long[] times, int n) {
        int width = 1;
        for (int i = 1; i < n; i++) {
            long delta = times[i] - times[i - 1];
            if (delta < 0) {
                throw new IllegalArgumentException("time runs backwards by " + -delta + " ns");
            }
            width = Math.max(width, delta >>> 8 == 0 ? 1 : delta >>> 16 == 0 ? 2 : delta >>> 32 == 0 ? 4 : 8);
        }
        return width;
    }
}
