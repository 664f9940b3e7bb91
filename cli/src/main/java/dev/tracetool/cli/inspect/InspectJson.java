package dev.tracetool.cli.inspect;

import dev.tracetool.analysis.Recorded;
import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.export.JsonOutput;
import dev.tracetool.export.RunJson;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.inspect/1}: one document for each trace; an array of them if several were asked for. */
final class InspectJson implements InspectCommand.Renderer {
    private final Writer out;
    private final boolean codes;
    private final boolean details;
    private final boolean array;
    private boolean first = true;

    /** @param details whether code objects were chosen of which everything is wanted */
    InspectJson(Output output, boolean codes, boolean details, boolean array) {
        this.out = output.writer();
        this.codes = codes;
        this.details = details;
        this.array = array;
    }

    @Override
    public void add(Trace trace, TraceSummary summary, List<CodeObjectWrapper> chosen) throws IOException {
        if (array) {
            out.write(first ? "[\n" : ",\n");
        }
        first = false;
        try (JsonOutput json = new JsonOutput(out, "tracetool.inspect/1")) {
            json.field("file", trace.name())
                    .field("format", trace.format())
                    .field("format_version", trace.formatVersion())
                    .field("bytes", trace.bytes() < 0 ? null : (Long) trace.bytes())
                    .field("complete", summary.result().complete())
                    .field("indexed", summary.indexed());
            RunJson.damage(json, summary.result().damage());
            json.field("failures", summary.failures());
            RunJson.metadata(json, trace.metadata());
            boolean timed = summary.endTime() != EventBlock.NO_TIME;
            json.field("duration_ns", timed ? (Long) (summary.endTime() - summary.startTime()) : null)
                    .field("events", summary.events());
            json.object("events_by_kind");
            Recorded recorded = Recorded.of(
                    trace.metadata(), summary.eventsByKind(), summary.result().damage());
            for (Map.Entry<String, Long> kind : summary.eventsByKind().entrySet()) {
                EventKind known = EventKind.named(kind.getKey());
                boolean there = kind.getValue() > 0 || known == null || recorded.tells(known);
                json.field(kind.getKey(), there ? kind.getValue() : null);
            }
            json.endObject();
            json.array("threads");
            for (TraceSummary.ThreadEvents thread : summary.threads()) {
                json.object()
                        .field("id", thread.thread().number())
                        .field("system_id", unknownIf(thread.thread().systemId(), 0))
                        .field("name", thread.thread().name())
                        .field("events", thread.events())
                        .endObject();
            }
            json.endArray();
            json.field("code_objects", summary.codes().size())
                    .field("files", InspectText.files(summary.codes()))
                    .field("sources", summary.sources())
                    .field("source_texts", summary.sourceTexts())
                    .field("blocks", summary.eventBlocks())
                    .field("codecs", summary.codecs())
                    .field("raw_event_bytes", unknownIf(summary.rawBytes(), -1))
                    .field("stored_event_bytes", unknownIf(summary.storedBytes(), -1));
            if (codes) {
                json.array("codes");
                for (CodeObjectWrapper code : summary.codes()) {
                    code(json, code);
                }
                json.endArray();
            }
            if (details) {
                CodeJson everything = new CodeJson(json, new CodeTable(summary.codes()));
                json.array("code");
                chosen.forEach(everything::write);
                json.endArray();
            }
            if (!summary.details().isEmpty()) {
                json.object("details");
                for (DetailTable table : summary.details()) {
                    details(json, table);
                }
                json.endObject();
            }
        }
    }

    private static void details(JsonOutput json, DetailTable table) {
        json.array(table.name());
        for (List<@Nullable Object> row : table.rows()) {
            json.object();
            for (int i = 0; i < row.size(); i++) {
                String column = table.columns().get(i);
                if (row.get(i) instanceof Boolean flag) {
                    json.field(column, flag);
                } else if (row.get(i) instanceof Long number) {
                    json.field(column, number);
                } else {
                    json.field(column, (String) row.get(i));
                }
            }
            json.endObject();
        }
        json.endArray();
    }

    @Override
    public void end() throws IOException {
        if (array) {
            out.write(first ? "[]\n" : "]\n");
        }
        out.flush();
    }

    private static void code(JsonOutput json, CodeObjectWrapper code) {
        boolean hasFlags = code.flags() != CodeFlags.UNKNOWN;
        json.object()
                .field("index", code.index())
                .field("id", unknownIf(code.id(), 0))
                .field("file", CodeIdentity.knownFile(code.filename()))
                .field("qualname", code.qualname())
                .field("first_line", known(code.firstLine()))
                .field("arg_count", known(code.argCount()))
                .field("flags", hasFlags ? (Long) Integer.toUnsignedLong(code.flags()) : null)
                .field("flag_names", hasFlags ? CodeFlags.names(code.flags()) : null)
                .field("code_bytes", known(code.codeLength()))
                .field(
                        "lines",
                        code.isLineTableMalformed() || code.underlying().lineTableFormat() == LineTableFormat.NONE
                                ? null
                                : (Integer) code.lineTable().executableLines())
                .endObject();
    }

    private static @Nullable Integer known(int value) {
        return value == CodeRecord.UNKNOWN ? null : (Integer) value;
    }

    private static @Nullable Long unknownIf(long value, long unknown) {
        return value == unknown ? null : (Long) value;
    }
}
