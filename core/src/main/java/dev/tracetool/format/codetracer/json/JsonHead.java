package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.codetracer.RecordKind;
import dev.tracetool.format.codetracer.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
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
        try (JsonParser json = JsonArray.JSON.createParser(ObjectReadContext.empty(), head)) {
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
        Set<String> names = names(head);
        return names.contains("program")
                && names.contains("workdir")
                && (names.contains("[calls") || names.contains("[steps"));
    }

    /** Whether this begins the file about a run that stands beside a trace. */
    public static boolean beginsMetadata(byte[] head) {
        Set<String> names = names(head);
        int known = 0;
        for (String name : List.of("program", "[args", "workdir", "process_exit_status", "trace_filter", "recorder")) {
            known += names.contains(name) ? 1 : 0;
        }
        return known >= 2 && !beginsNoirTrace(head);
    }

    /** Whether this begins an array of texts, such as the paths that stand beside a trace. */
    public static boolean beginsPaths(byte[] head) {
        if (firstOf(head) != '[' || beginsTrace(head)) {
            return false;
        }
        try (JsonParser json = JsonArray.JSON.createParser(ObjectReadContext.empty(), head)) {
            json.nextToken();
            return json.nextToken() == JsonToken.VALUE_STRING;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** The names of the members that an object begins with; those of arrays with a bracket before them. */
    private static Set<String> names(byte[] head) {
        Set<String> names = new HashSet<>();
        if (firstOf(head) != '{') {
            return names;
        }
        try (JsonParser json = JsonArray.JSON.createParser(ObjectReadContext.empty(), head)) {
            json.nextToken();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                names.add(json.nextToken() == JsonToken.START_ARRAY ? "[" + name : name);
                json.skipChildren();
            }
        } catch (JacksonException e) {
            // The head ends somewhere: what came before counts.
        }
        return names;
    }

    /**
     * The first character that is no white space; 0 if there is none, if it is no ASCII, or in a file that is not UTF-8: of
     * UTF-16 a parser would not know positions.
     */
    private static char firstOf(byte[] head) {
        if (Utf8.otherEncoding(head) >= 0) {
            return 0;
        }
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
