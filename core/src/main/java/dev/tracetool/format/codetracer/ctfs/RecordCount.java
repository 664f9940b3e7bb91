package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.trace.Damage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How many records a stream has of which no more is read: values and output. Each record has its length before it; one of
 * values is empty, or begins with 0 and their number.
 */
final class RecordCount {
    private final ChunkedRecords stream;
    private long records;
    private long values;

    private RecordCount(ChunkedRecords stream) {
        this.stream = stream;
    }

    /** Null if there is no such stream. */
    static @Nullable RecordCount of(
            Directory directory, String name, boolean stored, FrameUnpacker unpacker, Damage damage)
            throws IOException {
        if (!directory.has(name + ".dat") || !directory.has(name + ".idx")) {
            return null;
        }
        RecordCount count = new RecordCount(ChunkedRecords.open(directory, name, stored, unpacker, damage));
        while (count.stream.next()) {
            count.add();
        }
        return count;
    }

    private void add() {
        records++;
        int length = stream.length();
        Cursor in = stream.cursor();
        try {
            if (length > 1 && in.u8() == 0) {
                // A number too large to be one is not of values, which this stream need not have.
                values += Math.max(0, Math.min(in.varint(), length));
            }
        } catch (MalformedContainerException e) {
            stream.drop(e);
        }
    }

    long records() {
        return records;
    }

    long values() {
        return values;
    }

    long chunks() {
        return stream.chunks();
    }

    long storedBytes() {
        return stream.storedBytes();
    }

    long rawBytes() {
        return stream.rawBytes();
    }
}
