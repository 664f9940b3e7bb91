package dev.tracetool.cli.command;

/**
 * A shell pattern as Python's {@code fnmatch} has them: {@code *} any text, {@code ?} one character, {@code [abc]},
 * {@code [a-z]} and {@code [!abc]} one character of a set. It has to match the whole text, upper and lower case differ,
 * and a slash is a character like any other. Matching takes at most time proportional to the product of both lengths.
 */
public final class Glob {
    private final String pattern;
    private final boolean anywhere;

    private Glob(String pattern, boolean anywhere) {
        this.pattern = pattern;
        this.anywhere = anywhere;
    }

    /** A pattern for names. */
    public static Glob of(String pattern) {
        return new Glob(pattern, false);
    }

    /**
     * A pattern for paths: one that does not start with {@code /} or {@code *} has to match only a whole number of names
     * at the end of the path, so that {@code json/*.py} finds {@code /usr/lib/python3.13/json/decoder.py}.
     */
    public static Glob ofPath(String pattern) {
        return new Glob(pattern, !pattern.startsWith("/") && !pattern.startsWith("*"));
    }

    public boolean matches(String text) {
        if (matches(text, 0)) {
            return true;
        }
        if (anywhere) {
            for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', slash + 1)) {
                if (matches(text, slash + 1)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Goes back only to the last star: what an earlier one could take more, the last one can take as well. */
    private boolean matches(String text, int from) {
        int t = from;
        int p = 0;
        int star = -1;
        int starText = 0;
        while (t < text.length()) {
            int next = p < pattern.length() ? step(text.charAt(t), p) : -1;
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starText = t;
            } else if (next >= 0) {
                p = next;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The position in the pattern behind the element at {@code p} if that takes the character, else -1. */
    private int step(char c, int p) {
        char element = pattern.charAt(p);
        if (element == '?') {
            return p + 1;
        }
        int close = element == '[' ? closing(p) : -1;
        if (close < 0) {
            return element == c ? p + 1 : -1;
        }
        int i = p + 1;
        boolean negated = pattern.charAt(i) == '!';
        if (negated) {
            i++;
        }
        boolean in = false;
        while (i < close) {
            if (i + 2 < close && pattern.charAt(i + 1) == '-') {
                in |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
                i += 3;
            } else {
                in |= pattern.charAt(i) == c;
                i++;
            }
        }
        return in != negated ? close + 1 : -1;
    }

    /** The bracket that ends a set; one directly after the opening (or the {@code !}) is a member of the set. */
    private int closing(int open) {
        int first = open + 1;
        if (first < pattern.length() && pattern.charAt(first) == '!') {
            first++;
        }
        return pattern.indexOf(']', first + 1);
    }
}
