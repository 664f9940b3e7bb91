package dev.tracetool.cli.diff;

import dev.tracetool.analysis.diff.ActivityDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.analysis.diff.TimeThreshold;
import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.FileFilter;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.ListOptions;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.export.DiffReport;
import dev.tracetool.export.DiffReport.By;
import dev.tracetool.export.DiffReport.Selection;
import dev.tracetool.export.DiffSort;
import dev.tracetool.export.SafeText;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/**
 * What the user asked {@code diff} for.
 *
 * @param top rows of each list, 0 for all
 */
record DiffRequest(
        String format,
        Set<By> by,
        Selection selection,
        @Nullable DiffSort sort,
        int top,
        TimeThreshold threshold,
        FileFilter files,
        Glob[] functions) {

    private static final int DEFAULT_TOP = 20;

    static void addOptions(CommandSpec spec) {
        spec.addOption(ListOptions.by(By.class));
        spec.addOption(Options.flag("List what did not change, too.", "--unchanged"));
        spec.addOption(Options.flag("List what ran only in the base.", "--only-base"));
        spec.addOption(Options.flag("List what ran only in the head.", "--only-head"));
        spec.addOption(Options.flag("List what ran on both sides.", "--both"));
        spec.addOption(Options.choice(
                "Sort by the difference in this, the greatest first (default: line events, then calls).",
                Stream.of(DiffSort.values()).map(DiffSort::label).toList(),
                "--sort"));
        spec.addOption(ListOptions.top(DEFAULT_TOP));
        FileFilter.addOptions(spec);
        spec.addOption(Options.values("GLOB", "Only functions whose qualified name matches.", "--function"));
        spec.addOption(Options.values(
                "OLD=NEW", "Take recorded paths that start with the folder OLD as if they did with NEW.", "--map"));
        spec.addOption(Options.value(
                "PERCENT", "A time has changed only if it did by more than this (default: 10).", "--time-percent"));
        spec.addOption(Options.value("TIME", "And by more than this time (default: 1ms).", "--time-floor"));
        spec.addOption(Options.format("table", "json", "csv", "markdown"));
    }

    static DiffRequest of(ParseResult args) throws CommandException {
        String format = Options.choice(args, "--format");
        Set<By> by = ListOptions.by(args, By.class, format);
        return new DiffRequest(
                format,
                by,
                selection(args),
                sort(args, by),
                ListOptions.top(args, DEFAULT_TOP, format),
                threshold(args),
                FileFilter.of(args),
                CodeSelection.names(args));
    }

    /** Whether any code object is left out. */
    boolean isFiltered() {
        return files.isSet() || functions.length > 0;
    }

    DiffReport report(ActivityDiff diff) {
        return new DiffReport(diff, this::wants, by, selection, sort, top);
    }

    /** By whichever of its names somebody uses for the file. */
    private boolean wants(FunctionDiff function) {
        return CodeSelection.matches(functions, function.identity().qualname())
                && files.testAny(
                        Stream.of(function.file(), function.recordedFile(Side.BASE), function.recordedFile(Side.HEAD))
                                .filter(Objects::nonNull)
                                .toList());
    }

    private static Selection selection(ParseResult args) throws CommandException {
        List<String> given = Stream.of("--unchanged", "--only-base", "--only-head", "--both")
                .filter(option -> Options.isSet(args, option))
                .toList();
        if (given.size() > 1) {
            throw CommandException.usage(String.join(" and ", given) + " exclude each other");
        }
        return switch (given.isEmpty() ? "" : given.get(0)) {
            case "--unchanged" -> Selection.ALL;
            case "--only-base" -> Selection.ONLY_BASE;
            case "--only-head" -> Selection.ONLY_HEAD;
            case "--both" -> Selection.BOTH;
            default -> Selection.CHANGED;
        };
    }

    private static @Nullable DiffSort sort(ParseResult args, Set<By> by) throws CommandException {
        if (!Options.isSet(args, "--sort")) {
            return null;
        }
        DiffSort sort = DiffSort.valueOf(Options.choice(args, "--sort").toUpperCase(Locale.ROOT));
        if (sort.metric() != null
                && by.stream().noneMatch(list -> list.metrics().contains(sort.metric()))) {
            throw CommandException.usage("--sort " + sort.label() + ": no list that is shown has this");
        }
        return sort;
    }

    private static TimeThreshold threshold(ParseResult args) throws CommandException {
        String percent = Options.value(args, "--time-percent");
        String floor = Options.value(args, "--time-floor");
        return new TimeThreshold(
                percent == null ? TimeThreshold.DEFAULT.percent() : percent(percent),
                floor == null ? TimeThreshold.DEFAULT.floorNs() : Numbers.nanoseconds("--time-floor", floor));
    }

    private static double percent(String text) throws CommandException {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?%?")) {
            throw CommandException.usage(
                    "--time-percent " + SafeText.terminal(text) + ": expected a number such as 10");
        }
        return Double.parseDouble(text.endsWith("%") ? text.substring(0, text.length() - 1) : text);
    }
}
