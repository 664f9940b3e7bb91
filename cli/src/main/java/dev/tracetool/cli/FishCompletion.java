package dev.tracetool.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completions of fish: one {@code complete} line for each command, option and value. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(CommandSpec root) {
        String tool = "complete -c " + root.name();
        StringBuilder out = new StringBuilder();
        for (OptionSpec option : root.options()) {
            option(out, tool + " -n __fish_use_subcommand", option);
        }
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            out.append(tool)
                    .append(" -n __fish_use_subcommand -f -a ")
                    .append(command.getKey())
                    .append(" -d ")
                    .append(quoted(String.join(" ", spec.usageMessage().description())))
                    .append('\n');
            String here = tool + " -n '__fish_seen_subcommand_from " + command.getKey() + "'";
            for (OptionSpec option : spec.options()) {
                option(out, here, option);
            }
            for (PositionalParamSpec positional : spec.positionalParameters()) {
                if (positional.completionCandidates() != null) {
                    out.append(here)
                            .append(" -f -a ")
                            .append(candidates(positional))
                            .append('\n');
                }
            }
        }
        return out.toString();
    }

    private static void option(StringBuilder out, String prefix, OptionSpec option) {
        out.append(prefix);
        for (String name : option.names()) {
            out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.arity().max() > 0) {
            // A value that is no file must be typed; -x also keeps fish from offering files.
            boolean file =
                    option.paramLabel().equals("FILE") || option.paramLabel().equals("EXE");
            out.append(file ? " -r -F" : " -x");
            if (option.completionCandidates() != null) {
                out.append(" -a ").append(candidates(option));
            }
        }
        out.append(" -d ").append(quoted(option.description()[0])).append('\n');
    }

    private static String candidates(ArgSpec arg) {
        return quoted(String.join(" ", arg.completionCandidates()));
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
