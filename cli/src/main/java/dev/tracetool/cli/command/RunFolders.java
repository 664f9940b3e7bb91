package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Paths;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The folders in which the runs were started, from which paths are shown to people.
 *
 * @param folders each once, in the order of the traces
 */
public record RunFolders(List<String> folders) {
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

    /** The path from the working directory of a run, if it is beneath one; hostile text, as the path is. */
    public String shorten(String file) {
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
