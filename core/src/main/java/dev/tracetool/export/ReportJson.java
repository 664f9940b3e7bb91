package dev.tracetool.export;

import dev.tracetool.export.Report.By;
import java.io.Writer;

/** {@code tracetool.report/1}. A list that was not asked for is missing. */
public final class ReportJson {
    private ReportJson() {}

    public static void write(Writer out, Report report) {
        try (JsonOutput json = new JsonOutput(out, "tracetool.report/1")) {
            InputJson.write(json, report.inputs());
            totals(json, report);
            if (report.has(By.FILE)) {
                json.rows("files", report.files().shown(), ReportFields.files(report.recorded()));
            }
            if (report.has(By.FUNCTION)) {
                json.rows("functions", report.functions().shown(), ReportFields.functions(report.recorded()));
            }
            if (report.has(By.LINE)) {
                json.rows("line_hits", report.lineHits().shown(), ReportFields.lines(report.recorded()));
            }
            if (report.has(By.TEST)) {
                json.rows(
                        "tests",
                        report.tellsTests() ? report.tests().shown() : null,
                        ReportFields.tests(report.recorded()));
            }
            if (report.has(By.THREAD)) {
                json.rows("threads", report.threads().shown(), ReportFields.threads());
            }
        }
    }

    private static void totals(JsonOutput json, Report report) {
        json.object("totals")
                .field("events", report.events())
                .field("calls", report.calls())
                .field("line_events", report.lineEvents())
                .field("unwinds", report.unwinds())
                .field("functions", report.functionTotal())
                .field("functions_called", report.functionsCalled())
                .field("files", report.fileCount())
                .field("lines", report.lines())
                .field("lines_hit", report.linesHit())
                .field("duration_ns", report.durationNs())
                .endObject();
    }
}
