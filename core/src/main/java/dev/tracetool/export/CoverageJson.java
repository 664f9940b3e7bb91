package dev.tracetool.export;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FileCoverage;
import dev.tracetool.source.FoundSource;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.coverage/1}. */
public final class CoverageJson {
    private static final int[] UNKNOWN = {};

    private CoverageJson() {}

    public static void write(Writer out, CoverageReport report) {
        boolean known = report.recorded().lines();
        try (JsonOutput json = new JsonOutput(out, "tracetool.coverage/1")) {
            InputJson.write(json, report.inputs());
            json.object("totals")
                    .field("files", report.files())
                    .field("files_without_source", report.withoutSource())
                    .field("files_loaded_before", report.loadedBefore())
                    .field("statements", report.statements())
                    .field("statements_hit", report.hit())
                    .field("statements_missed", report.missed())
                    .field("excluded", report.excluded())
                    .endObject()
                    .array("files");
            List<Field<CoveredFile>> fields = figures(known);
            for (CoveredFile file : report.shown()) {
                FileCoverage coverage = file.coverage();
                json.object().fields(file, fields);
                lines(json, "hit_lines", known ? coverage.hitLines() : UNKNOWN);
                lines(json, "missing_lines", known ? coverage.missingLines() : UNKNOWN);
                lines(json, "excluded_lines", coverage.excludedLines());
                json.endObject();
            }
            json.endArray();
        }
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
        List<Field<CoveredFile>> fields = new ArrayList<>(figures(known));
        fields.add(Field.text("missing", file -> known ? file.coverage().missingRanges() : null));
        return fields;
    }

    /** @param known whether lines were recorded */
    static List<Field<CoveredFile>> figures(boolean known) {
        return List.of(
                Field.text("file", CoveredFile::file),
                Field.text("source", file -> place(file.source())),
                Field.text("source_match", file -> match(file.source())),
                Field.text("module", file -> file.isWhole() ? "recorded" : "loaded before"),
                Field.number("statements", file -> file.coverage().statements()),
                Field.number("statements_hit", known, file -> file.coverage().hit()),
                Field.number("statements_missed", known, file -> file.coverage().missed()),
                Field.number("excluded", file -> file.coverage().excluded()));
    }

    private static @Nullable String place(@Nullable FoundSource source) {
        return source == null ? null : source.place();
    }

    private static @Nullable String match(@Nullable FoundSource source) {
        return source == null ? null : source.match().name().toLowerCase(Locale.ROOT);
    }
}
