package dev.tracetool.summary;

import dev.tracetool.analysis.NumberWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

/** Collects the records of one type, in as many sections as they need. */
final class SectionBuffer {
    private final byte type;
    private NumberWriter current = new NumberWriter();
    private boolean evenIfEmpty;
    private final ByteArrayOutputStream finished = new ByteArrayOutputStream();

    SectionBuffer(byte type) {
        this.type = type;
    }

    /** Where the next record is to be written. */
    NumberWriter next() {
        if (current.size() >= Section.FULL) {
            finish();
        }
        return current;
    }

    private void finish() {
        byte[] stored = deflate(current);
        ByteBuffer header = ByteBuffer.allocate(Section.HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(type).putInt(current.size()).putInt(stored.length);
        header.putInt(Section.crc(header.array(), Section.CHECKED, stored, stored.length));
        finished.writeBytes(header.array());
        finished.writeBytes(stored);
        current = new NumberWriter();
    }

    private static byte[] deflate(NumberWriter raw) {
        ByteArrayOutputStream stored = new ByteArrayOutputStream();
        Deflater deflater = new Deflater();
        try (DeflaterOutputStream out = new DeflaterOutputStream(stored, deflater)) {
            out.write(raw.array(), 0, raw.size());
        } catch (IOException e) {
            throw new AssertionError(e); // memory does not fail like that
        } finally {
            deflater.end();
        }
        return stored.toByteArray();
    }

    /** There is to be a section, be it empty. */
    void evenIfEmpty() {
        evenIfEmpty = true;
    }

    /** Writes the sections; none if there are no records, unless there is to be one. */
    void writeTo(OutputStream out) throws IOException {
        if (current.size() > 0 || (evenIfEmpty && finished.size() == 0)) {
            finish();
        }
        finished.writeTo(out);
    }
}
