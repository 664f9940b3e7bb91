package dev.tracetool.format.codetracer.ctfs;

import java.util.ArrayList;
import java.util.List;

/** Writes records of older containers in both encodings: what each holds is given once. */
final class RecordWriter {
    private final List<byte[]> split = new ArrayList<>();
    private final List<byte[]> cbor = new ArrayList<>();

    private void add(ByteWriter asSplit, ByteWriter asCbor) {
        split.add(asSplit.toBytes());
        cbor.add(asCbor.toBytes());
    }

    private static ByteWriter map(String kind) {
        return text(new ByteWriter().u8(0xA1), kind);
    }

    private static ByteWriter text(ByteWriter out, String text) {
        byte[] bytes = ByteWriter.utf8(text);
        return head(out, 3, bytes.length).bytes(bytes);
    }

    private static ByteWriter head(ByteWriter out, int major, long number) {
        return number < 24
                ? out.u8((int) (major << 5 | number))
                : out.u8(major << 5 | 26)
                        .u8((int) (number >> 24))
                        .u8((int) (number >> 16))
                        .u8((int) (number >> 8))
                        .u8((int) number);
    }

    private static ByteWriter number(ByteWriter out, String name, long number) {
        return head(text(out, name), 0, number);
    }

    void path(String path) {
        add(new ByteWriter().u8(1).text32(path), text(map("Path"), path));
    }

    void function(int path, int line, String name) {
        ByteWriter out = map("Function").u8(0xA3);
        number(number(out, "path_id", path), "line", line);
        add(new ByteWriter().u8(6).u64(path).u64(line).text32(name), text(text(out, "name"), name));
    }

    void step(int path, int line) {
        ByteWriter out = number(number(map("Step").u8(0xA2), "path_id", path), "line", line);
        add(new ByteWriter().u8(0).u64(path).u64(line), out);
    }

    void call(int function) {
        ByteWriter out = text(number(map("Call").u8(0xA2), "function_id", function), "args")
                .u8(0x80);
        add(new ByteWriter().u8(7).u64(function).text32("args"), out);
    }

    void leave() {
        ByteWriter out = text(text(text(map("Return").u8(0xA1), "return_value").u8(0xA1), "kind"), "None");
        add(new ByteWriter().u8(8).text32("value"), out);
    }

    /** One of each of the records that only count. */
    void others() {
        String[] names = {
            "VariableName",
            "Variable",
            "Type",
            "Value",
            "Event",
            "Asm",
            "BindVariable",
            "Assignment",
            "DropVariables",
            "CompoundValue",
            "CellValue",
            "AssignCompoundItem",
            "AssignCell",
            "VariableCell",
            "DropVariable"
        };
        ByteWriter[] records = {
            new ByteWriter().u8(2).text32("x"),
            new ByteWriter().u8(3).text32("y"),
            new ByteWriter().u8(4).text32("type"),
            new ByteWriter().u8(5).u64(1).text32("value"),
            new ByteWriter().u8(9).u8(0).text32("about").text32("out"),
            new ByteWriter().u8(10).u32(2).text32("mov").text32("ret"),
            new ByteWriter().u8(11).u64(1).u64(2),
            new ByteWriter().u8(12).text32("value"),
            new ByteWriter().u8(13).u32(3).u64(1).u64(2).u64(3),
            new ByteWriter().u8(14).u64(1).text32("value"),
            new ByteWriter().u8(15).u64(1).text32(""),
            new ByteWriter().u8(16).u64(1).u64(2).u64(3),
            new ByteWriter().u8(17).u64(1).text32("value"),
            new ByteWriter().u8(18).u64(1).u64(2),
            new ByteWriter().u8(19).u64(1)
        };
        for (int i = 0; i < names.length; i++) {
            add(records[i], map(names[i]).u8(0xF6));
        }
    }

    void thread(int tag, String kind, int id) {
        add(new ByteWriter().u8(tag).u64(id), head(map(kind), 0, id));
    }

    void dropLastStep() {
        add(new ByteWriter().u8(23), text(new ByteWriter(), "DropLastStep"));
    }

    List<byte[]> split() {
        return split;
    }

    List<byte[]> cbor() {
        return cbor;
    }
}
