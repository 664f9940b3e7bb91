package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.JsonErrors;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.RecordReader;
import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.input.TraceInput;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads a {@code trace.json}: an array of objects of one member, from the name of a kind of record to what it holds, or of
 * the name alone for {@code DropLastStep}, which holds nothing. What is not wanted, values above all, is skipped without
 * being built, so that it does not matter in which of their spellings values are.
 *
 * <p>A record is passed on only when all of it is there: of a cut number, another number is left. One of which nobody
 * knows what it says, because a member stands twice in it or is too long to be held, is passed on as wrong, without
 * anything that it holds, so that it keeps its id.
 */
final class JsonTraceReader implements RecordReader {
    /** Deeper values are refused. */
    static final int MAX_DEPTH = 10_000;

    private final JsonArray array;

    private JsonTraceReader(JsonArray array) {
        this.array = array;
    }

    static JsonTraceReader open(TraceInput input) throws IOException {
        return new JsonTraceReader(JsonArray.open(input));
    }

    @Override
    public long position() {
        return array.position();
    }

    @Override
    public boolean read(RecordSink sink) throws IOException, MalformedRecordException {
        array.read(new ReadElement(sink));
        return true;
    }

    @Override
    public boolean copy(RecordTokens to, boolean bounded) throws IOException, MalformedRecordException {
        array.read(new CopiedElement(to));
        return true;
    }

    @Override
    public void close() throws IOException {
        array.close();
    }

    /** A number ends where something else begins: at the end of a file it may be a part of one. */
    private static @Nullable JsonToken behindNumber(JsonParser json, JsonToken first) {
        return first.isNumeric() ? json.nextToken() : null;
    }

    private final class CopiedElement implements JsonArray.Element {
        private final RecordTokens to;
        private final JsonTokens tokens;

        CopiedElement(RecordTokens to) {
            this.to = to;
            this.tokens = new JsonTokens(to);
        }

        @Override
        public @Nullable JsonToken read(JsonParser json, JsonToken first) throws IOException {
            to.begin(position());
            tokens.copy(json, first);
            JsonToken next = behindNumber(json, first);
            to.end();
            return next;
        }

        @Override
        public void lost(String message) throws IOException {
            to.spoil(message);
            to.end();
        }
    }

    private static final class ReadElement implements JsonArray.Element {
        /** Digits of the greatest number of 64 bits. */
        private static final int MAX_ID = 20;

        private final RecordSink sink;
        private final MemberNames names = new MemberNames();

        // The members of the record that is being read.
        private @Nullable RecordKind kind;
        private long pathId;
        private long line;
        private long functionId;
        private String name = "";

        ReadElement(RecordSink sink) {
            this.sink = sink;
        }

        @Override
        public @Nullable JsonToken read(JsonParser json, JsonToken first) throws IOException {
            kind = null;
            if (first == JsonToken.VALUE_STRING) {
                if (json.getString().equals(RecordKind.DROP_LAST_STEP.label())) {
                    sink.dropLastStep();
                } else {
                    sink.unknown("another text");
                }
                return null;
            }
            String label = first == JsonToken.START_OBJECT ? json.nextName() : null;
            if (label == null) {
                json.skipChildren();
                JsonToken next = behindNumber(json, first);
                sink.unknown("another value than an object with the name of one");
                return next;
            }
            kind = RecordKind.labelled(label);
            String wrong = content(json, json.nextToken());
            boolean more = false;
            while (json.nextToken() != JsonToken.END_OBJECT) {
                json.nextToken();
                json.skipChildren();
                more = true;
            }
            if (more) {
                sink.unknown("an object of several members");
            } else if (kind == null) {
                sink.unknown("'" + label + "'");
            } else {
                if (wrong != null) {
                    sink.wrong(wrong);
                }
                passOn(kind);
            }
            return null;
        }

        @Override
        public void lost(String message) throws IOException {
            sink.wrong(message);
            clear();
            if (kind == null) {
                sink.unknown("one that cannot be read");
            } else {
                passOn(kind);
            }
        }

