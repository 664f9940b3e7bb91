package dev.tracetool.cli.record;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code recorder}: the recorder as a file, for places where this tool is not. */
public final class RecorderCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "recorder",
                "Print the recorder: one Python file that needs nothing but CPython 3.12 or later.",
                "Example:",
                "  tracetool recorder > tracetool_recorder.py",
                "  python3 tracetool_recorder.py -o trace.bin script.py");
        spec.addOption(Options.output());
        spec.addOption(Options.force());
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        try (Output output = Options.openOutput(args, terminal, List.of())) {
            output.stream().write(RecorderFile.bytes());
            output.commit();
        }
        return ExitCode.OK;
    }
}
