package dev.tracetool.format.codetracer.ctfs;

import java.io.IOException;
import java.util.Arrays;

/**
 * A stream of records in chunks, each of which can be unpacked by itself.
 *
 * <pre>
 * NAME.idx   0  u32 records in a chunk    4  u64 position in NAME.dat for each chunk
 * NAME.dat   a zstd frame for each chunk; in a compact container, its content
 * </pre>
 *
 * <p>All chunks but the last are full. The index is read in pieces and one chunk is held at a time, so that any length
 * takes the memory of the largest chunk.
 */
final class ChunkedStream {
    /** Zeros behind the content of a chunk, so that a number can be decoded before its end is compared. */
    static final int PADDING = 16;

    /** An index of this size is one of no chunks. */
    static final int INDEX_HEADER = 4;

    /** Offsets of the index that are read at a time. */
    private static final int WINDOW = 512;

    private static final int MAX_STORED = 1 << 25;

    /** Bytes of chunks that are read at a time, if none is larger. */
    private static final int AHEAD = 1 << 16;

    private final InternalFile data;
    private final InternalFile index;
    private final boolean stored;
    private final FrameUnpacker unpacker;
    private final int mostRaw;
    private final long recordsInChunk;
    private final long chunks;
    private final byte[] window = new byte[8 * (WINDOW + 1)];
    private long windowFrom = -1;

    /** Of {@link #data}, the bytes from {@link #packedFrom} to before {@link #packedEnd}. */
    private byte[] packed = new byte[0];

    private long packedFrom;
    private long packedEnd;
    private byte[] raw = new byte[1 << 16];
    private int length;
    private long position;
    private long storedBytes;

    /**
     * @param stored whether chunks are not packed; then the unpacker is not used
     * @param mostRaw bytes that a chunk can have when it is unpacked
     * @throws MalformedContainerException if the index does not begin as one does
     */
    ChunkedStream(InternalFile data, InternalFile index, boolean stored, FrameUnpacker unpacker, int mostRaw)
            throws IOException, MalformedContainerException {
        this.data = data;
        this.index = index;
        this.stored = stored;
        this.unpacker = unpacker;
        this.mostRaw = mostRaw;
        if (index.size() < INDEX_HEADER) {
            throw new MalformedContainerException(
                    index.entryAt(), "expected at least 4 bytes in " + index.name() + ", found " + index.size());
        }
        index.read(0, window, 0, INDEX_HEADER);
        recordsInChunk = LittleEndian.u32(window, 0);
        // A file that is still written can end in a part of an offset.
        chunks = (index.size() - INDEX_HEADER) / 8;
        if (recordsInChunk == 0 && chunks > 0) {
            throw new MalformedContainerException(index.place(0), "expected chunks of at least 1 record, found of 0");
        }
    }

    /** The internal file that has the chunks. */
    String name() {
        return data.name();
    }

    /** How many records each chunk but the last has. */
    long recordsInChunk() {
        return recordsInChunk;
    }

    long chunks() {
        return chunks;
    }

    /** Unpacks a chunk. */
    void read(long chunk) throws IOException, MalformedContainerException {
        length = 0;
        storedBytes = 0;
        position = index.entryAt();
        long from = offset(chunk);
        long end = chunk + 1 < chunks ? offset(chunk + 1) : data.size();
        if (from < 0 || from > end || end > data.size() || end - from > MAX_STORED) {
            throw new MalformedContainerException(
                    index.place(INDEX_HEADER + 8 * chunk),
                    "expected a chunk within " + data.size() + " bytes of " + data.name() + ", found one from "
                            + Long.toUnsignedString(from) + " to " + Long.toUnsignedString(end));
        }
        position = data.place(from);
        storedBytes = end - from;
        int size = (int) storedBytes;
        if (stored) {
            grow(size);
            data.read(from, raw, 0, size);
            length = size;
        } else {
            int at = readPacked(from, size);
            raw = unpacker.unpack(packed, at, size, raw, mostRaw, PADDING, position);
            length = unpacker.length();
        }
        Arrays.fill(raw, length, length + PADDING, (byte) 0);
    }

    /** Returns where in {@link #packed} these bytes are. */
    private int readPacked(long from, int size) throws IOException, MalformedContainerException {
        if (from < packedFrom || from + size > packedEnd) {
            int more = (int) Math.min(Math.max(size, AHEAD), data.size() - from);
            packedEnd = packedFrom;
            if (packed.length < more) {
                packed = new byte[Math.max(more, Math.min(2 * packed.length, MAX_STORED))];
            }
            try {
                data.read(from, packed, 0, more);
            } catch (MalformedContainerException e) {
                more = size; // what is wrong may be behind the chunk
                data.read(from, packed, 0, more);
            }
            packedFrom = from;
            packedEnd = from + more;
        }
        return (int) (from - packedFrom);
    }

    private void grow(int size) {
        if (raw.length < size + PADDING) {
            raw = new byte[size + PADDING];
        }
    }

    private long offset(long chunk) throws IOException, MalformedContainerException {
        if (windowFrom < 0 || chunk < windowFrom || chunk >= windowFrom + WINDOW) {
            windowFrom = -1;
            int count = (int) Math.min(WINDOW, chunks - chunk);
            index.read(INDEX_HEADER + 8 * chunk, window, 0, 8 * count);
            windowFrom = chunk;
        }
        return LittleEndian.i64(window, (int) (8 * (chunk - windowFrom)));
    }

    /** The content of the chunk that was read last, {@link #length} bytes and {@link #PADDING} zeros. */
    byte[] bytes() {
        return raw;
    }

    int length() {
        return length;
    }

    /** Where in the container that chunk lies. */
    long position() {
        return position;
    }

    /** How many bytes it takes there. */
    long storedBytes() {
        return storedBytes;
    }
}
