package dev.tracetool.cli.check;

import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.Threshold;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** The gates that options name, on top of those of a file. */
final class CheckOptions {
    private static final Map<String, Gate> FLAGS = Map.of(
            "--no-failed-tests", Gate.FAILED_TESTS,
            "--no-lost-tests", Gate.LOST_TESTS,
            "--no-new-uncalled", Gate.NEW_UNCALLED,
            "--balanced-calls", Gate.BALANCED_CALLS);

    private CheckOptions() {}

    static void addTo(CommandSpec spec) {
        spec.addOption(Options.value(
                "FILE",
                "Gates in TOML, or in JSON if FILE ends in .json (default: tracetool.toml, if it is here).",
                "--config"));
        spec.addOption(Options.values(
                "[GLOB=]PERCENT", "Least share of statements hit: of all files together, or of some.", "--min-total"));
        spec.addOption(Options.values(
                "[GLOB=]PERCENT", "The same of each file; of several that fit, the last counts.", "--min-file"));
        spec.addOption(
                Options.value("DIFF", "The change: a unified diff, as git diff prints it, in a file or -.", "--diff"));
        spec.addOption(Options.value("PERCENT", "Least share of the statements of --diff.", "--min-diff"));
        spec.addOption(Options.values("GLOB=N", "Most calls of each function that matches.", "--max-calls"));
        spec.addOption(Options.values("GLOB=TIME", "Most self time, such as 20ms.", "--max-self"));
        spec.addOption(Options.values("GLOB=TIME", "Most total time.", "--max-total"));
        spec.addOption(Options.flag("No test failed.", "--no-failed-tests"));
        spec.addOption(Options.values("FILE", "The run before; several are merged.", "--base"));
        spec.addOption(Options.flag("No test of --base is missing.", "--no-lost-tests"));
        spec.addOption(Options.flag("No function that --base has not was never called.", "--no-new-uncalled"));
        spec.addOption(Options.flag("Each call returned, or an exception left it.", "--balanced-calls"));
    }

    static CheckRules rules(ParseResult args) throws IOException {
        CheckRules rules = new CheckRules();
        CheckConfig.read(Options.value(args, "--config"), rules);
        for (String value : Options.values(args, "--min-total")) {
            rules.addFiles(glob(value), null, percent("--min-total", limit(value)));
        }
        for (String value : Options.values(args, "--min-file")) {
            rules.addFiles(glob(value), percent("--min-file", limit(value)), null);
        }
        String diff = Options.value(args, "--min-diff");
        if (diff != null) {
            rules.setDiff(percent("--min-diff", diff));
        }
        for (String value : Options.values(args, "--max-calls")) {
            rules.addFunctions(
                    function("--max-calls", value), null, Gate.CALLS, Numbers.natural("--max-calls", limit(value)));
        }
        times(args, "--max-self", Gate.SELF_TIME, rules);
        times(args, "--max-total", Gate.TOTAL_TIME, rules);
        FLAGS.forEach((option, gate) -> {
            if (Options.isSet(args, option)) {
                rules.set(gate, true);
            }
        });
        return rules;
    }

    private static void times(ParseResult args, String option, Gate gate, CheckRules rules) throws CommandException {
        for (String value : Options.values(args, option)) {
            rules.addFunctions(function(option, value), null, gate, Numbers.nanoseconds(option, limit(value)));
        }
    }

    /** What stands before the last equals sign; null if there is none. */
    private static @Nullable String glob(String value) {
        int equals = value.lastIndexOf('=');
        return equals < 0 ? null : value.substring(0, equals);
    }

    private static String limit(String value) {
        return value.substring(value.lastIndexOf('=') + 1);
    }

    private static String function(String option, String value) throws CommandException {
        String glob = glob(value);
        if (glob == null || glob.isEmpty()) {
            throw CommandException.usage(option + " " + SafeText.terminal(value)
                    + ": expected a pattern of functions, an equals sign and a limit");
        }
        return glob;
    }

    private static Threshold percent(String option, String text) throws CommandException {
        try {
            return Threshold.of(text);
        } catch (NumberFormatException e) {
            throw CommandException.usage(
                    option + " " + SafeText.terminal(text) + ": expected per cent, from 0 to 100, such as 79.5");
        }
    }
}
