package dev.tracetool.analysis;

import org.jspecify.annotations.Nullable;

/** Paths of another machine, as text: they must not be looked up on this one. */
public final class Paths {
    private Paths() {}

    /**
     * The path without the folder that it is in, if it is beneath it; else the path itself.
     *
     * @param folder null if unknown
     */
    public static String below(String path, @Nullable String folder) {
        if (folder == null || folder.isEmpty() || !path.startsWith(folder)) {
            return path;
        }
        int length = folder.length();
        if (isSeparator(folder.charAt(length - 1))) {
            return length > 1 && path.length() > length ? path.substring(length) : path;
        }
        return path.length() > length + 1 && isSeparator(path.charAt(length)) ? path.substring(length + 1) : path;
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }
}
