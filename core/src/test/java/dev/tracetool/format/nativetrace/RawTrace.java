package dev.tracetool.format.nativetrace;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The frames of a trace file, to be changed and put together again with right lengths and checksums: for tests of files
 * that lie. Made from the page tracetool-trace(5), not from the code that is tested.
 */
final class RawTrace {
    static final int HEAD = 16;
    static final int OVERHEAD = 24;

    /** One frame. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Raw(char type, byte[] payload) {
        Raw(char type, String json) {
            this(type, json.getBytes(StandardCharsets.UTF_8));
        }
    }

    final List<Raw> frames = new ArrayList<>();
    int major = 1;
    int minor;

    /** Takes a sound file apart. */
    static RawTrace of(byte[] file) {
        RawTrace trace = new RawTrace();
        ByteBuffer bytes = little(file);
        for (int at = HEAD; at < file.length; ) {
            int length = bytes.getInt(at + 12);
            trace.frames.add(new Raw((char) file[at + 4], Arrays.copyOfRange(file, at + 20, at + 20 + length)));
            at += OVERHEAD + length;
        }
        return trace;
    }

    /** Where each frame of a sound file begins, and the file's end. */
    static List<Integer> offsets(byte[] file) {
        List<Integer> offsets = new ArrayList<>();
        for (int at = HEAD; at < file.length; at += OVERHEAD + little(file).getInt(at + 12)) {
            offsets.add(at);
        }
        offsets.add(file.length);
        return offsets;
    }

    RawTrace add(char type, byte[] payload) {
        frames.add(new Raw(type, payload));
        return this;
    }

    RawTrace add(char type, String json) {
        return add(type, json.getBytes(StandardCharsets.UTF_8));
    }

    /** Position among the frames of the first one of a type. */
    int first(char type) {
        for (int i = 0; i < frames.size(); i++) {
            if (frames.get(i).type == type) {
                return i;
            }
        }
        throw new AssertionError("no frame of type " + type);
    }

    /** Removes the index and what the end says of it, which no longer hold when frames are put in or left out. */
    RawTrace withoutIndex() {
        frames.removeIf(frame -> frame.type == 'i');
        for (Raw frame : frames) {
            if (frame.type == 'Z') {
                little(frame.payload).putLong(16, 0);
            }
        }
        return this;
    }

    /** The file, with sequence numbers, lengths and checksums that hold. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer head = little(new byte[HEAD]);
        head.put(new byte[] {(byte) 0x89, 'T', 'R', 'C', '\r', '\n', 0x1A, '\n'});
        head.putShort((short) major).putShort((short) minor).putInt(crc(head.array(), 0, 12));
        out.writeBytes(head.array());
        for (int i = 0; i < frames.size(); i++) {
            out.writeBytes(frame(frames.get(i).type, i, frames.get(i).payload));
        }
        return out.toByteArray();
    }

    static byte[] frame(char type, int sequence, byte[] payload) {
        ByteBuffer frame = little(new byte[OVERHEAD + payload.length]);
        frame.put(new byte[] {(byte) 0xB1, 'T', 'B', '\n', (byte) type, 0, 0, 0});
        frame.putInt(sequence).putInt(payload.length).putInt(crc(frame.array(), 0, 16));
        return frame.put(payload).putInt(crc(payload, 0, payload.length)).array();
    }

    /** Makes the checksum of the header of the frame at a position right again. */
    static void signHeader(byte[] file, int at) {
        little(file).putInt(at + 16, crc(file, at, 16));
    }

    /**
     * A copy in which the checksum of the file header and those of all frames up to the first that does not fit are right.
     */
    static byte[] signed(byte[] file) {
        byte[] bytes = file.clone();
        if (bytes.length < HEAD) {
            return bytes;
        }
        ByteBuffer numbers = little(bytes);
        numbers.putInt(12, crc(bytes, 0, 12));
        for (int at = HEAD; bytes.length - at >= OVERHEAD; ) {
            int length = numbers.getInt(at + 12);
            if (length < 0 || length > bytes.length - at - OVERHEAD) {
                break;
            }
            signHeader(bytes, at);
            numbers.putInt(at + 20 + length, crc(bytes, at + 20, length));
            at += OVERHEAD + length;
        }
        return bytes;
    }

    static byte[] stored(byte[] raw) {
        return section(0, raw.length, raw);
    }

    static byte[] section(int codec, int rawLength, byte[] stored) {
        return little(new byte[12 + stored.length])
                .putInt(codec)
                .putInt(rawLength)
                .putInt(stored.length)
                .put(stored)
                .array();
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] ints(int... values) {
        ByteBuffer bytes = little(new byte[4 * values.length]);
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int crc(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
