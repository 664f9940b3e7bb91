package dev.tracetool.source;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Names of files as diffs have them: a name with special characters is quoted as in C, with octal escapes of its bytes;
 * another one ends at a tab, behind which {@code diff} puts a time, and git nothing. Texts are one char for each byte.
 */
final class DiffNames {
    /** What git puts before the names of both sides: by default, and with {@code diff.mnemonicPrefix}. */
    private static final String[] PREFIXES = {"a/b/", "i/w/", "c/i/", "c/w/", "o/w/", "1/2/", "b/a/", "w/i/", "w/c/"};

    static final String NO_FILE = "/dev/null";

    private DiffNames() {}

    /** Both names of a file, without what stands before them. */
    record Pair(String before, String after) {}

    /** The name of a line {@code --- NAME} or {@code +++ NAME}; null if its quotes do not close. */
    static @Nullable String ofHeader(String text) {
        if (text.startsWith("\"")) {
            int end = closing(text, 0);
            return end < 0 ? null : unquoted(text, 0, end);
        }
        int tab = text.indexOf('\t');
        return decoded(tab < 0 ? text : text.substring(0, tab));
    }

    /** The name of a line such as {@code rename from NAME}: without a prefix, quoted or to the end of the line. */
    static @Nullable String ofExtendedHeader(String text) {
        return text.startsWith("\"") ? ofHeader(text) : decoded(text);
    }

    /**
     * Both names of a line {@code diff --git OLD NEW}, with their prefixes; null if it cannot be told where the first one
     * ends. Names without quotes can have blanks; but they are the same, unless other lines tell them.
     */
    static @Nullable Pair ofGitLine(String text) {
        int end;
        String before;
        if (text.startsWith("\"")) {
            int close = closing(text, 0);
            if (close < 0) {
                return null;
            }
            before = unquoted(text, 0, close);
            end = close + 1;
        } else if (text.endsWith("\"")) {
            end = text.indexOf(" \"");
            if (end < 0) {
                return null;
            }
            before = decoded(text.substring(0, end));
        } else {
            end = text.length() / 2;
            if (text.length() % 2 == 0) {
                return null;
            }
            before = decoded(text.substring(0, end));
        }
        if (end >= text.length() || text.charAt(end) != ' ') {
            return null;
        }
        String after = ofExtendedHeader(text.substring(end + 1));
        if (after == null) {
            return null;
        }
        Pair names = new Pair(before, after);
        Pair paths = withoutPrefixes(before, after);
        return paths.before().equals(paths.after()) ? names : null;
    }

    /** Without the prefixes of git, if the names have them. Of a file that is on one side only, both names are given. */
    static Pair withoutPrefixes(String before, String after) {
        for (String prefixes : PREFIXES) {
            if (before.startsWith(prefixes.substring(0, 2)) && after.startsWith(prefixes.substring(2))) {
                return new Pair(before.substring(2), after.substring(2));
            }
        }
        return new Pair(before, after);
    }

    /** The same of the one name of a file that is on one side only, in a diff that is not git's. */
    static String withoutPrefix(String name) {
        return name.startsWith("a/") || name.startsWith("b/") ? name.substring(2) : name;
    }

    /** Where the quote that begins at a place ends, or -1. */
    private static int closing(String text, int open) {
        for (int i = open + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i;
            }
        }
        return -1;
    }

    private static String unquoted(String text, int open, int close) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = open + 1;
        while (i < close) {
            char c = text.charAt(i++);
            if (c != '\\') {
                bytes.write(c);
                continue;
            }
            char escaped = text.charAt(i++);
            if (escaped >= '0' && escaped <= '7') {
                int value = escaped - '0';
                for (int digits = 1; digits < 3 && isOctal(text.charAt(i)); digits++) {
                    value = 8 * value + text.charAt(i++) - '0';
                }
                bytes.write(value);
            } else {
                bytes.write(
                        switch (escaped) {
                            case 'a' -> 7;
                            case 'b' -> '\b';
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'v' -> 11;
                            case 'f' -> '\f';
                            case 'r' -> '\r';
                            default -> escaped;
                        });
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static boolean isOctal(char c) {
        return c >= '0' && c <= '7';
    }

    private static String decoded(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
