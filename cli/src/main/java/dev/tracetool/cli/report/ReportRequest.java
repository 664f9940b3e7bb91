package dev.tracetool.cli.report;

import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.Options;
import dev.tracetool.export.Report;
import dev.tracetool.export.Report.By;
import dev.tracetool.export.SafeText;
import dev.tracetool.export.SortKey;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
record ReportRequest(
        String format,
        Set<By> by,
        @Nullable SortKey sort,
        int top,
        List<Glob> include,
        List<Glob> exclude,
        List<Glob> functions) {

    private static final int DEFAULT_TOP = 20;

    static void addOptions(CommandSpec spec) {
        spec.addOption(Options.list(
                "LIST",
                List.of("file", "function", "line", "thread", "test"),
                "What to list: file, function, line, thread, test; several with commas (default: file,function; function with"
                        + " --format csv).",
                "--by"));
        spec.addOption(Options.choice(
                "Sort by this, the greatest first (default: the most expensive first).",
                Stream.of(SortKey.values()).map(SortKey::label).toList(),
                "--sort"));
        spec.addOption(Options.value(
                "N",
                "Show the first N rows of each list, 0 for all (default: " + DEFAULT_TOP
                        + "; all with --format json and csv).",
                "--top"));
        spec.addOption(Options.values("GLOB", "Only files that match, such as 'src/*'.", "--include"));
        spec.addOption(Options.values("GLOB", "No files that match.", "--exclude"));
        spec.addOption(Options.values("GLOB", "Only functions whose qualified name matches.", "--function"));
    }

    static ReportRequest of(ParseResult args) throws CommandException {
        String format = Options.choice(args, "--format");
        Set<By> by = by(args, format);
        return new ReportRequest(
                format,
                by,
                sort(args, by),
                top(args, format),
                globs(Options.values(args, "--include"), true),
                globs(Options.values(args, "--exclude"), true),
                globs(Options.values(args, "--function"), false));
    }

    /** Whether any code object is left out. */
    boolean isFiltered() {
        return !include.isEmpty() || !exclude.isEmpty() || !functions.isEmpty();
    }

    private static Set<By> by(ParseResult args, String format) throws CommandException {
        boolean csv = format.equals("csv");
        Set<By> lists = EnumSet.noneOf(By.class);
        for (String name : Options.listed(args, "--by")) {
            lists.add(list(name));
        }
        if (csv && lists.size() > 1) {
            throw CommandException.usage("--format csv has room for one list; name one with --by");
        }
        if (!lists.isEmpty()) {
            return lists;
        }
        return csv ? EnumSet.of(By.FUNCTION) : EnumSet.of(By.FILE, By.FUNCTION);
    }

    private static By list(String name) throws CommandException {
        for (By list : By.values()) {
            if (list.name().toLowerCase(Locale.ROOT).equals(name)) {
                return list;
            }
        }
        throw CommandException.usage(
                "--by " + SafeText.terminal(name) + ": expected one of file, function, line, thread, test");
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

    private static int top(ParseResult args, String format) throws CommandException {
        String value = Options.value(args, "--top");
        if (value == null) {
            return format.equals("table") || format.equals("markdown") ? DEFAULT_TOP : 0;
        }
        try {
            int top = Integer.parseInt(value);
            if (top >= 0) {
                return top;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw CommandException.usage("--top " + SafeText.terminal(value) + ": expected a number of rows, 0 for all");
    }

    private static List<Glob> globs(String[] patterns, boolean files) {
        List<Glob> globs = new ArrayList<>();
        for (String pattern : patterns) {
            globs.add(files ? Glob.ofPath(pattern) : Glob.of(pattern));
        }
        return globs;
    }

    /** What is needed to report it. */
    Set<Summary.Part> parts() {
        return by.contains(By.TEST) ? EnumSet.of(Summary.Part.TESTS) : EnumSet.noneOf(Summary.Part.class);
    }

    Report report(Summary summary) {
        return new Report(
                summary,
                file -> (include.isEmpty() || matches(include, file)) && !matches(exclude, file),
                name -> functions.isEmpty() || matches(functions, name),
                by,
                sort,
                top);
    }

    private static boolean matches(List<Glob> globs, String text) {
        for (Glob glob : globs) {
            if (glob.matches(text)) {
                return true;
            }
        }
        return false;
    }
}
