package dev.tracetool.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Which lines of a source are excluded from coverage by what stands in them. Immutable. */
public final class Exclusions {
    /** What Python's regular expressions take for white space. */
    private static final String S =
            "[ \\t\\n\\x0B\\f\\r\\x1C-\\x1F\\x85\\xA0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]";

    /** The comment {@code # pragma: no cover}, as coverage.py takes it by default. */
    private static final Pattern PRAGMA =
            Pattern.compile("#S*(pragma|PRAGMA)(:|S)?S*(no|NO)S*(cover|COVER)".replace("S", S));

    /** The comment {@code # pragma: no branch}, and conditions that are constants, likewise. */
    private static final Pattern NO_BRANCH = Pattern.compile(
            "#S*(pragma|PRAGMA)(:|S)?S*(no|NO)S*(branch|BRANCH)".replace("S", S) + "|(while|if) (True|1|False|0):");

    /** As Python has it for texts: classes know all letters, and only a line feed ends a line. */
    private static final int FLAGS = Pattern.UNICODE_CHARACTER_CLASS | Pattern.UNIX_LINES;

    /** Those of coverage.py where it is not told otherwise. */
    public static final Exclusions DEFAULT = new Exclusions(true, List.of());

    private final boolean pragma;
    private final List<Pattern> patterns;

    private Exclusions(boolean pragma, List<Pattern> patterns) {
        this.pragma = pragma;
        this.patterns = patterns;
    }

    /**
     * Excludes lines in which one of some regular expressions is found, as coverage.py's settings of these names do.
     *
     * @param excludeLines instead of the comment, unless there are none
     * @param excludeAlso beside these, or the comment
     * @throws PatternSyntaxException if one of them is none
     */
    public static Exclusions of(List<String> excludeLines, List<String> excludeAlso) {
        List<Pattern> patterns = new ArrayList<>();
        excludeLines.forEach(regex -> patterns.add(Pattern.compile(regex, FLAGS)));
        excludeAlso.forEach(regex -> patterns.add(Pattern.compile(regex, FLAGS)));
        return new Exclusions(excludeLines.isEmpty(), List.copyOf(patterns));
    }

    /** Whether a line says that of its branches one is enough. */
    static boolean isNoBranch(String line) {
        return NO_BRANCH.matcher(line).find();
    }

    /** Whether the line is excluded by what stands anywhere in it, in a string too. */
    boolean isIn(String line) {
        if (pragma && line.indexOf('#') >= 0 && PRAGMA.matcher(line).find()) {
            return true;
        }
        for (Pattern pattern : patterns) {
            if (pattern.matcher(line).find()) {
                return true;
            }
        }
        return false;
    }
}
