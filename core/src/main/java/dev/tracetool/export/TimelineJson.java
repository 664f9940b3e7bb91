package dev.tracetool.export;

import dev.tracetool.analysis.InputActivity;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;

/** {@code tracetool.timeline/1}: when threads were busy. */
public final class TimelineJson {
    private TimelineJson() {}

    public static void write(Writer out, List<InputActivity> inputs, TimelineChart chart) {
        try (JsonOutput json = new JsonOutput(out, "tracetool.timeline/1")) {
            InputJson.write(json, inputs);
            json.field("end_ns", chart.endNs()).field("pieces", chart.pieces()).array("columns_ns");
            for (int i = 0; i < chart.columns(); i++) {
                json.value(chart.columnNs(i));
            }
            json.endArray().array("threads");
            for (TimelineChart.Row row : chart.rows()) {
                json.object()
                        .field("input", row.input())
                        .field("id", row.thread())
                        .field("name", row.name())
                        .field("offset_ns", row.offsetNs())
                        .field("self_ns", row.busyTotalNs())
                        .field("total_calls", row.callTotal());
                array(json, "busy_ns", row.busyNs());
                array(json, "calls", row.calls());
                json.endObject();
            }
            json.endArray().array("spans");
            for (TimelineChart.Span span : chart.spans()) {
                json.object()
                        .field("from_ns", span.fromNs())
                        .field("to_ns", span.toNs())
                        .field("self_ns", span.busyNs())
                        .rows("functions", span.functions(), functions())
                        .endObject();
            }
            json.endArray();
        }
    }

    private static void array(JsonOutput json, String name, long[] values) {
        json.array(name);
        for (long value : values) {
            json.value(value);
        }
        json.endArray();
    }

    private static List<Field<TimelineChart.Part>> functions() {
        return List.of(
                Field.file("file", p -> p.function().filename()),
                Field.text("qualname", p -> p.function().qualname()),
                Field.firstLine("first_line", TimelineChart.Part::function),
                Field.number("self_ns", TimelineChart.Part::selfNs));
    }

    /** A thread in a column. */
    public record Cell(TimelineChart.Row row, long fromNs, long toNs, int column) {}

    /** Each thread in each column. */
    public static List<Cell> cells(TimelineChart chart) {
        List<Cell> cells = new ArrayList<>();
        for (TimelineChart.Row row : chart.rows()) {
            for (int i = 0; i < chart.columns(); i++) {
                long to = i == chart.columns() - 1 ? chart.endNs() : chart.columnNs(i + 1);
                cells.add(new Cell(row, chart.columnNs(i), to, i));
            }
        }
        return cells;
    }

    /** The fields of {@link #cells}; names are a contract. */
    public static List<Field<Cell>> fields() {
        return List.of(
                Field.text("input", c -> c.row().input()),
                Field.number("id", c -> c.row().thread()),
                Field.text("name", c -> c.row().name()),
                Field.number("from_ns", Cell::fromNs),
                Field.number("to_ns", Cell::toNs),
                Field.number("busy_ns", c -> c.row().busyNs()[c.column()]),
                Field.number("calls", c -> c.row().calls()[c.column()]));
    }
}
