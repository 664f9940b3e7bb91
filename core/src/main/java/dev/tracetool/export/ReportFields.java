package dev.tracetool.export;

import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestFigures;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The lists of {@code tracetool.report/1}, field by field, in the order in which JSON and CSV have them. Names are a
 * contract: fields are added, never renamed.
 */
public final class ReportFields {
    private ReportFields() {}

    /**
     * One field.
     *
     * @param text its value as text; null if it is a number
     * @param number its value as a number, null for unknown; null itself if it is a text
     */
    public record Field<T>(
            String name,
            @Nullable Function<T, @Nullable String> text,
            @Nullable Function<T, @Nullable Long> number) {}

    private static <T> Field<T> text(String name, Function<T, @Nullable String> value) {
        return new Field<>(name, value, null);
    }

    private static <T> Field<T> number(String name, ToLongFunction<T> value) {
        return new Field<>(name, null, value::applyAsLong);
    }

    /** A number that is unknown unless it was recorded. */
    private static <T> Field<T> number(String name, boolean recorded, ToLongFunction<T> value) {
        return recorded ? number(name, value) : new Field<>(name, null, row -> null);
    }

    private static <T> Field<T> perhaps(String name, Function<T, @Nullable Long> value) {
        return new Field<>(name, null, value);
    }

    public static List<Field<FileActivity>> files(Recorded recorded) {
        return List.of(
                text("file", FileActivity::file),
                number("functions", FileActivity::functions),
                number("functions_called", FileActivity::functionsCalled),
                perhaps("lines", f -> lines(f.hasTable(), f.lines())),
                number("lines_hit", recorded.lines(), FileActivity::linesHit),
                number("calls", recorded.calls(), FileActivity::calls),
                number("line_events", recorded.lines(), FileActivity::lineEvents),
                number("unwinds", recorded.unwinds(), FileActivity::unwinds),
                number("self_ns", recorded.times(), FileActivity::selfNs));
    }

    public static List<Field<FunctionActivity>> functions(Recorded recorded) {
        return List.of(
                text("file", f -> f.identity().filename()),
                text("qualname", f -> f.identity().qualname()),
                number("first_line", f -> f.identity().firstLine()),
                text(
                        "digest",
                        f -> f.identity().digest().isEmpty()
                                ? null
                                : f.identity().digest()),
                number("calls", recorded.calls(), FunctionActivity::calls),
                number("returns", recorded.returns(), FunctionActivity::returns),
                number("yields", recorded.yields(), FunctionActivity::yields),
                number("unwinds", recorded.unwinds(), FunctionActivity::unwinds),
                number("line_events", recorded.lines(), FunctionActivity::lineEvents),
                perhaps("lines", f -> lines(f.hasTable(), f.lines())),
                number("lines_hit", recorded.lines(), FunctionActivity::linesHit),
                number("self_ns", recorded.times(), FunctionActivity::selfNs),
                number("total_ns", recorded.times(), FunctionActivity::totalNs));
    }

    public static List<Field<Report.LineRow>> lines(Recorded recorded) {
        return List.of(
                text("file", Report.LineRow::file),
                number("line", Report.LineRow::line),
                number("hits", recorded.lines(), Report.LineRow::hits));
    }

    public static List<Field<Report.ThreadRow>> threads() {
        return List.of(
                number("input", Report.ThreadRow::input),
                number("id", t -> t.activity().number()),
                perhaps(
                        "system_id",
                        t -> t.activity().systemId() == 0
                                ? null
                                : (Long) t.activity().systemId()),
                text("name", t -> t.activity().name()),
                number("events", t -> t.activity().events()),
                perhaps("calls", t -> t.activity().calls()),
                perhaps("line_events", t -> t.activity().lineEvents()),
                perhaps("duration_ns", t -> t.activity().durationNs()),
                perhaps("self_ns", t -> t.activity().selfNs()));
    }

    public static List<Field<TestFigures>> tests(Recorded recorded) {
        return List.of(
                text("label", t -> t.test().label()),
                text("outcome", t -> t.test().outcome()),
                number("runs", t -> t.test().runs()),
                perhaps("duration_ns", t -> t.test().durationNs()),
                number("events", t -> t.test().events()),
                number("functions", TestFigures::functions),
                number("calls", recorded.calls(), TestFigures::calls),
                number("line_events", recorded.lines(), TestFigures::lineEvents),
                number("lines_hit", recorded.lines(), TestFigures::linesHit),
                number("lines_only", recorded.lines(), TestFigures::linesOnly));
    }

    private static @Nullable Long lines(boolean known, LineHits lines) {
        return known ? (Long) (long) lines.executable() : null;
    }
}
