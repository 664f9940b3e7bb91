package dev.tracetool.cli.annotate;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.BranchOption;
import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.CoveredFiles;
import dev.tracetool.cli.command.ExclusionOptions;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.LineRanges;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.SourceFinder;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.SafeText;
import dev.tracetool.source.Exclusions;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code annotate}: the source of what ran, with hits, and with what was missed. */
public final class AnnotateCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "annotate",
                "Show source with what ran, line by line.",
                "Examples:",
                "  tracetool annotate --file src/shop/cart.py trace.bin",
                "  tracetool annotate --missed --file 'src/*' shard-*.bin",
                "  tracetool annotate --map /home/ci/project=. --file cart.py --lines 40-80 trace.bin");
        spec.addPositional(Options.inputs("The traces; several are merged."));
        spec.addOption(Options.values("GLOB", "Files that match (default: all).", "--file"));
        spec.addOption(Options.flag("Only missed lines, and some lines around them.", "--missed"));
        spec.addOption(Options.values("N[-M]", "Only these lines.", "--lines"));
        SourceFinder.addOptions(spec);
        ExclusionOptions.addOptions(spec);
        BranchOption.addTo(spec);
        Options.addResult(spec, "table", "json", "csv", "markdown");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String format = Options.choice(args, "--format");
        Exclusions exclusions = ExclusionOptions.of(args);
        boolean color = Options.useColor(args, terminal);
        Glob[] wanted = CodeSelection.paths(args);
        LineRanges ranges = LineRanges.of("--lines", Arrays.asList(Options.values(args, "--lines")));
        List<String> inputs = Options.inputs(args);
        refuseSources(inputs);
        try (Output output = Options.openOutput(args, terminal, inputs)) {
            Summaries.Read read = Summaries.read(
                    args,
                    inputs,
                    BranchOption.parts(args, Summary.Part.TESTS, Summary.Part.LINE_TIMES, Summary.Part.SOURCES),
                    terminal);
            Summary summary = read.summary();
            RunFolders folders = RunFolders.of(summary.activity().inputs());
            List<CoveredFile> files = CoveredFiles.of(
                    summary.activity(),
                    name -> CodeSelection.matches(wanted, name),
                    SourceFinder.of(args, folders.folders(), summary.sources().all()),
                    exclusions);
            CoveredFiles.warn(terminal, files);
            files = BranchOption.apply(args, files, summary, terminal);
            if (files.isEmpty()) {
                terminal.warn(wanted.length == 0 ? "there is no code of a file" : "no file matches");
            }
            if (!summary.activity().recorded().lines()) {
                terminal.warn("lines were not recorded, so nothing is known of what ran; record --mode lines does");
            }
            new AnnotateOutput(output, folders, ranges, Options.isSet(args, "--missed"))
                    .write(format, summary, files, output.width(terminal), color);
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }

    /** What one may well take the inputs of this command for. */
    private static void refuseSources(List<String> inputs) throws CommandException {
        for (String input : inputs) {
            if (input.endsWith(".py")) {
                String name = SafeText.terminal(input);
                throw CommandException.usage(name + ": is no trace; --file " + name + " shows this source");
            }
        }
    }
}
