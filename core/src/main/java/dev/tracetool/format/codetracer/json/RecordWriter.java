package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Writes the records that a run consists of, with the members that CodeTracer's own reader asks for. */
final class RecordWriter {
    /** The numbers of kinds of types: what None has, and what one has of which nobody knows the kind. */
    private static final int TYPE_NONE = 30;

    private static final int TYPE_RAW = 16;

    /** The number of a kind of event: an exception, whose message it holds. So the recorder for Ruby writes them. */
    private static final int EVENT_ERROR = 11;

    private final JsonRecordWriter to;
    private int types;
    private int typeOfNone = -1;

    RecordWriter(JsonRecordWriter to) {
        this.to = to;
    }

    private void open(RecordKind kind, long position) {
        to.begin(position);
        to.startObject();
        to.name(kind.label());
    }

    private void openObject(RecordKind kind, long position) {
        open(kind, position);
        to.startObject();
    }

    private void close() throws IOException {
        to.endObject();
        to.end();
    }

    private void closeObject() throws IOException {
        to.endObject();
        close();
    }

    private void number(String name, long number) {
        to.name(name);
        to.number(number);
    }

    void path(String path) throws IOException {
        open(RecordKind.PATH, 0);
        to.text(text(path));
        close();
    }

    void variableName(String name) throws IOException {
        open(RecordKind.VARIABLE_NAME, 0);
        to.text(text(name));
        close();
    }

    void function(int path, int line, String name) throws IOException {
        openObject(RecordKind.FUNCTION, 0);
        number("path_id", path);
        number("line", line);
        to.name("name");
        to.text(text(name));
        closeObject();
    }

    void step(int path, int line) throws IOException {
        openObject(RecordKind.STEP, 0);
        number("path_id", path);
        number("line", line);
        closeObject();
    }

    /** @param arguments an array of them, null if they are not known; those that cannot be had are left out, all of them */
    void call(int function, RecordVisitor.@Nullable Value arguments) throws IOException {
        openObject(RecordKind.CALL, arguments == null ? 0 : arguments.position());
        number("function_id", function);
        to.name("args");
        if (arguments == null) {
            to.startArray();
            to.endArray();
        } else {
            arguments.copy(to);
            if (to.retract()) {
                call(function, null);
                return;
            }
        }
        closeObject();
    }

    /**
     * A function is left.
     *
     * @param returned what it returned, null if that is not known: None stands for it, as for what cannot be had
     */
    void leave(RecordVisitor.@Nullable Value returned) throws IOException {
        int none = returned == null ? typeOfNone() : 0;
        openObject(RecordKind.RETURN, returned == null ? 0 : returned.position());
        to.name("return_value");
        if (returned == null) {
            to.startObject();
            to.name("kind");
            to.text("None");
            number("type_id", none);
            to.endObject();
        } else {
            returned.copy(to);
            if (to.retract()) {
                leave(null);
                return;
            }
        }
        closeObject();
    }

    /** An exception was raised. */
    void error(RecordVisitor.Value message) throws IOException {
        openObject(RecordKind.EVENT, message.position());
        number("kind", EVENT_ERROR);
        to.name("metadata");
        to.text("");
        to.name("content");
        message.copy(to);
        closeObject();
    }

    /** The id of the type of None, which is defined when it is first asked for. */
    int typeOfNone() throws IOException {
        if (typeOfNone < 0) {
            typeOfNone = types;
            type(TYPE_NONE, "None");
        }
        return typeOfNone;
    }

    /** A type of which only the name is known; it gets the next id. */
    void type(String name) throws IOException {
        type(TYPE_RAW, name);
    }

    private void type(int kind, String name) throws IOException {
        types++;
        openObject(RecordKind.TYPE, 0);
        number("kind", kind);
        to.name("lang_type");
        to.text(text(name));
        to.name("specific_info");
        to.startObject();
        to.name("kind");
        to.text("None");
        to.endObject();
        closeObject();
    }

    /** @param kind one of the three that have a thread */
    void thread(RecordKind kind, long id) throws IOException {
        open(kind, 0);
        to.number(id);
        close();
    }

    void end() throws IOException {
        to.finish();
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
