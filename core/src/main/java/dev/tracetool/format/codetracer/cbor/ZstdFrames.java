package dev.tracetool.format.codetracer.cbor;

import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.tracetool.input.LimitException;
import dev.tracetool.input.UnpackedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The content of zstd frames (RFC 8878), one after the other. Skippable frames are passed over; the last one of a file
 * that was closed is a seek table, of the format of zstd's {@code contrib/seekable_format}:
 *
 * <pre>
 * u32  5E 2A 4D 18
 * u32  size of what follows
 *      entries
 * u32  number of frames
 * u8   descriptor
 * u32  B1 EA 92 8F
 * </pre>
 *
 * <p>All that a frame unpacks to before the place where it is damaged or cut off is passed on first.
 */
final class ZstdFrames extends InputStream {
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int SEEK_TABLE = 0x184D2A5E;
    private static final int SEEK_TABLE_END = 0x8F92EAB1;

    /** The longest head of a frame. */
    private static final int MAX_HEAD = 18;

    /** Frames that need more memory for what they look back at are refused. */
    private static final long MAX_WINDOW = 64 << 20;

    private static final int BUFFER = 1 << 16;

    private final InputStream in;
    private final UnpackedBytes total;
    private final FrameStarts starts = new FrameStarts();
    private final ZstdDecompressCtx zstd = new ZstdDecompressCtx();
    private final byte[] chunk = new byte[BUFFER];
    private final ByteBuffer source = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer content = ByteBuffer.allocateDirect(BUFFER);

    /** Position in the file of the end of {@link #source}. */
    private long fetched;

    private long frameStart;
    private long unpacked;
    private boolean inFrame;
    private boolean isLastSeekTable;

    /**
     * @param in positioned at the first frame
     * @param position of that in the file
     * @param total what comes out is counted there
     */
    ZstdFrames(InputStream in, long position, UnpackedBytes total) {
        this.total = total;
        this.in = in;
        this.fetched = position;
        source.limit(0);
        content.limit(0);
    }

    /** Whether the last frame was a seek table: then nothing was to follow. */
    boolean isClosed() {
        return isLastSeekTable;
    }

    /** Where in the file the frame begins that holds a byte of the content. Positions never go back. */
    long fileOf(long position) {
        return starts.find(position);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /**
     * @throws DamagedFrameException where the frames cannot be read on
     * @throws LimitException if they unpack to more than they may
     */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        while (!content.hasRemaining()) {
            if (!inFrame && !startFrame()) {
                return -1;
            }
            if (inFrame) {
                unpack();
            }
        }
        int count = Math.min(length, content.remaining());
        content.get(target, offset, count);
        return count;
    }

    private void unpack() throws IOException {
        if (!source.hasRemaining() && !fetch()) {
            throw new DamagedFrameException(position(), "expected the rest of a zstd frame, found the end");
        }
        content.clear();
        try {
            inFrame = !zstd.decompressDirectByteBufferStream(content, source);
        } catch (ZstdException e) {
            content.limit(0);
            throw new DamagedFrameException(frameStart, "expected a sound zstd frame, found: " + e.getMessage());
        }
        content.flip();
        unpacked += content.remaining();
        total.add(content.remaining());
    }

    /** Whether there is another frame. One that can be skipped is. */
    private boolean startFrame() throws IOException {
        while (source.remaining() < MAX_HEAD && fetch()) {}
        if (!source.hasRemaining()) {
            return false;
        }
        frameStart = position();
        isLastSeekTable = false;
        int magic = source.remaining() < 4 ? 0 : source.getInt(source.position());
        if (magic == MAGIC) {
            long window = window();
            if (window < 0 || window > MAX_WINDOW) {
                throw new DamagedFrameException(
                        frameStart, "expected a zstd frame with a window of at most 64 MB, found a larger one");
            }
            starts.add(unpacked, frameStart);
            inFrame = true;
        } else if ((magic & ~15) == SKIPPABLE) {
            skip(magic);
        } else {
            throw new DamagedFrameException(frameStart, "expected a zstd frame, found another start");
        }
        return true;
    }

    /** How much memory a frame needs, by its head; 0 if the head is not all there. */
    private long window() {
        int at = source.position();
        if (source.remaining() < MAX_HEAD) {
            return 0; // the rest of the file is shorter than the longest head: it unpacks to next to nothing
        }
        int descriptor = source.get(at + 4) & 0xFF;
        if ((descriptor & 0x20) == 0) {
            int size = source.get(at + 5) & 0xFF;
            long base = 1L << 10 + (size >> 3);
            return base + base / 8 * (size & 7);
        }
        int dictionary = descriptor & 3;
        int field = at + 5 + (dictionary == 3 ? 4 : dictionary);
        return switch (descriptor >> 6) {
            case 0, 1 -> 0;
            case 2 -> source.getInt(field) & 0xFFFFFFFFL;
            default -> source.getLong(field);
        };
    }

    private void skip(int magic) throws IOException {
        if (source.remaining() < 8) {
            throw new DamagedFrameException(fetched, "expected the rest of a skippable frame, found the end");
        }
        source.getInt();
        long left = source.getInt() & 0xFFFFFFFFL;
        int last = 0;
        for (; left > 0; left--) {
            if (left > 4 && source.remaining() > 4) {
                int count = (int) Math.min(left - 4, source.remaining() - 1);
                source.position(source.position() + count);
                left -= count;
            }
            if (!source.hasRemaining() && !fetch()) {
                throw new DamagedFrameException(fetched, "expected the rest of a skippable frame, found the end");
            }
            last = last >>> 8 | source.get() << 24;
        }
        isLastSeekTable = magic == SEEK_TABLE && last == SEEK_TABLE_END;
    }

    private long position() {
        return fetched - source.remaining();
    }

    /** Reads more of the file behind what is there; false at its end. */
    private boolean fetch() throws IOException {
        source.compact();
        int got = in.read(chunk, 0, source.remaining());
        if (got > 0) {
            source.put(chunk, 0, got);
            fetched += got;
        }
        source.flip();
        return got > 0;
    }

    @Override
    public void close() throws IOException {
        zstd.close();
        in.close();
    }
}
