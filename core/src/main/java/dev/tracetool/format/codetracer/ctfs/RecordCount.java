package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.trace.Damage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How many records a stream has of which no more is read: values and output. Each record has its length before it; one of
 * values is empty, or begins with 0 and their number.
 */
final class RecordCount {
    private static final int MAX_RAW = 1 << 26;

    private long records;
    private long values;
    private long chunks;
    private long storedBytes;
    private long rawBytes;

    private RecordCount() {}

    /** Null if there is no such stream. */
    static @Nullable RecordCount of(
            Directory directory, String name, boolean stored, FrameUnpacker unpacker, Damage damage)
            throws IOException {
        InternalFile data = directory.file(name + ".dat");
        InternalFile index = directory.file(name + ".idx");
        if (data == null || index == null) {
            return null;
        }
        RecordCount count = new RecordCount();
        try {
            ChunkedStream stream = new ChunkedStream(data, index, stored, unpacker, MAX_RAW);
            count.chunks = stream.chunks();
            for (long chunk = 0; chunk < stream.chunks(); chunk++) {
                try {
                    stream.read(chunk);
                    count.count(stream);
                } catch (MalformedContainerException e) {
                    damage.add(e.at(), e.text(), stream.storedBytes(), 1, 0);
                }
            }
        } catch (MalformedContainerException e) {
            damage.add(e.at(), e.text(), data.size(), 1, 0);
        }
        return count;
    }

    private void count(ChunkedStream stream) throws MalformedContainerException {
        storedBytes += stream.storedBytes();
        rawBytes += stream.length();
        Cursor in = new Cursor(stream.bytes(), 0, stream.length(), stream.position(), true);
        while (in.left() > 0) {
            int length = in.count(1);
            int end = in.at() + length;
            records++;
            if (length > 1 && in.u8() == 0) {
                // A number too large to be one is not of values, which this stream need not have.
                values += Math.max(0, Math.min(in.varint(), length));
            }
            in.skip(end - in.at());
        }
    }

    long records() {
        return records;
    }

    long values() {
        return values;
    }

    long chunks() {
        return chunks;
    }

    long storedBytes() {
        return storedBytes;
    }

    long rawBytes() {
        return rawBytes;
    }
}
