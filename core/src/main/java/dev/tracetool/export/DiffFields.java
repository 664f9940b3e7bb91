package dev.tracetool.export;

import dev.tracetool.analysis.diff.Change;
import dev.tracetool.analysis.diff.DiffRow;
import dev.tracetool.analysis.diff.FileDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.LineDiff;
import dev.tracetool.analysis.diff.Metric;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.export.DiffReport.By;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The lists of a diff as CSV has them: one column for each figure, with the names of {@link DiffJson}. */
public final class DiffFields {
    private DiffFields() {}

    public static List<Field<FileDiff>> files() {
        List<Field<FileDiff>> fields = new ArrayList<>();
        fields.add(Field.file("file", FileDiff::file));
        fields.add(Field.text("code", row -> DiffJson.lower(row.code())));
        figures(fields, By.FILE);
        return fields;
    }

    public static List<Field<FunctionDiff>> functions() {
        List<Field<FunctionDiff>> fields = new ArrayList<>();
        fields.add(Field.file("file", FunctionDiff::file));
        fields.add(Field.text("qualname", row -> row.identity().qualname()));
        fields.add(Field.text("code", row -> DiffJson.lower(row.code())));
        fields.add(Field.firstLine("base_first_line", row -> row.identity(Side.BASE)));
        fields.add(Field.firstLine("head_first_line", row -> row.identity(Side.HEAD)));
        figures(fields, By.FUNCTION);
        return fields;
    }

    public static List<Field<LineDiff>> lines() {
        List<Field<LineDiff>> fields = new ArrayList<>();
        fields.add(Field.file("file", LineDiff::file));
        fields.add(Field.perhaps("base_line", row -> toLong(row.line(Side.BASE))));
        fields.add(Field.perhaps("head_line", row -> toLong(row.line(Side.HEAD))));
        figures(fields, By.LINE);
        return fields;
    }

    private static @Nullable String ran(DiffRow row, Side side) {
        return row.knowsRuns() ? Boolean.toString(row.ran(side)) : null;
    }

    private static <T extends DiffRow> void figures(List<Field<T>> fields, By list) {
        fields.add(Field.text("changed", row -> Boolean.toString(row.changed())));
        fields.add(Field.text("ran_in_base", row -> ran(row, Side.BASE)));
        fields.add(Field.text("ran_in_head", row -> ran(row, Side.HEAD)));
        for (Metric metric : list.metrics()) {
            String name = list == By.LINE ? "hits" : DiffJson.name(metric);
            fields.add(Field.perhaps(
                    "base_" + name, of(metric, change -> change.base().median())));
            fields.add(Field.perhaps(
                    "head_" + name, of(metric, change -> change.head().median())));
            fields.add(Field.perhaps(name + "_change", of(metric, Change::delta)));
            fields.add(Field.text(name + "_ratio", of(metric, change -> JsonOutput.decimal(change.ratio()))));
            fields.add(Field.text(name + "_changed", of(metric, change -> Boolean.toString(change.changed()))));
        }
    }

    private static <T extends DiffRow, V> Function<T, @Nullable V> of(
            Metric metric, Function<Change, @Nullable V> figure) {
        return row -> {
            Change change = row.change(metric);
            return change == null ? null : figure.apply(change);
        };
    }

    private static @Nullable Long toLong(@Nullable Integer value) {
        return value == null ? null : (Long) (long) value;
    }
}
