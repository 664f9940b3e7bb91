package dev.tracetool.export;

import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestFigures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The lists of {@code tracetool.report/1}, field by field, in the order in which JSON and CSV have them. Names are a
 * contract: fields are added, never renamed.
 */
public final class ReportFields {
    private ReportFields() {}

    public static List<Field<FileActivity>> files(Recorded recorded) {
        return List.of(
                Field.file("file", FileActivity::file),
                Field.perhaps("functions", f -> f.hasTable() ? (Long) (long) f.functions() : null),
                Field.perhaps("functions_called", f -> f.functionsThatRan(recorded)),
                Field.perhaps("lines", f -> lines(f.hasTable(), f.lines())),
                Field.number("lines_hit", recorded.lines(), FileActivity::linesHit),
                Field.number("calls", recorded.calls(), FileActivity::calls),
                Field.number("line_events", recorded.lines(), FileActivity::lineEvents),
                Field.number("unwinds", recorded.unwinds(), FileActivity::unwinds),
                Field.number("self_ns", recorded.times(), FileActivity::selfNs));
    }

    public static List<Field<FunctionActivity>> functions(Recorded recorded) {
        return List.of(
                Field.file("file", f -> f.identity().filename()),
                Field.text("qualname", f -> f.identity().qualname()),
                Field.firstLine("first_line", FunctionActivity::identity),
                Field.text(
                        "digest",
                        f -> f.identity().digest().isEmpty()
                                ? null
                                : f.identity().digest()),
                Field.number("calls", recorded.calls(), FunctionActivity::calls),
                Field.number("returns", recorded.returns(), FunctionActivity::returns),
                Field.number("yields", recorded.yields(), FunctionActivity::yields),
                Field.number("unwinds", recorded.unwinds(), FunctionActivity::unwinds),
                Field.number("line_events", recorded.lines(), FunctionActivity::lineEvents),
                Field.perhaps("lines", f -> lines(f.hasTable(), f.lines())),
                Field.number("lines_hit", recorded.lines(), FunctionActivity::linesHit),
                Field.number("self_ns", recorded.times(), FunctionActivity::selfNs),
                Field.number("total_ns", recorded.times(), FunctionActivity::totalNs));
    }

    public static List<Field<Report.LineRow>> lines(Recorded recorded) {
        return List.of(
                Field.file("file", Report.LineRow::file),
                Field.number("line", Report.LineRow::line),
                Field.number("hits", recorded.lines(), Report.LineRow::hits));
    }

    public static List<Field<Report.ThreadRow>> threads() {
        return List.of(
                Field.number("input", Report.ThreadRow::input),
                Field.number("id", t -> t.activity().number()),
                Field.perhaps(
                        "system_id",
                        t -> t.activity().systemId() == 0
                                ? null
                                : (Long) t.activity().systemId()),
                Field.text("name", t -> t.activity().name()),
                Field.number("events", t -> t.activity().events()),
                Field.perhaps("calls", t -> t.activity().calls()),
                Field.perhaps("line_events", t -> t.activity().lineEvents()),
                Field.perhaps("duration_ns", t -> t.activity().durationNs()),
                Field.perhaps("self_ns", t -> t.activity().selfNs()));
    }

    public static List<Field<TestFigures>> tests(Recorded recorded) {
        return List.of(
                Field.text("label", t -> t.test().label()),
                Field.text("outcome", t -> t.test().outcome()),
                Field.number("runs", t -> t.test().runs()),
                Field.perhaps("duration_ns", t -> t.test().durationNs()),
                Field.number("events", t -> t.test().events()),
                Field.number("functions", TestFigures::functions),
                Field.number("calls", recorded.calls(), TestFigures::calls),
                Field.number("line_events", recorded.lines(), TestFigures::lineEvents),
                Field.number("lines_hit", recorded.lines(), TestFigures::linesHit),
                Field.number("lines_only", recorded.lines(), TestFigures::linesOnly));
    }

    private static @Nullable Long lines(boolean known, LineHits lines) {
        return known ? (Long) (long) lines.executable() : null;
    }
}
