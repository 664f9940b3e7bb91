package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.source.Exclusions;
import java.util.List;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The options that say which lines are no statements that count. */
public final class ExclusionOptions {
    private ExclusionOptions() {}

    public static void addOptions(CommandSpec spec) {
        spec.addOption(Options.values(
                "REGEX", "Leave out lines that match, instead of those with '# pragma: no cover'.", "--exclude-lines"));
        spec.addOption(Options.values("REGEX", "Leave out lines that match, too.", "--exclude-also"));
    }

    /** @throws CommandException if an option is no regular expression */
    public static Exclusions of(ParseResult args) throws CommandException {
        for (String option : new String[] {"--exclude-lines", "--exclude-also"}) {
            for (String regex : Options.values(args, option)) {
                refuse(option, regex);
            }
        }
        return Exclusions.of(
                List.of(Options.values(args, "--exclude-lines")), List.of(Options.values(args, "--exclude-also")));
    }

    private static void refuse(String option, String regex) throws CommandException {
        try {
            Exclusions.of(List.of(regex), List.of());
        } catch (PatternSyntaxException e) {
            throw CommandException.usage(option + " " + SafeText.terminal(regex) + ": expected a regular expression: "
                    + SafeText.terminal(e.getDescription()));
        }
    }
}
