package dev.tracetool.format.codetracer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** Writes records as JSON, in all of the spellings that recorders have used. */
final class JsonRecords {
    private final Random random;
    private final boolean pretty;
    private final StringBuilder out = new StringBuilder();

    private JsonRecords(long seed, boolean pretty) {
        this.random = new Random(seed);
        this.pretty = pretty;
    }

    static byte[] write(List<Rec> records, long seed, boolean pretty) {
        JsonRecords json = new JsonRecords(seed, pretty);
        json.out.append('[');
        for (int i = 0; i < records.size(); i++) {
            json.out.append(i == 0 ? "" : ",").append(pretty ? "\n  " : "");
            json.element(records.get(i));
        }
        json.out.append(pretty ? "\n]\n" : "]");
        return json.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void element(Rec rec) {
        String label = rec.kind().label();
        if (rec.kind() == RecordKind.DROP_LAST_STEP && random.nextBoolean()) {
            out.append(quote(label));
            return;
        }
        out.append(pretty ? "{\n    " : "{").append(quote(label)).append(pretty ? ": " : ":");
        out.append(payload(rec)).append(pretty ? "\n  }" : "}");
    }

    private String payload(Rec rec) {
        return switch (rec.kind()) {
            case PATH, VARIABLE_NAME, VARIABLE -> quote(rec.text());
            case STEP -> object("\"path_id\":" + rec.first(), "\"line\":" + rec.second());
            case FUNCTION ->
                object("\"path_id\":" + rec.first(), "\"line\":" + rec.second(), "\"name\":" + quote(rec.text()));
            case CALL ->
                random.nextBoolean()
                        ? object("\"function_id\":" + rec.first())
                        : object(
                                "\"function_id\":" + rec.first(),
                                "\"args\":[{\"variable_id\":0,\"value\":" + value(0) + "}]");
            case RETURN -> object("\"return_value\":" + value(rec.first()));
            case THREAD_START, THREAD_EXIT, THREAD_SWITCH, DROP_VARIABLE -> Long.toUnsignedString(rec.first());
            case EVENT ->
                random.nextBoolean()
                        ? object("\"kind\":0", "\"content\":\"out\"")
                        : object("\"kind\":0", "\"metadata\":\"\"", "\"content\":\"out\"");
            case ASM, DROP_VARIABLES -> "[]";
            case DROP_LAST_STEP -> "null";
            case ASSIGNMENT ->
                object(
                        "\"to\":1",
                        "\"pass_by\":\"Value\"",
                        "\"from\":"
                                + (random.nextBoolean()
                                        ? "{\"kind\":\"Compound\",\"data\":[]}"
                                        : "{\"kind\":\"Literal\"}"));
            default -> object("\"variable_id\":0", "\"value\":" + value(rec.first()));
        };
    }

    /** Members in any order. */
    private String object(String... members) {
        int turn = random.nextInt(members.length);
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < members.length; i++) {
            text.append(i == 0 ? "" : pretty ? ", " : ",").append(members[(i + turn) % members.length]);
        }
        return text.append('}').toString();
    }

    private String value(long size) {
        return switch (random.nextInt(5)) {
            case 0 -> "{\"kind\":\"Float\",\"f\":2.5,\"type_id\":0}";
            case 1 -> "{\"kind\":\"Float\",\"f\":\"inf\",\"type_id\":0}";
            case 2 -> "{\"kind\":\"Int\",\"i\":" + "9".repeat(1 + (int) size) + ",\"type_id\":0}";
            case 3 -> "{\"kind\":\"String\",\"text\":" + quote("\\\"]}" + "x".repeat((int) size)) + ",\"type_id\":1}";
            default ->
                "{\"kind\":\"Sequence\",\"elements\":[" + "[".repeat((int) size) + "]".repeat((int) size)
                        + "],\"is_slice\":false}";
        };
    }

    private String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < ' ' || c > 126 && random.nextBoolean() && !Character.isSurrogate(c)) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}
