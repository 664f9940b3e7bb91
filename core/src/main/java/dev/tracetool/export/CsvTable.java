package dev.tracetool.export;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * A list as CSV (RFC 4180, but with a single newline at the end of a line): a line of names, then the rows. Numbers are
 * exact, in nanoseconds where they are times; unknown is empty.
 */
public final class CsvTable {
    private CsvTable() {}

    public static <T> void write(Writer out, List<T> rows, List<Field<T>> fields) throws IOException {
        StringBuilder line = new StringBuilder();
        for (Field<T> field : fields) {
            line.append(line.length() == 0 ? "" : ",").append(field.name());
        }
        out.append(line).append('\n');
        for (T row : rows) {
            line.setLength(0);
            for (int i = 0; i < fields.size(); i++) {
                line.append(i == 0 ? "" : ",").append(value(fields.get(i), row));
            }
            out.append(line).append('\n');
        }
        out.flush();
    }

    private static <T> String value(Field<T> field, T row) {
        if (field.text() != null) {
            String text = field.text().apply(row);
            return text == null ? "" : SafeText.csv(text);
        }
        Long number = field.number() == null ? null : field.number().apply(row);
        return number == null ? "" : number.toString();
    }
}
