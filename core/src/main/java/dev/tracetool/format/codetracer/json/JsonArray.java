package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.JsonErrors;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.input.TraceInput;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
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
 * Goes through the elements of the one array of a file. The parser cannot go on within a text or a number that is too
 * long for it: then it begins anew behind the element.
 */
final class JsonArray implements Closeable {
    /** Characters of a text or a number that are held. What is skipped can be longer, if it is a text. */
    private static final int MAX_LENGTH = 16 << 20;

    /** Names of members are kept, so that many long ones take memory. Records have none of more than 15. */
    private static final int MAX_NAME = 256;

    /** A name that is longer would be too long for a record too; {@code NaN} is what Python's json makes of it. */
    static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(JsonTraceReader.MAX_DEPTH)
                    .maxStringLength(MAX_LENGTH)
                    .maxNumberLength(MAX_LENGTH)
                    .maxNameLength(MAX_NAME)
                    .build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private static final int BUFFER = 1 << 16;

    /** Stands for the elements before the one that a parser begins at, so that it expects a comma, or the end. */
    private static final byte[] BEFORE = "[\"\"".getBytes(StandardCharsets.US_ASCII);

    private final TraceInput input;
    private InputStream in;
    private JsonParser json;

    /** Position in the file of what the parser counts from. */
    private long base;

    private long position;
    private boolean resumed;

    private JsonArray(TraceInput input, InputStream in) {
        this.input = input;
        this.in = in;
        this.json = JSON.createParser(ObjectReadContext.empty(), in);
    }

    static JsonArray open(TraceInput input) throws IOException {
        InputStream in = input.stream();
        try {
            return new JsonArray(input, in);
        } catch (RuntimeException e) {
            in.close();
            throw e;
        }
    }

    /** What is done with each element. */
    interface Element {
        /**
         * Reads an element, and passes it on if it is whole.
         *
         * @param first of its tokens, at which the parser is
         * @return the token behind it; null if the parser has yet to go there
         */
        @Nullable
        JsonToken read(JsonParser json, JsonToken first) throws IOException;

        /** The element that was begun last is whole, but cannot be read: something in it is too long. */
        void lost(String message) throws IOException;
    }

    /** Where the element begins that is being read: a byte position in the file. */
    long position() {
        return position;
    }

    /** Goes through all elements, once. */
    void read(Element element) throws IOException, MalformedRecordException {
        for (String tooLong = readOn(element); tooLong != null; tooLong = readOn(element)) {
            goBehindElement();
            element.lost(tooLong);
        }
    }

    /** @return null at the end of the file, else what is wrong with the element that has something too long */
    private @Nullable String readOn(Element element) throws IOException, MalformedRecordException {
        try {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new MalformedRecordException(0, "expected an array of records, found something else");
            }
            JsonToken token = json.nextToken();
            if (resumed) {
                token = json.nextToken();
            }
            while (token != JsonToken.END_ARRAY) {
                if (token == null) {
                    throw new IllegalStateException("the parser reports an end within an array by an exception");
                }
                position = base + json.currentTokenLocation().getByteOffset();
                try {
                    token = element.read(json, token);
                } catch (StreamConstraintsException e) {
                    if (JsonErrors.isTooLong(e)) {
                        return JsonErrors.message(e);
                    }
                    throw e;
                }
                if (token == null) {
                    token = json.nextToken();
                }
            }
            expectEnd();
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw new MalformedRecordException(base + JsonErrors.position(e, position - base), JsonErrors.message(e));
        }
        return null;
    }

    private void goBehindElement() throws IOException, MalformedRecordException {
        close();
        in = new BufferedInputStream(input.stream(), BUFFER);
        in.skipNBytes(position);
        long size = JsonValueEnd.skip(in);
        if (size < 0) {
            throw new MalformedRecordException(input.size(), JsonErrors.CUT_OFF);
        }
        base = position + size - BEFORE.length;
        resumed = true;
        json = JSON.createParser(
                ObjectReadContext.empty(), new SequenceInputStream(new ByteArrayInputStream(BEFORE), in));
    }

    /**
     * All records are there: what comes behind them is damage, and the trace whole all the same. A zero is damage as all else
     * is: no recorder is known to make room before it writes, and a file system can leave some in a file after a crash.
     */
    private void expectEnd() throws IOException, MalformedRecordException {
        long at = base + json.currentLocation().getByteOffset();
        ByteArrayOutputStream buffered = new ByteArrayOutputStream();
        json.releaseBuffered(buffered);
        InputStream rest = new BufferedInputStream(
                new SequenceInputStream(new ByteArrayInputStream(buffered.toByteArray()), in), BUFFER);
        for (int c = rest.read(); c >= 0; c = rest.read()) {
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                throw MalformedRecordException.behindEnd(
                        at, "expected the end of the file, found " + JsonErrors.describeByte(c));
            }
            at++;
        }
    }

    @Override
    public void close() throws IOException {
        json.close();
        in.close();
    }
}
