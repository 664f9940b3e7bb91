package dev.tracetool.cli.coverage;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.BranchOption;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CoveredFiles;
import dev.tracetool.cli.command.ExclusionOptions;
import dev.tracetool.cli.command.FileFilter;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.SourceFinder;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.CoverageReport;
import dev.tracetool.export.CoverageReport.Sort;
import dev.tracetool.source.Exclusions;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code coverage}: statements hit and missed, by file. */
public final class CoverageCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "coverage",
                "Tell how much of each file ran, by the rules of coverage.py.",
                "Examples:",
                "  tracetool coverage trace.bin",
                "  tracetool coverage --include 'src/*' --sort missed --skip-covered shard-*.bin",
                "  tracetool coverage --source src --format json -o coverage.json trace.bin");
        spec.addPositional(Options.inputs("The traces; several are merged."));
        FileFilter.addOptions(spec);
        SourceFinder.addOptions(spec);
        ExclusionOptions.addOptions(spec);
        spec.addOption(Options.choice(
                "Sort by this (default: name).",
                Stream.of(Sort.values()).map(Sort::label).toList(),
                "--sort"));
        spec.addOption(Options.flag("Do not show files that miss nothing.", "--skip-covered"));
        BranchOption.addTo(spec);
        Options.addResult(spec, "table", "json", "csv", "markdown");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        String format = Options.choice(args, "--format");
        String sort = Options.choice(args, "--sort");
        FileFilter filter = FileFilter.of(args);
        Exclusions exclusions = ExclusionOptions.of(args);
        boolean color = Options.useColor(args, terminal);
        List<String> inputs = Options.inputs(args);
        try (Output output = Options.openOutput(args, terminal, inputs)) {
            Summaries.Read read =
                    Summaries.read(args, inputs, BranchOption.parts(args, Summary.Part.SOURCES), terminal);
            Summary summary = read.summary();
            RunFolders folders = RunFolders.of(summary.activity().inputs());
            List<CoveredFile> files = CoveredFiles.of(
                    summary.activity(),
                    filter,
                    SourceFinder.of(args, folders.folders(), summary.sources().all()),
                    exclusions);
            CoveredFiles.warn(terminal, files);
            files = BranchOption.apply(args, files, summary, terminal);
            if (files.isEmpty() && filter.isSet()) {
                terminal.warn("no file matches");
            }
            if (!summary.activity().recorded().lines()) {
                boolean ours = summary.activity().inputs().stream()
                        .anyMatch(input -> input.metadata().mode() != null);
                terminal.warn("lines were not recorded, so nothing is known of what ran"
                        + (ours ? "; record --mode coverage does" : ""));
            }
            CoverageReport report = new CoverageReport(
                    summary.activity(),
                    files,
                    Stream.of(Sort.values())
                            .filter(one -> one.label().equals(sort))
                            .findFirst()
                            .orElseThrow(),
                    Options.isSet(args, "--skip-covered"));
            new CoverageOutput(output, folders).write(format, report, output.width(terminal), color);
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }
}
