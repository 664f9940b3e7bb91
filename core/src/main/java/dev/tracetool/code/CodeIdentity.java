package dev.tracetool.code;

import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a code object is across traces, where its {@code id} means nothing. Equal if all four are; two code objects of
 * one trace can be equal (a module that was loaded twice). Ordered by file, line, qualified name and digest.
 *
 * @param filename empty if unknown
 * @param firstLine or {@link CodeRecord#UNKNOWN}
 * @param digest 32 hexadecimal digits of the digest of the bytecode, its tables, constants and names; empty if unknown
 */
public record CodeIdentity(String filename, String qualname, int firstLine, String digest)
        implements Comparable<CodeIdentity> {
    /** The name of what stands for functions of which nothing is known. */
    public static final String NO_FUNCTION = "<unknown>";

    /** What CodeTracer's recorders call their own call around the whole program, which is none of the program. */
    public static final String TOP_LEVEL = "<toplevel>";

    /** The name that the recorder in pure Python has for it. */
    public static final String PURE_PYTHON_TOP_LEVEL = "<top-level>";

    /** Names of code that stands within other code, and is called. */
    private static final Set<String> EXPRESSIONS =
            Set.of("<lambda>", "<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>");

    /** The identity of a code object of which nothing is known. */
    static final CodeIdentity UNKNOWN = new CodeIdentity("", "", 0, "");

    /** The name of a file as it is; null for an empty one, which stands for one that a format does not tell. */
    public static @Nullable String knownFile(@Nullable String filename) {
        return filename == null || filename.isEmpty() ? null : filename;
    }

    /** Whether it is a function, and not what stands for lines that are of none that is known. */
    public boolean isFunction() {
        return firstLine >= 0 || !digest.isEmpty() || !qualname.equals(NO_FUNCTION);
    }

    /** Whether it has the name of a recorder's own call around the whole program. */
    public boolean isTopLevel() {
        return isTopLevel(qualname);
    }

    /** Whether it is the name of a recorder's own call around the whole program. */
    public static boolean isTopLevel(String qualname) {
        return qualname.equals(TOP_LEVEL) || qualname.equals(PURE_PYTHON_TOP_LEVEL);
    }

    /** Whether the first line is known: not every format stores it. */
    public boolean hasFirstLine() {
        return firstLine != CodeRecord.UNKNOWN;
    }

    /** Whether it has a module's name: recorders write {@code <module>}, or its own as {@code <name>}. */
    public boolean isModule() {
        return qualname.startsWith("<") && qualname.endsWith(">") && !EXPRESSIONS.contains(qualname);
    }

    /** Spelled out: the one that a record comes with costs 10 ms to link, when first used. */
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || other instanceof CodeIdentity that
                        && firstLine == that.firstLine
                        && digest.equals(that.digest)
                        && qualname.equals(that.qualname)
                        && filename.equals(that.filename);
    }

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
        int order = filename.compareTo(other.filename);
        if (order == 0) {
            order = Integer.compare(firstLine, other.firstLine);
        }
        if (order == 0) {
            order = qualname.compareTo(other.qualname);
        }
        return order != 0 ? order : digest.compareTo(other.digest);
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
