package dev.tracetool.format.codetracer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/** JSON as maps, lists, texts, booleans, nulls, and numbers as {@link Number} texts, to be compared. */
public final class JsonTree {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100_000)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** A number as it is spelt. */
    record Number(String digits) {
        @Override
        public String toString() {
            return digits;
        }
    }

    private JsonTree() {}

    static List<Object> array(byte[] json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            parser.nextToken();
            Object tree = value(parser);
            if (parser.nextToken() != null) {
                throw new AssertionError("more behind the value");
            }
            @SuppressWarnings("unchecked")
            List<Object> list = (List<Object>) tree;
            return list;
        }
    }

    /** That it is JSON, however deep. */
    public static void check(byte[] json) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
            while (parser.nextToken() != null) {
                parser.getString();
            }
        }
    }

    private static Object value(JsonParser json) {
        JsonToken token = json.currentToken();
        switch (token) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (String name = json.nextName(); name != null; name = json.nextName()) {
                    json.nextToken();
                    map.put(name, value(json));
                }
                return map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(json));
                }
                return list;
            }
            case VALUE_STRING -> {
                return json.getString();
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return new Number(json.getString());
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return token == JsonToken.VALUE_TRUE;
            }
            default -> {
                return null;
            }
        }
    }

    /** The same for two trees whose objects have the same members, in whatever order. */
    static String sorted(Object tree) {
        StringBuilder text = new StringBuilder();
        sorted(tree, text);
        return text.toString();
    }

    private static void sorted(Object tree, StringBuilder text) {
        if (tree instanceof Map<?, ?> map) {
            text.append('{');
            new TreeMap<>(map).forEach((name, value) -> {
                text.append(name).append('=');
                sorted(value, text);
                text.append(',');
            });
            text.append('}');
        } else if (tree instanceof List<?> list) {
            text.append('[');
            list.forEach(value -> {
                sorted(value, text);
                text.append(",\n");
            });
            text.append(']');
        } else {
            text.append(tree instanceof String ? "'" + tree + "'" : String.valueOf(tree));
        }
    }
}
