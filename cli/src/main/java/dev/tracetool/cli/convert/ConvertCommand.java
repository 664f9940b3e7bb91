package dev.tracetool.cli.convert;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.InputReader;
import dev.tracetool.cli.command.Inputs;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.SafeText;
import dev.tracetool.format.Conversion;
import dev.tracetool.format.Losses;
import dev.tracetool.format.TraceWriters;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code convert}: a trace of any format becomes one of another. */
public final class ConvertCommand implements Command {
    /** What follows the word that is counted. */
    private static final Pattern MORE = Pattern.compile(" (?:of|to|behind) ");

    private static final int BUFFER = 1 << 16;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "convert",
                "Convert a trace of any format to tracetool's own, or to CodeTracer's JSON.",
                "Examples:",
                "  tracetool convert trace.json -o trace.bin",
                "  tracetool convert --to codetracer-json trace.bin -o trace.json");
        spec.addPositional(Options.input("The trace."));
        spec.addOption(Options.choice("What to convert it to (default: tracetool).", TraceWriters.names(), "--to"));
        spec.addOption(Options.value("FILE", "The file to write, - for standard output; needed.", "-o", "--output"));
        spec.addOption(Options.force());
        Options.addReading(spec);
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String input = args.matchedPositionalValue(0, "");
        String to = Options.choice(args, "--to");
        String file = Options.value(args, "-o");
        if (file == null) {
            throw CommandException.usage("-o FILE is needed: a trace is not for a terminal");
        }
        try (InputReader reader = InputReader.mixing(args, terminal);
                InputReader.Opened opened = reader.open(input);
                Output output = Options.openOutput(args, terminal, FilesBeside.inputs(input, opened.trace()))) {
            Trace trace = opened.trace();
            if (TraceWriters.needsRun(to) && trace.metadata().kinds().size() == 0) {
                throw CommandException.file(
                        trace.name(), "holds code, and not a run of it, of which " + to + " is made");
            }
            OutputStream out = new BufferedOutputStream(output.stream(), BUFFER);
            boolean bounded = !Options.isSet(args, Options.NO_LIMITS);
            Conversion conversion = TraceWriters.conversion(trace, to, out, bounded);
            List<String> inputs = FilesBeside.inputs(input, trace);
            boolean force = Options.isSet(args, "--force");
            try (FilesBeside beside = FilesBeside.open(output, file, force, inputs, conversion.beside())) {
                ReadResult result = conversion.run();
                out.flush();
                terminal.clear();
                beside.write(conversion);
                output.commit();
                beside.commit();
                boolean sound = Inputs.warn(terminal, trace.name(), result, conversion.failures());
                tell(terminal, output.name(), to, conversion.losses());
                return Options.exitCode(args, sound && reader.sound());
            }
        }
    }

    /** {@code 2 values of an unknown kind}. */
    private static String counted(long count, String noun) {
        Matcher more = MORE.matcher(noun);
        int end = more.find() ? more.start() : noun.length();
        return Quantity.count(count, noun.substring(0, end)) + noun.substring(end);
    }

    private static void tell(Terminal terminal, String file, String to, Losses losses) {
        List<String> lost = new ArrayList<>();
        for (Losses.Loss loss : losses.list()) {
            String noun = SafeText.terminal(loss.noun());
            String what = loss.count() == 0 ? noun : counted(loss.count(), noun);
            lost.add(what + (loss.note().isEmpty() ? "" : " (" + loss.note() + ")"));
        }
        if (!lost.isEmpty()) {
            terminal.warn(SafeText.terminal(file) + ": the format " + to + " cannot hold " + String.join(", ", lost));
        }
    }
}
