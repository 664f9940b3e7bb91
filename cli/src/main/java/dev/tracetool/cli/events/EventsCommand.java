package dev.tracetool.cli.events;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.InputReader;
import dev.tracetool.cli.command.Inputs;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code events}: the events of a trace, decoded, one a line. */
public final class EventsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "events",
                "Show the events of a trace, one a line.",
                "Example:",
                "  tracetool events trace.bin --kind PY_START --function 'Decoder.*' --limit 20");
        spec.addPositional(Options.input("The trace."));
        EventFilter.addOptions(spec);
        spec.addOption(Options.format("text", "ndjson", "csv"));
        spec.addOption(Options.output());
        spec.addOption(Options.force());
        Options.addReading(spec);
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String input = args.matchedPositionalValue(0, "");
        String format = Options.choice(args, "--format");
        EventFilter filter = EventFilter.of(args);
        try (InputReader reader = InputReader.mixing(args, terminal);
                InputReader.Opened opened = reader.open(input)) {
            Trace trace = opened.trace();
            String file = trace.name();
            KindTable kinds = trace.metadata().kinds();
            if (filter.hasWindow() && kinds.size() > 0 && !kinds.isTimed()) {
                throw CommandException.file(file, "has events without times, of which --from and --to choose");
            }
            try (Output output = Options.openOutput(args, terminal, List.of(input))) {
                EventRow row = row(format, output.text(), kinds);
                EventStream stream = new EventStream(filter, row, trace.metadata());
                row.begin(file, trace.metadata());
                boolean sound = read(terminal, trace, file, filter, stream, row);
                row.flush();
                output.commit();
                return Options.exitCode(args, sound && reader.sound());
            }
        }
    }

    private static EventRow row(String format, Utf8Writer out, KindTable kinds) {
        return switch (format) {
            case "ndjson" -> new EventNdjson(out, kinds);
            case "csv" -> new EventCsv(out, kinds);
            default -> new EventText(out, kinds);
        };
    }

    private static boolean read(
            Terminal terminal, Trace trace, String file, EventFilter filter, EventStream stream, EventRow row)
            throws IOException {
        if (stream.isFull()) {
            return true;
        }
        try {
            ReadResult result = trace.read(stream);
            row.end(result);
            if (trace.metadata().kinds().size() == 0) {
                terminal.warn(SafeText.terminal(file) + ": holds code, and not a run of it: there are no events");
            } else if (stream.isEmpty() && filter.isActive()) {
                terminal.warn("no event matches");
            }
            boolean sound = Inputs.warn(terminal, file, result, stream.failures());
            return Inputs.warnOfTables(terminal, file, stream.codes()) && sound;
        } catch (EventStream.Full e) {
            return true;
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
