package dev.tracetool.source;

import java.util.regex.Pattern;

/** The comment that excludes a line from coverage: {@code # pragma: no cover}, as coverage.py takes it by default. */
final class ExclusionComment {
    /** What Python's regular expressions take for white space. */
    private static final String S =
            "[ \\t\\n\\x0B\\f\\r\\x1C-\\x1F\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]";

    private static final Pattern PATTERN =
            Pattern.compile("#S*(pragma|PRAGMA)(:|S)?S*(no|NO)S*(cover|COVER)".replace("S", S));

    private ExclusionComment() {}

    /** Whether it stands anywhere in the line, in a string too. */
    static boolean isIn(String line) {
        return line.indexOf('#') >= 0 && PATTERN.matcher(line).find();
    }
}
