package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.Losses;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.RustFloat;
import dev.tracetool.trace.Damage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Writes records, with all that they hold, as elements of one JSON array, one a line. What is written is always a whole
 * array of whole records: a record waits in memory until its end.
 *
 * <p>A record that would be larger than {@value #MAX_RECORD} bytes, or nested deeper than a reader follows, is left out,
 * and is damage. Ids are places among the records of a kind: where one that defines an id is left out, another one stands
 * in its place, of the name {@code <unknown>}.
 */
final class JsonRecordWriter implements RecordTokens {
    /** 64 MiB. */
    static final int MAX_RECORD = 64 << 20;

    /** As {@link JsonTraceReader} reads them, the array of all records included. */
    static final int MAX_DEPTH = JsonTraceReader.MAX_DEPTH - 1;

    /** The number of the kind of type that raw values have. */
    private static final int TYPE_RAW = 16;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII) // names are hostile, and a lone surrogate is no UTF-8
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(JsonTraceReader.MAX_DEPTH)
                    .build())
            .rootValueSeparator("")
            .build();

    private final OutputStream out;
    private final Damage damage;
    private final Losses losses = new Losses();
    private final RecordBuffer buffer;
    private final int maxRecord;
    private @Nullable JsonGenerator generator;

    /** Why the record cannot be had, if so. */
    private @Nullable String spoilt;

    private @Nullable RecordKind kind;

    /** Of all records that define one, by id. */
    private final List<String> paths = new ArrayList<>();

    private String path = RecordSink.NO_NAME;
    private boolean began;
    private boolean open;
    private boolean named;
    private boolean afterFloat;
    private long position;
    private long records;
    private long written;
    private int depth;

    /**
     * @param out not closed
     * @param damage to which is added what cannot be written
     */
    JsonRecordWriter(OutputStream out, Damage damage) {
        this(out, damage, MAX_RECORD);
    }

    JsonRecordWriter(OutputStream out, Damage damage, int maxRecord) {
        this.out = out;
        this.damage = damage;
        this.maxRecord = maxRecord;
        this.buffer = new RecordBuffer(maxRecord);
    }

    Losses losses() {
        return losses;
    }

    /** All paths that were defined, by id. */
    List<String> paths() {
        return paths;
    }

    /** Ends the array; a record that has no end is not in it. */
    void finish() throws IOException {
        startArrayOnce();
        out.write("\n]\n".getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private void startArrayOnce() throws IOException {
        if (!began) {
            began = true;
            out.write('[');
        }
    }

    @Override
    public void begin(long at) {
        if (open) {
            generator = null; // it stands within the record before
        }
        buffer.clear();
        open = true;
        named = false;
        kind = null;
        spoilt = null;
        path = RecordSink.NO_NAME;
        afterFloat = false;
        position = at;
        depth = 0;
        records++;
    }

    @Override
    public void end() throws IOException {
        json().flush();
        if (!wanted()) {
            damage.add(position, "record " + records + ": " + spoilt, 0, 0, 0);
            generator = null;
            buffer.clear();
            if (!placeholder()) {
                open = false;
                return;
            }
            json().flush();
        }
        startArrayOnce();
        if (written++ > 0) {
            out.write(',');
        }
        out.write('\n');
        buffer.writeTo(out);
        open = false;
        if (kind == RecordKind.PATH) {
            paths.add(spoilt == null ? path : RecordSink.NO_NAME);
        }
    }

    /**
     * Forgets the record if it cannot be had, which is damage, so that another one can be put in its place.
     *
     * @return whether it did
     */
    boolean retract() {
        if (wanted()) {
            return false;
        }
        damage.add(position, "record " + records + ": " + spoilt, 0, 0, 0);
        generator = null;
        open = false;
        records--;
        return true;
    }

    /** Keeps the place of a record that defines an id. */
    private boolean placeholder() {
        if (kind == null) {
            return false;
        }
        JsonGenerator json = json();
        switch (kind) {
            case PATH, VARIABLE_NAME -> {
                json.writeStartObject();
                json.writeStringProperty(kind.label(), RecordSink.NO_NAME);
                json.writeEndObject();
                return true;
            }
            case FUNCTION -> {
                json.writeStartObject();
                json.writeObjectPropertyStart(kind.label());
                json.writeNumberProperty("path_id", 0);
                json.writeNumberProperty("line", -1);
                json.writeStringProperty("name", RecordSink.NO_NAME);
                json.writeEndObject();
                json.writeEndObject();
                return true;
            }
            case TYPE -> {
                json.writeStartObject();
                json.writeObjectPropertyStart(kind.label());
                json.writeNumberProperty("kind", TYPE_RAW);
                json.writeStringProperty("lang_type", RecordSink.NO_NAME);
                json.writeObjectPropertyStart("specific_info");
                json.writeStringProperty("kind", "None");
                json.writeEndObject();
                json.writeEndObject();
                json.writeEndObject();
                return true;
            }
            default -> {
                return false;
            }
        }
    }

    @Override
    public void spoil(String message) {
        if (spoilt == null) {
            spoilt = message;
        }
    }

    @Override
    public void lose(String noun, String note) {
        losses.add(noun, note, 1);
    }

    private JsonGenerator json() {
        JsonGenerator json = generator;
        if (json == null) {
            json = JSON.createGenerator(ObjectWriteContext.empty(), buffer, JsonEncoding.UTF8);
            generator = json;
        }
        return json;
    }

    @Override
    public boolean wanted() {
        if (buffer.isFull()) {
            spoil("expected a record of at most " + maxRecord + " bytes of JSON, found a larger one");
        }
        return spoilt == null;
    }

    /** Whether to write on; what was left out at some depth cannot be nested soundly. */
    private boolean sound() {
        return spoilt == null;
    }

    private boolean deeper() {
        if (++depth > MAX_DEPTH) {
            spoil("expected values nested at most " + MAX_DEPTH + " deep, found more");
        }
        return sound();
    }

    @Override
    public void startObject() {
        if (deeper()) {
            json().writeStartObject();
        }
    }

    @Override
    public void endObject() {
        afterFloat = false;
        depth--;
        if (sound()) {
            json().writeEndObject();
        }
    }

    @Override
    public void startArray() {
        afterFloat = false;
        if (deeper()) {
            json().writeStartArray();
        }
    }

    @Override
    public void endArray() {
        afterFloat = false;
        depth--;
        if (sound()) {
            json().writeEndArray();
        }
    }

    @Override
    public void name(String name) {
        if (!named && depth == 1) {
            named = true;
            kind = RecordKind.labelled(name);
        }
        afterFloat = name.equals("f");
        if (sound()) {
            json().writeName(name);
        }
    }

    private boolean isPath(int length) {
        return kind == RecordKind.PATH && depth == 1 && length <= MAX_MEMBER;
    }

    @Override
    public void text(String text) {
        if (isPath(text.length())) {
            path = text;
        }
        if (sound()) {
            json().writeString(text);
        }
    }

    @Override
    public void text(char[] text, int offset, int length) {
        if (isPath(length)) {
            path = new String(text, offset, length);
        }
        if (sound()) {
            json().writeString(text, offset, length);
        }
    }

    @Override
    public void text(Reader text) throws IOException {
        try {
            if (sound()) {
                json().writeString(text, -1);
            } else {
                text.transferTo(Writer.nullWriter());
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void bytes(InputStream bytes) throws IOException {
        try {
            if (sound()) {
                json().writeBinary(bytes, -1);
            } else {
                bytes.transferTo(OutputStream.nullOutputStream());
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public void number(long number) {
        if (sound()) {
            json().writeNumber(number);
        }
    }

    @Override
    public void number(String digits) {
        if (sound()) {
            json().writeNumber(digits);
        }
    }

    /** The member {@code f} of a value holds such numbers as texts, as CodeTracer's own writer has them. */
    @Override
    public void real(double number) {
        boolean ofFloat = afterFloat;
        afterFloat = false;
        if (Double.isFinite(number)) {
            if (sound()) {
                json().writeNumber(number);
            }
        } else if (ofFloat) {
            text(RustFloat.text(number));
        } else {
            lose("non-finite number", "written as null");
            none();
        }
    }

    @Override
    public void bool(boolean value) {
        if (sound()) {
            json().writeBoolean(value);
        }
    }

    @Override
    public void none() {
        if (sound()) {
            json().writeNull();
        }
    }
}
