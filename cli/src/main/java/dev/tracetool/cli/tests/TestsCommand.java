package dev.tracetool.cli.tests;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestsAtPlace;
import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.LineRanges;
import dev.tracetool.cli.command.NoTests;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tests}: which tests ran, and which of them reach a place. */
public final class TestsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "tests",
                "Tell which tests reach a file, some of its lines, or a function.",
                "Examples:",
                "  tracetool tests trace.bin",
                "  tracetool tests --file src/shop/cart.py --line 42 trace.bin",
                "  tracetool tests --changed my.diff trace.bin",
                "  tracetool tests --function 'Cart.*' --format list trace.bin");
        spec.addPositional(Options.inputs("The traces; several are merged."));
        spec.addOption(Options.values("GLOB", "Tests that reach files that match.", "--file"));
        spec.addOption(Options.values("N[-M]", "Tests that reach these lines of --file.", "--line"));
        spec.addOption(
                Options.values("GLOB", "Tests that reach functions whose qualified name matches.", "--function"));
        spec.addOption(Options.value(
                "DIFF",
                "Tests to run for a change: a unified diff, as git diff prints it, in a file or - for standard input.",
                "--changed"));
        spec.addOption(Options.choice(
                "For --changed: whether the run was recorded before or after the change (default: before).",
                List.of("before", "after"),
                "--recorded"));
        spec.addOption(Options.flag(
                "For --changed: only tests that are known to reach the change, not all where that is unknown.",
                "--known"));
        Options.addResult(spec, "table", "list", "json", "csv", "markdown");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String format = Options.choice(args, "--format");
        boolean color = Options.useColor(args, terminal);
        Glob[] files = CodeSelection.paths(args);
        Glob[] functions = CodeSelection.names(args);
        LineRanges lines = LineRanges.of("--line", Arrays.asList(Options.values(args, "--line")));
        if (!lines.isEmpty() && files.length == 0) {
            throw CommandException.usage("--line needs --file");
        }
        List<String> inputs = Options.inputs(args);
        String changed = Options.value(args, "--changed");
        if (changed == null && (Options.isSet(args, "--recorded") || Options.isSet(args, "--known"))) {
            throw CommandException.usage("--recorded and --known need --changed");
        }
        if (changed != null) {
            if (files.length + functions.length > 0 || Options.isSet(args, "--format") && !format.equals("list")) {
                throw CommandException.usage("--changed goes without --file and --function, and prints a list");
            }
            return new ChangedCommand(args, terminal).run(changed, inputs);
        }
        try (Output output = Options.openOutput(args, terminal, inputs)) {
            Summaries.Read read = Summaries.read(args, inputs, EnumSet.of(Summary.Part.TESTS), terminal);
            Summary summary = read.summary();
            List<FunctionActivity> wanted = summary.activity()
                    .functions(
                            file -> CodeSelection.matches(files, file), name -> CodeSelection.matches(functions, name));
            boolean everywhere = files.length == 0 && functions.length == 0;
            warn(terminal, summary, wanted, lines, everywhere);
            List<TestsAtPlace.Row> rows;
            if (everywhere) {
                rows = TestsAtPlace.all(summary.tests(), wanted);
            } else if (lines.isEmpty()) {
                rows = TestsAtPlace.of(summary.tests(), wanted);
            } else {
                rows = TestsAtPlace.of(summary.tests(), wanted, lines::contains);
            }
            new TestsOutput(output, terminal, color).write(format, summary.activity(), rows);
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }

    private static void warn(
            Terminal terminal, Summary summary, List<FunctionActivity> wanted, LineRanges lines, boolean everywhere) {
        NoTests.warn(terminal, summary.tests().size());
        if (wanted.isEmpty() && !everywhere) {
            terminal.warn("no code object matches");
        }
        for (FileActivity file : Activity.files(wanted)) {
            for (LineRanges.Range range : lines.ranges()) {
                if (Arrays.stream(file.lines().lines()).noneMatch(range::contains)) {
                    terminal.warn(SafeText.terminal(file.file()) + ": line " + range + " is not executable");
                }
            }
        }
    }
}
