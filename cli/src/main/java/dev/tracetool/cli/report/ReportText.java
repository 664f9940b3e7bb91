package dev.tracetool.cli.report;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.DisplayWidth;
import dev.tracetool.export.Report;
import dev.tracetool.export.Report.By;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** A report for people. */
final class ReportText {
    private static final String INDENT = "  ";
    private static final String BOLD = "\u001b[1m";
    private static final String YELLOW = "\u001b[33m";
    private static final String PLAIN = "\u001b[0m";

    private final Utf8Writer out;
    private final int width;
    private final boolean color;

    /** @param width columns to keep to, 0 if there is no limit */
    ReportText(Output output, int width, boolean color) {
        this.out = new Utf8Writer(output.stream());
        this.width = width;
        this.color = color;
    }

    void write(Report report) throws IOException {
        for (ReportHeader.Input input : ReportHeader.inputs(report)) {
            String name = SafeText.terminal(input.name());
            out.text(styled(BOLD, name))
                    .text(name.isEmpty() ? "" : ": ")
                    .text(input.about())
                    .newline();
            for (String fault : input.faults()) {
                out.text(INDENT).text(styled(YELLOW, fault)).newline();
            }
        }
        TextTable totals = new TextTable(Align.LEFT, Align.LEFT);
        for (Map.Entry<String, String> total : ReportHeader.totals(report).entrySet()) {
            totals.row(total.getKey(), total.getValue());
        }
        out.newline();
        totals.write(out, INDENT, 0);
        List<String> folders = folders(report);
        if (report.has(By.FILE)) {
            table(ReportTable.files(report, folders, SafeText::terminal));
        }
        if (report.has(By.FUNCTION)) {
            table(ReportTable.functions(report, folders, SafeText::terminal));
        }
        if (report.has(By.LINE)) {
            table(ReportTable.lines(report, folders, SafeText::terminal));
        }
        if (report.has(By.TEST)) {
            table(ReportTable.tests(report, SafeText::terminal));
        }
        if (report.has(By.THREAD)) {
            table(ReportTable.threads(report, SafeText::terminal));
        }
        out.flush();
    }

    static List<String> folders(Report report) {
        return report.inputs().stream()
                .map(InputActivity::metadata)
                .flatMap(run ->
                        run.cwd() == null ? java.util.stream.Stream.empty() : java.util.stream.Stream.of(run.cwd()))
                .distinct()
                .toList();
    }

    private void table(ReportTable whole) throws IOException {
        ReportTable list = whole;
        out.newline().text(styled(BOLD, list.title())).newline();
        if (list.rows().isEmpty()) {
            out.text(INDENT).text("none").newline();
            return;
        }
        list = width > 0 ? list.narrowedTo(width - INDENT.length()) : list;
        int columns = list.heads().size();
        Align[] aligns = new Align[columns];
        for (int i = 0; i < columns; i++) {
            aligns[i] = list.names().get(i) ? Align.LEFT : Align.RIGHT;
        }
        TextTable table = new TextTable(aligns);
        for (int i = 0; i < columns; i++) {
            if (list.names().get(i)) {
                table.flexible(i, true); // of a path and of a qualified name, the end says most
            }
        }
        table.row(list.heads().toArray(new String[0]));
        list.rows().forEach(row -> table.row(row.toArray(new String[0])));
        table.write(out, INDENT, width);
        if (list.more() > 0) {
            out.text(INDENT)
                    .text("… and " + Quantity.count(list.more()) + " more")
                    .newline();
        }
    }

    private String styled(String style, String text) {
        return color && DisplayWidth.of(text) > 0 ? style + text + PLAIN : text;
    }
}
