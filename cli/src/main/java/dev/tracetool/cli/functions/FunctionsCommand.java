package dev.tracetool.cli.functions;

import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.ListOptions;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.PathMap;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.UnlikeCalls;
import dev.tracetool.export.FunctionDetails;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** {@code functions}: all that is known of a function. */
public final class FunctionsCommand implements Command {
    private static final int DEFAULT_LIMIT = 10;
    private static final int DEFAULT_TOP = 10;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "functions",
                "Tell all that is known of a function: its figures, callers, callees, lines and slowest calls.",
                "Examples:",
                "  tracetool functions Decoder.decode trace.bin",
                "  tracetool functions 'Decoder.*' --file 'json/*.py' --limit 3 trace.bin");
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("NAME")
                .type(String.class)
                .index("0")
                .arity("1")
                .required(true)
                .description("Functions whose qualified name matches this glob.")
                .build());
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel("FILE")
                .type(String[].class)
                .index("1..*")
                .arity("1..*")
                .required(true)
                .description(Options.withPlaces("The traces; several are merged."))
                .build());
        spec.addOption(Options.values("GLOB", "Only functions of files that match.", "--file"));
        spec.addOption(Options.value(
                "N", "Show the first N functions that match, 0 for all (default: " + DEFAULT_LIMIT + ").", "--limit"));
        spec.addOption(ListOptions.top(DEFAULT_TOP));
        PathMap.addOption(spec);
        Options.addResult(spec, "table", "json", "csv", "markdown");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        Glob name = Glob.of(args.matchedPositionalValue(0, ""));
        List<String> inputs = List.of(args.matchedPositionalValue(1, new String[0]));
        String format = Options.choice(args, "--format");
        int limit = ListOptions.first(args, "--limit", "functions", DEFAULT_LIMIT);
        int top = ListOptions.top(args, DEFAULT_TOP, format);
        Glob[] files = CodeSelection.paths(args);
        boolean color = Options.useColor(args, terminal);
        try (Output output = Options.openOutput(args, terminal, inputs)) {
            Summaries.Read read = Summaries.readMapped(
                    args, inputs, EnumSet.of(Summary.Part.TREE, Summary.Part.SLOW_CALLS, Summary.Part.TESTS), terminal);
            Summary summary = read.summary();
            List<FunctionActivity> functions = new ArrayList<>(
                    summary.activity().functions(file -> CodeSelection.matches(files, file), name::matches));
            functions.sort(order(summary.activity().recorded()));
            int matching = functions.size();
            UnlikeCalls.warn(terminal, summary.activity().inputs());
            if (matching == 0) {
                terminal.warn("no function matches; a NAME is a whole qualified name such as Decoder.decode, or a glob"
                        + " such as '*.decode'");
            }
            List<FunctionDetails> shown = FunctionDetails.of(
                    summary, functions.subList(0, limit == 0 ? matching : Math.min(limit, matching)));
            new FunctionsOutput(output, terminal, color, top).write(format, summary, shown, matching);
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }

    /** The most expensive first, as in a report. */
    private static Comparator<FunctionActivity> order(Recorded recorded) {
        Comparator<FunctionActivity> expense = recorded.times()
                ? Comparator.comparingLong(FunctionActivity::totalNs)
                : Comparator.comparingLong(FunctionActivity::lineEvents);
        return expense.thenComparingLong(FunctionActivity::calls).reversed().thenComparing(FunctionActivity::identity);
    }
}
