package dev.tracetool.export;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FileBranches;
import dev.tracetool.analysis.FileCoverage;
import dev.tracetool.source.FoundSource;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.coverage/1}. */
public final class CoverageJson {
    private static final int[] UNKNOWN = {};
    private static final List<Field<CoveredFile>> BRANCHES = List.of(
            Field.perhaps("branches", file -> BranchText.figure(file, FileBranches::branches)),
            Field.perhaps("branches_hit", file -> BranchText.figure(file, FileBranches::hit)),
            Field.perhaps("branches_missed", file -> BranchText.figure(file, FileBranches::missed)));

    private CoverageJson() {}

    public static void write(Writer out, CoverageReport report) {
        boolean known = report.recorded().lines();
        try (JsonOutput json = new JsonOutput(out, "tracetool.coverage/1")) {
            InputJson.write(json, report.inputs());
            json.object("totals")
                    .field("files", report.files())
                    .field("files_without_source", report.withoutSource())
                    .field("files_loaded_before", report.loadedBefore())
                    .field("files_without_line_tables", report.withoutCode())
                    .field("statements", report.statements())
                    .field("statements_hit", report.hit())
                    .field("statements_missed", report.missed())
                    .field("excluded", report.excluded())
                    .field("branches", report.branches())
                    .field("branches_hit", report.branchesHit())
                    .field("branches_missed", report.branchesMissed())
                    .endObject()
                    .array("files");
            List<Field<CoveredFile>> fields = figures(known);
            for (CoveredFile file : report.shown()) {
                FileCoverage coverage = file.coverage();
                json.object().fields(file, fields);
                lines(json, "hit_lines", known ? coverage.hitLines() : UNKNOWN);
                lines(json, "missing_lines", known ? coverage.missingLines() : UNKNOWN);
                lines(json, "excluded_lines", coverage.excludedLines());
                FileBranches branches = file.branches();
                branches(json, "hit_branches", branches == null ? new TreeMap<>() : branches.taken());
                branches(json, "missing_branches", branches == null ? new TreeMap<>() : branches.missing());
                json.endObject();
            }
            json.endArray();
        }
    }

    private static void branches(JsonOutput json, String name, SortedMap<Integer, List<Integer>> branches) {
        json.array(name);
        branches.forEach((line, targets) -> targets.forEach(to -> json.object()
                .field("line", line)
                .field("to", to < 0 ? null : (Long) (long) to)
                .endObject()));
        json.endArray();
    }

    private static void lines(JsonOutput json, String name, int[] lines) {
        json.array(name);
        for (int line : lines) {
            json.value(line);
        }
        json.endArray();
    }

    /** In the order in which CSV has them. Names are a contract: fields are added, never renamed. */
    public static List<Field<CoveredFile>> fields(boolean known) {
        List<Field<CoveredFile>> fields = new ArrayList<>(statements(known));
        fields.add(Field.text("missing", file -> known && file.isCodeKnown() ? BranchText.missing(file) : null));
        fields.addAll(BRANCHES);
        return fields;
    }

    /** @param known whether lines were recorded */
    static List<Field<CoveredFile>> figures(boolean known) {
        List<Field<CoveredFile>> figures = new ArrayList<>(statements(known));
        figures.addAll(BRANCHES);
        return figures;
    }

    private static List<Field<CoveredFile>> statements(boolean known) {
        return List.of(
                Field.text("file", CoveredFile::file),
                Field.text("source", file -> place(file.source())),
                Field.text("source_match", file -> match(file.source())),
                Field.text("module", CoverageJson::module),
                Field.perhaps("statements", file -> known(file, FileCoverage::statements)),
                Field.number("statements_hit", known, file -> file.coverage().hit()),
                Field.perhaps("statements_missed", file -> known ? known(file, FileCoverage::missed) : null),
                Field.number("excluded", file -> file.coverage().excluded()));
    }

    private static @Nullable String module(CoveredFile file) {
        return !file.isCodeKnown() ? null : file.isWhole() ? "recorded" : "loaded before";
    }

    private static @Nullable Long known(CoveredFile file, ToLongFunction<FileCoverage> figure) {
        return file.isCodeKnown() ? (Long) figure.applyAsLong(file.coverage()) : null;
    }

    private static @Nullable String place(@Nullable FoundSource source) {
        return source == null ? null : source.place();
    }

    private static @Nullable String match(@Nullable FoundSource source) {
        return source == null ? null : source.match().name().toLowerCase(Locale.ROOT);
    }
}
