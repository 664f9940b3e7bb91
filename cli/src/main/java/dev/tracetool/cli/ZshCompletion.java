package dev.tracetool.cli;

import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The completion function of zsh, in the terms of its {@code _arguments}; see zshcompsys(1). */
final class ZshCompletion {
    private ZshCompletion() {}

    static String script(CommandSpec root) {
        StringBuilder out = new StringBuilder();
        out.append("#compdef ").append(root.name()).append("\n\n");
        out.append("_").append(root.name()).append("() {\n");
        out.append("  local -a commands\n  commands=(\n");
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            String summary = String.join(
                    " ", command.getValue().getCommandSpec().usageMessage().description());
            out.append("    ")
                    .append(quoted(command.getKey() + ":" + summary.replace(":", "\\:")))
                    .append('\n');
        }
        out.append("  )\n");
        out.append("  if (( CURRENT == 2 )); then\n");
        out.append("    _describe -t commands command commands\n");
        out.append("    _arguments ").append(options(root)).append('\n');
        out.append("    return\n  fi\n");
        out.append("  local name=$words[2]\n  shift words\n  (( CURRENT-- ))\n  case $name in\n");
        for (Map.Entry<String, CommandLine> command : root.subcommands().entrySet()) {
            CommandSpec spec = command.getValue().getCommandSpec();
            out.append("    ").append(command.getKey()).append(")\n");
            out.append("      _arguments -s")
                    .append(options(spec))
                    .append(positionals(spec))
                    .append(" ;;\n");
        }
        out.append("  esac\n}\n\n");
        // Sourced, the file defines the function; from the function path, it is the function's first call.
        out.append("if [ \"$funcstack[1]\" = \"_")
                .append(root.name())
                .append("\" ]; then\n  _")
                .append(root.name())
                .append(" \"$@\"\nelse\n  compdef _")
                .append(root.name())
                .append(' ')
                .append(root.name())
                .append("\nfi\n");
        return out.toString();
    }

    private static String options(CommandSpec spec) {
        StringBuilder out = new StringBuilder();
        for (OptionSpec option : spec.options()) {
            boolean takesValue = option.arity().max() > 0;
            boolean repeated = option.isMultiValue();
            for (String name : option.names()) {
                StringBuilder text = new StringBuilder(repeated ? "*" : "(" + String.join(" ", option.names()) + ")");
                text.append(name).append(takesValue && name.startsWith("--") ? "=" : "");
                text.append('[').append(bracketed(option.description()[0])).append(']');
                if (takesValue) {
                    text.append(':').append(label(option)).append(':').append(action(option));
                }
                out.append(" \\\n        ").append(quoted(text.toString()));
            }
        }
        return out.toString();
    }

    private static String positionals(CommandSpec spec) {
        StringBuilder out = new StringBuilder();
        for (PositionalParamSpec positional : spec.positionalParameters()) {
            String prefix = positional.isMultiValue() ? "*" : "";
            out.append(" \\\n        ").append(quoted(prefix + ":" + label(positional) + ":" + action(positional)));
        }
        return out.toString();
    }

    private static String label(ArgSpec arg) {
        String label = arg.paramLabel();
        int end = 0;
        while (end < label.length() && Character.isLetter(label.charAt(end))) {
            end++;
        }
        return label.substring(0, end);
    }

    private static String action(ArgSpec arg) {
        if (arg.completionCandidates() != null) {
            return "(" + String.join(" ", arg.completionCandidates()) + ")";
        }
        return switch (label(arg)) {
            case "FILE", "SCRIPT" -> "_files";
            case "EXE" -> "_command_names -e";
            default -> " ";
        };
    }

    private static String bracketed(String text) {
        return text.replace("\\", "\\\\").replace("[", "\\[").replace("]", "\\]");
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
