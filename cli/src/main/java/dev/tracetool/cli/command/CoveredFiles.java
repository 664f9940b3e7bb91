package dev.tracetool.cli.command;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.export.SafeText;
import dev.tracetool.source.Exclusions;
import dev.tracetool.source.FoundSource;
import dev.tracetool.source.FoundSource.Match;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The files of an activity with their sources. Files of several names that are one source are one file. */
public final class CoveredFiles {
    private static final int MAX_WARNINGS = 10;

    private record Group(String file, @Nullable FoundSource source, List<FunctionActivity> functions) {}

    private CoveredFiles() {}

    /**
     * The wanted files, in order of name. Code that came from no file ({@code <string>}, {@code <frozen …>}) is none.
     *
     * @param wanted which recorded names are
     */
    public static List<CoveredFile> of(
            Activity activity, Predicate<String> wanted, SourceFinder finder, Exclusions exclusions) {
        Map<String, List<FunctionActivity>> byName = new TreeMap<>();
        for (FunctionActivity function : activity.functions(name -> isFile(name) && wanted.test(name), name -> true)) {
            byName.computeIfAbsent(function.identity().filename(), name -> new ArrayList<>())
                    .add(function);
        }
        Map<String, Group> groups = new LinkedHashMap<>();
        byName.forEach((name, functions) -> {
            FoundSource source = finder.find(name);
            String place = source == null ? "no source: " + name : source.place();
            Group group = groups.get(place);
            if (group == null) {
                groups.put(place, new Group(name, source, functions));
            } else {
                group.functions().addAll(functions);
                if (source != null && source.match() == Match.DIFFERENT) {
                    groups.put(place, new Group(group.file(), source, group.functions()));
                }
            }
        });
        List<CoveredFile> files = new ArrayList<>();
        for (Group group : groups.values()) {
            files.add(CoveredFile.of(group.file(), group.source(), group.functions(), exclusions));
        }
        return files;
    }

    private static boolean isFile(String name) {
        return !name.isEmpty() && !(name.startsWith("<") && name.endsWith(">"));
    }

    /** Warns of files without a source, and of sources that are not what ran. */
    public static void warn(Terminal terminal, List<CoveredFile> files) {
        int without = 0;
        int different = 0;
        String first = "";
        for (CoveredFile file : files) {
            FoundSource source = file.source();
            if (source == null) {
                first = without++ == 0 ? file.file() : first;
            } else if (source.match() == Match.DIFFERENT && different++ < MAX_WARNINGS) {
                terminal.warn(SafeText.terminal(source.place()) + ": differs from what ran: " + source.doubt());
            }
        }
        if (different > MAX_WARNINGS) {
            terminal.warn("so do " + Quantity.count(different - MAX_WARNINGS, "more source"));
        }
        if (without > 0) {
            terminal.warn("no source of " + Quantity.count(without, "file") + ", the first is "
                    + SafeText.terminal(first) + " (--source and --map say where to look)");
        }
    }
}
