package dev.tracetool.format.pyc;

import java.nio.charset.StandardCharsets;

/** A float that is written as Python's {@code repr} writes it, as marshal versions 0 and 1 do. */
final class TextFloat {
    private TextFloat() {}

    static boolean isFloat(byte[] bytes, int from, int length) {
        String text = text(bytes, from, length);
        if (isWord(text)) {
            return true;
        }
        // Java reads more than Python does: blanks, hexadecimal numbers, a type's letter at the end.
        for (int i = 0; i < length; i++) {
            if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        try {
            Double.parseDouble(text);
            return true;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** The value of what {@link #isFloat}. */
    static double parse(byte[] bytes, int from, int length) {
        String text = text(bytes, from, length);
        return switch (text) {
            case "nan", "-nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private static boolean isWord(String text) {
        return text.equals("nan") || text.equals("-nan") || text.equals("inf") || text.equals("-inf");
    }

    private static String text(byte[] bytes, int from, int length) {
        return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
}
