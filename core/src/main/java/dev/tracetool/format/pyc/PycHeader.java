package dev.tracetool.format.pyc;

import dev.tracetool.trace.TraceException;
import org.jspecify.annotations.Nullable;

/**
 * The head of a file since 3.7, little-endian (PEP 552):
 *
 * <pre>
 *  0 u16 magic number                   8 u32 time of change of the source     or, with bit 0 of the flags,
 *  2 0D 0A                             12 u32 size of the source               8 u64 siphash of the source
 *  4 u32 flags
 * </pre>
 *
 * Bit 0 of the flags: validated by hash; bit 1: CPython checks the source when it imports. The others are 0.
 */
record PycHeader(PycVersion version, int flags, long word2, long word3) {
    static final int BYTES = 16;

    /** Bytes by which a file is told to be one. */
    private static final int TOLD_BY = 8;

    private static final int HASHED = 1;
    private static final int CHECKED = 2;

    /** 3.7, the first version with flags. */
    private static final int FIRST_WITH_FLAGS = 3390;

    /** No version has been given one yet that is above. */
    private static final int LAST = 3999;

    /** Python 2.7's numbers are above this one. */
    private static final int PYTHON_2 = 50000;

    /** A code object, with and without the mark that it can be referred to: the first byte behind every head. */
    private static final int CODE = 0x63;

    private static final int CODE_WITH_REF = 0xE3;

    /**
     * Whether a file that begins so is compiled Python, of whatever version. Two bytes and a line end are not much, so
     * the flags have to be sound, or, in versions before there were any, a code object has to stand where it must.
     */
    static boolean matches(byte[] head) {
        if (head.length < TOLD_BY || head[2] != '\r' || head[3] != '\n') {
            return false;
        }
        int magic = Marshal.u16(head, 0);
        if (magic >= FIRST_WITH_FLAGS && magic <= LAST) {
            return Marshal.u32(head, 4) <= (HASHED | CHECKED);
        }
        return magic >= 3000 && magic < FIRST_WITH_FLAGS && (isCode(head, 12) || isCode(head, 8))
                || magic > PYTHON_2 && isCode(head, 8)
                || Marshal.u32(head, 4) <= (HASHED | CHECKED) && isCode(head, BYTES); // of another implementation
    }

    private static boolean isCode(byte[] head, int at) {
        return head.length > at && ((head[at] & 0xFF) == CODE || (head[at] & 0xFF) == CODE_WITH_REF);
    }

    /** @param file the whole file, which {@link #matches} */
    static PycHeader read(String name, byte[] file) throws TraceException {
        int magic = Marshal.u16(file, 0);
        PycVersion version = PycVersion.of(magic);
        if (version == null) {
            String other = magic > PYTHON_2 && isCode(file, 8) ? "Python 2" : PycVersion.nameOfOther(magic);
            throw new TraceException(
                    name,
                    0,
                    "expected the magic number of CPython 3.8 to 3.14, found " + magic
                            + (other == null ? ", which is of no version that is known" : ", which is of " + other));
        }
        if (file.length < BYTES) {
            throw new TraceException(
                    name, file.length, "expected a head of " + BYTES + " bytes, found the end of the file");
        }
        return new PycHeader(version, (int) Marshal.u32(file, 4), Marshal.u32(file, 8), Marshal.u32(file, 12));
    }

    boolean isHashed() {
        return (flags & HASHED) != 0;
    }

    /** Whether CPython compares the hash with the source's when it imports. */
    boolean isChecked() {
        return (flags & CHECKED) != 0;
    }

    /** Seconds after 1970 began at which the source had been changed; null in a file that is validated by hash. */
    @Nullable
    Long sourceTime() {
        return isHashed() ? null : (Long) word2;
    }

    /** Bytes of the source, modulo 2^32; null in a file that is validated by hash. */
    @Nullable
    Long sourceSize() {
        return isHashed() ? null : (Long) word3;
    }

    /** The siphash of the source as {@code importlib.util.source_hash} gives its bytes, in hexadecimal; or null. */
    @Nullable
    String sourceHash() {
        if (!isHashed()) {
            return null;
        }
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < Long.BYTES; i++) {
            long word = i < Integer.BYTES ? word2 : word3;
            int b = (int) (word >>> 8 * (i % Integer.BYTES)) & 0xFF;
            hex.append(Character.forDigit(b >> 4, 16)).append(Character.forDigit(b & 15, 16));
        }
        return hex.toString();
    }
}
