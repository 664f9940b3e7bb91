package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.trace.Damage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How many records a stream has of which no more is read: values and output; and of values, how many of variables there are
 * in them. A record that is malformed costs as much as where all that it holds is read; what a value is made of is not looked
 * at.
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
        boolean ofValues = name.equals(ValueRecords.NAME);
        while (count.stream.next()) {
            count.records++;
            if (ofValues && count.stream.length() > 0) {
                count.addValues();
            }
        }
        return count;
    }

    private void addValues() {
        ValueFields fields = new ValueFields(stream.record());
        try {
            while (fields.next()) {
                values += fields.kind == RecordKind.VALUE ? 1 : 0;
            }
        } catch (MalformedContainerException e) {
            stream.lose(e);
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
