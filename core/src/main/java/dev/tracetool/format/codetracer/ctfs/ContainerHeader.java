package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.TraceException;
import java.io.IOException;

/**
 * How a container begins.
 *
 * <pre>
 *  0  C0 DE 72 AC E2       5  u8 version
 *  6  version 2, 3: u8 compression, u8 encryption     from version 4 on: u8 encryption, u8 shards
 *  8  u32 block size      12  u32 entries of the directory, 0 for all that fit into block 0
 * 16  version 6 only: u8 profile (0 full, 1 compact), u8 compression of the whole, 6 bytes 0
 * </pre>
 *
 * <p>Compression in versions 2 and 3 says that streams can be compressed; no block is. Versions 2 to 4 are known from
 * readers and files; 5 and 6 from descriptions alone, no file of them was at hand.
 *
 * @param blockSize in bytes; 0 in a compact container, which has no blocks
 * @param entries of the directory, as many as it claims
 * @param compact whether internal files lie one after the other, each as written
 */
record ContainerHeader(int version, int blockSize, long entries, int entriesAt, boolean compact) {
    static final byte[] MAGIC = {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2};

    static final int VERSION_AT = 5;
    static final int FIRST_VERSION = 2;
    static final int LAST_VERSION = 6;

    /** Bytes of an entry of the directory. */
    static final int ENTRY = 24;

    private static final int LENGTH = 16;
    private static final int LENGTH_OF_6 = 24;

    static ContainerHeader read(InputBytes container) throws IOException {
        String name = container.name();
        byte[] head = new byte[LENGTH_OF_6 + 4];
        int got = (int) Math.min(container.size(), head.length);
        container.read(0, head, 0, got);
        need(name, got, VERSION_AT + 1);
        int version = head[VERSION_AT] & 0xFF;
        if (version < FIRST_VERSION || version > LAST_VERSION) {
            throw new TraceException(
                    name,
                    VERSION_AT,
                    "expected a CTFS container of version " + FIRST_VERSION + " to " + LAST_VERSION + ", found version "
                            + version + ", which needs a newer reader");
        }
        need(name, got, version == 6 ? LENGTH_OF_6 : LENGTH);
        checkCodes(name, head, version);
        boolean compact = version == 6 && head[16] == 1;
        if (compact) {
            need(name, got, head.length);
            return new ContainerHeader(version, 0, LittleEndian.u32(head, LENGTH_OF_6), head.length, true);
        }
        long blockSize = LittleEndian.u32(head, 8);
        if (blockSize != 1024 && blockSize != 2048 && blockSize != 4096) {
            throw new TraceException(name, 8, "expected blocks of 1024, 2048 or 4096 bytes, found " + blockSize);
        }
        int entriesAt = version == 6 ? LENGTH_OF_6 : LENGTH;
        long entries = LittleEndian.u32(head, 12);
        if (entries == 0) {
            entries = (blockSize - entriesAt) / ENTRY;
        }
        return new ContainerHeader(version, (int) blockSize, entries, entriesAt, false);
    }

    /** What is coded so that this reader cannot read it is refused by its name. */
    private static void checkCodes(String name, byte[] head, int version) throws TraceException {
        int encryptionAt = version < 4 ? 7 : 6;
        int encryption = head[encryptionAt] & 0xFF;
        if (encryption != 0) {
            throw new TraceException(
                    name,
                    encryptionAt,
                    "expected a container that is not encrypted, found encryption " + encryption
                            + (encryption == 1 ? " (AES-256-GCM)" : ""));
        }
        if (version < 4 && (head[6] & 0xFF) > 1) {
            int compression = head[6] & 0xFF;
            throw new TraceException(
                    name,
                    6,
                    "expected compression 0 (none) or 1 (zstd), found " + compression
                            + (compression == 2 ? " (lz4)" : ""));
        }
        if (version >= 4 && (head[7] & 0xFF) > 1) {
            throw new TraceException(name, 7, "expected a container of one shard, found one of " + (head[7] & 0xFF));
        }
        if (version == 6 && (head[16] & 0xFF) > 1) {
            throw new TraceException(name, 16, "expected profile 0 (full) or 1 (compact), found " + (head[16] & 0xFF));
        }
        if (version == 6 && head[17] != 0) {
            throw new TraceException(
                    name,
                    17,
                    "expected a container that is not compressed as a whole, found compression " + (head[17] & 0xFF)
                            + (head[17] == 1 ? " (zstd)" : ""));
        }
    }

    private static void need(String name, int got, int length) throws TraceException {
        if (got < length) {
            throw new TraceException(
                    name, got, "expected the " + length + " bytes of a container's header, found the end");
        }
    }
}
