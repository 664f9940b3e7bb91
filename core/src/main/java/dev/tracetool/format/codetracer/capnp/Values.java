package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.RustFloat;
import java.io.IOException;
import java.util.Arrays;

/**
 * Copies values, which hold values. In their second word stands which kind they are; the words and pointers of a kind are
 * those of the schema:
 *
 * <pre>
 *  0 Int        word 0; type p0               7 Variant    text p0, value p1; type p2
 *  1 Float      word 0; type p0               8 Reference  value p0, word 2, bit 0; type p1
 *  2 Bool       bit 0; type p0                9 Raw        text p0; type p1
 *  3 String     text p0; type p1             10 Error      text p0; type p1
 *  4 Sequence   values p0, bit 0; type p1    11 None       type p0
 *  5 Tuple      values p0; type p1           12 Cell       place p0
 *  6 Struct     values p0; type p1           13 BigInt     bytes p0, bit 0; type p1
 * </pre>
 *
 * <p>What a value holds comes last, so that nothing but its end is left to write when that is done.
 */
final class Values {
    /** Deeper ones are refused: each has two levels of JSON. */
    private static final int MAX_DEPTH = 5_000;

    private final RecordTokens to;
    private final Structs structs;
    private final Ref child = new Ref();
    private final Ref own = new Ref();

    /** By depth: what is being gone through, its next element, and whether it is a list or one value. */
    private Ref[] lists = new Ref[16];

    private long[] next = new long[16];
    private long[] counts = new long[16];
    private int depth;

    Values(RecordTokens to, Structs structs) {
        this.to = to;
        this.structs = structs;
    }

    /** A member that is the value that a pointer points to. */
    void value(String name, Ref in, int pointer) throws IOException, MalformedRecordException {
        to.name(name);
        depth = 0;
        structs.struct(in, pointer, own);
        start(own);
        while (depth > 0) {
            int top = depth - 1;
            Ref list = lists[top];
            if (!to.wanted()) {
                return; // the record is none, whatever is open
            }
            if (next[top] == counts[top]) {
                if (list.kind == Ref.LIST) {
                    to.endArray();
                }
                to.endObject();
                depth--;
            } else if (list.kind == Ref.LIST) {
                structs.element(list, next[top]++, own);
                start(own);
            } else {
                next[top]++;
                copy(list, own);
                start(own);
            }
        }
    }

    private static void copy(Ref from, Ref into) {
        into.kind = from.dataWords < 0 ? Ref.NULL : Ref.STRUCT;
        into.segment = from.segment;
        into.at = from.at;
        into.dataWords = from.dataWords;
        into.pointers = from.pointers;
    }

    /** Writes a value up to what it holds. */
    private void start(Ref value) throws IOException, MalformedRecordException {
        int kind = (int) structs.word(value, 1) & 0xFFFF;
        long word = structs.word(value, 0);
        to.startObject();
        switch (kind) {
            case 0 -> {
                kind("Int");
                to.name("i");
                to.number(word);
                type(value, 0);
                to.endObject();
            }
            case 1 -> {
                kind("Float");
                to.name("f");
                to.text(RustFloat.text(Double.longBitsToDouble(word)));
                type(value, 0);
                to.endObject();
            }
            case 2 -> {
                kind("Bool");
                bit("b", word);
                type(value, 0);
                to.endObject();
            }
            case 3 -> text("String", "text", value);
            case 4 -> {
                kind("Sequence");
                bit("is_slice", word);
                type(value, 1);
                list("elements", value);
            }
            case 5 -> {
                kind("Tuple");
                type(value, 1);
                list("elements", value);
            }
            case 6 -> {
                kind("Struct");
                type(value, 1);
                list("field_values", value);
            }
            case 7 -> {
                kind("Variant");
                structs.text("discriminator", value, 0);
                type(value, 2);
                one("contents", value, 1);
            }
            case 8 -> {
                kind("Reference");
                to.name("address");
                structs.unsigned(structs.word(value, 2));
                bit("mutable", word);
                type(value, 1);
                one("dereferenced", value, 0);
            }
            case 9 -> text("Raw", "r", value);
            case 10 -> text("Error", "msg", value);
            case 11 -> {
                kind("None");
                type(value, 0);
                to.endObject();
            }
            case 12 -> {
                kind("Cell");
                structs.number("place", value, 0);
                to.endObject();
            }
            case 13 -> {
                kind("BigInt");
                structs.bytes("b", value, 0);
                bit("negative", word);
                type(value, 1);
                to.endObject();
            }
            default -> {
                to.lose("value of an unknown kind", "written as <unknown>");
                kind("Raw");
                to.name("r");
                to.text("<unknown>");
                to.name("type_id");
                to.number(0);
                to.endObject();
            }
        }
    }

    private void kind(String kind) {
        to.name("kind");
        to.text(kind);
    }

    private void bit(String name, long word) {
        to.name(name);
        to.bool((word & 1) != 0);
    }

    private void type(Ref value, int pointer) throws IOException, MalformedRecordException {
        structs.number("type_id", value, pointer);
    }

    private void text(String kind, String name, Ref value) throws IOException, MalformedRecordException {
        kind(kind);
        structs.text(name, value, 0);
        type(value, 1);
        to.endObject();
    }

    private void list(String name, Ref value) throws IOException, MalformedRecordException {
        to.name(name);
        to.startArray();
        structs.list(value, 0, child);
        Ref list = push(structs.structs(child));
        list.kind = Ref.LIST;
    }

    private void one(String name, Ref value, int pointer) throws IOException, MalformedRecordException {
        to.name(name);
        structs.struct(value, pointer, child);
        boolean isNull = child.kind == Ref.NULL;
        Ref list = push(1);
        list.kind = Ref.STRUCT;
        if (isNull) {
            list.dataWords = -1;
        }
    }

    private Ref push(long count) {
        if (depth == MAX_DEPTH) {
            to.spoil("expected values nested at most " + MAX_DEPTH + " deep, found more");
        } else {
            depth++;
        }
        int top = depth - 1;
        if (top == lists.length) {
            lists = Arrays.copyOf(lists, 2 * top);
            next = Arrays.copyOf(next, 2 * top);
            counts = Arrays.copyOf(counts, 2 * top);
        }
        Ref list = lists[top];
        if (list == null) {
            list = new Ref();
            lists[top] = list;
        }
        list.segment = child.segment;
        list.at = child.at;
        list.dataWords = child.dataWords;
        list.pointers = child.pointers;
        next[top] = 0;
        counts[top] = count;
        return list;
    }
}
