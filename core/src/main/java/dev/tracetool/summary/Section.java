package dev.tracetool.summary;

import java.util.zip.CRC32;

/**
 * The sections of a summary file, tracetool-summary(5).
 *
 * <pre>
 *  0  u8      type, an ASCII letter
 *  1  3 bytes 0
 *  4  u32     raw length
 *  8  u32     stored length
 * 12  u32     CRC-32 of bytes 0 to 11 and the stored bytes
 * 16  ...     the stored bytes: zlib
 * </pre>
 */
final class Section {
    static final byte[] MAGIC = {(byte) 0x89, 'T', 'S', 'M', '\r', '\n', 0x1A, '\n'};
    static final int MAJOR = 2;
    static final int MINOR = 0;

    /** Magic, version, CRC-32 of both. */
    static final int FILE_HEADER = 16;

    static final int HEADER = 16;

    /** What of either header its checksum covers. */
    static final int CHECKED = 12;

    /** A writer begins another section of the type when one has this size; a reader takes a quarter more. */
    static final int FULL = 4 << 20;

    /** Greatest raw and stored length. */
    static final int MAX = 64 << 20;

    static final byte STRINGS = 'S';
    static final byte INPUTS = 'I';
    static final byte FUNCTIONS = 'F';
    static final byte TESTS = 'T';
    static final byte REACHES = 'R';
    static final byte SHARED = 'f';
    static final byte NODES = 'C';
    static final byte RECURSION = 'D';
    static final byte SLOW_CALLS = 'L';
    static final byte LINE_TIMES = 't';
    static final byte ARCS = 'a';
    static final byte SOURCES = 's';
    static final byte SOURCE_TEXTS = 'x';
    static final byte THREAD_TIMES = 'm';
    static final byte FUNCTION_TIMES = 'n';
    static final byte END = 'Z';

    private Section() {}

    /** CRC-32 of some bytes of one array and then of another one. */
    static int crc(byte[] first, int firstLength, byte[] second, int secondLength) {
        CRC32 crc = new CRC32();
        crc.update(first, 0, firstLength);
        crc.update(second, 0, secondLength);
        return (int) crc.getValue();
    }
}
