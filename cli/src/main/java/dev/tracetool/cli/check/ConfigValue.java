package dev.tracetool.cli.check;

import dev.tracetool.export.SafeText;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a configuration file: exactly one of table, list, text, number (as it is written) and truth value, or none of
 * them for what has no use here.
 *
 * @param line in the file, from 1
 * @param column in the line, from 1
 */
record ConfigValue(
        int line,
        int column,
        @Nullable Map<String, ConfigValue> table,
        @Nullable List<ConfigValue> list,
        @Nullable String text,
        @Nullable String number,
        @Nullable Boolean bool) {
    private static final int LONGEST = 60;

    static ConfigValue table(int line, int column, Map<String, ConfigValue> members) {
        return new ConfigValue(line, column, members, null, null, null, null);
    }

    static ConfigValue list(int line, int column, List<ConfigValue> elements) {
        return new ConfigValue(line, column, null, elements, null, null, null);
    }

    /** @param value a text, a number, a truth value, or anything else */
    static ConfigValue scalar(int line, int column, @Nullable Object value) {
        return new ConfigValue(
                line,
                column,
                null,
                null,
                value instanceof String text ? text : null,
                value instanceof Number number ? number.toString() : null,
                value instanceof Boolean bool ? bool : null);
    }

    /** As in {@code line 3, column 7: }. */
    String place() {
        return "line " + line + ", column " + column + ": ";
    }

    /** What it is, for an error. */
    String kind() {
        if (table != null) {
            return "a table";
        }
        if (list != null) {
            return "a list";
        }
        if (text != null) {
            return '"' + SafeText.terminal(text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text) + '"';
        }
        if (number != null) {
            return number;
        }
        return bool == null ? "something else" : bool.toString();
    }
}
