package dev.tracetool.cli.tree;

import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.CallTree.Weight;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.NeededTimes;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.UnlikeCalls;
import dev.tracetool.export.TreeRow;
import dev.tracetool.export.TreeTotals;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code tree}: who called whom, how often and for how long. */
public final class TreeCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "tree",
                "Show who called whom, how often and for how long.",
                "Examples:",
                "  tracetool tree trace.bin",
                "  tracetool tree --callers 'Decoder.decode' trace.bin",
                "  tracetool tree --function main --depth 4 --min-share 2 trace.bin");
        spec.addPositional(Options.inputs("The traces; several are merged."));
        TreeRequest.addOptions(spec);
        Options.addResult(spec, "table", "json", "csv", "markdown");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        TreeRequest request = TreeRequest.of(args);
        boolean color = Options.useColor(args, terminal);
        List<String> files = Options.inputs(args);
        try (Output output = Options.openOutput(args, terminal, files)) {
            Summaries.Read read = Summaries.read(args, files, EnumSet.of(Summary.Part.TREE), terminal);
            Summary summary = read.summary();
            NeededTimes.checkCallers(summary.activity().inputs(), "a call tree");
            UnlikeCalls.warn(terminal, summary.activity().inputs());
            Weight weight = Weight.of(summary.activity());
            CallTree tree = request.select(summary.tree());
            List<TreeRow> rows = request.rows(tree, weight);
            if (rows.isEmpty() && summary.tree().size() > 1) {
                terminal.warn("no function matches");
            }
            if (summary.tree().isFull()) {
                terminal.warn(
                        "the call tree is too large or too deep to be kept whole; what there was no room for is in"
                                + " nodes named …");
            }
            TreeTotals totals = TreeTotals.of(summary.tree(), weight, rows);
            new TreeOutput(output, terminal, color).write(request, summary.activity(), totals, rows);
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }
}
