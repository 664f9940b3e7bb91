package dev.tracetool.format.codetracer;

import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A file {@code trace_metadata.json}: {@code workdir}, {@code program}, {@code args}; those of the recorder in Rust from
 * 0.2 on tell also how the program ended ({@code process_exit_status}), who recorded ({@code recorder}), and what was left
 * out ({@code trace_filter}).
 */
final class MetadataSidecar {
    private static final List<String> RECORDED =
            List.of(EventKind.PY_START.name(), EventKind.PY_RETURN.name(), EventKind.LINE.name());

    private @Nullable String program;
    private List<String> args = List.of();
    private @Nullable String workdir;
    private @Nullable String recorder;
    private @Nullable List<@Nullable Object> exitStatus;
    private final List<List<@Nullable Object>> filters = new ArrayList<>();
    private final List<List<@Nullable Object>> filterCounts = new ArrayList<>();

    /** More filters, or figures of them, are refused: no recording has so many. */
    private static final int MAX_ROWS = 10_000;

    void read(byte[] content) throws MalformedRecordException {
        try (JsonParser json = SidecarJson.parser(content)) {
            SidecarJson.expect(json.nextToken() == JsonToken.START_OBJECT, "an object");
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                switch (name) {
                    case "program" -> program = stated(SidecarJson.text(json));
                    case "args" -> args = SidecarJson.texts(json);
                    case "workdir" -> workdir = stated(SidecarJson.text(json));
                    case "recorder" -> recorder(json);
                    case "process_exit_status" -> exitStatus(json);
                    case "trace_filter" -> filter(json);
                    default -> json.skipChildren();
                }
            }
        }
    }

    /** A text that is empty says nothing. */
    private static @Nullable String stated(@Nullable String text) {
        return text == null || text.isEmpty() ? null : text;
    }

    private void recorder(JsonParser json) {
        String who = null;
        String version = null;
        for (String name = firstName(json); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "name" -> who = SidecarJson.text(json);
                case "version" -> version = SidecarJson.text(json);
                default -> json.skipChildren();
            }
        }
        recorder = who == null || version == null ? who : who + " " + version;
    }

    private void exitStatus(JsonParser json) {
        Long code = null;
        String label = null;
        for (String name = firstName(json); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "code" -> code = SidecarJson.number(json);
                case "label" -> label = SidecarJson.text(json);
                default -> json.skipChildren();
            }
        }
        List<@Nullable Object> row = new ArrayList<>();
        row.add(code);
        row.add(label);
        exitStatus = row;
    }

    private void filter(JsonParser json) throws MalformedRecordException {
        for (String name = firstName(json); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            if (name.equals("filters") && value == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    bound(filters);
                    filters.add(oneFilter(json));
                }
            } else if (name.equals("stats")) {
                counts(json, "");
            } else {
                json.skipChildren();
            }
        }
    }

    private static List<@Nullable Object> oneFilter(JsonParser json) {
        String filter = null;
        String path = null;
        String sha256 = null;
        Long version = null;
        for (String name = firstName(json); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "name" -> filter = SidecarJson.text(json);
                case "path" -> path = SidecarJson.text(json);
                case "sha256" -> sha256 = SidecarJson.text(json);
                case "version" -> version = SidecarJson.number(json);
                default -> json.skipChildren();
            }
        }
        List<@Nullable Object> row = new ArrayList<>();
        row.add(filter);
        row.add(path);
        row.add(version);
        row.add(sha256);
        return row;
    }

    /** What filters left out, by names such as {@code value_drops.local}. */
    private void counts(JsonParser json, String group) throws MalformedRecordException {
        for (String name = firstName(json); name != null; name = json.nextName()) {
            if (json.nextToken() == JsonToken.START_OBJECT && group.isEmpty()) {
                counts(json, name + ".");
            } else {
                List<@Nullable Object> row = new ArrayList<>();
                row.add(group + name);
                row.add(SidecarJson.number(json));
                bound(filterCounts);
                filterCounts.add(row);
            }
        }
    }

    private static void bound(List<?> rows) throws MalformedRecordException {
        if (rows.size() == MAX_ROWS) {
            throw new MalformedRecordException(0, "expected at most " + MAX_ROWS + " filters and figures, found more");
        }
    }

    /** The first name of an object; null, and the value skipped, if it is something else. */
    private static @Nullable String firstName(JsonParser json) {
        if (json.currentToken() == JsonToken.START_OBJECT) {
            return json.nextName();
        }
        json.skipChildren();
        return null;
    }

    TraceMetadata metadata() {
        List<String> argv = new ArrayList<>();
        if (program != null) {
            argv.add(program);
            argv.addAll(args);
        }
        return new TraceMetadata(
                null,
                null,
                null,
                null,
                null,
                argv,
                workdir,
                null,
                null,
                null,
                null,
                recorder,
                null,
                RECORDED,
                List.of(),
                false,
                null,
                0,
                LineTableFormat.NONE,
                BlockBuilder.OF_RECORDS);
    }

    List<DetailTable> details() {
        List<DetailTable> tables = new ArrayList<>();
        if (exitStatus != null) {
            tables.add(new DetailTable("exit_status", List.of("code", "label"), List.of(exitStatus)));
        }
        if (!filters.isEmpty()) {
            tables.add(new DetailTable("trace_filters", List.of("name", "path", "version", "sha256"), filters));
        }
        if (!filterCounts.isEmpty()) {
            tables.add(new DetailTable("left_out_by_filters", List.of("what", "count"), filterCounts));
        }
        return tables;
    }
}
