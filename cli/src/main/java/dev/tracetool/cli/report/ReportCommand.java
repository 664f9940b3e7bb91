package dev.tracetool.cli.report;

import dev.tracetool.cli.command.Command;
import dev.tracetool.cli.command.NoTests;
import dev.tracetool.cli.command.Options;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Summaries;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.UnlikeCalls;
import dev.tracetool.export.CsvTable;
import dev.tracetool.export.Report;
import dev.tracetool.export.Report.By;
import dev.tracetool.export.ReportFields;
import dev.tracetool.export.ReportJson;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code report}: what ran, where, how often and for how long. */
public final class ReportCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Options.command(
                "report",
                "Tell what ran, where, how often and for how long.",
                "Examples:",
                "  tracetool report trace.bin",
                "  tracetool report --by line --sort name --include 'src/*' trace.bin",
                "  tracetool report --format json -o report.json shard-*.bin");
        spec.addPositional(Options.inputs("The traces; several are merged."));
        ReportRequest.addOptions(spec);
        Options.addResult(spec, "table", "json", "csv", "markdown");
        return spec;
    }

    @Override
    public int run(ParseResult args, Terminal terminal) throws IOException {
        ReportRequest request = ReportRequest.of(args);
        boolean color = Options.useColor(args, terminal);
        List<String> files = Options.inputs(args);
        try (Output output = Options.openOutput(args, terminal, files)) {
            Summaries.Read read = Summaries.readMapped(args, files, request.parts(), terminal);
            Report report = request.report(read.summary());
            if (report.functionCount() == 0 && request.isFiltered()) {
                terminal.warn("no code object matches");
            }
            UnlikeCalls.warn(terminal, report.inputs());
            if (report.has(By.TEST)) {
                NoTests.warn(terminal, report.testCount());
            }
            write(request, report, output, terminal, color);
            output.commit();
            return Options.exitCode(args, read.sound());
        }
    }

    static void write(ReportRequest request, Report report, Output output, Terminal terminal, boolean color)
            throws IOException {
        switch (request.format()) {
            case "json" -> {
                Writer out = output.writer();
                ReportJson.write(out, report);
            }
            case "csv" -> csv(report, output.writer());
            case "markdown" -> new ReportMarkdown(output).write(report);
            default -> new ReportText(output, output.width(terminal), color).write(report);
        }
    }

    private static void csv(Report report, Writer out) throws IOException {
        if (report.has(By.FILE)) {
            CsvTable.write(out, report.files().shown(), ReportFields.files(report.recorded()));
        } else if (report.has(By.FUNCTION)) {
            CsvTable.write(out, report.functions().shown(), ReportFields.functions(report.recorded()));
        } else if (report.has(By.LINE)) {
            CsvTable.write(out, report.lineHits().shown(), ReportFields.lines(report.recorded()));
        } else if (report.has(By.TEST)) {
            CsvTable.write(out, report.tests().shown(), ReportFields.tests(report.recorded()));
        } else {
            CsvTable.write(out, report.threads().shown(), ReportFields.threads());
        }
    }
}
