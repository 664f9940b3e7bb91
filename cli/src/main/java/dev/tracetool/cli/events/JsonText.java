package dev.tracetool.cli.events;

import dev.tracetool.export.SafeText;

/**
 * One text as a JSON string on one line, for rows that are written as bytes. Escapes what JSON demands and what would be
 * active on a terminal or in a CI log, as all documents of this tool do.
 */
final class JsonText {
    private static final String HEX = "0123456789ABCDEF";

    private JsonText() {}

    static String of(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '"' || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                out.append('\uFFFD');
            } else if (c != '#' && SafeText.terminal(Character.toString(c)).codePointAt(0) == c || c == ':') {
                out.appendCodePoint(c);
            } else {
                escape(out, c);
            }
        }
        return out.append('"').toString();
    }

    private static void escape(StringBuilder out, int point) {
        for (char c : Character.toChars(point)) {
            out.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                out.append(HEX.charAt(c >> shift & 0xF));
            }
        }
    }
}
