package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.Constant;
import dev.tracetool.code.ExceptionTable;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.export.JsonOutput;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything of one code object, as an element of {@code code}. What is unknown is null. */
final class CodeJson {
    /** Chars of a constant's {@code repr}. */
    private static final int MAX_CONSTANT = 10_000;

    private final JsonOutput json;
    private final CodeTable codes;

    CodeJson(JsonOutput json, CodeTable codes) {
        this.json = json;
        this.codes = codes;
    }

    void write(CodeObjectWrapper code) {
        byte[] bytecode = code.bytecode();
        String digest = code.identity().digest();
        boolean hasFlags = code.flags() != CodeFlags.UNKNOWN;
        json.object()
                .field("index", code.index())
                .field("id", code.id() == 0 ? null : (Long) code.id())
                .field("parent", known(code.parentIndex()))
                .field("file", CodeIdentity.knownFile(code.filename()))
                .field("qualname", code.qualname())
                .field("name", code.name())
                .field("first_line", known(code.firstLine()))
                .field("arg_count", known(code.argCount()))
                .field("positional_only_count", known(code.positionalOnlyArgCount()))
                .field("keyword_only_count", known(code.keywordOnlyArgCount()))
                .field("local_count", known(code.localCount()))
                .field("stack_size", known(code.stackSize()))
                .field("flags", hasFlags ? (Long) Integer.toUnsignedLong(code.flags()) : null)
                .field("flag_names", hasFlags ? CodeFlags.names(code.flags()) : null)
                .field("code_bytes", known(code.codeLength()))
                .field("bytecode", bytecode == null ? null : HexFormat.of().formatHex(bytecode))
                .field("digest", digest.isEmpty() ? null : digest);
        json.field("variables", code.variableNames());
        json.field("cell_variables", code.cellVariableNames());
        json.field("free_variables", code.freeVariableNames());
        json.field("names", code.names());
        constants(code.constants());
        lines(code);
        exceptions(code.exceptionTable());
        json.endObject();
    }

    private static @Nullable Integer known(int value) {
        return value == CodeRecord.UNKNOWN ? null : (Integer) value;
    }

    private void constants(@Nullable List<Constant> constants) {
        if (constants == null) {
            json.nullField("constants");
            return;
        }
        json.array("constants");
        for (Constant constant : constants) {
            json.object()
                    .field("type", constant.typeName())
                    .field("repr", ConstantText.of(constant, codes, MAX_CONSTANT))
                    .field("code", constant instanceof Constant.Code nested ? (Integer) nested.index() : null)
                    .endObject();
        }
        json.endArray();
    }

    private void lines(CodeObjectWrapper code) {
        if (code.isLineTableMalformed() || code.underlying().lineTableFormat() == LineTableFormat.NONE) {
            json.nullField("lines");
            return;
        }
        LineTable table = code.lineTable();
        json.array("lines");
        for (int i = 0; i < table.size(); i++) {
            json.object()
                    .field("start_offset", table.start(i))
                    .field("end_offset", table.end(i))
                    .field("line", table.line(i) == LineTable.NO_LINE ? null : (Integer) table.line(i))
                    .endObject();
        }
        json.endArray();
    }

    private void exceptions(@Nullable ExceptionTable table) {
        if (table == null) {
            json.nullField("exception_table").nullField("exception_table_malformed_at");
            return;
        }
        json.array("exception_table");
        for (ExceptionTable.Entry entry : table.entries()) {
            json.object()
                    .field("start_offset", entry.start())
                    .field("end_offset", entry.end())
                    .field("target_offset", entry.target())
                    .field("depth", entry.depth())
                    .field("lasti", entry.lasti())
                    .endObject();
        }
        json.endArray()
                .field("exception_table_malformed_at", table.isMalformed() ? (Integer) table.malformedAt() : null);
    }
}
