package dev.tracetool.format.codetracer;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes trees as CBOR, each the item that serde makes of the same. */
final class CborTreeWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** A tree that is written as JSON. */
    static byte[] json(String json) {
        return content(JsonTree.array(("[" + json + "]").getBytes(StandardCharsets.UTF_8)));
    }

    static byte[] content(List<Object> records) {
        CborTreeWriter writer = new CborTreeWriter();
        records.forEach(writer::item);
        return writer.out.toByteArray();
    }

    private void item(Object tree) {
        if (tree instanceof Map<?, ?> map) {
            head(5, map.size());
            map.forEach((name, value) -> {
                item(name);
                item(value);
            });
        } else if (tree instanceof List<?> list) {
            head(4, list.size());
            list.forEach(this::item);
        } else if (tree instanceof String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            head(3, bytes.length);
            out.writeBytes(bytes);
        } else if (tree instanceof JsonTree.Number number) {
            number(number.digits());
        } else {
            out.write(tree == null ? 0xF6 : (Boolean) tree ? 0xF5 : 0xF4);
        }
    }

    private void number(String digits) {
        if (digits.contains(".")) {
            out.write(0xFB);
            long bits = Double.doubleToLongBits(Double.parseDouble(digits));
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) (bits >>> shift));
            }
        } else if (digits.startsWith("-")) {
            head(1, -1 - Long.parseLong(digits));
        } else {
            head(0, Long.parseUnsignedLong(digits));
        }
    }

    private void head(int major, long argument) {
        out.write(major << 5 | 27);
        for (int shift = 56; shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }
}
