package dev.tracetool.export;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Problems;
import java.util.List;
import java.util.Map;

/** The member {@code inputs} of documents made of analyses: the traces, and what is wrong with them. */
final class InputJson {
    private InputJson() {}

    static void write(JsonOutput json, List<InputActivity> inputs) {
        json.array("inputs");
        inputs.forEach(input -> input(json, input));
        json.endArray();
    }

    private static void input(JsonOutput json, InputActivity input) {
        json.object()
                .field("file", input.name())
                .field("format", input.format())
                .field("format_version", input.formatVersion())
                .field("bytes", input.bytes() < 0 ? null : (Long) input.bytes())
                .field("complete", input.complete());
        RunJson.damage(json, input.damage());
        json.field("failures", input.failures());
        problems(json, input.problems());
        RunJson.metadata(json, input.metadata());
        json.field("duration_ns", input.durationNs())
                .field("events", input.events())
                .object("events_by_kind");
        for (Map.Entry<String, Long> kind : input.eventsByKind().entrySet()) {
            json.field(kind.getKey(), kind.getValue());
        }
        json.endObject().endObject();
    }

    private static void problems(JsonOutput json, Problems problems) {
        json.object("problems")
                .field("unknown_code_events", problems.strayEvents())
                .field("unknown_line_events", problems.strayLines())
                .field("uncounted_line_events", problems.droppedLines())
                .field("unbalanced_frames", problems.unbalanced())
                .field("too_deep_frames", problems.tooDeep())
                .field("impossible_times", problems.oddTimes())
                .field("malformed_line_tables", problems.malformedTables())
                .endObject();
    }
}
