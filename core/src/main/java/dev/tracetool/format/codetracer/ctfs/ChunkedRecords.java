package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.trace.Damage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a stream, one after the other: in its chunks each has its length before it. What cannot be read of a chunk
 * is damage; the next chunk is read all the same.
 */
final class ChunkedRecords {
    private static final int MAX_RAW = 1 << 25;

    private final @Nullable ChunkedStream chunks;
    private final Damage damage;
    private long chunk = -1;
    private Cursor cursor = none();

    /** Of the record, in the bytes of the chunk. */
    private int end;

    private int length;
    private long number = -1;

    /** Whether there is a chunk of which nothing was dropped. */
    private boolean isWhole;

    private long next;
    private long storedBytes;
    private long rawBytes;

    private ChunkedRecords(@Nullable ChunkedStream chunks, Damage damage) {
        this.chunks = chunks;
        this.damage = damage;
    }

    /**
     * The stream of a name; without records if it is not there.
     *
     * @param stored whether chunks are not packed
     */
    static ChunkedRecords open(Directory directory, String name, boolean stored, FrameUnpacker unpacker, Damage damage)
            throws IOException {
        InternalFile data = directory.file(name + ".dat");
        InternalFile index = directory.file(name + ".idx");
        ChunkedStream found = null;
        if (data != null && index != null) {
            try {
                found = new ChunkedStream(data, index, stored, unpacker, MAX_RAW);
            } catch (MalformedContainerException e) {
                damage.add(e.at(), e.textIn(data.name()), data.size(), 1, 0);
            }
        }
        return new ChunkedRecords(found, damage);
    }

    private static Cursor none() {
        return new Cursor(new byte[0], 0, 0, 0, true);
    }

    /** Goes on to the next record, wherever in the last one the cursor is. */
    boolean next() throws IOException {
        while (true) {
            try {
                cursor.skip(end - cursor.at());
                end = cursor.at();
                if (cursor.left() > 0) {
                    if (next == nextOfChunk()) {
                        throw cursor.malformed("expected no more records in a chunk, found some");
                    }
                    length = cursor.count(1);
                    end = cursor.at() + length;
                    number = next++;
                    return true;
                }
            } catch (MalformedContainerException e) {
                drop(e);
            }
            if (!nextChunk()) {
                return false;
            }
        }
    }

    /** The number of the first record of the next chunk. */
    private long nextOfChunk() {
        return chunks == null ? 0 : (chunk + 1) * chunks.recordsInChunk();
    }

    private boolean nextChunk() throws IOException {
        if (chunks == null) {
            return false;
        }
        if (isWhole && chunk + 1 < chunks.chunks() && next < nextOfChunk()) {
            String message = "expected " + chunks.recordsInChunk() + " records in a chunk, found "
                    + (next - chunk * chunks.recordsInChunk());
            damage.add(chunks.position(), chunks.name() + ": " + message, 0, 1, 0);
        }
        isWhole = false;
        if (++chunk >= chunks.chunks()) {
            return false;
        }
        next = chunk * chunks.recordsInChunk();
        cursor = none();
        end = 0;
        try {
            chunks.read(chunk);
            cursor = new Cursor(chunks.bytes(), 0, chunks.length(), chunks.position(), true);
            isWhole = true;
            storedBytes += chunks.storedBytes();
            rawBytes += chunks.length();
        } catch (MalformedContainerException e) {
            damage.add(e.at(), e.textIn(chunks.name()), chunks.storedBytes(), 1, 0);
        }
        return true;
    }

    /** The record is malformed; what follows it need not be. */
    void lose(MalformedContainerException e) {
        lose(e, 0);
    }

    private void lose(MalformedContainerException e, int frames) {
        damage.add(e.at(), chunks == null ? e.text() : e.textIn(chunks.name()), 0, frames, 0);
    }

    /** The record is malformed, and so is what follows it in the chunk. */
    void drop(MalformedContainerException e) {
        lose(e, 1);
        isWhole = false;
        cursor = none();
        end = 0;
    }

    /** In the record, at its start until it is moved; its end is that of the chunk. */
    Cursor cursor() {
        return cursor;
    }

    /** The same, which ends with the record. */
    Cursor record() {
        return new Cursor(bytes(), cursor.at(), end, position(), true);
    }

    /** How many bytes the record has. */
    int length() {
        return length;
    }

    /** The record's place among all of the stream, those included that were lost; -1 before the first one. */
    long number() {
        return number;
    }

    /** What the cursor is in; the same until the next record is read. */
    byte[] bytes() {
        return chunks == null ? new byte[0] : chunks.bytes();
    }

    /** What is to be unpacked for the record, as a byte position in the container. */
    long position() {
        return chunks == null ? 0 : chunks.position();
    }

    /** Chunks so far. */
    long chunks() {
        return Math.max(0, chunk);
    }

    /** Bytes in these, as they lie in the container. */
    long storedBytes() {
        return storedBytes;
    }

    /** Bytes in these, unpacked. */
    long rawBytes() {
        return rawBytes;
    }
}
