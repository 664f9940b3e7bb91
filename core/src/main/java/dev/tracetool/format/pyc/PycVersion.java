package dev.tracetool.format.pyc;

import dev.tracetool.code.LineTableFormat;
import org.jspecify.annotations.Nullable;

/**
 * Which CPython a magic number is of ({@code Include/internal/pycore_magic_number.h}, before 3.14
 * {@code Lib/importlib/_bootstrap_external.py}). Each release has one; pre-releases had others, with layouts that can
 * differ, and are read as the release is.
 *
 * @param magic the first two bytes of the file
 * @param minor 8 to 14, of 3.8 to 3.14
 * @param release whether it is the number of the releases
 */
record PycVersion(int magic, int minor, boolean release) {
    /** Numbers that are read. */
    static final int MIN_MAGIC = 3400;

    static final int MAX_MAGIC = 3649;

    /** First number of each version that is read, from 3.8 on; {number, number of the releases}. */
    private static final int[][] VERSIONS = {
        {3400, 3413}, {3420, 3425}, {3430, 3439}, {3450, 3495}, {3500, 3531}, {3550, 3571}, {3600, 3627}
    };

    private static final int FIRST_MINOR = 8;

    /** Since 3.11 each version has as many numbers: those of 3.n begin at 2900 + 50 n. */
    private static final int STEP = 50;

    /** Null if the number is of none of the versions that are read. */
    static @Nullable PycVersion of(int magic) {
        if (magic < MIN_MAGIC || magic > MAX_MAGIC) {
            return null;
        }
        int version = 0;
        while (version + 1 < VERSIONS.length && magic >= VERSIONS[version + 1][0]) {
            version++;
        }
        return new PycVersion(magic, FIRST_MINOR + version, magic == VERSIONS[version][1]);
    }

    /** What is known of a number of another version: a name such as {@code 3.15}, or null. */
    static @Nullable String nameOfOther(int magic) {
        if (magic > MAX_MAGIC) {
            return magic <= MAX_MAGIC + STEP ? "3.15" : null;
        }
        if (magic >= 3390) {
            return "3.7";
        }
        if (magic >= 3360) {
            return "3.6";
        }
        return magic >= 3000 ? "3.5 or earlier" : null;
    }

    String name() {
        return "3." + minor;
    }

    /** Whether a code object holds one table of names with their kinds, its qualified name and an exception table. */
    boolean hasLocalsPlus() {
        return minor >= 11;
    }

    LineTableFormat lineTableFormat() {
        return minor >= 11
                ? LineTableFormat.LOCATIONS_3_11
                : minor == 10 ? LineTableFormat.LINES_3_10 : LineTableFormat.LNOTAB;
    }
}
