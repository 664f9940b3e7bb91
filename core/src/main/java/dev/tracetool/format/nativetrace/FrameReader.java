package dev.tracetool.format.nativetrace;

import dev.tracetool.input.InputBytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the frames of a file, one after the other.
 *
 * <pre>
 *  0  B1 54 42 0A    12  u32 length of the payload
 *  4  u8  type       16  u32 CRC-32 of bytes 0..15
 *  5  3 bytes 0      20  payload, and its CRC-32
 *  8  u32 sequence
 * </pre>
 *
 * <p>Damage: where a header does not check, the next sync mark whose header does is searched for; a frame that the end
 * of the file cuts ends the walk; a frame whose sequence number goes back is passed over. All of it is noted.
 */
final class FrameReader {
    /** Enough for dozens of blocks: a walk reads the file in pieces of this size. */
    private static final int WALK_WINDOW = 1 << 20;

    /** Most blocks but events are smaller than this. */
    private static final int LOOK_WINDOW = 1 << 12;

    private final InputBytes source;
    private final int minWindow;
    private final DamageLog damage;
    private final CRC32 crc = new CRC32();
    private byte[] window = new byte[0];
    private long windowAt;
    private int windowLength;
    private long position;
    private int expectedSequence;

    private FrameReader(InputBytes source, int minWindow, DamageLog damage) {
        this.source = source;
        this.minWindow = minWindow;
        this.damage = damage;
        this.position = Layout.FILE_HEADER;
    }

    /** A walk from the first frame on. */
    static FrameReader walk(InputBytes source, DamageLog damage) {
        return new FrameReader(source, WALK_WINDOW, damage);
    }

    /** For looking at single frames with {@link #at} and {@link #payload}. */
    static FrameReader look(InputBytes source) {
        return new FrameReader(source, LOOK_WINDOW, (position, message, bytes, frames, events) -> {});
    }

    /** The next whole frame with a sound header, or null at the end of the file. */
    @Nullable
    Frame next() throws IOException {
        while (position < source.size()) {
            long start = position;
            Frame frame = headerAt(start);
            if (frame == null) {
                frame = resync(start);
                long lost = (frame == null ? source.size() : frame.offset()) - start;
                int frames = frame == null ? 1 : Math.max(0, frame.sequence() - expectedSequence);
                damage.add(start, "expected a frame header, found " + what(start), lost, frames, 0);
                if (frame == null) {
                    position = source.size();
                    return null;
                }
            } else if (frame.sequence() - expectedSequence > 0) {
                int gap = frame.sequence() - expectedSequence;
                damage.add(start, expected(frame) + ": frames are missing before it", 0, gap, 0);
            }
            if (frame.end() > source.size()) {
                position = source.size();
                String found = "the end of the file after " + (source.size() - frame.offset());
                damage.add(
                        frame.offset(),
                        "expected a frame of " + (frame.end() - frame.offset()) + " bytes, found " + found,
                        source.size() - frame.offset(),
                        1,
                        0);
                return null;
            }
            position = frame.end();
            if (frame.sequence() - expectedSequence < 0) {
                damage.add(frame.offset(), expected(frame) + ": not used", frame.end() - frame.offset(), 1, 0);
                continue;
            }
            expectedSequence = frame.sequence() + 1;
            return frame;
        }
        return null;
    }

    private String expected(Frame frame) {
        return "expected frame number " + Integer.toUnsignedString(expectedSequence) + ", found number "
                + Integer.toUnsignedString(frame.sequence());
    }

    private String what(long at) throws IOException {
        if (at + Layout.FRAME_HEADER > source.size()) {
            return "the end of the file after " + (source.size() - at);
        }
        int in = load(at, Layout.FRAME_HEADER);
        return Layout.i32(window, in) == Layout.SYNC ? "one whose checksum or length is wrong" : "no sync mark";
    }

    /** The frame whose sound header stands at a position, or null. Does not move the walk. */
    @Nullable
    Frame at(long at) throws IOException {
        return headerAt(at);
    }

    /** The payload of a frame that {@link #next} gave, in a new array, or null if its checksum is wrong. */
    byte @Nullable [] payload(Frame frame) throws IOException {
        byte[] payload;
        int sum;
        if (frame.length() > WALK_WINDOW) {
            payload = new byte[frame.length()]; // once in memory, not twice
            source.read(frame.payloadAt(), payload, 0, payload.length);
            sum = Layout.i32(window, load(frame.payloadAt() + frame.length(), 4));
        } else {
            int in = load(frame.payloadAt(), frame.length() + 4);
            payload = Arrays.copyOfRange(window, in, in + frame.length());
            sum = Layout.i32(window, in + frame.length());
        }
        crc.reset();
        crc.update(payload, 0, payload.length);
        return (int) crc.getValue() == sum ? payload : null;
    }

    /** The payload, if there is one: {@link #payload} gives none whose checksum is wrong. */
    static byte[] sound(byte @Nullable [] payload) throws MalformedBlockException {
        if (payload == null) {
            throw new MalformedBlockException(0, "expected a payload with the right checksum, found another");
        }
        return payload;
    }

    /** The frame whose sound header stands at the position, or null. */
    private @Nullable Frame headerAt(long at) throws IOException {
        if (at + Layout.FRAME_HEADER > source.size()) {
            return null;
        }
        int in = load(at, Layout.FRAME_HEADER);
        if (Layout.i32(window, in) != Layout.SYNC) {
            return null;
        }
        crc.reset();
        crc.update(window, in, 16);
        long length = Layout.u32(window, in + 12);
        if ((int) crc.getValue() != Layout.i32(window, in + 16) || length > limit(window[in + 4])) {
            return null;
        }
        return new Frame(at, window[in + 4], Layout.i32(window, in + 8), (int) length);
    }

    private static int limit(byte type) {
        return type == Layout.EVENTS ? Layout.MAX_EVENTS_PAYLOAD : Layout.MAX_PAYLOAD;
    }

    /** The first frame with a sound header after the position. One pass: each candidate costs the same. */
    private @Nullable Frame resync(long after) throws IOException {
        for (long at = after + 1; at + Layout.FRAME_HEADER <= source.size(); ) {
            int in = load(at, Layout.FRAME_HEADER);
            int last = windowLength - Layout.FRAME_HEADER;
            int i = in;
            while (i <= last && Layout.i32(window, i) != Layout.SYNC) {
                i++;
            }
            at = windowAt + i;
            if (i <= last) {
                Frame frame = headerAt(at);
                if (frame != null) {
                    return frame;
                }
                at++;
            }
        }
        return null;
    }

    /** Makes that many bytes of the file available; returns where in the window they start. */
    private int load(long at, int length) throws IOException {
        if (at >= windowAt && at + length <= windowAt + windowLength) {
            return (int) (at - windowAt);
        }
        int wanted = (int) Math.min(Math.max(length, minWindow), source.size() - at);
        if (window.length < wanted) {
            window = new byte[wanted];
        }
        windowLength = 0;
        source.read(at, window, 0, wanted);
        windowAt = at;
        windowLength = wanted;
        return 0;
    }
}
