package dev.tracetool.format.codetracer.json;

import dev.tracetool.trace.TraceMetadata;
import java.io.ByteArrayOutputStream;
import java.util.List;
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

    static byte[] metadata(TraceMetadata metadata) {
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
            json.writeEndObject();
        });
    }

    private static String text(@org.jspecify.annotations.Nullable String value) {
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
