package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.codetracer.RecordTokens;
import java.io.IOException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Copies a value of JSON as it is: members in their order, those that nobody knows too, numbers digit by digit. */
final class JsonTokens {
    /** How deep the members of a record are. */
    private static final int MEMBERS = 2;

    private final RecordTokens to;
    private final MemberNames names = new MemberNames();

    JsonTokens(RecordTokens to) {
        this.to = to;
    }

    /**
     * Copies the record that the parser is at, which is afterwards at its end. A member that stands twice in a record spoils
     * it; values are copied as they are.
     *
     * @param first of its tokens
     */
    void copy(JsonParser json, JsonToken first) throws IOException {
        int depth = 0;
        JsonToken token = first;
        while (true) {
            switch (token) {
                case START_OBJECT -> {
                    if (++depth == MEMBERS) {
                        names.clear();
                    }
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
                case PROPERTY_NAME -> {
                    String name = json.currentName();
                    if (depth == MEMBERS && first == JsonToken.START_OBJECT && names.isAgain(name)) {
                        to.spoil(MemberNames.again(name));
                    }
                    to.name(name);
                }
                case VALUE_STRING ->
                    to.text(json.getStringCharacters(), json.getStringOffset(), json.getStringLength());
                case VALUE_NUMBER_INT -> to.number(json.getString());
                case VALUE_NUMBER_FLOAT -> real(json);
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

    private void real(JsonParser json) {
        if (json.isNaN()) {
            to.real(json.getDoubleValue());
        } else {
            to.number(json.getString());
        }
    }
}
