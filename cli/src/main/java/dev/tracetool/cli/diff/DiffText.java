package dev.tracetool.cli.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.Style;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.DiffReport;
import dev.tracetool.export.DiffReport.Selection;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.List;

/** A diff for people. */
final class DiffText {
    /** What is said if there is nothing to list. */
    static final String NOTHING = "Nothing changed.";

    private DiffText() {}

    /** @param width columns to keep to, 0 if there is no limit */
    static void write(Output output, DiffReport report, int width, boolean color) throws IOException {
        Utf8Writer out = output.text();
        side(out, "Base", report.diff().runs(Side.BASE), color);
        side(out, "Head", report.diff().runs(Side.HEAD), color);
        TextTable totals = new TextTable(Align.LEFT, Align.LEFT);
        for (DiffHeader.Total total : DiffHeader.totals(report)) {
            totals.row(total.name(), total.text());
        }
        out.newline();
        totals.write(out, "  ", 0);
        if (isNothing(report)) {
            out.newline().text(NOTHING).newline();
        } else {
            for (ListTable list : DiffTable.of(report, SafeText::terminal)) {
                list.writeText(out, width, color);
            }
        }
        out.flush();
    }

    /** Whether the lists would only say that nothing changed. */
    static boolean isNothing(DiffReport report) {
        return report.selection() == Selection.CHANGED && !report.changed();
    }

    private static void side(Utf8Writer out, String name, List<Activity> runs, boolean color) throws IOException {
        out.text(Style.BOLD.of(name, color))
                .text(", ")
                .text(Quantity.count(runs.size(), "run"))
                .newline();
        InputHeader.writeText(out, DiffHeader.inputs(runs), color);
    }
}
