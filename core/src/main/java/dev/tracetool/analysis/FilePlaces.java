package dev.tracetool.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Where recorded files can lie, as text: a relative name is one in the folder in which a run was started, or in that of its
 * program, from which CodeTracer's recorder in pure Python tells them. Which run a name is of is not known any more. For one
 * thread.
 */
final class FilePlaces {
    /** Of more folders, those of the first runs are taken: each costs a text for each relative name. */
    private static final int MAX_FOLDERS = 100;

    private final List<String> folders;
    private final UnaryOperator<String> mapped;
    private final Map<String, List<String>> known = new HashMap<>();

    private FilePlaces(List<String> folders, UnaryOperator<String> mapped) {
        this.folders = folders;
        this.mapped = mapped;
    }

    /** @param mapped what stands for the folders with which a path can begin */
    static FilePlaces of(List<InputActivity> inputs, UnaryOperator<String> mapped) {
        Set<String> folders = new LinkedHashSet<>();
        for (InputActivity input : inputs) {
            String folder = input.metadata().cwd();
            if (folders.size() < MAX_FOLDERS && folder != null && Paths.isAbsolute(folder)) {
                folders.add(Paths.plain(folder));
                List<String> argv = input.metadata().argv();
                // The recorder itself can be the first.
                for (String program : argv.subList(0, Math.min(2, argv.size()))) {
                    String script = Paths.isAbsolute(program) ? program : folder + "/" + program;
                    if (script.endsWith(".py")) {
                        folders.add(Paths.plain(script + "/.."));
                    }
                }
            }
        }
        return new FilePlaces(List.copyOf(folders), mapped);
    }

    /** Where a file can lie: paths without {@code .} and {@code ..}; none for code that comes from no file. */
    List<String> of(String file) {
        return known.computeIfAbsent(file, this::find);
    }

    private List<String> find(String file) {
        if (file.isEmpty() || file.startsWith("<")) {
            return List.of();
        }
        Set<String> places = new LinkedHashSet<>();
        places.add(place(file));
        if (!Paths.isAbsolute(file)) {
            folders.forEach(folder -> places.add(place(folder + "/" + file)));
        }
        return new ArrayList<>(places);
    }

    private String place(String path) {
        return Paths.plain(mapped.apply(Paths.plain(path)));
    }
}
