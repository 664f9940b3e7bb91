package dev.tracetool.analysis;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for names. {@code ?} is one character, {@code *} any number of them, {@code **} too; every other character
 * is itself, a bracket as well.
 *
 * <p>In a pattern for files {@code ?} and {@code *} stop at a {@code /} and {@code **} does not; {@code **}{@code /} can
 * be nothing; a {@code /} at the end stands for everything below. Such a pattern is compared with the path as it was
 * recorded, and with the part below the recorded program's working directory; one without any {@code /} also with the
 * last part alone. A backslash counts as a {@code /}, in both.
 */
public final class Glob {
    private static final int ONE = -1;
    private static final int SOME = -2;
    private static final int ANY = -3;
    /** Before {@link #FOLDERS}: those or nothing. */
    private static final int MAYBE = -4;

    /** Anything that ends in a slash. */
    private static final int FOLDERS = -5;

    /** Characters, or one of the constants above. */
    private final int[] parts;

    private final boolean paths;
    private final boolean bare;

    private Glob(String pattern, boolean paths) {
        this.paths = paths;
        String text = paths ? pattern.replace('\\', '/') : pattern;
        this.bare = paths && text.indexOf('/') < 0;
        this.parts = parse(paths && text.endsWith("/") ? text + "**" : text, paths);
    }

    /** A pattern for paths of files. */
    public static Glob file(String pattern) {
        return new Glob(pattern, true);
    }

    /** A pattern for names without folders, such as qualified names of functions. */
    public static Glob name(String pattern) {
        return new Glob(pattern, false);
    }

    private static int[] parse(String text, boolean paths) {
        int[] parts = new int[text.length()];
        int count = 0;
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i++);
            if (c == '?') {
                parts[count++] = ONE;
            } else if (c == '*') {
                int from = i - 1;
                while (i < text.length() && text.charAt(i) == '*') {
                    i++;
                }
                boolean several = i - from > 1;
                boolean first = from == 0 || text.charAt(from - 1) == '/';
                if (paths && several && first && i < text.length() && text.charAt(i) == '/') {
                    i++;
                    parts[count++] = MAYBE;
                    parts[count++] = FOLDERS;
                } else {
                    parts[count++] = several || !paths ? ANY : SOME;
                }
            } else {
                parts[count++] = c;
            }
        }
        return Arrays.copyOf(parts, count);
    }

    /** Whether the whole name matches. */
    public boolean matches(String name) {
        return match(paths ? name.replace('\\', '/') : name);
    }

    /**
     * Whether a file matches.
     *
     * @param cwd working directory of the run; null if unknown
     */
    public boolean matches(String file, @Nullable String cwd) {
        if (matches(file)) {
            return true;
        }
        String relative = Paths.below(file, cwd);
        if (!relative.equals(file) && matches(relative)) {
            return true;
        }
        return bare && matches(Paths.last(file));
    }

    /**
     * Follows all ways through the pattern at once, one character after the other: the time is at most the product of the
     * two lengths, whatever the pattern.
     */
    private boolean match(String name) {
        int count = parts.length;
        boolean[] at = new boolean[count + 1];
        boolean[] next = new boolean[count + 1];
        at[0] = true;
        skip(at);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            Arrays.fill(next, false);
            for (int p = 0; p < count; p++) {
                if (at[p]) {
                    step(p, c, next);
                }
            }
            skip(next);
            boolean[] old = at;
            at = next;
            next = old;
        }
        return at[count];
    }

    private void step(int p, char c, boolean[] next) {
        boolean inside = !paths || c != '/';
        switch (parts[p]) {
            case ONE -> next[p + 1] |= inside;
            case SOME -> next[p] |= inside;
            case ANY -> next[p] = true;
            case MAYBE -> {}
            case FOLDERS -> {
                next[p] = true;
                next[p + 1] |= c == '/';
            }
            default -> next[p + 1] |= parts[p] == c;
        }
    }

    /** What can be nothing is passed at once. */
    private void skip(boolean[] at) {
        for (int p = 0; p < parts.length; p++) {
            if (at[p] && parts[p] <= SOME && parts[p] != FOLDERS) {
                at[p + 1] = true;
                if (parts[p] == MAYBE) {
                    at[p + 2] = true;
                }
            }
        }
    }
}
