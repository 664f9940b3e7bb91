package dev.tracetool.summary;

import dev.tracetool.analysis.NumberReader;
import dev.tracetool.trace.TraceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads the sections of a summary file one after the other. The file is whole or it is an error: a summary is written
 * under another name until it is complete.
 */
final class SectionReader implements Closeable {
    private static final int FIRST_BUFFER = 1 << 16;

    private final String name;
    private final InputStream in;
    private final long size;
    private final Inflater inflater = new Inflater();
    private byte[] stored = new byte[FIRST_BUFFER];
    private byte[] raw = new byte[FIRST_BUFFER];
    private long at;
    private long start;
    private byte type;
    private int rawLength;
    private int storedLength;

    /** @param size of the input in bytes */
    SectionReader(String name, InputStream in, long size) throws IOException {
        this.name = name;
        this.in = in;
        this.size = size;
        ByteBuffer header = bytes(Section.FILE_HEADER);
        byte[] magic = Arrays.copyOf(header.array(), Section.MAGIC.length);
        if (!Arrays.equals(magic, Section.MAGIC)) {
            throw malformed(0, "expected a summary file, found something else");
        }
        if (header.getInt(Section.CHECKED) != Section.crc(header.array(), Section.CHECKED, stored, 0)) {
            throw malformed(0, "expected the checksum of the file header, found another one");
        }
        int major = header.getShort(8) & 0xFFFF;
        if (major != Section.MAJOR) {
            throw malformed(
                    8,
                    "expected a summary file of version " + Section.MAJOR + ", found version " + major
                            + (major > Section.MAJOR
                                    ? ", which a later tracetool wrote; that one can read it"
                                    : ", which an earlier tracetool wrote; summarize the traces again"));
        }
    }

    private ByteBuffer bytes(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw malformed(at + bytes.length, "expected " + length + " bytes, found the end of the file");
        }
        at += length;
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next section. Returns its type. */
    byte next() throws IOException {
        start = at;
        ByteBuffer header = bytes(Section.HEADER);
        type = header.get(0);
        rawLength = header.getInt(4);
        storedLength = header.getInt(8);
        if (rawLength < 0 || rawLength > Section.MAX || storedLength < 0 || storedLength > size - at) {
            throw malformed(
                    start + 4,
                    "expected the lengths of a section, found " + Integer.toUnsignedString(rawLength) + " and "
                            + Integer.toUnsignedString(storedLength));
        }
        if (stored.length < storedLength) {
            stored = new byte[storedLength];
        }
        if (in.readNBytes(stored, 0, storedLength) < storedLength) {
            throw malformed(at, "expected " + storedLength + " bytes, found the end of the file");
        }
        at += storedLength;
        if (header.getInt(Section.CHECKED) != Section.crc(header.array(), Section.CHECKED, stored, storedLength)) {
            throw malformed(start, "expected the checksum of the section, found another one");
        }
        return type;
    }

    /** Whether the section can be passed over by who does not know its type. */
    boolean isOptional() {
        return type >= 'a' && type <= 'z';
    }

    /** The records of the section. */
    NumberReader records() throws IOException {
        if (raw.length <= rawLength) {
            raw = new byte[Math.max(rawLength + 1, Math.min(2 * raw.length, Section.MAX + 1))];
        }
        inflater.reset();
        inflater.setInput(stored, 0, storedLength);
        try {
            int length = 0;
            while (!inflater.finished() && length <= rawLength) {
                int more = inflater.inflate(raw, length, rawLength + 1 - length);
                if (more == 0 && !inflater.finished()) {
                    break;
                }
                length += more;
            }
            if (length != rawLength || !inflater.finished()) {
                throw malformed(start, "expected a section of " + rawLength + " bytes, found other data");
            }
        } catch (DataFormatException e) {
            throw malformed(start, "expected compressed data, found other data");
        }
        return new NumberReader(raw, 0, rawLength);
    }

    /** The file has to end here. */
    void end() throws IOException {
        if (at != size) {
            throw malformed(at, "expected the end of the file, found more");
        }
    }

    /** An error of the section that was read last. */
    TraceException malformed(String message) {
        return malformed(start, message);
    }

    private TraceException malformed(long position, String message) {
        return new TraceException(name, position, message);
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        in.close();
    }
}
