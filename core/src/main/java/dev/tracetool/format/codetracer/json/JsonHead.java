package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.codetracer.RecordKind;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/** What the first bytes of a file tell, if they are JSON. */
public final class JsonHead {
    private JsonHead() {}

    /** Whether this begins an array of records: up to the name of the kind of the first one. */
    static boolean beginsTrace(byte[] head) {
        if (firstOf(head) != '[') {
            return false;
        }
        try (JsonParser json = JsonTraceReader.JSON.createParser(ObjectReadContext.empty(), head)) {
            json.nextToken();
            return switch (json.nextToken()) {
                case START_OBJECT -> isKind(json.nextName());
                case VALUE_STRING -> json.getString().equals(RecordKind.DROP_LAST_STEP.label());
                default -> false;
            };
        } catch (JacksonException e) {
            return false;
        }
    }

    private static boolean isKind(@Nullable String name) {
        return name != null && RecordKind.labelled(name) != null;
    }

    /**
     * Whether this begins what CodeTracer's tracer for Noir wrote before there were records: an object with the program,
     * and with arrays of calls and steps. It is another format, which is not read.
     */
    public static boolean beginsNoirTrace(byte[] head) {
        if (firstOf(head) != '{') {
            return false;
        }
        Set<String> names = new HashSet<>();
        try (JsonParser json = JsonTraceReader.JSON.createParser(ObjectReadContext.empty(), head)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                if (json.nextToken() == JsonToken.START_ARRAY) {
                    names.add("[" + name);
                } else {
                    names.add(name);
                }
                json.skipChildren();
            }
        } catch (JacksonException e) {
            // The head ends somewhere: what came before counts.
        }
        return names.contains("program")
                && names.contains("workdir")
                && (names.contains("[calls") || names.contains("[steps"));
    }

    /** The first character that is no white space; 0 if there is none, or if it is no ASCII. */
    private static char firstOf(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        for (int i = text.startsWith("\u00EF\u00BB\u00BF") ? 3 : 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
                return c;
            }
        }
        return 0;
    }
}
