package dev.tracetool.export;

import dev.tracetool.analysis.gate.DiffCoverage;
import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.GateResult;
import java.io.Writer;
import java.util.List;
import java.util.Locale;

/** {@code tracetool.check/1}. */
public final class CheckJson {
    private CheckJson() {}

    public static void write(Writer out, CheckReport report) {
        try (JsonOutput json = new JsonOutput(out, "tracetool.check/1")) {
            json.field("passed", report.passed());
            InputJson.write(json, report.inputs());
            json.rows("results", report.results(), fields());
            json.field("skipped", report.skipped());
            DiffCoverage diff = report.diff();
            if (diff != null) {
                diff(json, diff);
            }
        }
    }

    private static void diff(JsonOutput json, DiffCoverage diff) {
        json.object("diff")
                .field("statements", diff.statements())
                .field("statements_hit", diff.hit())
                .array("files");
        for (DiffCoverage.File file : diff.files()) {
            json.object()
                    .field("path", file.path())
                    .field("file", file.file())
                    .field("statements", file.statements())
                    .field("statements_hit", file.hit())
                    .array("missing_lines");
            for (int line : file.missing()) {
                json.value(line);
            }
            json.endArray().endObject();
        }
        json.endArray()
                .field("not_recorded", diff.unknown())
                .field("ambiguous", diff.ambiguous())
                .endObject();
    }

    /** In the order in which CSV has them. Names are a contract: fields are added, never renamed. */
    public static List<Field<GateResult>> fields() {
        return List.of(
                Field.text("gate", result -> lower(result.gate())),
                Field.text("outcome", result -> result.passed() ? "passed" : "failed"),
                Field.text("subject", GateResult::subject),
                Field.text("file", GateResult::file),
                Field.perhaps("line", result -> result.line() == 0 ? null : (Long) (long) result.line()),
                Field.number("actual", GateResult::actual),
                Field.perhaps("whole", result -> result.gate().isShare() ? (Long) result.whole() : null),
                Field.text("limit", GateResult::limit),
                Field.number("by", GateResult::by),
                Field.text("unit", result -> result.gate().unit().name().toLowerCase(Locale.ROOT)));
    }

    private static String lower(Gate gate) {
        return gate.name().toLowerCase(Locale.ROOT);
    }
}
