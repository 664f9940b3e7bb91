package dev.tracetool.format.nativetrace;

import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The first 16 bytes of a file.
 *
 * <pre>
 *  0  89 54 52 43 0D 0A 1A 0A    8 u16 major   10 u16 minor   12 u32 CRC-32 of bytes 0..11
 * </pre>
 */
record FileHeader(int major, int minor) {
    static FileHeader read(InputBytes source) throws IOException {
        String name = source.name();
        if (source.size() < Layout.FILE_HEADER) {
            throw new TraceException(
                    name, source.size(), "expected a file header of 16 bytes, found the end of the file");
        }
        byte[] head = new byte[Layout.FILE_HEADER];
        source.read(0, head, 0, head.length);
        if (!Arrays.equals(head, 0, 8, Layout.MAGIC, 0, 8)) {
            throw new TraceException(
                    name, 4, "expected the bytes 0D 0A 1A 0A, found others: was the file transferred as text?");
        }
        CRC32 crc = new CRC32();
        crc.update(head, 0, 12);
        if ((int) crc.getValue() != Layout.i32(head, 12)) {
            throw new TraceException(name, 12, "expected the checksum of the file header, found another");
        }
        FileHeader header = new FileHeader(Layout.u16(head, 8), Layout.u16(head, 10));
        if (header.major != Layout.MAJOR) {
            throw new TraceException(
                    name,
                    8,
                    "expected trace format version " + Layout.MAJOR + ", found version " + header.major + "."
                            + header.minor + ", which needs "
                            + (header.major > Layout.MAJOR ? "a newer" : "another") + " tracetool");
        }
        return header;
    }
}
