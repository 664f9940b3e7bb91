package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.codetracer.JsonErrors;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordReader;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.input.TraceInput;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;

/**
 * Reads a {@code trace.json}: an array of objects of one member, from the name of a kind of record to what it holds, or of
 * the name alone for {@code DropLastStep}, which holds nothing. What is not wanted, values above all, is skipped without
 * being built, so that it does not matter in which of their spellings values are.
 *
 * <p>A record is passed on only when all of it is there: of a cut number, another number is left.
 */
final class JsonTraceReader implements RecordReader {
    /** Deeper values are refused. */
    static final int MAX_DEPTH = 10_000;

    /** A name that is longer would be too long for a record too; {@code NaN} is what Python's json makes of it. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxStringLength(16 << 20)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final TraceInput input;
    private InputStream in;
    private JsonParser json;

    /** Position in the file of what the parser counts from. */
    private long base;

    private long position;

    // The members of the record that is being read.
    private long pathId;
    private long line;
    private long functionId;
    private String name = "";

    private JsonTraceReader(TraceInput input, InputStream in) {
        this.input = input;
        this.in = in;
        this.json = JSON.createParser(ObjectReadContext.empty(), in);
    }

    static JsonTraceReader open(TraceInput input) throws IOException {
        InputStream in = input.stream();
        try {
            return new JsonTraceReader(input, in);
        } catch (RuntimeException e) {
            in.close();
            throw e;
        }
    }

    @Override
    public long position() {
        return position;
    }

    private interface Element {
        void read(JsonToken first) throws IOException;
    }

    @Override
    public boolean read(RecordSink sink) throws IOException, MalformedRecordException {
        return elements(token -> element(token, sink));
    }

    /** What is skipped can be of any length, what is copied cannot: such a record is gone to again, to be skipped. */
    @Override
    public boolean copy(RecordTokens to, boolean bounded) throws IOException, MalformedRecordException {
        CopiedElement element = new CopiedElement(to);
        while (true) {
            try {
                return elements(element);
            } catch (TooLongException e) {
                goTo(position);
                element.tooLong = e.message;
            }
        }
    }

    /** The parser cannot go on within a text that is too long. */
    private static final class TooLongException extends IOException {
        private static final long serialVersionUID = 1L;

        final String message;

        TooLongException(String message) {
            this.message = message;
        }
    }

    private final class CopiedElement implements Element {
        private final RecordTokens to;

        /** What is wrong with the element that comes, whose record has begun; null if nothing is yet. */
        private @Nullable String tooLong;

        CopiedElement(RecordTokens to) {
            this.to = to;
        }

        @Override
        public void read(JsonToken first) throws IOException {
            String message = tooLong;
            if (message != null) {
                tooLong = null;
                json.skipChildren();
                to.spoil(message);
                to.end();
                return;
            }
            to.begin(position);
            try {
                JsonTokens.copy(json, first, to);
            } catch (StreamConstraintsException e) {
                throw new TooLongException(JsonErrors.message(e));
            }
            to.end();
        }
    }

    /** Goes on at an element, as if it was the first of an array. */
    private void goTo(long element) throws IOException {
        close();
        in = input.stream();
        in.skipNBytes(element);
        base = element - 1;
        json = JSON.createParser(
                ObjectReadContext.empty(), new SequenceInputStream(new ByteArrayInputStream(new byte[] {'['}), in));
    }

    private boolean elements(Element element) throws IOException, MalformedRecordException {
        try {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedRecordException(0, "expected an array of records, found something else");
            }
            for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                if (token == null) {
                    throw cut("expected the end of the array, found the end of the file");
                }
                position = base + json.currentTokenLocation().getByteOffset();
                element.read(token);
            }
            if (json.nextToken() != null) {
                throw cut("expected the end of the file after the array, found more");
            }
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new MalformedRecordException(base + JsonErrors.position(e, position - base), JsonErrors.message(e));
        }
        return true;
    }

    private MalformedRecordException cut(String message) {
        return new MalformedRecordException(
                base + Math.max(0, json.currentLocation().getByteOffset()), message);
    }

    private void element(JsonToken token, RecordSink sink) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            if (json.getString().equals(RecordKind.DROP_LAST_STEP.label())) {
                sink.dropLastStep();
            } else {
                sink.unknown("another text");
            }
            return;
        }
        String label = token == JsonToken.START_OBJECT ? json.nextName() : null;
        if (label == null) {
            json.skipChildren();
            sink.unknown("another value than an object with the name of one");
            return;
        }
        RecordKind kind = RecordKind.labelled(label);
        content(kind, json.nextToken());
        boolean more = false;
        while (json.nextToken() != JsonToken.END_OBJECT) {
            json.nextToken();
            json.skipChildren();
            more = true;
        }
        if (kind == null || more) {
            sink.unknown(kind == null ? "'" + label + "'" : "an object of several members");
        } else {
            passOn(kind, sink);
        }
    }

    private void content(@Nullable RecordKind kind, JsonToken token) {
        if (kind == null) {
            json.skipChildren();
            return;
        }
        switch (kind) {
            case STEP, FUNCTION, CALL -> members(token);
            case PATH -> name = text(token);
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> line = number(token);
            default -> json.skipChildren();
        }
    }

    private void members(JsonToken token) {
        pathId = RecordSink.NO_NUMBER;
        line = RecordSink.NO_NUMBER;
        functionId = RecordSink.NO_NUMBER;
        name = RecordSink.NO_NAME;
        if (token != JsonToken.START_OBJECT) {
            json.skipChildren();
            return;
        }
        for (String member = json.nextName(); member != null; member = json.nextName()) {
            JsonToken value = json.nextToken();
            switch (member) {
                case "path_id" -> pathId = number(value);
                case "line" -> line = number(value);
                case "name" -> name = text(value);
                case "function_id" -> functionId = number(value);
                default -> json.skipChildren();
            }
        }
    }

    private long number(JsonToken token) {
        if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return json.getLongValue();
        }
        json.skipChildren();
        return RecordSink.NO_NUMBER;
    }

    private String text(JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            json.skipChildren();
            return RecordSink.NO_NAME;
        }
        String text = json.getString();
        boolean canBeLong = text.length() > RecordSink.MAX_NAME / 3; // a character takes at most three bytes
        boolean isLong = canBeLong && text.getBytes(StandardCharsets.UTF_8).length > RecordSink.MAX_NAME;
        return isLong ? RecordSink.NO_NAME : text;
    }

    private void passOn(RecordKind kind, RecordSink sink) throws IOException {
        switch (kind) {
            case STEP -> sink.step(pathId, line);
            case PATH -> sink.path(name);
            case FUNCTION -> sink.function(pathId, line, name);
            case CALL -> sink.call(functionId);
            case RETURN -> sink.leave();
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> sink.thread(kind, line);
            case DROP_LAST_STEP -> sink.dropLastStep();
            default -> sink.other(kind);
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
        in.close();
    }
}
