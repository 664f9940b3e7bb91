package dev.tracetool.export;

import java.util.Arrays;

/**
 * How many columns text takes on a terminal with a fixed-width font: none for combining characters, two for East Asian
 * wide and full-width ones and for emoji (Unicode Standard Annex 11, Unicode 15.1), one for the rest. The text is
 * expected to have gone through {@link SafeText#terminal}.
 */
public final class DisplayWidth {
    private static final String ELLIPSIS = "…";

    /** First and last code point of each wide range, ascending; unassigned ones between two wide ones are included. */
    private static final int[] WIDE = {
        0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3, 0x25fd, 0x25fe,
        0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be,
        0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa,
        0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755,
        0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55,
        0x2e80, 0x303e, 0x3041, 0x3247, 0x3250, 0x4dbf, 0x4e00, 0xa4c6, 0xa960, 0xa97c, 0xac00, 0xd7a3, 0xf900, 0xfaff,
        0xfe10, 0xfe19, 0xfe30, 0xfe6b, 0xff01, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x1b2fb, 0x1f004, 0x1f004, 0x1f0cf,
        0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c, 0x1f37e,
        0x1f393, 0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e, 0x1f440,
        0x1f440, 0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a, 0x1f595,
        0x1f596, 0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2, 0x1f6d5,
        0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7f0, 0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947,
        0x1f9ff, 0x1fa70, 0x1faf8, 0x20000, 0x3fffd
    };

    private DisplayWidth() {}

    /** Columns that the text takes. */
    public static int of(String text) {
        int width = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            width += of(c);
            i += Character.charCount(c);
        }
        return width;
    }

    /** Columns that the character takes. */
    static int of(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        if (c >= 0x1160 && c <= 0x11FF) {
            return 0; // vowels and finals of a Hangul syllable stand in the cell of its initial
        }
        int at = Arrays.binarySearch(WIDE, c);
        boolean wide = at >= 0 || (at & 1) == 0; // between a first and its last
        return wide ? 2 : 1;
    }

    /** The text with blanks after it, up to the width; longer text as it is. */
    public static String padRight(String text, int width) {
        return text + " ".repeat(Math.max(0, width - of(text)));
    }

    /** The text with blanks before it, up to the width; longer text as it is. */
    public static String padLeft(String text, int width) {
        return " ".repeat(Math.max(0, width - of(text))) + text;
    }

    /** The beginning of the text and an ellipsis if it is wider than the given width. */
    public static String cutEnd(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        if (width <= 0) {
            return "";
        }
        int used = 1;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (used + of(c) > width) {
                break;
            }
            used += of(c);
            i += Character.charCount(c);
        }
        return text.substring(0, i) + ELLIPSIS;
    }

    /** An ellipsis and the end of the text if it is wider than the given width: for paths, whose end says more. */
    public static String cutStart(String text, int width) {
        if (of(text) <= width) {
            return text;
        }
        if (width <= 0) {
            return "";
        }
        int used = 1;
        int i = text.length();
        while (i > 0) {
            int c = text.codePointBefore(i);
            if (used + of(c) > width) {
                break;
            }
            used += of(c);
            i -= Character.charCount(c);
        }
        while (i < text.length() && of(text.codePointAt(i)) == 0) {
            i += Character.charCount(text.codePointAt(i)); // a mark must not fall on the ellipsis
        }
        return ELLIPSIS + text.substring(i);
    }
}
