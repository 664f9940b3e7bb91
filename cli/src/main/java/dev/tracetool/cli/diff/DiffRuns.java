package dev.tracetool.cli.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/**
 * The runs of a side. Each input is one, be it a trace, a summary, or a folder or an archive of traces; but a trace of a
 * process that another process of a run began is part of that run.
 *
 * @param sound whether nothing was lost and everything made sense
 */
record DiffRuns(List<Activity> runs, boolean sound) {

    static DiffRuns read(ParseResult args, List<String> files, Terminal terminal) throws IOException {
        List<Activity> inputs = new ArrayList<>();
        boolean sound = true;
        for (Summaries.Read read : Summaries.readEach(args, files, Set.of(), terminal)) {
            inputs.add(read.summary().activity());
            sound &= read.sound();
        }
        return new DiffRuns(joined(inputs), sound);
    }

    /** Puts the traces of one run together. */
    static List<Activity> joined(List<Activity> inputs) {
        Map<String, String> parents = new LinkedHashMap<>();
        for (Activity activity : inputs) {
            for (InputActivity input : activity.inputs()) {
                String parent = input.metadata().parentTrace();
                if (parent != null) {
                    parents.put(input.name(), folder(input.name()) + parent);
                }
            }
        }
        Map<String, Activity> runs = new LinkedHashMap<>();
        for (Activity activity : inputs) {
            String name = root(activity.inputs().get(0).name(), parents);
            Activity run = runs.get(name);
            if (run == null) {
                runs.put(name, activity);
            } else {
                run.merge(activity);
            }
        }
        return List.copyOf(runs.values());
    }

    /** The trace that all began with, whether it is among the inputs or not. */
    private static String root(String name, Map<String, String> parents) {
        String root = name;
        for (int i = 0; i <= parents.size() && parents.containsKey(root); i++) {
            root = parents.get(root);
        }
        return root;
    }

    /** Of a file, or of an entry of an archive. */
    private static String folder(String name) {
        return name.substring(0, Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')) + 1);
    }
}
