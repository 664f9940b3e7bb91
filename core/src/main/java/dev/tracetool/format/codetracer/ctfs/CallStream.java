package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.trace.Damage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a recording: {@code calls.dat}, in the order in which they began. The number of a record is the key of its
 * call. In a chunk each has its length before it:
 *
 * <pre>
 * function   key of the caller (signed, -1 for none)   first step   last step   depth
 * number of arguments, and for each its name's number and its value, which has its length before it
 * value returned   exception   both with their lengths before them
 * number of calls made from it, and their keys
 * </pre>
 *
 * <p>Values are passed over. What cannot be read of a chunk is damage; the next chunk is read all the same.
 */
final class CallStream {
    private static final int MAX_RAW = 1 << 26;

    private final @Nullable ChunkedStream chunks;
    private final Damage damage;
    private long chunk = -1;
    private Cursor records = new Cursor(new byte[0], 0, 0, 0, true);

    /** What the next call of the chunk has for a key. */
    private long nextKey;

    private long key;
    private long function;
    private long parent;
    private long entry;
    private long exit;
    private boolean exception;

    private long count;
    private long exceptions;
    private long arguments;
    private long storedBytes;
    private long rawBytes;

    /** @param stored whether chunks are not packed */
    CallStream(Directory directory, boolean stored, FrameUnpacker unpacker, Damage damage) throws IOException {
        this.damage = damage;
        ChunkedStream found = null;
        InternalFile data = directory.file("calls.dat");
        InternalFile index = directory.file("calls.idx");
        if (data != null && index != null) {
            try {
                found = new ChunkedStream(data, index, stored, unpacker, MAX_RAW);
            } catch (MalformedContainerException e) {
                damage.add(e.at(), e.text(), data.size(), 1, 0);
            }
        } else if (data != null && data.size() > 0) {
            damage.add(data.entryAt(), "expected calls.idx beside calls.dat, found none", data.size(), 1, 0);
        }
        if (data == null && index != null && index.size() > ChunkedStream.INDEX_HEADER) {
            damage.add(index.entryAt(), "expected calls.dat beside calls.idx, found none", 0, 1, 0);
        }
        chunks = found;
    }

    /** Goes on to the next call. */
    boolean next() throws IOException {
        while (true) {
            if (records.left() == 0) {
                if (!nextChunk()) {
                    return false;
                }
                continue;
            }
            try {
                int length = records.count(1);
                int end = records.at() + length;
                key = nextKey++;
                read(length);
                records.skip(end - records.at());
                count++;
                exceptions += exception ? 1 : 0;
                return true;
            } catch (MalformedContainerException e) {
                damage.add(e.at(), e.text(), 0, 1, 0);
                records = new Cursor(new byte[0], 0, 0, 0, true);
            }
        }
    }

    private boolean nextChunk() throws IOException {
        if (chunks == null || ++chunk >= chunks.chunks()) {
            return false;
        }
        nextKey = chunk * chunks.recordsInChunk();
        try {
            chunks.read(chunk);
            records = new Cursor(chunks.bytes(), 0, chunks.length(), chunks.position(), true);
            storedBytes += chunks.storedBytes();
            rawBytes += chunks.length();
        } catch (MalformedContainerException e) {
            damage.add(e.at(), e.text(), chunks.storedBytes(), 1, 0);
        }
        return true;
    }

    private void read(int length) throws MalformedContainerException {
        int before = records.left();
        function = records.varint();
        parent = records.signed();
        entry = records.varint();
        exit = records.varint();
        records.varint();
        if (entry < 0 || exit < entry) {
            throw records.malformed("expected a last step from " + Long.toUnsignedString(entry) + " on, found "
                    + Long.toUnsignedString(exit));
        }
        int args = records.count(2);
        arguments += args;
        for (int i = 0; i < args; i++) {
            records.varint();
            records.skipBytes();
        }
        records.skipBytes();
        exception = records.skipBytes() > 0;
        for (int n = records.count(1); n > 0; n--) {
            records.varint();
        }
        if (before - records.left() != length) {
            throw records.malformed("expected a call of " + length + " bytes, found " + (before - records.left()));
        }
    }

    /** What is to be unpacked for that call, as a byte position in the container. */
    long position() {
        return chunks == null ? 0 : chunks.position();
    }

    long key() {
        return key;
    }

    /** All 64 bits: below 0 if there can be no such function. */
    long function() {
        return function;
    }

    /** Key of the caller; -1 if there is none. */
    long parent() {
        return parent;
    }

    long entry() {
        return entry;
    }

    long exit() {
        return exit;
    }

    /** Whether it was left by an exception. */
    boolean exception() {
        return exception;
    }

    /** Calls so far. */
    long count() {
        return count;
    }

    long exceptions() {
        return exceptions;
    }

    /** Arguments of these calls. */
    long arguments() {
        return arguments;
    }

    long chunks() {
        return Math.max(0, chunk);
    }

    long storedBytes() {
        return storedBytes;
    }

    long rawBytes() {
        return rawBytes;
    }
}
