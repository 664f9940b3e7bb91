package dev.tracetool.cli.tree;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CallTree.Weight;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.Style;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.export.CsvTable;
import dev.tracetool.export.Percent;
import dev.tracetool.export.SafeText;
import dev.tracetool.export.TreeJson;
import dev.tracetool.export.TreeRow;
import dev.tracetool.export.TreeTotals;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows a call tree in each format. */
final class TreeOutput {
    private static final String INDENT = "  ";
    private static final String UNKNOWN = "-";

    private final Output output;
    private final Terminal terminal;
    private final boolean color;

    TreeOutput(Output output, Terminal terminal, boolean color) {
        this.output = output;
        this.terminal = terminal;
        this.color = color;
    }

    void write(TreeRequest request, Activity activity, TreeTotals totals, List<TreeRow> rows) throws IOException {
        Utf8Writer out = output.text();
        switch (request.format()) {
            case "json" -> TreeJson.write(output.writer(), activity, totals, rows);
            case "csv" -> CsvTable.write(output.writer(), rows, TreeJson.fields(totals.weight()));
            case "markdown" -> {
                InputHeader.writeMarkdown(out, activity.inputs());
                out.text("- ").text(about(request, totals)).newline();
                // In a table the lines of the tree would not meet. A fence ends only at a line of its own.
                out.newline().text("```text").newline();
                table(rows, totals.weight(), activity).write(out, "", 0);
                out.text("```").newline();
            }
            default -> {
                InputHeader.writeText(out, activity.inputs(), color);
                out.newline()
                        .text(INDENT)
                        .text(Style.BOLD.of(about(request, totals), color))
                        .newline()
                        .newline();
                table(rows, totals.weight(), activity).write(out, INDENT, output.width(terminal));
            }
        }
        out.flush();
    }

    private static String about(TreeRequest request, TreeTotals totals) {
        Weight weight = totals.weight();
        boolean callers = !request.callers().isEmpty();
        String shares = weight == Weight.LINE_EVENTS ? "line events" : "calls";
        String unit = weight == Weight.TIME ? "" : "; without times, shares are of " + shares;
        String all = quantity(weight, totals.functions()) + " in recorded functions" + unit;
        if (callers) {
            return all + (weight == Weight.TIME ? "; shares are of" : " of") + " the function that is called";
        }
        return totals.shown() == totals.functions()
                ? all
                : all + "; here " + quantity(weight, totals.shown()) + ", "
                        + Percent.fine(totals.shown(), totals.functions());
    }

    private static String quantity(Weight weight, long quantity) {
        return switch (weight) {
            case TIME -> Quantity.duration(quantity);
            case LINE_EVENTS -> Quantity.count(quantity, "line event");
            case CALLS -> Quantity.count(quantity, "call");
        };
    }

    private static String cell(Weight weight, @Nullable Long quantity) {
        if (quantity == null || weight == Weight.CALLS) {
            return UNKNOWN;
        }
        return weight == Weight.TIME ? Quantity.duration(quantity) : Quantity.count(quantity);
    }

    private static TextTable table(List<TreeRow> rows, Weight weight, Activity activity) {
        RunFolders folders = RunFolders.of(activity.inputs());
        TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.RIGHT, Align.LEFT);
        table.flexible(4, false);
        table.row(weight == Weight.LINE_EVENTS ? "line events" : "total", "share", "self", "calls", "function");
        List<Boolean> lastAbove = new ArrayList<>();
        for (TreeRow row : rows) {
            while (lastAbove.size() >= row.depth()) {
                lastAbove.remove(lastAbove.size() - 1);
            }
            lastAbove.add(row.last());
            table.row(
                    cell(weight, row.total()),
                    row.total() == null ? UNKNOWN : Percent.fine(row.total(), row.whole()),
                    cell(weight, row.self()),
                    row.calls() == null ? UNKNOWN : Quantity.count(row.calls()),
                    branch(lastAbove) + name(row, folders));
        }
        return table;
    }

    /** The lines that lead to a row, from what is known of itself and of the rows above it. */
    private static String branch(List<Boolean> last) {
        StringBuilder branch = new StringBuilder();
        for (int i = 1; i < last.size() - 1; i++) {
            branch.append(last.get(i) ? "   " : "│  ");
        }
        return last.size() == 1
                ? ""
                : branch.append(last.get(last.size() - 1) ? "└─ " : "├─ ").toString();
    }

    private static String name(TreeRow row, RunFolders folders) {
        CodeIdentity identity = row.identity();
        if (row.kind() == TreeRow.Kind.REST) {
            return "… " + Quantity.count(row.nodes()) + " more";
        }
        if (identity == null) {
            return "…";
        }
        String name = safe(identity.qualname());
        return switch (row.kind()) {
            case THREAD -> name + " (thread)";
            case TASK -> name + " (task)" + recursion(row) + INDENT + safe(folders.place(identity));
            default -> name + recursion(row) + INDENT + safe(folders.place(identity));
        };
    }

    private static String recursion(TreeRow row) {
        Long calls = row.recursiveCalls();
        return calls == null || calls == 0 ? "" : " (" + Quantity.count(calls) + " recursive)";
    }

    /** Harmless on a terminal, and in Markdown within a fence. */
    private static String safe(String name) {
        return SafeText.terminal(name).replace("`", "\\x60");
    }
}
