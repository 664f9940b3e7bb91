package dev.tracetool.format.codetracer;

import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Writes records with all that they hold as a Cap'n Proto message: trees of the JSON that the same records have. The layout
 * is that of {@code trace.capnp} in the repository codetracer-trace-format, field by field.
 */
final class CapnpTreeWriter extends CapnpRecordsWriter {
    private static final List<String> KINDS = List.of(
            "Int",
            "Float",
            "Bool",
            "String",
            "Sequence",
            "Tuple",
            "Struct",
            "Variant",
            "Reference",
            "Raw",
            "Error",
            "None",
            "Cell",
            "BigInt");

    /** By number in JSON: number in the schema. */
    private static final int[] EVENTS = {0, 1, 11, 2, 3, 12, 4, 5, 6, 7, 8, 9, 10, 13};

    private CapnpTreeWriter(long seed, int segmentWords) {
        super(seed, segmentWords);
    }

    static byte[] writeTrees(List<Object> records, long seed, int segmentWords) {
        CapnpTreeWriter writer = new CapnpTreeWriter(seed, segmentWords);
        Place root = writer.allocate(1);
        Place trace = writer.allocate(1);
        writer.struct(root, trace, 0, 1);
        Place list = writer.structs(trace, records.size(), 1, 1);
        for (int i = 0; i < records.size(); i++) {
            writer.record(records.get(i), list.plus(2 * i));
        }
        return file(writer.joined(), seed);
    }

    /** A list of structs; its first element. */
    private Place structs(Place pointer, int count, int data, int pointers) {
        int words = count * (data + pointers);
        Place list = allocate(1 + words);
        point(pointer, list, 1 | (7L | (long) words << 3) << 32);
        set(list, (long) count << 2 | (long) data << 32 | (long) pointers << 48);
        return list.plus(1);
    }

    private static Map<?, ?> map(Object tree) {
        return (Map<?, ?>) tree;
    }

    private static List<?> list(Object tree) {
        return (List<?>) tree;
    }

    private static long number(Object tree) {
        return Long.parseUnsignedLong(String.valueOf(tree).replace("-", ""))
                * (tree.toString().startsWith("-") ? -1 : 1);
    }

    private void record(Object tree, Place at) {
        if (tree instanceof String) {
            set(at, 20);
            return;
        }
        Map.Entry<?, ?> entry = map(tree).entrySet().iterator().next();
        RecordKind kind = RecordKind.labelled((String) entry.getKey());
        Object content = entry.getValue();
        int ordinal = kind.ordinal();
        set(at, kind.name().startsWith("THREAD") ? ordinal + 1 : ordinal);
        Place p = at.plus(1);
        switch (kind) {
            case PATH -> text(struct(p, 0, 1), (String) content);
            case VARIABLE_NAME, VARIABLE -> text(p, (String) content);
            case DROP_VARIABLE, THREAD_START, THREAD_EXIT, THREAD_SWITCH -> number(p, number(content));
            case DROP_VARIABLES -> numbers(p, list(content));
            case ASM -> {
                List<?> texts = list(content);
                Place list = allocate(texts.size());
                point(p, list, 1 | (6L | (long) texts.size() << 3) << 32);
                for (int i = 0; i < texts.size(); i++) {
                    text(list.plus(i), (String) texts.get(i));
                }
            }
            default -> members(kind, map(content), p);
        }
    }

    private void members(RecordKind kind, Map<?, ?> m, Place p) {
        switch (kind) {
            case STEP -> {
                Place s = struct(p, 0, 2);
                number(s, number(m.get("path_id")));
                number(s.plus(1), number(m.get("line")));
            }
            case FUNCTION -> {
                Place s = struct(p, 0, 3);
                number(s, number(m.get("path_id")));
                number(s.plus(1), number(m.get("line")));
                text(s.plus(2), (String) m.get("name"));
            }
            case CALL -> {
                Place s = struct(p, 0, 2);
                number(s, number(m.get("function_id")));
                List<?> args = list(m.get("args"));
                Place list = structs(s.plus(1), args.size(), 0, 2);
                for (int i = 0; i < args.size(); i++) {
                    number(list.plus(2 * i), number(map(args.get(i)).get("variable_id")));
                    value(list.plus(2 * i + 1), map(args.get(i)).get("value"));
                }
            }
            case RETURN -> value(struct(p, 0, 1), m.get("return_value"));
            case VALUE -> {
                Place s = struct(p, 0, 2);
                number(s, number(m.get("variable_id")));
                value(s.plus(1), m.get("value"));
            }
            case COMPOUND_VALUE, CELL_VALUE, ASSIGN_CELL -> {
                Place s = struct(p, 0, 2);
                number(s, number(m.get("place")));
                value(s.plus(1), m.get(kind == RecordKind.ASSIGN_CELL ? "new_value" : "value"));
            }
            case BIND_VARIABLE, VARIABLE_CELL -> {
                Place s = struct(p, 0, 2);
                number(s, number(m.get("variable_id")));
                number(s.plus(1), number(m.get("place")));
            }
            case ASSIGN_COMPOUND_ITEM -> {
                Place s = struct(p, 1, 2);
                set(s, number(m.get("index")));
                number(s.plus(1), number(m.get("place")));
                number(s.plus(2), number(m.get("item_place")));
            }
            case EVENT -> {
                Place s = struct(p, 1, 2);
                set(s, EVENTS[(int) number(m.get("kind"))]);
                text(s.plus(1), (String) m.get("content"));
                text(s.plus(2), (String) m.get("metadata"));
            }
            case TYPE -> type(m, struct(p, 1, 2));
            case ASSIGNMENT -> {
                Place s = struct(p, 1, 2);
                set(s, m.get("pass_by").equals("Reference") ? 1 : 0);
                number(s.plus(1), number(m.get("to")));
                Map<?, ?> from = map(m.get("from"));
                Place r = struct(s.plus(2), 1, 1);
                if (from.get("kind").equals("Simple")) {
                    number(r.plus(1), number(from.get("data")));
                } else {
                    set(r, 1);
                    numbers(r.plus(1), list(from.get("data")));
                }
            }
            default -> throw new IllegalStateException(kind.label());
        }
    }

