package dev.tracetool.cli.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.ShortName;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.DiffReport;
import dev.tracetool.export.SafeText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A diff as GitHub Flavored Markdown that fits into a comment on a pull request. */
final class DiffMarkdown {
    /** Characters that GitHub takes in a comment. */
    static final int MAX_CHARACTERS = 65_536;

    /** The share of what stands before the lists. */
    private static final int MAX_HEADER = MAX_CHARACTERS / 4;

    private DiffMarkdown() {}

    static void write(Output output, DiffReport report) throws IOException {
        Utf8Writer out = output.text();
        out.text(document(report, MAX_CHARACTERS));
        out.flush();
    }

    /** @param limit in chars, of which a character is one or two: so it is kept whichever way somebody counts */
    static String document(DiffReport report, int limit) throws IOException {
        StringBuilder text = new StringBuilder(header(report));
        if (DiffText.isNothing(report)) {
            return text.append('\n').append(DiffText.NOTHING).append('\n').toString();
        }
        List<ListTable> lists = DiffTable.of(report, ShortName::markdown);
        for (int i = 0; i < lists.size(); i++) {
            text.append(lists.get(i).markdown((limit - text.length()) / (lists.size() - i)));
        }
        return text.toString();
    }

    private static String header(DiffReport report) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Utf8Writer out = new Utf8Writer(bytes);
        for (DiffHeader.Total total : DiffHeader.totals(report)) {
            out.text("- ")
                    .text(total.name())
                    .text(": ")
                    .text(SafeText.markdown(total.text()))
                    .newline();
        }
        side(out, "Base", report.diff().runs(Side.BASE));
        side(out, "Head", report.diff().runs(Side.HEAD));
        out.flush();
        String whole = bytes.toString(StandardCharsets.UTF_8);
        if (whole.length() <= MAX_HEADER) {
            return whole;
        }
        int end = whole.lastIndexOf('\n', MAX_HEADER) + 1;
        return whole.substring(0, end) + "\n… and more of this\n";
    }

    private static void side(Utf8Writer out, String name, List<Activity> runs) throws IOException {
        out.newline()
                .text("**" + name + "**, ")
                .text(Quantity.count(runs.size(), "run"))
                .text(":")
                .newline()
                .newline();
        InputHeader.writeMarkdown(out, DiffHeader.inputs(runs));
    }
}
