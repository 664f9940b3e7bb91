package dev.tracetool.code;

import java.util.Comparator;
import java.util.HexFormat;

/**
 * What a code object is across traces, where its {@code id} means nothing. Equal if all four are; two code objects of
 * one trace can be equal (a module that was loaded twice). Ordered by file, line, qualified name and digest.
 *
 * @param digest 32 hexadecimal digits of the digest of the bytecode, its tables, constants and names; empty if unknown
 */
public record CodeIdentity(String filename, String qualname, int firstLine, String digest)
        implements Comparable<CodeIdentity> {
    /** The identity of a code object of which nothing is known. */
    static final CodeIdentity UNKNOWN = new CodeIdentity("", "", 0, "");

    private static final Comparator<CodeIdentity> ORDER = Comparator.comparing(CodeIdentity::filename)
            .thenComparingInt(CodeIdentity::firstLine)
            .thenComparing(CodeIdentity::qualname)
            .thenComparing(CodeIdentity::digest);

    /**
     * From digest and first line where there is a digest: they tell nearly all code objects apart, and the file names of
     * a merge, which are long and come as a new string from each trace, need not be hashed.
     */
    @Override
    public int hashCode() {
        int names = digest.isEmpty() ? 31 * filename.hashCode() + qualname.hashCode() : digest.hashCode();
        return 31 * names + firstLine;
    }

    @Override
    public int compareTo(CodeIdentity other) {
        return ORDER.compare(this, other);
    }

    /** The text of a record's digest: empty for one of zeros, which means unknown. */
    static String digestOf(byte[] digest) {
        for (byte b : digest) {
            if (b != 0) {
                return HexFormat.of().formatHex(digest);
            }
        }
        return "";
    }
}
