package dev.tracetool.format.nativetrace;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Appends frames, and keeps what the index says of them: a row of flat columns for each. */
final class FrameWriter {
    private final OutputStream out;
    private final CRC32 crc = new CRC32();
    private long position;
    private int size;
    private byte[] types = new byte[64];
    private long[] offsets = new long[64];
    private int[] subjects = new int[64];
    private int[] counts = new int[64];
    private int[] raws = new int[64];
    private long[] times = new long[64];

    FrameWriter(OutputStream out) throws IOException {
        this.out = out;
        byte[] head = Arrays.copyOf(Layout.MAGIC, Layout.FILE_HEADER);
        Layout.putI16(head, 8, Layout.MAJOR);
        Layout.putI16(head, 10, Layout.MINOR);
        Layout.putI32(head, 12, checksum(head, 0, 12));
        write(head);
    }

    long position() {
        return position;
    }

    private int checksum(byte[] bytes, int from, int length) {
        crc.reset();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        position += bytes.length;
    }

    /**
     * Appends a frame.
     *
     * @param subject thread or first index
     * @param count events or code objects
     * @param raw bytes of its packed sections before compression
     */
    void frame(byte type, byte[] payload, int subject, int count, int raw, long time) throws IOException {
        if (payload.length > Layout.MAX_PAYLOAD) {
            throw new IllegalArgumentException("a payload of " + payload.length + " bytes");
        }
        note(type, subject, count, raw, time);
        byte[] frame = new byte[Layout.FRAME_OVERHEAD + payload.length];
        Layout.putI32(frame, 0, Layout.SYNC);
        frame[4] = type;
        Layout.putI32(frame, 8, size - 1);
        Layout.putI32(frame, 12, payload.length);
        Layout.putI32(frame, 16, checksum(frame, 0, 16));
        System.arraycopy(payload, 0, frame, Layout.FRAME_HEADER, payload.length);
        Layout.putI32(frame, Layout.FRAME_HEADER + payload.length, checksum(payload, 0, payload.length));
        write(frame);
    }

    private void note(byte type, int subject, int count, int raw, long time) {
        if (size == types.length) {
            int length = 2 * size;
            types = Arrays.copyOf(types, length);
            offsets = Arrays.copyOf(offsets, length);
            subjects = Arrays.copyOf(subjects, length);
            counts = Arrays.copyOf(counts, length);
            raws = Arrays.copyOf(raws, length);
            times = Arrays.copyOf(times, length);
        }
        types[size] = type;
        offsets[size] = position;
        subjects[size] = subject;
        counts[size] = count;
        raws[size] = raw;
        times[size] = time;
        size++;
    }

    /** Adds the number of frames and their columns, as an index holds them. */
    void describe(PayloadBuilder to) {
        to.u32(size).bytes(types, size);
        for (int i = 0; i < size; i++) {
            to.i64(offsets[i]);
        }
        for (int[] column : new int[][] {subjects, counts, raws}) {
            for (int i = 0; i < size; i++) {
                to.u32(column[i]);
            }
        }
        for (int i = 0; i < size; i++) {
            to.i64(times[i]);
        }
    }
}
