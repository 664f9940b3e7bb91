package dev.tracetool.export;

import dev.tracetool.export.AnnotatedFile.Line;
import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The lines of {@code tracetool.annotate/1} as CSV, file by file. */
public final class AnnotateCsv {
    private record Row(String file, Line line) {}

    private static final List<Field<Row>> FIELDS = List.of(
            Field.text("file", Row::file),
            Field.number("line", row -> row.line().number()),
            Field.text("state", row -> row.line().state().label()),
            number("hits", Line::hits),
            number("tests", Line::tests),
            number("calls", Line::calls),
            number("self_ns", Line::selfNs),
            number("time_ns", Line::timeNs),
            Field.text(
                    "untaken",
                    row -> row.line().untaken().isEmpty() ? null : row.line().untaken()),
            Field.text("text", row -> row.line().text()));

    private final Writer out;

    public AnnotateCsv(Writer out) throws IOException {
        this.out = out;
        CsvTable.writeNames(out, FIELDS);
    }

    private static Field<Row> number(String name, Function<Line, @Nullable Long> value) {
        return Field.perhaps(name, row -> value.apply(row.line()));
    }

    /** The next file, with some of its lines. */
    public void write(AnnotatedFile file, int[] numbers) throws IOException {
        List<Row> rows = IntStream.of(numbers)
                .mapToObj(number -> new Row(file.file().file(), file.line(number)))
                .toList();
        CsvTable.writeRows(out, rows, FIELDS);
        out.flush();
    }
}
