package dev.tracetool.cli;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Terminal;
import java.io.IOException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code help}: how to use a command. */
final class HelpCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "help", "Explain a command, or list all of them.", "Example:", "  tracetool help lines");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("COMMAND")
                .type(String.class)
                .arity("0..1")
                .completionCandidates(Commands.names())
                .description("The command to explain.")
                .build());
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        if (!args.hasMatchedPositional(0)) {
            return Help.overview(terminal, null, ExitCode.OK);
        }
        String name = args.matchedPositionalValue(0, "");
        return Help.print(Commands.parser(Help.find(name).spec()), terminal);
    }
}
