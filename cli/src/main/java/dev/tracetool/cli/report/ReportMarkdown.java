package dev.tracetool.cli.report;

import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.Report;
import dev.tracetool.export.Report.By;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.Map;

/** A report as GitHub Flavored Markdown. */
final class ReportMarkdown {
    private final Utf8Writer out;

    ReportMarkdown(Output output) {
        this.out = output.text();
    }

    void write(Report report) throws IOException {
        InputHeader.writeMarkdown(out, report.inputs());
        for (Map.Entry<String, String> total : ReportHeader.totals(report).entrySet()) {
            out.text("- ")
                    .text(total.getKey())
                    .text(": ")
                    .text(total.getValue())
                    .newline();
        }
        RunFolders folders = RunFolders.of(report.inputs());
        if (report.has(By.FILE)) {
            table(ReportTable.files(report, folders, SafeText::markdown));
        }
        if (report.has(By.FUNCTION)) {
            table(ReportTable.functions(report, folders, SafeText::markdown));
        }
        if (report.has(By.LINE)) {
            table(ReportTable.lines(report, folders, SafeText::markdown));
        }
        if (report.has(By.TEST) && report.tellsTests()) {
            table(ReportTable.tests(report, SafeText::markdown));
        }
        if (report.has(By.THREAD)) {
            table(ReportTable.threads(report, SafeText::markdown));
        }
        out.flush();
    }

    private void table(ListTable list) throws IOException {
        list.writeMarkdown(out);
    }
}
