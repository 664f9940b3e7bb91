package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The options of commands that give lists: which ones, {@code --by}, and how much of each, {@code --top}. */
public final class ListOptions {
    private ListOptions() {}

    /**
     * {@code --by}.
     *
     * @param lists the lists there are, with FILE and FUNCTION among them
     */
    public static <E extends Enum<E>> OptionSpec by(Class<E> lists) {
        List<String> names = names(lists);
        return Options.list(
                "LIST",
                names,
                "What to list: " + String.join(", ", names)
                        + "; several with commas (default: file,function; function with --format csv).",
                "--by");
    }

    /** The lists that are wanted. A table in CSV has room for only one. */
    public static <E extends Enum<E>> Set<E> by(ParseResult args, Class<E> lists, String format)
            throws CommandException {
        Set<E> wanted = EnumSet.noneOf(lists);
        List<String> names = names(lists);
        for (String name : Options.listed(args, "--by")) {
            if (!names.contains(name)) {
                throw CommandException.usage(
                        "--by " + SafeText.terminal(name) + ": expected one of " + String.join(", ", names));
            }
            wanted.add(Enum.valueOf(lists, name.toUpperCase(Locale.ROOT)));
        }
        boolean csv = format.equals("csv");
        if (csv && wanted.size() > 1) {
            throw CommandException.usage("--format csv has room for one list; name one with --by");
        }
        if (wanted.isEmpty()) {
            wanted.add(Enum.valueOf(lists, "FUNCTION"));
            if (!csv) {
                wanted.add(Enum.valueOf(lists, "FILE"));
            }
        }
        return wanted;
    }

    /** {@code --top}, of which the default holds for formats that people read. */
    public static OptionSpec top(int otherwise) {
        return Options.value(
                "N",
                "Show the first N rows of each list, 0 for all (default: " + otherwise
                        + "; all with --format json and csv).",
                "--top");
    }

    /** How many rows of each list, 0 for all. */
    public static int top(ParseResult args, int otherwise, String format) throws CommandException {
        boolean forPeople = format.equals("table") || format.equals("markdown");
        return first(args, "--top", "rows", forPeople ? otherwise : 0);
    }

    /**
     * How many of something are to be shown, 0 for all.
     *
     * @param what the plural of it
     */
    public static int first(ParseResult args, String option, String what, int otherwise) throws CommandException {
        String value = Options.value(args, option);
        return value == null
                ? otherwise
                : (int) Math.min(
                        Numbers.natural(option, value, "a number of " + what + ", 0 for all"), Integer.MAX_VALUE);
    }

    private static <E extends Enum<E>> List<String> names(Class<E> lists) {
        List<String> names = new ArrayList<>();
        for (E list : lists.getEnumConstants()) {
            names.add(list.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
