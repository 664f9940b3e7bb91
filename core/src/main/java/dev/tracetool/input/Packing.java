package dev.tracetool.input;

import org.jspecify.annotations.Nullable;

/** How a file is packed, told by its first bytes: an archive, something compressed, or neither. */
public enum Packing {
    ZIP,
    /** With the magic of POSIX; what is older has none. */
    TAR,
    GZIP,
    BZIP2,
    ZSTD,
    XZ,
    NONE;

    /** How many bytes of the start {@link #of} needs at most. */
    public static final int HEAD_BYTES = 512;

    private static final int TAR_MAGIC_AT = 257;

    /** @param head the first {@link #HEAD_BYTES} bytes, or all of a shorter file */
    public static Packing of(byte[] head) {
        // The second is that of an archive without entries.
        if (starts(head, 0, 'P', 'K', 3, 4) || starts(head, 0, 'P', 'K', 5, 6)) {
            return ZIP;
        }
        if (starts(head, TAR_MAGIC_AT, 'u', 's', 't', 'a', 'r')) {
            return TAR;
        }
        if (starts(head, 0, 0x1F, 0x8B, 8)) {
            return GZIP;
        }
        // A block, or the end of a file without any: three letters alone begin many a text.
        if (starts(head, 0, 'B', 'Z', 'h')
                && (starts(head, 4, 0x31, 0x41, 0x59, 0x26, 0x53, 0x59)
                        || starts(head, 4, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90))) {
            return BZIP2;
        }
        if (starts(head, 0, 0xFD, '7', 'z', 'X', 'Z', 0)) {
            return XZ;
        }
        return starts(head, 0, 0x28, 0xB5, 0x2F, 0xFD) ? ZSTD : NONE;
    }

    /** What is packed in a way that is not read, in the words of a message; null if it is not known. */
    public static @Nullable String describeUnread(byte[] head) {
        if (starts(head, 0, '7', 'z', 0xBC, 0xAF, 0x27, 0x1C)) {
            return "a 7z archive, a kind that is not read";
        }
        if (starts(head, 0, 'R', 'a', 'r', '!', 0x1A, 7)) {
            return "a RAR archive, a kind that is not read";
        }
        return starts(head, 0, 0x04, 0x22, 0x4D, 0x18) ? "a file compressed with lz4, which is not read" : null;
    }

    private static boolean starts(byte[] head, int at, int... bytes) {
        if (head.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((head[at + i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
