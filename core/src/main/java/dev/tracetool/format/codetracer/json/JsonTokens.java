package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.codetracer.RecordTokens;
import java.io.IOException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Copies a value of JSON as it is: members in their order, those that nobody knows too, numbers digit by digit. */
final class JsonTokens {
    private JsonTokens() {}

    /**
     * Copies the value that the parser is at, which is afterwards at its end.
     *
     * @param first of its tokens
     */
    static void copy(JsonParser json, JsonToken first, RecordTokens to) throws IOException {
        int depth = 0;
        JsonToken token = first;
        while (true) {
            switch (token) {
                case START_OBJECT -> {
                    depth++;
                    to.startObject();
                }
                case START_ARRAY -> {
                    depth++;
                    to.startArray();
                }
                case END_OBJECT -> {
                    depth--;
                    to.endObject();
                }
                case END_ARRAY -> {
                    depth--;
                    to.endArray();
                }
                case PROPERTY_NAME -> to.name(json.currentName());
                case VALUE_STRING ->
                    to.text(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
                case VALUE_NUMBER_INT -> to.number(json.getString());
                case VALUE_NUMBER_FLOAT -> number(json, to);
                case VALUE_TRUE -> to.bool(true);
                case VALUE_FALSE -> to.bool(false);
                default -> to.none();
            }
            if (depth == 0) {
                return;
            }
            JsonToken next = json.nextToken();
            if (next == null) {
                throw new IllegalStateException("the parser reports an end within a value by an exception");
            }
            token = next;
        }
    }

    private static void number(JsonParser json, RecordTokens to) {
        if (json.isNaN()) {
            to.real(json.getDoubleValue());
        } else {
            to.number(json.getString());
        }
    }
}
