package dev.tracetool.format.nativetrace;

import dev.tracetool.code.LineTableFormat;
import dev.tracetool.format.JsonErrors;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of an H block. Members that are missing or unknown are no error; members of the wrong type are. Only
 * {@code kinds}, {@code line_table} and {@code clock.start} must be there.
 */
final class MetadataJson {
    /** A member that stands twice would mean one thing to one reader and another to the next. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final List<List<String>> ARGUMENTS =
            List.of(List.of(), List.of("offset"), List.of("offset", "destination"));

    private @Nullable String python;
    private @Nullable String implementation;
    private @Nullable String executable;
    private @Nullable String platform;
    private @Nullable String host;
    private List<String> argv = List.of();
    private @Nullable String cwd;
    private @Nullable Long pid;
    private @Nullable Long parentPid;
    private @Nullable String parentTrace;
    private @Nullable String startedAt;
    private @Nullable String recorder;
    private @Nullable String mode;
    private List<String> events = List.of();
    private List<String> once = List.of();
    private boolean lineTimes;
    private TraceMetadata.@Nullable Scope scope;
    private long clockStart = EventBlock.NO_TIME;
    private @Nullable LineTableFormat lineTable;
    private @Nullable List<KindTable.Kind> kinds;

    private MetadataJson() {}

    static TraceMetadata read(byte[] payload) throws MalformedBlockException {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), payload)) {
            return new MetadataJson().read(json);
        } catch (JacksonException e) {
            throw new MalformedBlockException((int) JsonErrors.position(e, 0), JsonErrors.message(e));
        }
    }

    private TraceMetadata read(JsonParser json) throws MalformedBlockException {
        expect(json, json.nextToken(), JsonToken.START_OBJECT, "the metadata");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "python" -> python = text(json, name);
                case "implementation" -> implementation = text(json, name);
                case "executable" -> executable = text(json, name);
                case "platform" -> platform = text(json, name);
                case "host" -> host = text(json, name);
                case "argv" -> argv = texts(json, name);
                case "cwd" -> cwd = text(json, name);
                case "pid" -> pid = number(json, name);
                case "parent_pid" -> parentPid = number(json, name);
                case "parent_trace" -> parentTrace = text(json, name);
                case "started_at" -> startedAt = text(json, name);
                case "recorder" -> recorder = text(json, name);
                case "mode" -> mode = text(json, name);
                case "events" -> events = texts(json, name);
                case "once" -> once = texts(json, name);
                case "line_times" -> lineTimes = flag(json, name);
                case "scope" -> scope = scope(json);
                case "clock" -> clock(json);
                case "line_table" -> lineTable = lineTable(json);
                case "kinds" -> kinds = kinds(json);
                default -> json.skipChildren();
            }
        }
        if (kinds == null || lineTable == null || clockStart == EventBlock.NO_TIME) {
            String which = kinds == null ? "kinds" : lineTable == null ? "line_table" : "clock.start";
            throw new MalformedBlockException(0, "expected the member " + which + ", found none");
        }
        return new TraceMetadata(
                python,
                implementation,
                executable,
                platform,
                host,
                argv,
                cwd,
                pid,
                parentPid,
                parentTrace,
                startedAt,
                recorder,
                mode,
                events,
                once,
                lineTimes,
                scope,
                clockStart,
                lineTable,
                new KindTable(kinds));
    }

    private void clock(JsonParser json) throws MalformedBlockException {
        expect(json, json.currentToken(), JsonToken.START_OBJECT, "clock");
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            if (name.equals("start")) {
                Long start = number(json, "clock.start");
                clockStart = start == null ? EventBlock.NO_TIME : start;
            } else {
                json.skipChildren();
            }
        }
    }

    private static TraceMetadata.@Nullable Scope scope(JsonParser json) throws MalformedBlockException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(json, json.currentToken(), JsonToken.START_OBJECT, "scope");
        boolean all = false;
        List<String> include = List.of();
        List<String> exclude = List.of();
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "all" -> all = flag(json, "scope.all");
                case "include" -> include = texts(json, "scope.include");
                case "exclude" -> exclude = texts(json, "scope.exclude");
                default -> json.skipChildren();
            }
        }
        return new TraceMetadata.Scope(all, include, exclude);
    }

    private static LineTableFormat lineTable(JsonParser json) throws MalformedBlockException {
        String label = text(json, "line_table");
        for (LineTableFormat format : LineTableFormat.values()) {
            if (format.label().equals(label)) {
                return format;
            }
        }
        throw wrong(json, "line_table of \"3.11\", \"3.10\", \"lnotab\" or \"none\"", "another");
    }

    private static List<KindTable.Kind> kinds(JsonParser json) throws MalformedBlockException {
        expect(json, json.currentToken(), JsonToken.START_ARRAY, "kinds");
        List<KindTable.Kind> kinds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, json.currentToken(), JsonToken.START_OBJECT, "a kind");
            String kindName = null;
            List<String> args = List.of();
            boolean timed = false;
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                switch (name) {
                    case "name" -> kindName = text(json, "kinds.name");
                    case "args" -> args = texts(json, "kinds.args");
                    case "timed" -> timed = flag(json, "kinds.timed");
                    default -> json.skipChildren();
                }
            }
            if (kindName == null || !names.add(kindName)) {
                throw wrong(json, "a kind with a name of its own", kindName == null ? "none" : "one twice");
            }
            if (kinds.size() == KindTable.MAX_KINDS) {
                throw wrong(json, "at most " + KindTable.MAX_KINDS + " kinds", "more");
            }
            EventKind known = EventKind.named(kindName);
            boolean right = known == EventKind.LINE ? args.equals(List.of("line")) : ARGUMENTS.contains(args);
            if (!right) {
                throw wrong(
                        json,
                        known == EventKind.LINE
                                ? "line as the args of LINE"
                                : "no args, offset, or offset and destination",
                        "others");
            }
            kinds.add(new KindTable.Kind(kindName, known == null ? EventKind.OTHER : known, args.size(), timed));
        }
        return kinds;
    }

    private static @Nullable String text(JsonParser json, String name) throws MalformedBlockException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(json, json.currentToken(), JsonToken.VALUE_STRING, name);
        return json.getString();
    }

    private static @Nullable Long number(JsonParser json, String name) throws MalformedBlockException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        expect(json, json.currentToken(), JsonToken.VALUE_NUMBER_INT, name);
        if (json.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw wrong(json, "a number of at most 64 bits for " + name, "a larger one");
        }
        return json.getLongValue();
    }

    private static boolean flag(JsonParser json, String name) throws MalformedBlockException {
        if (json.currentToken() != JsonToken.VALUE_TRUE && json.currentToken() != JsonToken.VALUE_FALSE) {
            throw wrong(json, "true or false as " + name, JsonErrors.describe(json.currentToken()));
        }
        return json.getBooleanValue();
    }

    private static List<String> texts(JsonParser json, String name) throws MalformedBlockException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        expect(json, json.currentToken(), JsonToken.START_ARRAY, name);
        List<String> texts = new ArrayList<>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
            expect(json, json.currentToken(), JsonToken.VALUE_STRING, name);
            texts.add(json.getString());
        }
        return texts;
    }

    private static void expect(JsonParser json, @Nullable JsonToken found, JsonToken expected, String what)
            throws MalformedBlockException {
        if (found != expected) {
            throw wrong(json, JsonErrors.describe(expected) + " for " + what, JsonErrors.describe(found));
        }
    }

    private static MalformedBlockException wrong(JsonParser json, String expected, String found) {
        int at = (int) Math.max(0, json.currentTokenLocation().getByteOffset());
        return new MalformedBlockException(at, "expected " + expected + ", found " + found);
    }
}
