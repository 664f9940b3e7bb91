package dev.tracetool.export;

/**
 * Text from a trace made harmless for where it goes. Paths, qualified names, thread names and labels come from whoever
 * wrote the recorded program, and can hold anything.
 *
 * <p>Common to all: what would move the cursor, change the direction of the text or stay unseen is written as the
 * escape that Python uses for it: {@code \n}, {@code \x1b}, {@code \u202e}. A backslash that is in the text stays as it
 * is, so these forms are for reading; the JSON documents hold the exact text.
 */
public final class SafeText {
    private static final int TAB = 8;

    /** Further to the right nobody looks, and a hostile line would become eight times as long. */
    private static final int MAX_TAB_COLUMN = 1000;

    /** The longest word that a CI log expects before a bracket is shorter. */
    private static final int MAX_COMMAND = 32;

    private SafeText() {}

    /**
     * For a terminal, a log or any other plain text. Besides control and format characters this escapes what a CI log
     * takes for a command: a colon at the start (GitHub's {@code ::error::}), blanks before it or not, and the second of
     * two number signs ({@code ##[group]}, {@code ##vso[]}, {@code ##teamcity[]}).
     */
    public static String terminal(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~' || c == ':' || c == '#') {
                return escape(text);
            }
        }
        return text;
    }

    private static String escape(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        boolean start = true;
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            boolean command = (c == ':' && start) || (c == '#' && i > 0 && text.charAt(i - 1) == '#');
            start &= isBlank(c);
            if (command || !isPlain(c)) {
                appendEscape(out, c);
            } else {
                out.appendCodePoint(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /**
     * A line of source code, for a terminal, not at the start of a line. Tabs become blanks, to columns that are multiples
     * of eight. Number signs are common in comments: the second of two is escaped only where a CI log would take them for
     * a command.
     */
    public static String source(String line) {
        StringBuilder out = new StringBuilder(line.length() + 16);
        int column = 0;
        int i = 0;
        while (i < line.length()) {
            int c = line.codePointAt(i);
            int before = out.length();
            if (c == '\t') {
                out.append(" ".repeat(column < MAX_TAB_COLUMN ? TAB - column % TAB : 1));
                column += out.length() - before;
            } else if (!isPlain(c) || (c == '#' && i > 0 && line.charAt(i - 1) == '#' && isCommand(line, i + 1))) {
                appendEscape(out, c);
                column += out.length() - before;
            } else {
                out.appendCodePoint(c);
                column += DisplayWidth.of(c);
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** Whether a word, or none, and a bracket stand there. */
    private static boolean isCommand(String line, int from) {
        int i = from;
        while (i < line.length() && i < from + MAX_COMMAND && Character.isLetter(line.charAt(i))) {
            i++;
        }
        return i < line.length() && line.charAt(i) == '[';
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    /** Whether a character is seen, and only where it stands: the same for each format, on each version of Java. */
    static boolean isPlain(int c) {
        if (c >= ' ' && c <= '~') {
            return true;
        }
        if (isUnseen(c) || (c & 0xFFFE) == 0xFFFE) {
            return false;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /**
     * What fonts show as nothing, or as a blank, although it is a letter or a mark, or not assigned yet
     * ({@code Default_Ignorable_Code_Point} in Unicode's {@code DerivedCoreProperties.txt}): tags and selectors of variants,
     * which can hide any text, and fillers. Two selectors stay: they tell a sign from an emoji.
     */
    private static boolean isUnseen(int c) {
        return c >= 0xE0000 && c <= 0xE0FFF
                || c >= 0xFE00 && c <= 0xFE0D
                || c >= 0xFFF0 && c <= 0xFFF8
                || c >= 0x180B && c <= 0x180F
                || c == 0x034F
                || c == 0x115F
                || c == 0x1160
                || c == 0x17B4
                || c == 0x17B5
                || c == 0x2065
                || c == 0x3164
                || c == 0xFFA0;
    }

    private static void appendEscape(StringBuilder out, int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
                out.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
                for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            }
        }
    }

    /**
     * One field of a CSV file (RFC 4180), escaped as for a terminal, since CSV is looked at there too. A field that a
     * spreadsheet would take for a formula ({@code =}, {@code +}, {@code -}, {@code @} in front, also in their full-width
     * forms) gets an apostrophe before it, which a spreadsheet shows as text.
     */
    public static String csv(String text) {
        String plain = terminal(text);
        String guarded = isFormula(plain) ? "'" + plain : plain;
        boolean quoted = false;
        for (int i = 0; i < guarded.length() && !quoted; i++) {
            char c = guarded.charAt(i);
            quoted = c == ',' || c == ';' || c == '"';
        }
        quoted |= !guarded.equals(guarded.strip());
        return quoted ? '"' + guarded.replace("\"", "\"\"") + '"' : guarded;
    }

    private static boolean isFormula(String text) {
        String stripped = text.stripLeading();
        return !stripped.isEmpty() && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".indexOf(stripped.charAt(0)) >= 0;
    }

    /**
     * A Markdown code span, which can stand in a table cell too: in a code span no other markup, HTML, link, mention or
     * reference is understood. A backtick would end the span and a pipe the cell; both are escaped. Empty text stays
     * empty.
     */
    public static String markdown(String text) {
        if (text.isEmpty()) {
            return "";
        }
        String plain = terminal(text).replace("`", "\\x60").replace("|", "\\x7c");
        return plain.isBlank() ? "`'" + plain + "'`" : "`" + plain + "`";
    }
}
