package dev.tracetool.format.codetracer;

import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file {@code trace_metadata.json}, or {@code meta.json} in an older container: {@code workdir}, {@code program},
 * {@code args}; those of the recorder in Rust from 0.2 on tell also how the program ended ({@code process_exit_status}), who
 * recorded ({@code recorder}), and what was left out ({@code trace_filter}).
 */
public final class MetadataSidecar {
    /** More filters, or figures of them, are refused: no recording has so many. */
    private static final int MAX_ROWS = 10_000;

    /** The longest command line of Linux, of 2 MiB, has room for more, of one letter each. */
    private static final int MAX_ARGUMENTS = 100_000;

    private @Nullable String program;
    private List<String> args = List.of();
    private @Nullable String workdir;
    private @Nullable String recorder;
    private @Nullable List<@Nullable Object> exitStatus;
    private final List<List<@Nullable Object>> filters = new ArrayList<>();
    private final List<List<@Nullable Object>> filterCounts = new ArrayList<>();

    /** @throws MalformedRecordException where it cannot be read on */
    public void read(SidecarJson json) throws MalformedRecordException {
        json.object("an object", name -> {
            switch (name) {
                case "program" -> program = TraceMetadata.stated(json.text());
                case "args" -> args = json.texts("an array of arguments", MAX_ARGUMENTS);
                case "workdir" -> workdir = TraceMetadata.stated(json.text());
                case "recorder" -> recorder(json);
                case "process_exit_status" -> exitStatus(json);
                case "trace_filter" -> filter(json);
                default -> json.skip();
            }
        });
    }

    private void recorder(SidecarJson json) throws MalformedRecordException {
        @Nullable String[] known = new String[2];
        json.object("an object", name -> {
            switch (name) {
                case "name" -> known[0] = json.text();
                case "version" -> known[1] = json.text();
                default -> json.skip();
            }
        });
        recorder = known[0] == null || known[1] == null ? known[0] : known[0] + " " + known[1];
    }

    private void exitStatus(SidecarJson json) throws MalformedRecordException {
        @Nullable Object[] row = new Object[2];
        boolean told = json.object("an object", name -> {
            switch (name) {
                case "code" -> row[0] = json.number();
                case "label" -> row[1] = json.text();
                default -> json.skip();
            }
        });
        exitStatus = told ? Arrays.asList(row) : null;
    }

    private void filter(SidecarJson json) throws MalformedRecordException {
        json.object("an object", name -> {
            switch (name) {
                case "filters" -> json.array("an array of filters", MAX_ROWS, () -> oneFilter(json));
                case "stats" -> counts(json, "");
                default -> json.skip();
            }
        });
    }

    private void oneFilter(SidecarJson json) throws MalformedRecordException {
        @Nullable Object[] row = new Object[4];
        boolean told = json.object("a filter, which is an object", name -> {
            switch (name) {
                case "name" -> row[0] = json.text();
                case "path" -> row[1] = json.text();
                case "version" -> row[2] = json.number();
                case "sha256" -> row[3] = json.text();
                default -> json.skip();
            }
        });
        if (told) {
            filters.add(Arrays.asList(row));
        }
    }

    /** What filters left out, by names such as {@code value_drops.local}. */
    private void counts(SidecarJson json, String group) throws MalformedRecordException {
        json.object("an object", name -> {
            if (json.isObject() && group.isEmpty()) {
                counts(json, name + ".");
            } else {
                if (filterCounts.size() == MAX_ROWS) {
                    throw json.failure("at most " + MAX_ROWS + " figures of filters", "more");
                }
                filterCounts.add(Arrays.asList(group + name, json.number()));
            }
        });
    }

    public @Nullable String program() {
        return program;
    }

    public List<String> args() {
        return args;
    }

    public @Nullable String workdir() {
        return workdir;
    }

    TraceMetadata metadata() {
        List<String> argv = new ArrayList<>();
        if (program != null) {
            argv.add(program);
            argv.addAll(args);
        }
        return TraceMetadata.ofLittle(
                argv, workdir, recorder, CodetracerTrace.RECORDED, LineTableFormat.NONE, BlockBuilder.OF_RECORDS);
    }

    List<DetailTable> details() {
        List<DetailTable> tables = new ArrayList<>();
        if (exitStatus != null) {
            tables.add(new DetailTable(RunDetails.EXIT_STATUS, List.of("code", "label"), List.of(exitStatus)));
        }
        if (!filters.isEmpty()) {
            tables.add(new DetailTable(RunDetails.FILTERS, List.of("name", "path", "version", "sha256"), filters));
        }
        if (!filterCounts.isEmpty()) {
            tables.add(new DetailTable(RunDetails.LEFT_OUT, List.of("what", "count"), filterCounts));
        }
        return tables;
    }
}
