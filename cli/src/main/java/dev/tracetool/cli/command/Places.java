package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Paths;
import dev.tracetool.code.CodeIdentity;
import java.util.List;
import java.util.Objects;

/** Where code stands, for people: paths are shown from the working directory of the run, if they are beneath it. */
public final class Places {
    private final List<String> folders;

    private Places(List<String> folders) {
        this.folders = folders;
    }

    public static Places of(List<InputActivity> inputs) {
        return new Places(inputs.stream()
                .map(input -> input.metadata().cwd())
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    }

    /** Hostile text, as the path is. */
    public String file(String path) {
        for (String folder : folders) {
            String below = Paths.below(path, folder);
            if (!below.equals(path)) {
                return below;
            }
        }
        return path;
    }

    /** File and first line. */
    public String code(CodeIdentity identity) {
        return file(identity.filename()) + ":" + identity.firstLine();
    }
}
