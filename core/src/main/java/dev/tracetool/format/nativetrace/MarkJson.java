package dev.tracetool.format.nativetrace;

import dev.tracetool.format.JsonErrors;
import dev.tracetool.trace.TraceMark;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** Reads the small JSON objects of M and X blocks. */
final class MarkJson {
    private MarkJson() {}

    /** The text, number and boolean members, as text, in order; the others are left out. */
    static Map<String, String> members(byte[] payload, int from) throws MalformedBlockException {
        Map<String, String> members = new LinkedHashMap<>();
        String text = new String(payload, from, payload.length - from, StandardCharsets.UTF_8);
        try (JsonParser json = MetadataJson.JSON.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = json.nextToken();
            if (first != JsonToken.START_OBJECT) {
                throw new MalformedBlockException(
                        from, "expected an object of JSON, found " + JsonErrors.describe(first));
            }
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                if (json.nextToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
                    members.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            throw new MalformedBlockException(from + bytesBefore(text, e), JsonErrors.message(e));
        }
        return members;
    }

    private static int bytesBefore(String text, JacksonException e) {
        long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharOffset());
        return text.substring(0, (int) Math.min(text.length(), at)).getBytes(StandardCharsets.UTF_8).length;
    }

    static TraceMark mark(byte[] payload) throws MalformedBlockException {
        MalformedBlockException.check(payload.length >= 12, 0, "expected a thread and a time, found the end");
        Map<String, String> members = members(payload, 12);
        String kind = members.remove("mark");
        MalformedBlockException.check(kind != null, 12, "expected the member mark, found none");
        return new TraceMark(
                Payloads.index(payload, 0, "thread"), Layout.i64(payload, 4), kind == null ? "" : kind, members);
    }
}
