package dev.tracetool.format.codetracer;

/**
 * What all binary encodings begin with.
 *
 * <pre>
 * 0  C0 DE 72 AC E2
 * 5  version: 0 Cap'n Proto, 1 CBOR in zstd, from 2 on the container
 * 6  two bytes of the container; 00 00 before it
 * </pre>
 */
public final class BinaryHeader {
    /** Its size in bytes. */
    public static final int SIZE = 8;

    private static final int[] MAGIC = {0xC0, 0xDE, 0x72, 0xAC, 0xE2};

    private BinaryHeader() {}

    /** The version of a file that begins so, or -1 if it is no such file. */
    public static int version(byte[] head) {
        if (head.length <= MAGIC.length) {
            return -1;
        }
        for (int i = 0; i < MAGIC.length; i++) {
            if ((head[i] & 0xFF) != MAGIC[i]) {
                return -1;
            }
        }
        return head[MAGIC.length] & 0xFF;
    }
}