    private void type(Map<?, ?> m, Place s) {
        set(s, number(m.get("kind")));
        text(s.plus(1), (String) m.get("lang_type"));
        Map<?, ?> info = map(m.get("specific_info"));
        Place i = struct(s.plus(2), 1, 1);
        if (info.get("kind").equals("Struct")) {
            set(i, 1);
            List<?> fields = list(info.get("fields"));
            Place list = structs(i.plus(1), fields.size(), 0, 2);
            for (int k = 0; k < fields.size(); k++) {
                text(list.plus(2 * k), (String) map(fields.get(k)).get("name"));
                number(list.plus(2 * k + 1), number(map(fields.get(k)).get("type_id")));
            }
        } else if (info.get("kind").equals("Pointer")) {
            set(i, 2);
            number(i.plus(1), number(info.get("dereference_type_id")));
        }
    }

    private void numbers(Place pointer, List<?> numbers) {
        Place list = structs(pointer, numbers.size(), 1, 0);
        for (int i = 0; i < numbers.size(); i++) {
            set(list.plus(i), number(numbers.get(i)));
        }
    }

    private void value(Place pointer, Object tree) {
        fill(struct(pointer, 3, 3), map(tree));
    }

    private void values(Place pointer, List<?> values) {
        Place list = structs(pointer, values.size(), 3, 3);
        for (int i = 0; i < values.size(); i++) {
            fill(list.plus(6 * i), map(values.get(i)));
        }
    }

    private void fill(Place v, Map<?, ?> m) {
        String kind = (String) m.get("kind");
        set(v.plus(1), KINDS.indexOf(kind));
        Place p = v.plus(3);
        Place type = p;
        switch (kind) {
            case "Int" -> set(v, number(m.get("i")));
            case "Float" -> {
                double f = Double.parseDouble(String.valueOf(m.get("f")).replace("inf", "Infinity"));
                set(v, Double.doubleToLongBits(f));
            }
            case "Bool" -> set(v, (Boolean) m.get("b") ? 1 : 0);
            case "String", "Raw", "Error" -> {
                text(p, (String) m.get(kind.equals("String") ? "text" : kind.equals("Raw") ? "r" : "msg"));
                type = p.plus(1);
            }
            case "Sequence", "Tuple" -> {
                values(p, list(m.get("elements")));
                set(v, Boolean.TRUE.equals(m.get("is_slice")) ? 1 : 0);
                type = p.plus(1);
            }
            case "Struct" -> {
                values(p, list(m.get("field_values")));
                type = p.plus(1);
            }
            case "Variant" -> {
                text(p, (String) m.get("discriminator"));
                value(p.plus(1), m.get("contents"));
                type = p.plus(2);
            }
            case "Reference" -> {
                value(p, m.get("dereferenced"));
                set(v, (Boolean) m.get("mutable") ? 1 : 0);
                set(v.plus(2), number(m.get("address")));
                type = p.plus(1);
            }
            case "BigInt" -> {
                byte[] bytes = Base64.getDecoder().decode((String) m.get("b"));
                Place list = allocate((bytes.length + 7) / 8);
                for (int i = 0; i < bytes.length; i++) {
                    or(list.plus(i / 8), (bytes[i] & 0xFFL) << 8 * (i % 8));
                }
                point(p, list, 1 | (2L | (long) bytes.length << 3) << 32);
                set(v, (Boolean) m.get("negative") ? 1 : 0);
                type = p.plus(1);
            }
            default -> {}
        }
        if (kind.equals("Cell")) {
            number(p, number(m.get("place")));
        } else {
            number(type, number(m.get("type_id")));
        }
    }
}
