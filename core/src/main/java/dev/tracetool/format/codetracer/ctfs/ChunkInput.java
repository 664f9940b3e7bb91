package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.UnpackedBytes;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The content of a legacy {@code events.log} in chunks, as one stream:
 *
 * <pre>
 *  0  u32 stored size    4  u32 records    8  u64 number of the first record    16  a zstd frame of the stored size
 * </pre>
 */
final class ChunkInput extends InputStream {
    static final int HEADER = 16;

    private static final int MAX_STORED = 1 << 25;
    private static final int MAX_RAW = 1 << 26;

    private final InternalFile file;
    private final FrameUnpacker unpacker;
    private final byte[] one = new byte[1];
    private final byte[] header = new byte[HEADER];
    private byte[] packed = new byte[0];
    private byte[] raw = new byte[0];
    private int at;
    private int length;
    private long next;
    private long chunks;

    /** Where the chunk begins that the bytes handed out last are of. */
    private long position;

    /** That chunk, and the one before it: a record that goes over both is in that. */
    private @Nullable Chunk last;

    private @Nullable Chunk beforeLast;

    /**
     * A chunk that was unpacked.
     *
     * @param position in the container
     * @param from where its bytes begin in the content of all
     * @param end where they end
     * @param records how many there are, as its header says
     */
    record Chunk(long position, long from, long end, long records) {}

    /** @param unpacked counts what comes out of chunks */
    ChunkInput(InternalFile file, long from, UnpackedBytes unpacked) throws IOException {
        this.unpacker = new FrameUnpacker(unpacked);
        this.file = file;
        this.next = from;
        this.position = file.place(from);
    }

    /** In the container. */
    long position() {
        return position;
    }

    long chunks() {
        return chunks;
    }

    /** The chunk in which a record begins that was read just now; null before the first one. */
    @Nullable
    Chunk holding(long contentPosition) {
        return last == null || contentPosition >= last.from ? last : beforeLast;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    /** At most to the end of a chunk, so that {@link #position()} is of all that comes. */
    @Override
    public int read(byte[] target, int offset, int wanted) throws IOException {
        if (wanted == 0) {
            return 0;
        }
        while (at == length) {
            if (next == file.size()) {
                return -1;
            }
            try {
                readChunk();
            } catch (MalformedContainerException e) {
                throw new DamagedInputException(e);
            }
        }
        int count = Math.min(wanted, length - at);
        System.arraycopy(raw, at, target, offset, count);
        at += count;
        return count;
    }

    private void readChunk() throws IOException, MalformedContainerException {
        position = file.place(next);
        long left = file.size() - next;
        if (left < HEADER) {
            throw new MalformedContainerException(
                    position, "expected the " + HEADER + " bytes of a chunk's header, found " + left);
        }
        file.read(next, header, 0, HEADER);
        long stored = LittleEndian.u32(header, 0);
        if (stored > left - HEADER || stored > MAX_STORED) {
            throw new MalformedContainerException(
                    position,
                    "expected a chunk of at most " + Math.min(left - HEADER, MAX_STORED) + " bytes, found one of "
                            + stored);
        }
        int size = (int) stored;
        if (packed.length < size) {
            packed = new byte[size];
        }
        file.read(next + HEADER, packed, 0, size);
        next += HEADER + stored;
        at = 0;
        length = 0;
        raw = unpacker.unpack(packed, 0, size, raw, MAX_RAW, 0, position);
        length = unpacker.length();
        chunks++;
        long records = LittleEndian.u32(header, 4);
        if (length == 0 && records > 0) {
            throw new MalformedContainerException(
                    position, "expected " + records + " records in a chunk, as its header says, found 0 bytes");
        }
        long from = last == null ? 0 : last.end;
        beforeLast = length == 0 ? beforeLast : last;
        last = length == 0 ? last : new Chunk(position, from, from + length, records);
    }

    @Override
    public void close() {
        unpacker.close();
    }
}
