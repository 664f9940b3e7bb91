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

    /** The path from the working directory of a run, if it is beneath one; hostile text, as the path is. */
    public String shorten(String file) {
        String below = below(file);
        String other = shown.putIfAbsent(below, file);
        return other == null || other.equals(file) ? below : file;
    }

    private String below(String file) {
        for (String folder : folders) {
            String below = Paths.below(file, folder);
            if (!below.equals(file)) {
                return below;
            }
        }
        return file;
    }

    /** File and first line; {@code -} in its place if it is unknown. */
    public String place(CodeIdentity identity) {
        return shorten(identity.filename()) + ":" + firstLine(identity);
    }

    /** The first line, {@code -} if it is unknown. */
    public static String firstLine(CodeIdentity identity) {
        return identity.hasFirstLine() ? Integer.toString(identity.firstLine()) : "-";
    }
}
