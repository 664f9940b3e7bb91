package dev.tracetool.format.nativetrace;

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
            MalformedBlockException.check(
                    json.nextToken() == JsonToken.START_OBJECT, from, "expected a JSON object, found something else");
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                if (json.nextToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
                    members.put(name, json.getString());
                } else {
                    json.skipChildren();
                }
            }
        } catch (JacksonException e) {
            String found = MetadataJson.firstLine(e.getOriginalMessage());
            throw new MalformedBlockException(from, "expected a JSON object, found: " + found);
        }
        return members;
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
