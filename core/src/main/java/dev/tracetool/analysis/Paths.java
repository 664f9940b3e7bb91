package dev.tracetool.analysis;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
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

    /** The path without the first of the folders that it is beneath; else the path itself. */
    public static String belowAny(String path, List<String> folders) {
        for (String folder : folders) {
            String below = below(path, folder);
            if (!below.equals(path)) {
                return below;
            }
        }
        return path;
    }

    /** Whether it says where a file is without a folder to begin at: from a root, a share ({@code \\host}) or a drive. */
    public static boolean isAbsolute(String path) {
        return !path.isEmpty() && isSeparator(path.charAt(0)) || hasDrive(path);
    }

    /** Whether it begins with a drive of Windows and its root, {@code C:/} or {@code C:\}. */
    private static boolean hasDrive(String path) {
        if (path.length() < 3 || path.charAt(1) != ':' || !isSeparator(path.charAt(2))) {
            return false;
        }
        int letter = path.charAt(0) | 0x20;
        return letter >= 'a' && letter <= 'z';
    }

    /**
     * The path without empty names, {@code .} and {@code ..}, but for those that lead out of where a relative one begins; one
     * of Windows with slashes. By the text alone: links on the machine that recorded are not known.
     */
    public static String plain(String path) {
        boolean drive = hasDrive(path);
        String slashed = drive || path.startsWith("\\") ? path.replace('\\', '/') : path;
        String root = drive ? slashed.substring(0, 3) : slashed.startsWith("/") ? "/" : "";
        Deque<String> names = new ArrayDeque<>();
        for (String name : slashed.substring(root.length()).split("/")) {
            if (!name.equals("..")) {
                if (!name.isEmpty() && !name.equals(".")) {
                    names.add(name);
                }
            } else if (!names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (root.isEmpty()) {
                names.add(name);
            }
        }
        return root + String.join("/", names);
    }

    private static boolean isSeparator(char c) {
        return c == '/' || c == '\\';
    }
}
