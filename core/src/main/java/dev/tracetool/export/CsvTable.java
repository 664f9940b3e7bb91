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
        writeNames(out, fields);
        writeRows(out, rows, fields);
        out.flush();
    }

    /** The first line, for rows that come later. */
    static <T> void writeNames(Writer out, List<Field<T>> fields) throws IOException {
        for (int i = 0; i < fields.size(); i++) {
            out.append(i == 0 ? "" : ",").append(fields.get(i).name());
        }
        out.append('\n');
    }

    /** Some of the rows. */
    static <T> void writeRows(Writer out, List<T> rows, List<Field<T>> fields) throws IOException {
        StringBuilder line = new StringBuilder();
        for (T row : rows) {
            line.setLength(0);
            for (int i = 0; i < fields.size(); i++) {
                line.append(i == 0 ? "" : ",").append(value(fields.get(i), row));
            }
            out.append(line).append('\n');
        }
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
