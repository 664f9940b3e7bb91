package dev.tracetool.cli.report;

import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.FileFilter;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.ListOptions;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.PathMap;
import dev.tracetool.export.Report;
import dev.tracetool.export.Report.By;
import dev.tracetool.export.SortKey;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the user asked {@code report} for.
 *
 * @param top rows of each list, 0 for all
 */
record ReportRequest(String format, Set<By> by, @Nullable SortKey sort, int top, FileFilter files, Glob[] functions) {

    private static final int DEFAULT_TOP = 20;

    static void addOptions(CommandSpec spec) {
        spec.addOption(ListOptions.by(By.class));
        spec.addOption(Options.choice(
                "Sort by this, the greatest first (default: the most expensive first).",
                Stream.of(SortKey.values()).map(SortKey::label).toList(),
                "--sort"));
        spec.addOption(ListOptions.top(DEFAULT_TOP));
        FileFilter.addOptions(spec);
        spec.addOption(Options.values("GLOB", "Only functions whose qualified name matches.", "--function"));
        PathMap.addOption(spec);
    }

    static ReportRequest of(ParseResult args) throws CommandException {
        String format = Options.choice(args, "--format");
        Set<By> by = ListOptions.by(args, By.class, format);
        return new ReportRequest(
                format,
                by,
                sort(args, by),
                ListOptions.top(args, DEFAULT_TOP, format),
                FileFilter.of(args),
                CodeSelection.names(args));
    }

    /** Whether any code object is left out. */
    boolean isFiltered() {
        return files.isSet() || functions.length > 0;
    }

    private static @Nullable SortKey sort(ParseResult args, Set<By> by) throws CommandException {
        if (!Options.isSet(args, "--sort")) {
            return null;
        }
        String label = Options.choice(args, "--sort");
        for (SortKey key : SortKey.values()) {
            if (key.label().equals(label)) {
                if (by.stream().noneMatch(key::sorts)) {
                    throw CommandException.usage(
                            "--sort " + label + ": no list that is shown has this; expected one of "
                                    + Stream.of(SortKey.values())
                                            .filter(k -> by.stream().anyMatch(k::sorts))
                                            .map(SortKey::label)
                                            .collect(Collectors.joining(", ")));
                }
                return key;
            }
        }
        throw new AssertionError(label);
    }

    /** What is needed to report it. */
    Set<Summary.Part> parts() {
        return by.contains(By.TEST) ? EnumSet.of(Summary.Part.TESTS) : EnumSet.noneOf(Summary.Part.class);
    }

    Report report(Summary summary) {
        return new Report(summary, files, name -> CodeSelection.matches(functions, name), by, sort, top);
    }
}
