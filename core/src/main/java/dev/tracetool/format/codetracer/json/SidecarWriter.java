package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.codetracer.RunDetails;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.TraceMetadata;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes what stands beside a trace: the run, and the paths once more. */
final class SidecarWriter {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private SidecarWriter() {}

    private interface Content {
        void write(JsonGenerator json);
    }

    private static byte[] write(Content content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            content.write(json);
            json.writeRaw('\n');
        }
        return bytes.toByteArray();
    }

    /** @param details in which is what only CodeTracer's traces tell of their run, if it is one */
    static byte[] metadata(TraceMetadata metadata, List<DetailTable> details) {
        List<String> argv = metadata.argv();
        return write(json -> {
            json.writeStartObject();
            json.writeStringProperty("workdir", text(metadata.cwd()));
            json.writeStringProperty("program", argv.isEmpty() ? "" : RecordWriter.text(argv.get(0)));
            json.writeArrayPropertyStart("args");
            argv.stream().skip(1).forEach(word -> json.writeString(RecordWriter.text(word)));
            json.writeEndArray();
            String recorder = metadata.recorder();
            if (recorder != null) {
                int space = recorder.indexOf(' ');
                json.writeObjectPropertyStart("recorder");
                json.writeStringProperty(
                        "name", RecordWriter.text(space < 0 ? recorder : recorder.substring(0, space)));
                if (space >= 0) {
                    json.writeStringProperty("version", RecordWriter.text(recorder.substring(space + 1)));
                }
                json.writeEndObject();
            }
            for (DetailTable table : details) {
                if (table.name().equals(RunDetails.RECORDING)) {
                    recordingId(json, table);
                } else if (table.name().equals(RunDetails.EXIT_STATUS)) {
                    exitStatus(json, table);
                }
            }
            filters(json, details);
            json.writeEndObject();
        });
    }

    private static void recordingId(JsonGenerator json, DetailTable table) {
        for (List<@Nullable Object> row : table.rows()) {
            member(json, "recording_id", row.get(0));
        }
    }

    private static void exitStatus(JsonGenerator json, DetailTable table) {
        for (List<@Nullable Object> row : table.rows()) {
            json.writeObjectPropertyStart("process_exit_status");
            member(json, "code", row.get(0));
            member(json, "label", row.get(1));
            json.writeEndObject();
        }
    }

    private static void filters(JsonGenerator json, List<DetailTable> details) {
        DetailTable filters = table(details, RunDetails.FILTERS);
        DetailTable figures = table(details, RunDetails.LEFT_OUT);
        if (filters == null && figures == null) {
            return;
        }
        json.writeObjectPropertyStart("trace_filter");
        if (filters != null) {
            json.writeArrayPropertyStart("filters");
            for (List<@Nullable Object> row : filters.rows()) {
                json.writeStartObject();
                for (int i = 0; i < filters.columns().size(); i++) {
                    member(json, filters.columns().get(i), row.get(i));
                }
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (figures != null) {
            stats(json, figures);
        }
        json.writeEndObject();
    }

    /** Figures of one group, whose name stands in front of a dot, follow each other. */
    private static void stats(JsonGenerator json, DetailTable figures) {
        json.writeObjectPropertyStart("stats");
        String group = "";
        for (List<@Nullable Object> row : figures.rows()) {
            String what = String.valueOf(row.get(0));
            int dot = what.indexOf('.');
            String of = dot < 0 ? "" : what.substring(0, dot);
            if (!of.equals(group)) {
                if (!group.isEmpty()) {
                    json.writeEndObject();
                }
                if (!of.isEmpty()) {
                    json.writeObjectPropertyStart(RecordWriter.text(of));
                }
                group = of;
            }
            member(json, what.substring(dot + 1), row.get(1));
        }
        if (!group.isEmpty()) {
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static @Nullable DetailTable table(List<DetailTable> details, String name) {
        for (DetailTable table : details) {
            if (table.name().equals(name)) {
                return table;
            }
        }
        return null;
    }

    /** What is unknown is left out. */
    private static void member(JsonGenerator json, String name, @Nullable Object value) {
        if (value instanceof Long number) {
            json.writeNumberProperty(RecordWriter.text(name), number);
        } else if (value instanceof String text) {
            json.writeStringProperty(RecordWriter.text(name), RecordWriter.text(text));
        }
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : RecordWriter.text(value);
    }

    static byte[] paths(List<String> paths) {
        return write(json -> {
            json.writeStartArray();
            paths.forEach(path -> json.writeString(RecordWriter.text(path)));
            json.writeEndArray();
        });
    }
}
