package dev.tracetool.format.nativetrace;

import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/** Writes the JSON of H, M and X blocks. */
final class MetadataWriter {
    private MetadataWriter() {}

    static byte[] write(TraceMetadata metadata) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = generator(bytes)) {
            json.writeStartObject();
            text(json, "recorder", metadata.recorder());
            text(json, "python", metadata.python());
            text(json, "implementation", metadata.implementation());
            text(json, "executable", metadata.executable());
            text(json, "platform", metadata.platform());
            text(json, "host", metadata.host());
            texts(json, "argv", metadata.argv());
            text(json, "cwd", metadata.cwd());
            number(json, "pid", metadata.pid());
            number(json, "parent_pid", metadata.parentPid());
            text(json, "parent_trace", metadata.parentTrace());
            text(json, "started_at", metadata.startedAt());
            text(json, "mode", metadata.mode());
            texts(json, "events", metadata.events());
            texts(json, "once", metadata.once());
            json.writeBooleanProperty("line_times", metadata.lineTimes());
            TraceMetadata.@Nullable Scope scope = metadata.scope();
            if (scope != null) {
                json.writeObjectPropertyStart("scope");
                json.writeBooleanProperty("all", scope.all());
                texts(json, "include", scope.include());
                texts(json, "exclude", scope.exclude());
                json.writeEndObject();
            }
            json.writeObjectPropertyStart("clock");
            json.writeNumberProperty("start", metadata.clockStart());
            json.writeEndObject();
            text(json, "line_table", metadata.lineTableFormat().label());
            json.writeArrayPropertyStart("kinds");
            for (KindTable.Kind kind : metadata.kinds().kinds()) {
                json.writeStartObject();
                json.writeStringProperty("name", kind.name());
                texts(json, "args", arguments(kind));
                json.writeBooleanProperty("timed", kind.timed());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static List<String> arguments(KindTable.Kind kind) {
        return switch (kind.arguments()) {
            case 0 -> List.of();
            case 1 -> List.of(kind.kind() == EventKind.LINE ? "line" : "offset");
            default -> List.of("offset", "destination");
        };
    }

    static byte[] write(TraceMark mark) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = generator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("mark", mark.kind());
            for (Map.Entry<String, String> entry : mark.values().entrySet()) {
                json.writeStringProperty(entry.getKey(), entry.getValue());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    static byte[] failure(String message) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = generator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("message", message);
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static JsonGenerator generator(ByteArrayOutputStream bytes) {
        return MetadataJson.JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8);
    }

    private static void text(JsonGenerator json, String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, value);
        }
    }

    private static void number(JsonGenerator json, String name, @Nullable Long value) {
        if (value != null) {
            json.writeNumberProperty(name, value);
        }
    }

    private static void texts(JsonGenerator json, String name, List<String> values) {
        json.writeArrayPropertyStart(name);
        values.forEach(json::writeString);
        json.writeEndArray();
    }
}
