package dev.tracetool.cli.annotate;

import dev.tracetool.analysis.Recorded;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.Style;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.AnnotatedFile;
import dev.tracetool.export.AnnotatedFile.Line;
import dev.tracetool.export.AnnotatedFile.State;
import dev.tracetool.export.DisplayWidth;
import dev.tracetool.export.Percent;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lines of source with columns of figures before them. A column of which nothing is known is left out. Lines are made
 * twice, to measure and to write them, since a source can be large.
 */
final class Gutter {
    private static final String GAP = "  ";

    private static final class Column {
        final String head;
        final Function<Line, String> cell;
        int width;

        Column(String head, Function<Line, String> cell) {
            this.head = head;
            this.cell = cell;
        }
    }

    private final AnnotatedFile file;
    private final int[] numbers;
    private final List<Column> columns = new ArrayList<>();
    private int longestBackticks;

    /**
     * @param numbers of the lines, ascending
     * @param lineTimes whether lines have times; else those of functions are shown where they start
     * @param allSelfNs the self times of everything, of which those of a line are a share
     */
    Gutter(AnnotatedFile file, int[] numbers, Recorded recorded, boolean lineTimes, long allSelfNs) {
        this.file = file;
        this.numbers = numbers;
        boolean counted = recorded.everyLine();
        columns.add(new Column("line", line -> Integer.toString(line.number())));
        Column mark = new Column("", Gutter::mark);
        columns.add(mark);
        columns.add(new Column(counted ? "hits" : "ran", line -> hits(line, counted)));
        columns.add(new Column("untaken", Line::untaken));
        columns.add(new Column("tests", line -> count(line.tests())));
        columns.add(new Column("calls", line -> count(line.calls())));
        Function<Line, @Nullable Long> time = lineTimes ? Gutter::time : Line::selfNs;
        columns.add(new Column(lineTimes ? "time" : "self", line -> duration(time.apply(line))));
        columns.add(new Column("share", line -> share(time.apply(line), allSelfNs)));
        measure();
        columns.removeIf(column -> column != mark && column.width == 0);
        mark.width = 1;
        columns.forEach(column -> column.width = Math.max(column.width, DisplayWidth.of(column.head)));
    }

    private static String mark(Line line) {
        return switch (line.state()) {
            case MISSED -> "!";
            case EXCLUDED -> "-";
            default -> line.untaken().isEmpty() ? "" : ">";
        };
    }

    private static String hits(Line line, boolean counted) {
        Long hits = line.hits();
        if (hits == null || (hits == 0 && line.state() != State.MISSED)) {
            return "";
        }
        return counted ? Quantity.count(hits) : hits > 0 ? "yes" : "no";
    }

    /** A line that took no time has none to show. */
    private static @Nullable Long time(Line line) {
        return line.timeNs() == null || line.timeNs() == 0 ? null : line.timeNs();
    }

    private static String duration(@Nullable Long ns) {
        return ns == null ? "" : Quantity.duration(ns);
    }

    private static String share(@Nullable Long ns, long all) {
        return ns == null ? "" : Percent.of(ns, all);
    }

    private static String count(@Nullable Long value) {
        return value == null ? "" : Quantity.count(value);
    }

    private void measure() {
        for (int number : numbers) {
            Line line = file.line(number);
            for (Column column : columns) {
                column.width = Math.max(column.width, DisplayWidth.of(column.cell.apply(line)));
            }
            int run = 0;
            for (int i = 0; i < line.text().length(); i++) {
                run = line.text().charAt(i) == '`' ? run + 1 : 0;
                longestBackticks = Math.max(longestBackticks, run);
            }
        }
    }

    /** @param width columns to keep to, 0 if there is no limit */
    void write(Utf8Writer out, int width, boolean color) throws IOException {
        if (numbers.length > 0) {
            out.text(row(column -> column.head) + "source").newline();
        }
        int before = 0;
        for (int number : numbers) {
            if (before != 0 && number != before + 1) {
                out.text(DisplayWidth.padLeft("…", 2 + columns.get(0).width)).newline();
            }
            before = number;
            Line line = file.line(number);
            String gutter = row(column -> column.cell.apply(line));
            String source = SafeText.source(line.text());
            if (width > 0) {
                source = DisplayWidth.cutEnd(source, Math.max(1, width - DisplayWidth.of(gutter)));
            }
            out.text(styled(line.state(), (gutter + source).stripTrailing(), color))
                    .newline();
        }
    }

    private String row(Function<Column, String> cell) {
        StringBuilder row = new StringBuilder();
        for (Column column : columns) {
            // The mark stands beside the number of the line.
            row.append(column.head.isEmpty() ? " " : GAP)
                    .append(DisplayWidth.padLeft(cell.apply(column), column.width));
        }
        return row.append(GAP).toString();
    }

    private static String styled(State state, String text, boolean color) {
        return switch (state) {
            case MISSED -> Style.RED.of(text, color);
            case EXCLUDED -> Style.FAINT.of(text, color);
            default -> text;
        };
    }

    /** A Markdown fence that nothing in the source can close. */
    String fence() {
        return "`".repeat(Math.max(2, longestBackticks) + 1);
    }
}
