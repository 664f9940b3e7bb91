package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Paths;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One name for each file, however many checkouts it was run from. A name that runs of both sides have is taken as it is.
 * Any other one is taken from the working directory of its run, if the file is beneath it; so it is one with a file that
 * has the same name from the working directory of another run.
 */
final class FileNames {
    /** In place of a name, where several would do. */
    private static final String AMBIGUOUS = "\0";

    private final UnaryOperator<String> map;
    private final Set<String> common;

    /** By name from a working directory, the common name that it stands for. */
    private final Map<String, String> commonByShort = new HashMap<>();

    /** @param map what a recorded path stands for; applied to files and working directories before all else */
    FileNames(List<Activity> base, List<Activity> head, UnaryOperator<String> map) {
        this.map = map;
        common = names(base);
        common.retainAll(names(head));
        for (Activity run : Comparison.both(base, head)) {
            List<String> folders = folders(run);
            for (String file : files(run)) {
                String name = map.apply(file);
                if (common.contains(name)) {
                    commonByShort.merge(Paths.belowAny(name, folders), name, (a, b) -> a.equals(b) ? a : AMBIGUOUS);
                }
            }
        }
    }

    /** The names of the run's files, by what is recorded. */
    Map<String, String> of(Activity run) {
        List<String> folders = folders(run);
        Map<String, String> names = new HashMap<>();
        for (String file : files(run)) {
            String name = map.apply(file);
            if (!common.contains(name)) {
                String shorter = Paths.belowAny(name, folders);
                String alias = commonByShort.getOrDefault(shorter, AMBIGUOUS);
                name = alias.equals(AMBIGUOUS) ? shorter : alias;
            }
            names.put(file, name);
        }
        return names;
    }

    private Set<String> names(List<Activity> runs) {
        Set<String> names = new HashSet<>();
        for (Activity run : runs) {
            files(run).forEach(file -> names.add(map.apply(file)));
        }
        return names;
    }

    private static Set<String> files(Activity run) {
        Set<String> files = new HashSet<>();
        for (FunctionActivity function : run.functions()) {
            files.add(function.identity().filename());
        }
        return files;
    }

    private List<String> folders(Activity run) {
        List<String> folders = new ArrayList<>();
        for (InputActivity input : run.inputs()) {
            String cwd = input.metadata().cwd();
            if (cwd != null) {
                folders.add(map.apply(cwd));
            }
        }
        return folders.stream().distinct().toList();
    }
}