        private void clear() {
            pathId = RecordSink.NO_NUMBER;
            line = RecordSink.NO_NUMBER;
            functionId = RecordSink.NO_NUMBER;
            name = RecordSink.NO_NAME;
        }

        /** @return what is wrong with it, or null; then only what is sound of it is kept */
        private @Nullable String content(JsonParser json, JsonToken token) {
            if (kind == null) {
                json.skipChildren();
                return null;
            }
            return switch (kind) {
                case STEP, FUNCTION, CALL -> members(json, token);
                case PATH -> {
                    name = text(json, token);
                    yield token == JsonToken.VALUE_STRING ? null : notText(kind, token);
                }
                case VARIABLE_NAME, VARIABLE -> {
                    json.skipChildren();
                    yield token == JsonToken.VALUE_STRING ? null : notText(kind, token);
                }
                case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> {
                    line = RecordSink.NO_NUMBER;
                    yield threadId(json, token);
                }
                default -> {
                    json.skipChildren();
                    yield null;
                }
            };
        }

        /** Reads a number of 64 bits without a sign into {@link #line}: to the system, an id of a thread can be an address. */
        private @Nullable String threadId(JsonParser json, JsonToken token) {
            if (token != JsonToken.VALUE_NUMBER_INT) {
                json.skipChildren();
                return "expected the id of a thread, found " + JsonErrors.describe(token);
            }
            boolean isShort = json.getStringLength() <= MAX_ID; // or it takes long to make a number of it
            BigInteger id = isShort ? json.getBigIntegerValue() : BigInteger.ONE.negate();
            if (id.signum() < 0 || id.bitLength() > Long.SIZE) {
                return "expected the id of a thread, found " + (isShort ? id : "a number of more than 64 bits");
            }
            line = id.longValue();
            return null;
        }

        private static String notText(RecordKind kind, JsonToken found) {
            return "expected a text in '" + kind.label() + "', found " + JsonErrors.describe(found);
        }

        private @Nullable String members(JsonParser json, JsonToken token) {
            clear();
            if (token != JsonToken.START_OBJECT) {
                json.skipChildren();
                return null;
            }
            String again = null;
            @Nullable String nameless = "none";
            names.clear();
            for (String member = json.nextName(); member != null; member = json.nextName()) {
                JsonToken value = json.nextToken();
                if (names.isAgain(member) && again == null) {
                    again = MemberNames.again(member);
                }
                switch (member) {
                    case "path_id" -> pathId = number(json, value);
                    case "line" -> line = number(json, value);
                    case "name" -> {
                        name = text(json, value);
                        nameless = value == JsonToken.VALUE_STRING ? null : JsonErrors.describe(value);
                    }
                    case "function_id" -> functionId = number(json, value);
                    default -> json.skipChildren();
                }
            }
            if (again != null) {
                clear();
                return again;
            }
            return kind == RecordKind.FUNCTION && nameless != null ? "expected a name, found " + nameless : null;
        }

        private static long number(JsonParser json, JsonToken token) {
            if (token == JsonToken.VALUE_NUMBER_INT && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
                return json.getLongValue();
            }
            json.skipChildren();
            return RecordSink.NO_NUMBER;
        }

        private static String text(JsonParser json, JsonToken token) {
            if (token != JsonToken.VALUE_STRING) {
                json.skipChildren();
                return RecordSink.NO_NAME;
            }
            String text = json.getString();
            boolean canBeLong = text.length() > RecordSink.MAX_NAME / 3; // a character takes at most three bytes
            boolean isLong = canBeLong && text.getBytes(StandardCharsets.UTF_8).length > RecordSink.MAX_NAME;
            return isLong ? RecordSink.NO_NAME : text;
        }

        private void passOn(RecordKind of) throws IOException {
            switch (of) {
                case STEP -> sink.step(pathId, line);
                case PATH -> sink.path(name);
                case FUNCTION -> sink.function(pathId, line, name);
                case CALL -> sink.call(functionId);
                case RETURN -> sink.leave();
                case THREAD_START, THREAD_EXIT, THREAD_SWITCH -> sink.thread(of, line);
                case DROP_LAST_STEP -> sink.dropLastStep();
                default -> sink.other(of);
            }
        }
    }
}
