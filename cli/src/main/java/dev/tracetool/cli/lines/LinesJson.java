package dev.tracetool.cli.lines;

import dev.tracetool.cli.command.Output;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.Position;
import dev.tracetool.code.PositionTable;
import dev.tracetool.export.JsonOutput;
import dev.tracetool.export.RunJson;
import dev.tracetool.trace.ReadResult;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code tracetool.lines/1}: what is known of offsets, or the ranges of line tables. */
final class LinesJson {
    private LinesJson() {}

    static void write(
            Output output,
            String input,
            ReadResult read,
            List<CodeObjectWrapper> codes,
            long[] offsets,
            boolean columns)
            throws IOException {
        Writer writer = output.writer();
        try (JsonOutput json = new JsonOutput(writer, "tracetool.lines/1")) {
            json.field("input", input).field("complete", read.complete());
            RunJson.damage(json, read.damage());
            if (offsets.length > 0) {
                json.array("results");
                for (long offset : offsets) {
                    for (CodeObjectWrapper code : codes) {
                        result(json, code, offset);
                    }
                }
            } else {
                json.array("ranges");
                for (CodeObjectWrapper code : codes) {
                    ranges(json, code, columns);
                }
            }
            json.endArray();
        }
    }

    /** The range is the one of all that is told: neighbours of the same line differ in columns. */
    private static void result(JsonOutput json, CodeObjectWrapper code, long offset) {
        PositionTable table = code.isLineTableMalformed() ? PositionTable.EMPTY : code.positionTable();
        int range = offset >= 0 && offset <= Integer.MAX_VALUE ? table.rangeAt((int) offset) : -1;
        json.object()
                .field("code", code.index())
                .field("file", CodeIdentity.knownFile(code.filename()))
                .field("qualname", code.qualname())
                .field("offset", offset)
                .field("start_offset", range < 0 ? null : (Integer) table.start(range))
                .field("end_offset", range < 0 ? null : (Integer) table.end(range))
                .field("line", range < 0 ? null : known(table.line(range), LineTable.NO_LINE))
                .field("end_line", range < 0 ? null : known(table.endLine(range), LineTable.NO_LINE))
                .field("column", range < 0 ? null : known(table.column(range), Position.UNKNOWN_COLUMN))
                .field("end_column", range < 0 ? null : known(table.endColumn(range), Position.UNKNOWN_COLUMN))
                .endObject();
    }

    private static void ranges(JsonOutput json, CodeObjectWrapper code, boolean columns) {
        if (!columns) {
            LineTable table = code.lineTableOrEmpty();
            for (int i = 0; i < table.size(); i++) {
                json.object()
                        .field("code", code.index())
                        .field("start_offset", table.start(i))
                        .field("end_offset", table.end(i))
                        .field("line", known(table.line(i), LineTable.NO_LINE))
                        .endObject();
            }
            return;
        }
        PositionTable table = code.isLineTableMalformed() ? PositionTable.EMPTY : code.positionTable();
        for (int i = 0; i < table.size(); i++) {
            json.object()
                    .field("code", code.index())
                    .field("start_offset", table.start(i))
                    .field("end_offset", table.end(i))
                    .field("line", known(table.line(i), LineTable.NO_LINE))
                    .field("end_line", known(table.endLine(i), LineTable.NO_LINE))
                    .field("column", known(table.column(i), Position.UNKNOWN_COLUMN))
                    .field("end_column", known(table.endColumn(i), Position.UNKNOWN_COLUMN))
                    .endObject();
        }
    }

    private static @Nullable Integer known(int value, int unknown) {
        return value == unknown ? null : (Integer) value;
    }
}
