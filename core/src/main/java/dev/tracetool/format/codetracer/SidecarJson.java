package dev.tracetool.format.codetracer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What the files beside a trace are made of. Values of another type than expected are as good as none. */
final class SidecarJson {
    private static final JsonFactory JSON = new JsonFactory();

    private SidecarJson() {}

    static JsonParser parser(byte[] json) {
        return JSON.createParser(ObjectReadContext.empty(), json);
    }

    static List<String> paths(byte[] content) throws MalformedRecordException {
        try (JsonParser json = parser(content)) {
            expect(json.nextToken() == JsonToken.START_ARRAY, "a list of paths");
            return texts(json);
        }
    }

    static void expect(boolean holds, String what) throws MalformedRecordException {
        if (!holds) {
            throw new MalformedRecordException(0, "expected " + what + ", found another value");
        }
    }

    static @Nullable String text(JsonParser json) {
        String text = json.currentToken() == JsonToken.VALUE_STRING ? json.getString() : null;
        json.skipChildren();
        return text;
    }

    static @Nullable Long number(JsonParser json) {
        boolean fits = json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
        Long number = fits ? (Long) json.getLongValue() : null;
        json.skipChildren();
        return number;
    }

    /** The texts of an array, an empty one in place of anything else, so that each keeps its place. */
    static List<String> texts(JsonParser json) {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            json.skipChildren();
            return List.of();
        }
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            String text = text(json);
            texts.add(text == null ? "" : text);
        }
        return texts;
    }
}
