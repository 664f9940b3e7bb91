package dev.tracetool.export;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.diff.Change;
import dev.tracetool.analysis.diff.CodeState;
import dev.tracetool.analysis.diff.Comparison;
import dev.tracetool.analysis.diff.DiffRow;
import dev.tracetool.analysis.diff.FileDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.LineDiff;
import dev.tracetool.analysis.diff.Metric;
import dev.tracetool.analysis.diff.Sample;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.analysis.diff.Unlike;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.export.DiffReport.By;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.diff/1}. A list that was not asked for is missing. */
public final class DiffJson {
    private DiffJson() {}

    public static void write(Writer out, DiffReport report) {
        try (JsonOutput json = new JsonOutput(out, "tracetool.diff/1")) {
            side(json, "base", report.diff().runs(Side.BASE));
            side(json, "head", report.diff().runs(Side.HEAD));
            comparison(json, report.diff().comparison());
            totals(json, report);
            if (report.has(By.FILE)) {
                json.array("files");
                report.files().shown().forEach(row -> file(json, row));
                json.endArray();
            }
            if (report.has(By.FUNCTION)) {
                json.array("functions");
                report.functions().shown().forEach(row -> function(json, row));
                json.endArray();
            }
            if (report.has(By.LINE)) {
                json.array("lines");
                report.lines().shown().forEach(row -> line(json, row));
                json.endArray();
            }
        }
    }

    /** The runs, each with its traces: the processes of one run write one each. */
    private static void side(JsonOutput json, String name, List<Activity> runs) {
        json.array(name);
        for (Activity run : runs) {
            json.object();
            InputJson.write(json, run.inputs());
            json.endObject();
        }
        json.endArray();
    }

    private static void comparison(JsonOutput json, Comparison comparison) {
        json.object("comparison").array("unlike");
        for (Unlike unlike : comparison.unlike()) {
            json.object()
                    .field("what", lower(unlike.aspect()))
                    .field("base", unlike.base())
                    .field("head", unlike.head())
                    .endObject();
        }
        json.endArray()
                .field("code", comparison.comparesCode())
                .field("times", comparison.judgesTimes())
                .decimal("time_percent", comparison.threshold().percent())
                .field("time_floor_ns", comparison.threshold().floorNs())
                .endObject();
    }

    private static void totals(JsonOutput json, DiffReport report) {
        json.object("totals")
                .field("changed", report.changed())
                .object("functions")
                .field("all", report.functionCount())
                .field("changed", report.count(FunctionDiff::changed));
        for (CodeState state : CodeState.values()) {
            json.field("code_" + lower(state), report.count(state));
        }
        boolean known = report.diff().comparison().knowsRuns();
        json.field("only_base", known ? ran(report, true, false) : null)
                .field("only_head", known ? ran(report, false, true) : null)
                .field("both", known ? ran(report, true, true) : null)
                .field("noisy", report.noisy())
                .endObject();
        json.object("files")
                .field("all", report.countFiles(f -> true))
                .field("changed", report.countFiles(FileDiff::changed))
                .endObject();
        change(json, "events", report.diff().events());
        for (Metric metric : Metric.OF_FILES) {
            change(json, name(metric), report.sum(metric));
        }
        change(json, "duration_ns", report.diff().duration());
        json.endObject();
    }

    /** How many functions ran on which sides. */
    private static Integer ran(DiffReport report, boolean inBase, boolean inHead) {
        return report.count(f -> f.ran(Side.BASE) == inBase && f.ran(Side.HEAD) == inHead);
    }

    private static void file(JsonOutput json, FileDiff row) {
        json.object().field("file", CodeIdentity.knownFile(row.file())).field("code", lower(row.code()));
        figures(json, row, By.FILE);
        json.endObject();
    }

    private static void function(JsonOutput json, FunctionDiff row) {
        json.object()
                .field("file", CodeIdentity.knownFile(row.file()))
                .field("qualname", row.identity().qualname())
                .field("code", lower(row.code()));
        for (Side side : Side.values()) {
            CodeIdentity identity = row.identity(side);
            if (identity == null) {
                json.nullField(lower(side));
            } else {
                json.object(lower(side))
                        .field("file", CodeIdentity.knownFile(row.recordedFile(side)))
                        .field("first_line", Field.firstLine(identity))
                        .field("digest", identity.digest().isEmpty() ? null : identity.digest())
                        .endObject();
            }
        }
        figures(json, row, By.FUNCTION);
        json.endObject();
    }

    private static void line(JsonOutput json, LineDiff row) {
        json.object()
                .field("file", CodeIdentity.knownFile(row.file()))
                .field("base_line", row.line(Side.BASE))
                .field("head_line", row.line(Side.HEAD));
        figures(json, row, By.LINE);
        json.endObject();
    }

    private static void figures(JsonOutput json, DiffRow row, By list) {
        json.field("changed", row.changed());
        for (Side side : Side.values()) {
            if (row.knowsRuns()) {
                json.field("ran_in_" + lower(side), row.ran(side));
            } else {
                json.nullField("ran_in_" + lower(side));
            }
        }
        for (Metric metric : list.metrics()) {
            change(json, list == By.LINE ? "hits" : name(metric), row.change(metric));
        }
    }

    private static void change(JsonOutput json, String name, @Nullable Change change) {
        if (change == null) {
            json.nullField(name);
            return;
        }
        json.object(name)
                .field("base", change.base().median())
                .field("head", change.head().median())
                .field("change", change.delta())
                .decimal("ratio", change.ratio())
                .field("changed", change.changed());
        range(json, "base", change.base());
        range(json, "head", change.head());
        json.endObject();
    }

    /** Of one run, the range would say the same thing once more. */
    private static void range(JsonOutput json, String side, Sample sample) {
        if (sample.runs() > 1) {
            json.field(side + "_min", sample.min()).field(side + "_max", sample.max());
        }
    }

    static String name(Metric metric) {
        return lower(metric) + (metric.isTime() ? "_ns" : "");
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
