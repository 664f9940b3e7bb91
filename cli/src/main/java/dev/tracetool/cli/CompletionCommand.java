package dev.tracetool.cli;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code completion}: the script that teaches a shell our commands and options. */
final class CompletionCommand implements Command {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "completion",
                "Print a shell's completion script.",
                "Examples:",
                "  source <(tracetool completion bash)",
                "  tracetool completion zsh > ~/.zfunc/_tracetool",
                "  tracetool completion fish > ~/.config/fish/completions/tracetool.fish");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("SHELL")
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .completionCandidates(SHELLS)
                .description("bash, zsh or fish.")
                .build());
        spec.addOption(Options.output());
        spec.addOption(Options.force());
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        CommandLine root = Commands.root();
        String script = switch (args.matchedPositionalValue(0, "")) {
            case "bash" -> BashCompletion.script(root.getCommandSpec());
            case "zsh" -> ZshCompletion.script(root.getCommandSpec());
            case "fish" -> FishCompletion.script(root.getCommandSpec());
            default -> throw CommandException.usage("expected one of " + String.join(", ", SHELLS));
        };
        try (Output output = Options.openOutput(args, terminal, List.of())) {
            output.stream().write(script.getBytes(StandardCharsets.UTF_8));
            output.commit();
        }
        return ExitCode.OK;
    }
}
