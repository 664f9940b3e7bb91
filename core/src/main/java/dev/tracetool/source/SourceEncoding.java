package dev.tracetool.source;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How a source file is encoded: by a byte order mark or a comment in its first two lines (PEP 263), else UTF-8. */
final class SourceEncoding {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final Pattern COOKIE = Pattern.compile("^[ \t\f]*#.*?coding[:=][ \t]*([-\\w.]+)");
    private static final Pattern BLANK = Pattern.compile("^[ \t\f]*(?:#|$)");

    private SourceEncoding() {}

    /** Length of the byte order mark, or 0. */
    static int markLength(byte[] source) {
        if (source.length < BYTE_ORDER_MARK.length) {
            return 0;
        }
        for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
            if (source[i] != BYTE_ORDER_MARK[i]) {
                return 0;
            }
        }
        return BYTE_ORDER_MARK.length;
    }

    /** The character set, or null if the source names one that this Java does not have. */
    static @Nullable Charset of(byte[] source) {
        int from = markLength(source);
        if (from > 0) {
            return StandardCharsets.UTF_8;
        }
        String first = line(source, from);
        String name = cookie(first);
        if (name == null && BLANK.matcher(first).find()) {
            name = cookie(line(source, next(source, from + first.length())));
        }
        return name == null ? StandardCharsets.UTF_8 : charset(name);
    }

    private static @Nullable String cookie(String line) {
        Matcher matcher = COOKIE.matcher(line);
        return matcher.find() ? matcher.group(1) : null;
    }

    /** The line that starts there, each byte a character. */
    private static String line(byte[] source, int from) {
        int end = from;
        while (end < source.length && source[end] != '\n' && source[end] != '\r') {
            end++;
        }
        return new String(source, from, end - from, StandardCharsets.ISO_8859_1);
    }

    private static int next(byte[] source, int end) {
        boolean both = end + 1 < source.length && source[end] == '\r' && source[end + 1] == '\n';
        return Math.min(source.length, end + (both ? 2 : 1));
    }

    private static @Nullable Charset charset(String name) {
        String normal = name.toLowerCase(Locale.ROOT).replace('_', '-');
        if (normal.equals("utf-8") || normal.startsWith("utf-8-")) {
            return StandardCharsets.UTF_8;
        }
        if (normal.matches("(latin-1|iso-8859-1|iso-latin-1)(-.*)?")) {
            return StandardCharsets.ISO_8859_1;
        }
        if (normal.startsWith("utf-16") || normal.startsWith("utf-32") || normal.startsWith("ucs")) {
            return null; // a source that names one of these in plain ASCII is in something else
        }
        for (String tried : new String[] {name, normal, normal.replace('-', '_'), normal.replace("-", "")}) {
            try {
                return Charset.forName(tried);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                // the next one
            }
        }
        return null;
    }
}
