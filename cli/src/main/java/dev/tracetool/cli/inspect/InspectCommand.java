package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.InputReader;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code inspect}: what is in a trace, without reading its events. */
public final class InspectCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "inspect",
                "Tell what is in traces: run, events, threads, code objects, damage.",
                "Example:",
                "  tracetool inspect --codes trace.bin");
        spec.addPositional(Options.inputs("The traces."));
        spec.addOption(Options.flag("List the code objects too.", "--codes"));
        spec.addOption(Options.values("INDEX", "Tell everything of the code object with this index.", "--code"));
        spec.addOption(Options.format("text", "json"));
        spec.addOption(Options.output());
        spec.addOption(Options.force());
        Options.addReading(spec);
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        List<String> files = Options.inputs(args);
        boolean json = Options.choice(args, "--format").equals("json");
        CodeChoice choice = CodeChoice.of(args);
        boolean strict = Options.isSet(args, "--strict");
        try (Output output = Options.openOutput(args, terminal, files);
                InputReader reader = InputReader.of(args, terminal)) {
            Inspection inspection = new Inspection(
                    terminal,
                    choice,
                    files.size() > 1,
                    array -> json
                            ? new InspectJson(
                                    output, choice.listed(), !choice.indices().isEmpty(), array)
                            : new InspectText(output, choice.listed(), output.width(terminal)));
            for (String file : files) {
                inspection.add(reader, file);
            }
            inspection.end();
            output.commit();
            return inspection.failed() || strict && !(inspection.sound() && reader.sound())
                    ? ExitCode.DATA
                    : ExitCode.OK;
        }
    }

    /** One way to show summaries. */
    interface Renderer {
        /** @param chosen the code objects of which everything is wanted */
        void add(Trace trace, TraceSummary summary, List<CodeObjectWrapper> chosen) throws IOException;

        void end() throws IOException;
    }
}
