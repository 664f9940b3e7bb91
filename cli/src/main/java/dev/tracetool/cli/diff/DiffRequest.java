package dev.tracetool.cli.diff;

import dev.tracetool.analysis.diff.ActivityDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.analysis.diff.TimeThreshold;
import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.export.DiffReport;
import dev.tracetool.export.DiffReport.By;
import dev.tracetool.export.DiffReport.Selection;
import dev.tracetool.export.DiffSort;
import dev.tracetool.export.SafeText;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
        Glob[] include,
        Glob[] exclude,
        Glob[] functions) {

    private static final int DEFAULT_TOP = 20;
    private static final List<String> LISTS = List.of("file", "function", "line");

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.list(
                "LIST",
                LISTS,
                "What to list: file, function, line; several with commas (default: file,function; function with"
                        + " --format csv).",
                "--by"));
        spec.addOption(Options.flag("List what did not change, too.", "--unchanged"));
        spec.addOption(Options.flag("List what ran only in the base.", "--only-base"));
        spec.addOption(Options.flag("List what ran only in the head.", "--only-head"));
        spec.addOption(Options.flag("List what ran on both sides.", "--both"));
        spec.addOption(Options.choice(
                "Sort by the difference in this, the greatest first (default: line events, then calls).",
                Stream.of(DiffSort.values()).map(DiffSort::label).toList(),
                "--sort"));
        spec.addOption(Options.value(
                "N",
                "Show the first N rows of each list, 0 for all (default: " + DEFAULT_TOP
                        + "; all with --format json and csv).",
                "--top"));
        spec.addOption(Options.values("GLOB", "Only files that match, such as 'src/*'.", "--include"));
        spec.addOption(Options.values("GLOB", "No files that match.", "--exclude"));
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
        Set<By> by = by(args, format);
        return new DiffRequest(
                format,
                by,
                selection(args),
                sort(args, by),
                top(args, format),
                threshold(args),
                paths(args, "--include"),
                paths(args, "--exclude"),
                CodeSelection.names(args));
    }

    /** Whether any code object is left out. */
    boolean isFiltered() {
        return include.length + exclude.length + functions.length > 0;
    }

    DiffReport report(ActivityDiff diff) {
        return new DiffReport(diff, this::wants, by, selection, sort, top);
    }

    private boolean wants(FunctionDiff function) {
        return CodeSelection.matches(functions, function.identity().qualname())
                && (include.length == 0 || matches(include, function))
                && !matches(exclude, function);
    }

    /** Whichever of its names somebody uses for the file. */
    private static boolean matches(Glob[] globs, FunctionDiff function) {
        String base = function.recordedFile(Side.BASE);
        String head = function.recordedFile(Side.HEAD);
        for (Glob glob : globs) {
            if (glob.matches(function.file())
                    || (base != null && glob.matches(base))
                    || (head != null && glob.matches(head))) {
                return true;
            }
        }
        return false;
    }

    private static Set<By> by(ParseResult args, String format) throws CommandException {
        Set<By> lists = EnumSet.noneOf(By.class);
        for (String name : Options.listed(args, "--by")) {
            if (!LISTS.contains(name)) {
                throw CommandException.usage(
                        "--by " + SafeText.terminal(name) + ": expected one of " + String.join(", ", LISTS));
            }
            lists.add(By.valueOf(name.toUpperCase(Locale.ROOT)));
        }
        boolean csv = format.equals("csv");
        if (csv && lists.size() > 1) {
            throw CommandException.usage("--format csv has room for one list; name one with --by");
        }
        if (!lists.isEmpty()) {
            return lists;
        }
        return csv ? EnumSet.of(By.FUNCTION) : EnumSet.of(By.FILE, By.FUNCTION);
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

    private static int top(ParseResult args, String format) throws CommandException {
        String value = Options.value(args, "--top");
        if (value == null) {
            return format.equals("table") || format.equals("markdown") ? DEFAULT_TOP : 0;
        }
        long top = Numbers.natural("--top", value);
        return (int) Math.min(top, Integer.MAX_VALUE);
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

    private static Glob[] paths(ParseResult args, String option) {
        return Stream.of(Options.values(args, option)).map(Glob::ofPath).toArray(Glob[]::new);
    }
}
