package dev.tracetool.cli.lines;

import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.InputReader;
import dev.tracetool.cli.command.Inputs;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code lines}: from a byte offset of a code object to its line, or a code object's whole line table. */
public final class LinesCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "lines",
                "Tell the source lines of byte offsets in code objects, or show whole line tables.",
                "Examples:",
                "  tracetool lines trace.bin --function 'Decoder.*' --offset 42",
                "  echo '12 42' | tracetool lines trace.bin --stdin");
        spec.addPositional(Options.input("The trace."));
        CodeSelection.addOptions(spec);
        spec.addOption(
                Options.values("OFFSET", "Byte offset, decimal or 0x…; without it, the whole table.", "--offset"));
        spec.addOption(Options.flag("Columns and end positions too.", "--columns"));
        spec.addOption(Options.flag("Answer questions on standard input, one a line: CODE OFFSET.", "--stdin"));
        spec.addOption(Options.format("text", "json"));
        spec.addOption(Options.output());
        spec.addOption(Options.force());
        Options.addReading(spec);
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String input = args.matchedPositionalValue(0, "");
        boolean json = Options.choice(args, "--format").equals("json");
        boolean columns = Options.isSet(args, "--columns");
        CodeSelection selection = CodeSelection.of(args);
        long[] offsets = offsets(args);
        boolean questions = Options.isSet(args, "--stdin");
        if (questions && (json || offsets.length > 0 || !selection.isEmpty())) {
            throw CommandException.usage("--stdin takes its questions from standard input and answers in text");
        }
        if (questions && Inputs.takesStandardInput(List.of(input))) {
            throw CommandException.usage("standard input can be the trace or the questions of --stdin, not both");
        }
        try (InputReader reader = InputReader.of(args, terminal);
                InputReader.Opened opened = reader.open(input)) {
            Trace trace = opened.trace();
            String file = trace.name();
            TraceSummary summary = trace.summary();
            CodeTable codes = new CodeTable(summary.codes());
            needTables(trace, summary.codes());
            boolean sound = Inputs.warn(terminal, file, summary) && reader.sound();
            terminal.clear();
            try (Output output = Options.openOutput(args, terminal, List.of(input))) {
                if (questions) {
                    Utf8Writer out = output.text();
                    LineAnswers answers = new LineAnswers(codes, columns);
                    new LineQuestions(answers, out).answerAll(terminal.in());
                    out.flush();
                    sound &= Inputs.warnOfTables(terminal, file, answers.asked());
                } else {
                    List<CodeObjectWrapper> chosen = selection.from(codes);
                    sound &= warn(terminal, file, chosen);
                    if (json) {
                        LinesJson.write(output, file, summary.result(), chosen, offsets, columns);
                    } else if (offsets.length > 0) {
                        answer(output, codes, chosen, offsets, columns);
                    } else {
                        LineTables.write(output, chosen, columns);
                    }
                }
                output.commit();
            }
            return Options.exitCode(args, sound);
        }
    }

    private static void needTables(Trace trace, List<CodeObjectWrapper> codes) throws CommandException {
        Stream<LineTableFormat> formats = codes.isEmpty()
                ? Stream.of(trace.metadata().lineTableFormat())
                : codes.stream().map(code -> code.underlying().lineTableFormat());
        if (formats.allMatch(format -> format == LineTableFormat.NONE)) {
            throw CommandException.file(
                    trace.name(),
                    "holds no bytecode offsets and no line tables, which formats such as CodeTracer's do not store; a trace"
                            + " of tracetool record, or the .pyc of the file, has them");
        }
    }

    private static long[] offsets(ParseResult args) throws CommandException {
        String[] texts = Options.values(args, "--offset");
        long[] offsets = new long[texts.length];
        for (int i = 0; i < texts.length; i++) {
            offsets[i] = Numbers.unsigned("--offset", texts[i]);
            if (offsets[i] < 0) {
                throw CommandException.usage("--offset " + texts[i] + ": greater than any offset");
            }
        }
        return offsets;
    }

    private static boolean warn(Terminal terminal, String file, List<CodeObjectWrapper> chosen) {
        if (chosen.isEmpty()) {
            terminal.warn(SafeText.terminal(file) + ": no code object matches");
        }
        return Inputs.warnOfTables(terminal, file, chosen);
    }

    private static void answer(
            Output output, CodeTable codes, List<CodeObjectWrapper> chosen, long[] offsets, boolean columns)
            throws IOException {
        Utf8Writer out = output.text();
        LineAnswers answers = new LineAnswers(codes, columns);
        for (long offset : offsets) {
            for (CodeObjectWrapper code : chosen) {
                answers.answer(out, code.index(), offset);
            }
            if (chosen.isEmpty()) {
                answers.answer(out, -1, offset);
            }
        }
        out.flush();
    }
}
