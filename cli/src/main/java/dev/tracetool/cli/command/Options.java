package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Options as several commands have them, so that one thing has one name everywhere; and their values. */
public final class Options {
    public static final String NO_LIMITS = "--no-limits";

    private static final String[] NO_VALUES = {};

    private Options() {}

    /**
     * A command with {@code --help}.
     *
     * @param summary one sentence
     * @param footer the lines below the options: an example at least
     */
    public static CommandSpec command(String name, String summary, String... footer) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage()
                .description(summary)
                .sortOptions(false)
                .sortSynopsis(false)
                .synopsisHeading("Usage: ")
                .descriptionHeading("%n")
                .parameterListHeading("%n")
                .optionListHeading("%n")
                .footerHeading(footer.length == 0 ? "" : "%n")
                .footer(footer);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help and exit.")
                .build());
        return spec;
    }

    /** An option without a value. */
    public static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(boolean.class)
                .description(description)
                .build();
    }

    /** An option with a value. */
    public static OptionSpec value(String label, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option with a value that can be given several times. */
    public static OptionSpec values(String label, String description, String... names) {
        return OptionSpec.builder(names[0], rest(names))
                .type(String[].class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** The same with known values, several of which can also be given at once, with commas. */
    public static OptionSpec list(String label, List<String> known, String description, String name) {
        return OptionSpec.builder(name)
                .type(String[].class)
                .arity("1")
                .paramLabel(label)
                .completionCandidates(known)
                .description(description)
                .build();
    }

    /** An option with one of a few values. */
    public static OptionSpec choice(String description, List<String> choices, String name) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(String.join("|", choices))
                .completionCandidates(choices)
                .description(description)
                .build();
    }

    /** {@code --format}. The first format is the one that is taken without the option. */
    public static OptionSpec format(String... formats) {
        return choice("Form of the result (default: " + formats[0] + ").", Arrays.asList(formats), "--format");
    }

    /** {@code -o}. */
    public static OptionSpec output() {
        return value("FILE", "Write the result to FILE instead of standard output.", "-o", "--output");
    }

    /** {@code --force}. */
    public static OptionSpec force() {
        return flag("Overwrite FILE of -o if it exists.", "--force");
    }

    /** {@code --strict}. */
    public static OptionSpec strict() {
        return flag("Fail (exit 3) if a trace is damaged or was cut off.", "--strict");
    }

    /** How inputs are read: {@code --strict}, {@code --no-limits}. */
    public static void addReading(CommandSpec spec) {
        spec.addOption(strict());
        spec.addOption(
                flag("Lift the limits on what archives, pipes and packed traces may hold and unpack to.", NO_LIMITS));
    }

    /** {@code --color}. */
    public static OptionSpec color() {
        return choice("Colours (default: auto, on a terminal).", List.of("auto", "always", "never"), "--color");
    }

    /**
     * How a command gives its result, {@code --format}, {@code -o}, {@code --force}, {@code --color}, and how it reads
     * its inputs.
     */
    public static void addResult(CommandSpec spec, String... formats) {
        spec.addOption(format(formats));
        spec.addOption(output());
        spec.addOption(force());
        spec.addOption(color());
        addReading(spec);
    }

    /** The inputs, one at least. */
    public static PositionalParamSpec inputs(String description) {
        return PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(String[].class)
                .arity("1..*")
                .required(true)
                .description(withPlaces(description))
                .build();
    }

    /** The help for inputs, with where they can lie, in lines that picocli need not break: it would at the mark. */
    public static String[] withPlaces(String description) {
        return new String[] {
            description,
            "Can be a file, a folder, an archive,",
            "ARCHIVE!ENTRY, or - for standard input;",
            "'tracetool help' tells the formats."
        };
    }

    /** The one input. */
    public static PositionalParamSpec input(String description) {
        return PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .description(withPlaces(description))
                .build();
    }

    public static boolean isSet(ParseResult args, String name) {
        return args.hasMatchedOption(name);
    }

    public static @Nullable String value(ParseResult args, String name) {
        return args.hasMatchedOption(name) ? args.matchedOption(name).getValue() : null;
    }

    /** The values of an option that can be given several times, in their order. */
    public static String[] values(ParseResult args, String name) {
        return args.hasMatchedOption(name) ? args.matchedOption(name).getValue() : NO_VALUES;
    }

    /** The values of a {@link #list}, one by one. */
    public static List<String> listed(ParseResult args, String name) throws CommandException {
        List<String> all = new ArrayList<>();
        for (String value : values(args, name)) {
            for (String one : value.split(",", -1)) {
                if (one.isEmpty()) {
                    throw CommandException.usage(name + " needs a name");
                }
                all.add(one);
            }
        }
        return all;
    }

    /** The value of a {@link #choice}, its first one if it was not given. */
    public static String choice(ParseResult args, String name) throws CommandException {
        OptionSpec option = args.commandSpec().findOption(name);
        String given = value(args, name);
        StringBuilder choices = new StringBuilder();
        for (String choice : option.completionCandidates()) {
            if (given == null || given.equals(choice)) {
                return choice;
            }
            choices.append(choices.length() == 0 ? "" : ", ").append(choice);
        }
        throw CommandException.usage(
                name + " " + SafeText.terminal(String.valueOf(given)) + ": expected one of " + choices);
    }

    /** The inputs that were given. */
    public static List<String> inputs(ParseResult args) {
        return args.hasMatchedPositional(0)
                ? List.of((String[]) args.matchedPositional(0).getValue())
                : List.of();
    }

    /** Where the result is to go, from {@code -o} and {@code --force}. */
    public static Output openOutput(ParseResult args, Terminal terminal, List<String> inputs)
            throws java.io.IOException {
        return Output.open(terminal, value(args, "-o"), isSet(args, "--force"), inputs);
    }

    /**
     * The exit code of a command that gave its result, by {@code --strict}.
     *
     * @param sound whether all inputs were
     */
    public static int exitCode(ParseResult args, boolean sound) {
        return sound || !isSet(args, "--strict") ? ExitCode.OK : ExitCode.DATA;
    }

    /** Whether to use colours, from {@code --color}, {@code NO_COLOR} and where the result goes. */
    public static boolean useColor(ParseResult args, Terminal terminal) throws CommandException {
        return switch (choice(args, "--color")) {
            case "always" -> true;
            case "never" -> false;
            default -> {
                String noColor = terminal.environment("NO_COLOR");
                boolean allowed = noColor == null || noColor.isEmpty();
                yield allowed
                        && value(args, "-o") == null
                        && terminal.outIsTerminal()
                        && !"dumb".equals(terminal.environment("TERM"));
            }
        };
    }

    private static String[] rest(String[] names) {
        return Arrays.copyOfRange(names, 1, names.length);
    }
}
