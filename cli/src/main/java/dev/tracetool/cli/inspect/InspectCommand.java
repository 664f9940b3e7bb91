package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Failures;
import dev.tracetool.cli.command.Inputs;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
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
        spec.addOption(Options.format("text", "json"));
        spec.addOption(Options.output());
        spec.addOption(Options.force());
        spec.addOption(Options.strict());
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        List<String> files = Options.inputs(args);
        boolean json = Options.choice(args, "--format").equals("json");
        boolean codes = Options.isSet(args, "--codes");
        boolean strict = Options.isSet(args, "--strict");
        int exitCode = ExitCode.OK;
        try (Output output = Options.openOutput(args, terminal, files)) {
            Renderer renderer = json
                    ? new InspectJson(output, codes, files.size() > 1)
                    : new InspectText(output, codes, output.width(terminal));
            for (String file : files) {
                try (Trace trace = Inputs.open(file)) {
                    TraceSummary summary = trace.summary();
                    boolean sound = Inputs.warn(terminal, file, summary);
                    if (codes) {
                        sound &= Inputs.warnOfTables(terminal, file, summary.codes());
                    }
                    renderer.add(trace, summary);
                    exitCode = sound || !strict ? exitCode : ExitCode.DATA;
                } catch (TraceException | CommandException e) {
                    // The other inputs can be good. An output that cannot be written fails again at once.
                    if (files.size() == 1) {
                        throw e;
                    }
                    exitCode = Failures.report("tracetool inspect", e, terminal);
                }
            }
            renderer.end();
            output.commit();
        }
        return exitCode;
    }

    /** One way to show summaries. */
    interface Renderer {
        void add(Trace trace, TraceSummary summary) throws IOException;

        void end() throws IOException;
    }
}
