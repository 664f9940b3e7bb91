package dev.tracetool.format.codetracer.json;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** Writes records as elements of one JSON array, one a line, with the members that CodeTracer's own reader asks for. */
final class RecordWriter {
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // names are hostile, and a lone surrogate is no UTF-8
            .build();

    /** The number of the kind of type that None has. */
    private static final int TYPE_NONE = 30;

    private final JsonGenerator json;

    RecordWriter(OutputStream out) {
        json = JSON.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
    }

    private interface Step {
        void run();
    }

    /** Errors of the stream beneath as what they are. */
    private static void run(Step step) throws IOException {
        try {
            step.run();
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    void begin() throws IOException {
        run(json::writeStartArray);
    }

    private void open(String record) {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeObjectPropertyStart(record);
    }

    private void close() {
        json.writeEndObject();
        json.writeEndObject();
    }

    private void single(String record, Step value) throws IOException {
        run(() -> {
            json.writeRaw('\n');
            json.writeStartObject();
            json.writeName(record);
            value.run();
            json.writeEndObject();
        });
    }

    void path(String path) throws IOException {
        single("Path", () -> json.writeString(text(path)));
    }

    void function(int path, int line, String name) throws IOException {
        run(() -> {
            open("Function");
            json.writeNumberProperty("path_id", path);
            json.writeNumberProperty("line", line);
            json.writeStringProperty("name", text(name));
            close();
        });
    }

    void step(int path, int line) throws IOException {
        run(() -> {
            open("Step");
            json.writeNumberProperty("path_id", path);
            json.writeNumberProperty("line", line);
            close();
        });
    }

    void call(int function) throws IOException {
        run(() -> {
            open("Call");
            json.writeNumberProperty("function_id", function);
            json.writeArrayPropertyStart("args");
            json.writeEndArray();
            close();
        });
    }

    /** What was returned is not known: None stands for it. */
    void leave() throws IOException {
        run(() -> {
            open("Return");
            json.writeObjectPropertyStart("return_value");
            json.writeStringProperty("kind", "None");
            json.writeNumberProperty("type_id", 0);
            json.writeEndObject();
            close();
        });
    }

    /** The type of None, which gets the next id. */
    void typeOfNone() throws IOException {
        run(() -> {
            open("Type");
            json.writeNumberProperty("kind", TYPE_NONE);
            json.writeStringProperty("lang_type", "None");
            json.writeObjectPropertyStart("specific_info");
            json.writeStringProperty("kind", "None");
            json.writeEndObject();
            close();
        });
    }

    void threadStart(long id) throws IOException {
        single("ThreadStart", () -> json.writeNumber(id));
    }

    void threadSwitch(long id) throws IOException {
        single("ThreadSwitch", () -> json.writeNumber(id));
    }

    void end() throws IOException {
        run(() -> {
            json.writeRaw('\n');
            json.writeEndArray();
            json.writeRaw('\n');
            json.close();
        });
    }

    /** A text that UTF-8 can hold: half a surrogate pair becomes a question mark. */
    static String text(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            }
        }
        return text;
    }
}
