package dev.tracetool.cli.report;

import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.Report;
import dev.tracetool.export.Report.By;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.Map;

/** A report for people. */
final class ReportText {
    private static final String INDENT = "  ";

    private final Utf8Writer out;
    private final int width;
    private final boolean color;

    /** @param width columns to keep to, 0 if there is no limit */
    ReportText(Output output, int width, boolean color) {
        this.out = output.text();
        this.width = width;
        this.color = color;
    }

    void write(Report report) throws IOException {
        InputHeader.writeText(out, report.inputs(), color);
        TextTable totals = new TextTable(Align.LEFT, Align.LEFT);
        for (Map.Entry<String, String> total : ReportHeader.totals(report).entrySet()) {
            totals.row(total.getKey(), total.getValue());
        }
        out.newline();
        totals.write(out, INDENT, 0);
        RunFolders folders = RunFolders.of(report.inputs());
        if (report.has(By.FILE)) {
            table(ReportTable.files(report, folders, SafeText::terminal));
        }
        if (report.has(By.FUNCTION)) {
            table(ReportTable.functions(report, folders, SafeText::terminal));
        }
        if (report.has(By.LINE)) {
            table(ReportTable.lines(report, folders, SafeText::terminal));
        }
        if (report.has(By.TEST) && report.tellsTests()) {
            table(ReportTable.tests(report, SafeText::terminal));
        }
        if (report.has(By.THREAD)) {
            table(ReportTable.threads(report, SafeText::terminal));
        }
        out.flush();
    }

    private void table(ListTable list) throws IOException {
        list.writeText(out, width, color);
    }
}
