package dev.tracetool.format.codetracer;

import dev.tracetool.format.JsonErrors;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what the files beside a trace are made of. A value of another type than expected is as good as none, and noted; null
 * is none, and nothing to note. Of a name that an object has twice the first value counts.
 */
public final class SidecarJson {
    private static final JsonFactory JSON = new JsonFactory();

    /** Names of an object that are compared with each other. */
    private static final int MAX_NAMES = 1000;

    private static final int MAX_NOTES = 100;

    /** As many as a trace may have functions. */
    private static final int MAX_PATHS = 1 << 20;

    private final JsonParser json;
    private final List<MalformedRecordException> wrong = new ArrayList<>();

    private SidecarJson(JsonParser json) {
        this.json = json;
    }

    /** What is done with the value of each name: it reads all of it, or nothing. */
    interface Member {
        void read(String name) throws MalformedRecordException;
    }

    /** What is done with each element of an array. */
    interface Element {
        void read() throws MalformedRecordException;
    }

    /** What is done with a file. */
    public interface Content {
        void read(SidecarJson json) throws MalformedRecordException;
    }

    /**
     * Reads a file, as far as that can be done.
     *
     * @return what is wrong with it
     */
    public static List<MalformedRecordException> read(byte[] bytes, Content content) {
        int other = Utf8.otherEncoding(bytes);
        if (other >= 0) {
            return List.of(Utf8.failure(bytes, other));
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes)) {
            SidecarJson json = new SidecarJson(parser);
            try {
                parser.nextToken();
                content.read(json);
                json.end();
            } catch (MalformedRecordException e) {
                json.wrong.add(e);
            } catch (JacksonException e) {
                int invalid = JsonErrors.isUtf8(e) ? Utf8.invalid(bytes) : -1;
                json.wrong.add(
                        invalid >= 0
                                ? Utf8.failure(bytes, invalid)
                                : new MalformedRecordException(JsonErrors.position(e, 0), JsonErrors.message(e)));
            }
            return json.wrong;
        }
    }

    private void end() throws MalformedRecordException {
        long from = json.currentLocation().getByteOffset();
        boolean more;
        try {
            more = json.nextToken() != null;
        } catch (JacksonException e) {
            more = true;
        }
        if (more) {
            throw new MalformedRecordException(from, "expected the end of the file, found more");
        }
    }

    private void expected(String what) {
        expected(what, JsonErrors.describe(json.currentToken()));
    }

    private void expected(String what, String found) {
        if (wrong.size() < MAX_NOTES) {
            wrong.add(failure(what, found));
        }
    }

    /** At the value that is being read. */
    MalformedRecordException failure(String what, String found) {
        long at = Math.max(0, json.currentTokenLocation().getByteOffset()); // negative before the first token
        return new MalformedRecordException(at, "expected " + what + ", found " + found);
    }

    /** Whether the value is of the type; another one is passed over. */
    private boolean is(JsonToken type, String what) {
        if (json.currentToken() == type) {
            return true;
        }
        if (json.currentToken() != JsonToken.VALUE_NULL) {
            expected(what);
        }
        json.skipChildren();
        return false;
    }

    /** Goes through an object. @return whether it is one */
    boolean object(String what, Member member) throws MalformedRecordException {
        if (!is(JsonToken.START_OBJECT, what)) {
            return false;
        }
        Set<String> names = new HashSet<>();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            if (names.size() < MAX_NAMES && !names.add(name)) {
                expected("each name of an object once", "one again");
                json.nextToken();
                json.skipChildren();
            } else {
                json.nextToken();
                member.read(name);
            }
        }
        return true;
    }

    /** Goes through an array, up to a number of elements; those behind it are passed over. */
    void array(String what, int most, Element element) throws MalformedRecordException {
        if (!is(JsonToken.START_ARRAY, what)) {
            return;
        }
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (count == most) {
                expected("at most " + most + " elements of " + what, "more");
            }
            if (count++ < most) {
                element.read();
            } else {
                json.skipChildren();
            }
        }
    }

    boolean isObject() {
        return json.currentToken() == JsonToken.START_OBJECT;
    }

    void skip() {
        json.skipChildren();
    }

    @Nullable
    String text() {
        return is(JsonToken.VALUE_STRING, "a text") ? json.getString() : null;
    }

    @Nullable
    Long number() {
        if (!is(JsonToken.VALUE_NUMBER_INT, "a whole number")) {
            return null;
        }
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            expected("a number of at most 64 bits", "a larger one");
            return null;
        }
        return json.getLongValue();
    }

    /** The paths of a trace by their ids, as they stand beside it. */
    public List<String> paths() throws MalformedRecordException {
        return texts("an array of paths", MAX_PATHS);
    }

    /** The texts of an array, an empty one in place of anything else, so that each keeps its place. */
    List<String> texts(String what, int most) throws MalformedRecordException {
        List<String> texts = new ArrayList<>();
        array(what, most, () -> {
            String text = text();
            texts.add(text == null ? "" : text);
        });
        return texts;
    }
}
