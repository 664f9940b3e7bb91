package dev.tracetool.cli.diff;

import dev.tracetool.analysis.diff.ActivityDiff;
import dev.tracetool.analysis.diff.Comparison;
import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.PathMap;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.UnlikeCalls;
import dev.tracetool.export.CsvTable;
import dev.tracetool.export.DiffFields;
import dev.tracetool.export.DiffJson;
import dev.tracetool.export.DiffReport;
import dev.tracetool.export.DiffReport.By;
import java.io.IOException;
import java.io.Writer;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code diff}: what changed between two sides, each of one or several runs. */
public final class DiffCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "diff",
                "Tell what changed between two runs, or between several runs before and several after.",
                "Examples:",
                "  tracetool diff base.bin head.bin",
                "  tracetool diff --base base-*.bin --head head-*.bin --time-percent 5",
                "  tracetool diff --only-head --by line --include 'src/*' base.bin head.bin",
                "  tracetool diff --format markdown --exit-code -o diff.md base.bin head.bin");
        DiffSides.addOptions(spec);
        DiffRequest.addOptions(spec);
        spec.addOption(Options.flag("Exit with 1 if a change is listed.", "--exit-code"));
        spec.addOption(Options.output());
        spec.addOption(Options.flag(
                "Compare even what was recorded in unlike ways; overwrite FILE of -o if it exists.", "--force"));
        spec.addOption(Options.color());
        Options.addReading(spec);
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        DiffRequest request = DiffRequest.of(args);
        PathMap map = PathMap.of(args);
        boolean color = Options.useColor(args, terminal);
        DiffSides sides = DiffSides.of(args);
        try (Output output = Options.openOutput(args, terminal, sides.all())) {
            DiffRuns base = DiffRuns.read(args, sides.base(), terminal);
            DiffRuns head = DiffRuns.read(args, sides.head(), terminal);
            ActivityDiff diff = new ActivityDiff(base.runs(), head.runs(), map, request.threshold());
            refuse(diff.comparison(), Options.isSet(args, "--force"), terminal);
            UnlikeCalls.warn(
                    terminal,
                    Stream.concat(base.runs().stream(), head.runs().stream())
                            .flatMap(run -> run.inputs().stream())
                            .toList());
            DiffReport report = request.report(diff);
            if (report.functionCount() == 0 && request.isFiltered()) {
                terminal.warn("no code object matches");
            }
            write(request, report, output, terminal, color);
            output.commit();
            if (Options.isSet(args, "--strict") && !(base.sound() && head.sound())) {
                return ExitCode.DATA;
            }
            return Options.isSet(args, "--exit-code") && report.listsAChange() ? ExitCode.GATE : ExitCode.OK;
        }
    }

    private static void refuse(Comparison comparison, boolean force, Terminal terminal) throws CommandException {
        if (comparison.isForbidden()) {
            String reasons = String.join("; ", DiffHeader.unlike(comparison, true));
            if (!force) {
                throw CommandException.usage("the runs were recorded in unlike ways: " + reasons
                        + "; --force compares what they have in common");
            }
            terminal.warn("the runs were recorded in unlike ways: " + reasons);
        }
    }

    static void write(DiffRequest request, DiffReport report, Output output, Terminal terminal, boolean color)
            throws IOException {
        switch (request.format()) {
            case "json" -> DiffJson.write(output.writer(), report);
            case "csv" -> csv(report, output.writer());
            case "markdown" -> DiffMarkdown.write(output, report);
            default -> DiffText.write(output, report, output.width(terminal), color);
        }
    }

    private static void csv(DiffReport report, Writer out) throws IOException {
        if (report.has(By.FILE)) {
            CsvTable.write(out, report.files().shown(), DiffFields.files());
        } else if (report.has(By.FUNCTION)) {
            CsvTable.write(out, report.functions().shown(), DiffFields.functions());
        } else {
            CsvTable.write(out, report.lines().shown(), DiffFields.lines());
        }
    }
}
