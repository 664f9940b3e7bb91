package dev.tracetool.export;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CallEdge;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.SlowCall;
import dev.tracetool.code.CodeIdentity;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.functions/1}: functions in full. */
public final class FunctionsJson {
    private FunctionsJson() {}

    /** @param matching how many functions there are, of which these are the first */
    public static void write(Writer out, Activity activity, List<FunctionDetails> functions, int matching) {
        Recorded recorded = activity.recorded();
        CallTree.Weight weight = CallTree.Weight.of(activity);
        boolean callers = activity.tellsCallers();
        try (JsonOutput json = new JsonOutput(out, "tracetool.functions/1")) {
            InputJson.write(json, activity.inputs());
            json.field("matching", matching).array("functions");
            for (FunctionDetails function : functions) {
                boolean known = !function.tests().isEmpty() || activity.tellsTests();
                json.object();
                json.fields(function.activity(), ReportFields.functions(recorded));
                json.rows("callers", callers ? function.callers() : null, edges(weight))
                        .rows("callees", callers ? function.callees() : null, edges(weight))
                        .rows("slowest", recorded.times() ? function.slowest() : null, slowest())
                        .rows("line_hits", function.lines(), lines(recorded))
                        .rows("tests", known ? function.tests() : null, TestsJson.fields(recorded))
                        .endObject();
            }
            json.endArray();
        }
    }

    private static List<Field<CallEdge>> edges(CallTree.Weight weight) {
        return List.of(
                Field.file("file", e -> other(e, CodeIdentity::filename)),
                Field.text("qualname", e -> other(e, CodeIdentity::qualname)),
                Field.firstLine("first_line", e -> other(e, id -> id)),
                Field.text("digest", e -> other(e, id -> id.digest().isEmpty() ? null : id.digest())),
                Field.number("calls", CallEdge::calls),
                Field.number("recursive_calls", CallEdge::recursiveCalls),
                Field.perhaps("self_ns", e -> weighed(e, weight, CallTree.Weight.TIME, e.selfNs())),
                Field.perhaps("total_ns", e -> weighed(e, weight, CallTree.Weight.TIME, e.totalNs())),
                Field.perhaps("self_line_events", e -> weighed(e, weight, CallTree.Weight.LINE_EVENTS, e.selfNs())),
                Field.perhaps("total_line_events", e -> weighed(e, weight, CallTree.Weight.LINE_EVENTS, e.totalNs())));
    }

    /** The figure of an edge if it is in that unit. */
    private static @Nullable Long weighed(CallEdge edge, CallTree.Weight weight, CallTree.Weight unit, long figure) {
        return weight == unit && edge.isTimed() ? (Long) figure : null;
    }

    private static <V> @Nullable V other(CallEdge edge, Function<CodeIdentity, @Nullable V> value) {
        CallTree.Frame other = edge.other();
        return other == null || !other.isCode() ? null : value.apply(other.identity());
    }

    private static List<Field<SlowCall>> slowest() {
        return List.of(
                Field.text("input", SlowCall::input),
                Field.number("thread", SlowCall::thread),
                Field.text("thread_name", SlowCall::threadName),
                Field.number("start_ns", SlowCall::startNs),
                Field.number("duration_ns", SlowCall::durationNs));
    }

    private static List<Field<FunctionDetails.Line>> lines(Recorded recorded) {
        return List.of(
                Field.number("line", FunctionDetails.Line::line),
                Field.number("hits", recorded.lines(), FunctionDetails.Line::hits));
    }

    /** A row of a list that has all lists of all functions in it. */
    public record Row(
            FunctionActivity function,
            String list,
            @Nullable CallEdge edge,
            FunctionDetails.@Nullable Line line,
            @Nullable SlowCall call) {}

    /** One list of all that is known: the function itself, then who called it, and so on. */
    public static List<Row> rows(List<FunctionDetails> functions) {
        List<Row> rows = new ArrayList<>();
        for (FunctionDetails details : functions) {
            FunctionActivity function = details.activity();
            rows.add(new Row(function, "function", null, null, null));
            details.callers().forEach(edge -> rows.add(new Row(function, "caller", edge, null, null)));
            details.callees().forEach(edge -> rows.add(new Row(function, "callee", edge, null, null)));
            details.lines().forEach(line -> rows.add(new Row(function, "line", null, line, null)));
            details.slowest().forEach(call -> rows.add(new Row(function, "slowest", null, null, call)));
        }
        return rows;
    }

    /** The fields of {@link #rows}; names are a contract. */
    public static List<Field<Row>> fields(Recorded recorded, CallTree.Weight weight) {
        CallTree.Weight lines = CallTree.Weight.LINE_EVENTS;
        return List.of(
                Field.text("function", r -> r.function.identity().qualname()),
                Field.file("function_file", r -> r.function.identity().filename()),
                Field.firstLine("function_line", r -> r.function.identity()),
                Field.text("list", Row::list),
                Field.file("file", r -> of(r.edge, e -> other(e, CodeIdentity::filename))),
                Field.text("qualname", r -> of(r.edge, e -> other(e, CodeIdentity::qualname))),
                Field.firstLine("first_line", r -> of(r.edge, e -> other(e, id -> id))),
                Field.perhaps("calls", r -> calls(r, recorded)),
                Field.perhaps("recursive_calls", r -> of(r.edge, CallEdge::recursiveCalls)),
                Field.perhaps("self_ns", r -> time(r, recorded, r.function.selfNs(), CallEdge::selfNs)),
                Field.perhaps("total_ns", r -> time(r, recorded, r.function.totalNs(), CallEdge::totalNs)),
                Field.perhaps("line", r -> of(r.line, l -> (Long) (long) l.line())),
                Field.perhaps("hits", r -> of(r.line, l -> recorded.lines() ? (Long) l.hits() : null)),
                Field.text("input", r -> of(r.call, SlowCall::input)),
                Field.perhaps("thread", r -> of(r.call, c -> (Long) (long) c.thread())),
                Field.perhaps("start_ns", r -> of(r.call, SlowCall::startNs)),
                Field.perhaps("duration_ns", r -> of(r.call, SlowCall::durationNs)),
                Field.perhaps("self_line_events", r -> of(r.edge, e -> weighed(e, weight, lines, e.selfNs()))),
                Field.perhaps("total_line_events", r -> of(r.edge, e -> weighed(e, weight, lines, e.totalNs()))));
    }

    private static @Nullable Long calls(Row row, Recorded recorded) {
        if (row.edge != null) {
            return row.edge.calls();
        }
        return recorded.calls() && row.list.equals("function") ? (Long) row.function.calls() : null;
    }

    private static @Nullable Long time(Row row, Recorded recorded, long own, Function<CallEdge, Long> ofEdge) {
        if (row.edge != null) {
            return recorded.times() && row.edge.isTimed() ? ofEdge.apply(row.edge) : null;
        }
        return recorded.times() && row.list.equals("function") ? (Long) own : null;
    }

    private static <T, V> @Nullable V of(@Nullable T part, Function<T, @Nullable V> value) {
        return part == null ? null : value.apply(part);
    }
}
