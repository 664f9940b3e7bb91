package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Paths;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The folders in which the runs were started, from which paths are shown to people. Of paths that would be shown as one, the
 * first is shortened, and the others are shown as they are. For one thread.
 */
public final class RunFolders {
    /** For paths that are shown as they are. */
    public static final RunFolders NONE = new RunFolders(List.of());

    /** In place of the name of a file, or of a line, that is unknown. */
    private static final String UNKNOWN = "-";

    private final List<String> folders;
    private final Map<String, String> shown = new HashMap<>();

    /** @param folders each once, in the order of the traces */
    RunFolders(List<String> folders) {
        this.folders = List.copyOf(folders);
    }

    public static RunFolders of(List<InputActivity> inputs) {
        Set<String> folders = new LinkedHashSet<>();
        for (InputActivity input : inputs) {
            String folder = input.metadata().cwd();
            if (folder != null) {
                folders.add(folder);
            }
        }
        return new RunFolders(new ArrayList<>(folders));
    }

    public List<String> folders() {
        return folders;
    }

    /**
     * The path from the working directory of a run, if it is beneath one; hostile text, as the path is. {@code -} if it is
     * unknown.
     */
    public String shorten(String file) {
        if (file.isEmpty()) {
            return UNKNOWN;
        }
        if (folders.isEmpty()) {
            return file;
        }
        String below = Paths.belowAny(file, folders);
        String other = shown.putIfAbsent(below, file);
        return other == null || other.equals(file) ? below : file;
    }

    /** File and first line; {@code -} in place of what is unknown, only one if both are. */
    public String place(CodeIdentity identity) {
        return place(identity.filename(), firstLine(identity));
    }

    /** @param line with {@code -} in place of one that is unknown */
    public String place(String file, String line) {
        return file.isEmpty() && line.equals(UNKNOWN) ? UNKNOWN : shorten(file) + ":" + line;
    }

    /** The first line, {@code -} if it is unknown. */
    public static String firstLine(CodeIdentity identity) {
        return identity.hasFirstLine() ? Integer.toString(identity.firstLine()) : UNKNOWN;
    }
}
