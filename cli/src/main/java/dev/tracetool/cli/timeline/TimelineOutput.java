package dev.tracetool.cli.timeline;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.TimeBuckets;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.Style;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.CsvTable;
import dev.tracetool.export.Percent;
import dev.tracetool.export.SafeText;
import dev.tracetool.export.TimelineChart;
import dev.tracetool.export.TimelineJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Shows a timeline in each format. */
final class TimelineOutput {
    private static final String INDENT = "  ";
    private static final String BLOCKS = " ▁▂▃▄▅▆▇█";
    private static final String ASCII = " .:-=+*%#";
    private static final int QUARTERS = 4;

    private final Output output;
    private final boolean color;
    private final boolean showCalls;
    private final boolean ascii;
    private final long top;
    private final int width;

    /**
     * @param width columns to keep to, 0 if there is no limit
     * @param top threads, 0 for all
     */
    TimelineOutput(Output output, int width, boolean color, boolean showCalls, boolean ascii, long top) {
        this.output = output;
        this.width = width;
        this.color = color;
        this.showCalls = showCalls;
        this.ascii = ascii;
        this.top = top;
    }

    void write(String format, List<InputActivity> inputs, TimelineChart chart) throws IOException {
        Utf8Writer out = output.text();
        switch (format) {
            case "json" -> TimelineJson.write(output.writer(), inputs, chart);
            case "csv" -> CsvTable.write(output.writer(), TimelineJson.cells(chart), TimelineJson.fields());
            case "markdown" -> {
                InputHeader.writeMarkdown(out, inputs);
                out.text("- ").text(about(chart)).newline();
                out.newline().text("```text").newline();
                chart(chart, inputs.size() > 1).write(out, "", 0);
                more(out, chart);
                out.text("```").newline();
                spans(chart, inputs, SafeText::markdown).writeMarkdown(out);
            }
            default -> {
                InputHeader.writeText(out, inputs, color);
                out.newline().text(INDENT).text(Style.BOLD.of(about(chart), color));
                out.newline().newline();
                chart(chart, inputs.size() > 1).write(out, INDENT, width);
                more(out, chart);
                spans(chart, inputs, SafeText::terminal).writeText(out, width, color);
            }
        }
        out.flush();
    }

    private String about(TimelineChart chart) {
        long column = Math.max(1, chart.endNs() / chart.columns());
        String scale = showCalls
                ? "calls, a full block being " + Quantity.count(greatest(chart), "call")
                : "time in recorded functions, a full block being all of it";
        String coarse = chart.pieces() < TimeBuckets.COUNT
                ? "; so many threads that the time of each is kept in " + chart.pieces() + " pieces"
                : "";
        return Quantity.duration(chart.endNs()) + ", " + Quantity.duration(column) + " a column; " + scale + coarse;
    }

    /** The most calls in one column of one thread. */
    private static long greatest(TimelineChart chart) {
        long most = 0;
        for (TimelineChart.Row row : chart.rows()) {
            for (long calls : row.calls()) {
                most = Math.max(most, calls);
            }
        }
        return most;
    }

    /** The busiest threads, in order of trace and thread. */
    private List<TimelineChart.Row> shown(TimelineChart chart) {
        if (top == 0 || chart.rows().size() <= top) {
            return chart.rows();
        }
        ToLongFunction<TimelineChart.Row> value =
                showCalls ? TimelineChart.Row::callTotal : TimelineChart.Row::busyTotalNs;
        List<TimelineChart.Row> busiest = new ArrayList<>(chart.rows());
        busiest.sort(Comparator.comparingLong(value).reversed());
        busiest = busiest.subList(0, (int) top);
        List<TimelineChart.Row> shown = new ArrayList<>(chart.rows());
        shown.retainAll(new HashSet<>(busiest));
        return shown;
    }

    private void more(Utf8Writer out, TimelineChart chart) throws IOException {
        int left = chart.rows().size() - shown(chart).size();
        if (left > 0) {
            out.text(INDENT)
                    .text("… and " + Quantity.count(left, "more thread") + ": --top 0 shows all")
                    .newline();
        }
    }

    private TextTable chart(TimelineChart chart, boolean severalInputs) {
        TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.LEFT, Align.LEFT);
        table.flexible(3, false);
        table.row(showCalls ? "calls" : "busy", "thread", axis(chart), "name");
        long most = greatest(chart);
        for (TimelineChart.Row row : shown(chart)) {
            StringBuilder bar = new StringBuilder("|");
            for (int i = 0; i < chart.columns(); i++) {
                long to = i == chart.columns() - 1 ? chart.endNs() : chart.columnNs(i + 1);
                bar.append(showCalls ? level(row.calls()[i], most) : level(row.busyNs()[i], to - chart.columnNs(i)));
            }
            String name = row.name() + (severalInputs ? INDENT + row.input() : "");
            table.row(
                    showCalls ? Quantity.count(row.callTotal()) : Percent.fine(row.busyTotalNs(), chart.endNs()),
                    Integer.toUnsignedString(row.thread()),
                    bar.append('|').toString(),
                    SafeText.terminal(name).replace("`", "\\x60"));
        }
        return table;
    }

    /** Something is never shown as nothing, and only all as a full block. */
    private char level(long value, long whole) {
        String levels = ascii ? ASCII : BLOCKS;
        int full = levels.length() - 1;
        if (value <= 0 || whole <= 0) {
            return levels.charAt(0);
        }
        return levels.charAt((int) Math.max(1, Math.min(full, Math.floor((double) full * value / whole))));
    }

    /** The time at each quarter of the chart, as far as there is room. */
    private static String axis(TimelineChart chart) {
        StringBuilder axis = new StringBuilder();
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            int column = quarter * chart.columns() / QUARTERS;
            String label = "|" + (quarter == 0 ? "0 s" : Quantity.duration(chart.columnNs(column)));
            boolean apart = quarter == 0 || axis.length() < column;
            if (apart && column + label.length() <= chart.columns()) {
                axis.append(" ".repeat(column - axis.length())).append(label);
            }
        }
        return axis.toString();
    }

    private ListTable spans(TimelineChart chart, List<InputActivity> inputs, UnaryOperator<String> safe) {
        RunFolders folders = RunFolders.of(inputs);
        return new ListTable.Builder<>(chart.spans())
                .column("from", true, span -> Quantity.duration(span.fromNs()))
                .column("to", true, span -> Quantity.duration(span.toNs()))
                .column("in functions", true, span -> Quantity.duration(span.busyNs()))
                .name("most of it in", span -> functions(span, folders, safe))
                .build("Where the time went", chart.spans().size());
    }

    private static String functions(TimelineChart.Span span, RunFolders folders, UnaryOperator<String> safe) {
        List<String> parts = new ArrayList<>();
        for (TimelineChart.Part part : span.functions()) {
            String name = part.function().qualname() + " " + folders.place(part.function());
            parts.add(Percent.of(part.selfNs(), span.busyNs()) + " " + safe.apply(name));
        }
        return String.join(", ", parts);
    }
}
