package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes code-object records; see {@link NativeCodeRecord} for the layout. */
final class CodeRecordWriter {
    private CodeRecordWriter() {}

    static void write(CodeRecord code, PayloadBuilder to) {
        byte[] filename = code.filename().getBytes(StandardCharsets.UTF_8);
        byte[] qualname = code.qualname().getBytes(StandardCharsets.UTF_8);
        byte[] name = code.name().getBytes(StandardCharsets.UTF_8);
        byte[] table = code.lineTable();
        PayloadBuilder variables = new PayloadBuilder();
        List<String> names = code.variableNames();
        for (String variable : names == null ? List.<String>of() : names) {
            byte[] bytes = variable.getBytes(StandardCharsets.UTF_8);
            variables.u32(bytes.length).bytes(bytes);
        }
        int length = filename.length + qualname.length + name.length + table.length + variables.size();
        to.u32(NativeCodeRecord.MIN_BYTES - 4 + length).i64(code.id()).u32(code.parentIndex() + 1);
        to.u32(code.firstLine()).u32(code.flags()).u32(code.argCount());
        to.u32(code.positionalOnlyArgCount()).u32(code.keywordOnlyArgCount()).u32(code.codeLength());
        to.u32(filename.length)
                .u32(qualname.length)
                .u32(name.length)
                .u32(table.length)
                .u32(variables.size());
        to.bytes(code.digest(), 16);
        to.bytes(filename).bytes(qualname).bytes(name).bytes(table).bytes(variables.toBytes());
    }
}
