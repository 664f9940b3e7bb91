package dev.tracetool.export;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CallTree.Weight;
import dev.tracetool.code.CodeIdentity;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.tree/1}: a call tree as a list, children after their parent. */
public final class TreeJson {
    private TreeJson() {}

    public static void write(Writer out, Activity activity, TreeTotals totals, List<TreeRow> rows) {
        try (JsonOutput json = new JsonOutput(out, "tracetool.tree/1")) {
            InputJson.write(json, activity.inputs());
            Weight weight = totals.weight();
            json.object("totals")
                    .field("functions_ns", known(weight == Weight.TIME, totals.functions()))
                    .field("shown_ns", known(weight == Weight.TIME, totals.shown()))
                    .field("functions_line_events", known(weight == Weight.LINE_EVENTS, totals.functions()))
                    .field("shown_line_events", known(weight == Weight.LINE_EVENTS, totals.shown()))
                    .field("calls", totals.calls())
                    .field("whole", totals.whole())
                    .endObject();
            json.rows("nodes", rows, fields(weight));
        }
    }

    private static @Nullable Long known(boolean known, @Nullable Long value) {
        return known ? value : null;
    }

    /** In the order in which JSON and CSV have them. Names are a contract: fields are added, never renamed. */
    public static List<Field<TreeRow>> fields(Weight weight) {
        return List.of(
                Field.number("id", TreeRow::id),
                Field.perhaps("parent", r -> r.parent() == null ? null : (Long) (long) r.parent()),
                Field.number("depth", TreeRow::depth),
                Field.text("kind", r -> r.kind().name().toLowerCase(Locale.ROOT)),
                Field.file("file", r -> code(r, CodeIdentity::filename)),
                Field.text(
                        "qualname",
                        r -> r.identity() == null ? null : r.identity().qualname()),
                Field.firstLine("first_line", r -> code(r, id -> id)),
                Field.text("digest", r -> code(r, id -> id.digest().isEmpty() ? null : id.digest())),
                Field.number("nodes", TreeRow::nodes),
                Field.perhaps("calls", TreeRow::calls),
                Field.perhaps("recursive_calls", TreeRow::recursiveCalls),
                Field.perhaps("self_ns", r -> known(weight == Weight.TIME, r.self())),
                Field.perhaps("total_ns", r -> known(weight == Weight.TIME, r.total())),
                Field.perhaps("self_line_events", r -> known(weight == Weight.LINE_EVENTS, r.self())),
                Field.perhaps("total_line_events", r -> known(weight == Weight.LINE_EVENTS, r.total())));
    }

    private static <V> @Nullable V code(TreeRow row, Function<CodeIdentity, @Nullable V> value) {
        CodeIdentity identity = row.identity();
        return identity == null || row.kind() == TreeRow.Kind.THREAD ? null : value.apply(identity);
    }
}
