package dev.tracetool.export;

import dev.tracetool.export.Report.By;
import dev.tracetool.export.ReportFields.Field;
import java.io.Writer;
import java.util.List;

/** {@code tracetool.report/1}. A list that was not asked for is missing. */
public final class ReportJson {
    private ReportJson() {}

    public static void write(Writer out, Report report) {
        try (JsonOutput json = new JsonOutput(out, "tracetool.report/1")) {
            InputJson.write(json, report.inputs());
            totals(json, report);
            if (report.has(By.FILE)) {
                rows(json, "files", report.files().shown(), ReportFields.files(report.recorded()));
            }
            if (report.has(By.FUNCTION)) {
                rows(json, "functions", report.functions().shown(), ReportFields.functions(report.recorded()));
            }
            if (report.has(By.LINE)) {
                rows(json, "line_hits", report.lineHits().shown(), ReportFields.lines(report.recorded()));
            }
            if (report.has(By.TEST)) {
                rows(json, "tests", report.tests().shown(), ReportFields.tests(report.recorded()));
            }
            if (report.has(By.THREAD)) {
                rows(json, "threads", report.threads().shown(), ReportFields.threads());
            }
        }
    }

    private static void totals(JsonOutput json, Report report) {
        json.object("totals")
                .field("events", report.events())
                .field("calls", report.calls())
                .field("line_events", report.lineEvents())
                .field("unwinds", report.unwinds())
                .field("functions", report.functionCount())
                .field("functions_called", report.functionsCalled())
                .field("files", report.fileCount())
                .field("lines", report.lines())
                .field("lines_hit", report.linesHit())
                .field("duration_ns", report.durationNs())
                .endObject();
    }

    static <T> void rows(JsonOutput json, String name, List<T> rows, List<Field<T>> fields) {
        json.array(name);
        for (T row : rows) {
            json.object();
            for (Field<T> field : fields) {
                if (field.text() != null) {
                    json.field(field.name(), field.text().apply(row));
                } else if (field.number() != null) {
                    json.field(field.name(), field.number().apply(row));
                }
            }
            json.endObject();
        }
        json.endArray();
    }
}
