package dev.tracetool.cli.report;

import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.Paths;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestRecord;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.export.DisplayWidth;
import dev.tracetool.export.Percent;
import dev.tracetool.export.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A list of a report as cells for people: columns of which nothing is known are left out, the name is the last one.
 *
 * @param title of the list
 * @param names whether each column holds names; the others are numbers
 * @param more rows that are not shown
 */
record ReportTable(String title, List<String> heads, List<Boolean> names, List<List<String>> rows, int more) {
    private static final String UNKNOWN = "-";

    /** What a narrow terminal can do without, in this order: names are worth more. */
    private static final List<String> DISPENSABLE = List.of("hit", "exceptions", "functions", "line events", "total");

    /** Columns that a name should have before figures are left out for it. */
    private static final int NAME_WIDTH = 28;

    /** The same without some figures, where names would have too little of the width. */
    ReportTable narrowedTo(int width) {
        ReportTable table = this;
        for (String head : DISPENSABLE) {
            if (table.leastWidth() <= width) {
                break;
            }
            table = table.without(head);
        }
        return table;
    }

    private int leastWidth() {
        int sum = 2 * (heads.size() - 1);
        for (int i = 0; i < heads.size(); i++) {
            int widest = DisplayWidth.of(heads.get(i));
            for (List<String> row : rows) {
                widest = Math.max(widest, DisplayWidth.of(row.get(i)));
            }
            sum += names.get(i) ? Math.min(NAME_WIDTH, widest) : widest;
        }
        return sum;
    }

    private ReportTable without(String head) {
        int at = heads.indexOf(head);
        return at < 0
                ? this
                : new ReportTable(
                        title,
                        less(heads, at),
                        less(names, at),
                        rows.stream().map(row -> less(row, at)).toList(),
                        more);
    }

    private static <T> List<T> less(List<T> list, int at) {
        List<T> less = new ArrayList<>(list);
        less.remove(at);
        return less;
    }

    /** Collects the columns of one list. */
    private static final class Builder<T> {
        private final Report.Rows<T> rows;
        private final List<String> heads = new ArrayList<>();
        private final List<Boolean> names = new ArrayList<>();
        private final List<List<String>> cells = new ArrayList<>();

        Builder(Report.Rows<T> rows) {
            this.rows = rows;
            rows.shown().forEach(row -> cells.add(new ArrayList<>()));
        }

        interface Cell<T> {
            String of(T row);
        }

        Builder<T> column(String head, boolean known, Cell<T> cell) {
            return known ? add(head, false, cell) : this;
        }

        Builder<T> name(String head, Cell<T> cell) {
            return add(head, true, cell);
        }

        private Builder<T> add(String head, boolean isName, Cell<T> cell) {
            heads.add(head);
            names.add(isName);
            for (int i = 0; i < cells.size(); i++) {
                cells.get(i).add(cell.of(rows.shown().get(i)));
            }
            return this;
        }

        ReportTable build(String title) {
            return new ReportTable(
                    title, heads, names, cells, rows.all() - rows.shown().size());
        }
    }

    /** @param safe makes a name harmless for where the table goes */
    static ReportTable files(Report report, List<String> folders, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        boolean tables = report.lines() != null;
        return new Builder<>(report.files())
                .column("self", recorded.times(), f -> Quantity.duration(f.selfNs()))
                .column("calls", recorded.calls(), f -> Quantity.count(f.calls()))
                .column("exceptions", recorded.unwinds(), f -> Quantity.count(f.unwinds()))
                .column("line events", recorded.lines(), f -> Quantity.count(f.lineEvents()))
                .column("functions", true, f -> f.functionsCalled() + "/" + f.functions())
                .column("lines", tables || recorded.lines(), f -> linesOf(recorded, f))
                .column("hit", tables && recorded.lines(), f -> percent(f.hasTable(), f.linesHit(), f.lines()))
                .name("file", f -> safe.apply(shorten(f.file(), folders)))
                .build("Files");
    }

    static ReportTable functions(Report report, List<String> folders, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        boolean tables = report.lines() != null;
        return new Builder<>(report.functions())
                .column("self", recorded.times(), f -> Quantity.duration(f.selfNs()))
                .column("total", recorded.times(), f -> Quantity.duration(f.totalNs()))
                .column("calls", recorded.calls(), f -> Quantity.count(f.calls()))
                .column("exceptions", recorded.unwinds(), f -> Quantity.count(f.unwinds()))
                .column("line events", recorded.lines(), f -> Quantity.count(f.lineEvents()))
                .column("lines", tables || recorded.lines(), f -> linesOf(recorded, f))
                .column("hit", tables && recorded.lines(), f -> percent(f.hasTable(), f.linesHit(), f.lines()))
                .name("function", f -> safe.apply(f.identity().qualname()))
                .name(
                        "place",
                        f -> safe.apply(shorten(f.identity().filename(), folders) + ":"
                                + f.identity().firstLine()))
                .build("Functions");
    }

    static ReportTable lines(Report report, List<String> folders, UnaryOperator<String> safe) {
        return new Builder<>(report.lineHits())
                .column("line events", report.recorded().lines(), l -> Quantity.count(l.hits()))
                .name("line", l -> safe.apply(shorten(l.file(), folders) + ":" + l.line()))
                .build("Lines");
    }

    static ReportTable threads(Report report, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        boolean several = report.inputs().size() > 1;
        Builder<Report.ThreadRow> table = new Builder<>(report.threads())
                .column("duration", recorded.times(), t -> duration(t.activity().durationNs()))
                .column("self", recorded.times(), t -> duration(t.activity().selfNs()))
                .column("calls", recorded.calls(), t -> count(t.activity().calls()))
                .column("line events", recorded.lines(), t -> count(t.activity().lineEvents()))
                .column("events", true, t -> Quantity.count(t.activity().events()))
                .column(
                        "thread",
                        true,
                        t -> Integer.toUnsignedString(t.activity().number()))
                .name("name", t -> safe.apply(t.activity().name()));
        if (several) {
            table.name("trace", t -> safe.apply(report.inputs().get(t.input()).name()));
        }
        return table.build("Threads");
    }

    static ReportTable tests(Report report, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        return new Builder<>(report.tests())
                .column("duration", true, t -> duration(t.test().durationNs()))
                .column("calls", recorded.calls(), t -> Quantity.count(t.calls()))
                .column("line events", recorded.lines(), t -> Quantity.count(t.lineEvents()))
                .column("functions", true, t -> Quantity.count(t.functions()))
                .column("lines hit", recorded.lines(), t -> Quantity.count(t.linesHit()))
                .column("only here", recorded.lines(), t -> Quantity.count(t.linesOnly()))
                .name("outcome", t -> safe.apply(outcome(t.test())))
                .name("test", t -> safe.apply(t.test().label()))
                .build("Tests");
    }

    private static String outcome(TestRecord test) {
        String outcome = test.outcome();
        return outcome == null ? UNKNOWN : outcome;
    }

    private static String linesOf(Recorded recorded, FileActivity file) {
        return part(recorded, file.hasTable(), file.linesHit(), file.lines());
    }

    private static String linesOf(Recorded recorded, FunctionActivity function) {
        return part(recorded, function.hasTable(), function.linesHit(), function.lines());
    }

    private static String part(Recorded recorded, boolean hasTable, int hit, LineHits lines) {
        return (recorded.lines() ? Integer.toString(hit) : UNKNOWN)
                + "/"
                + (hasTable ? Integer.toString(lines.executable()) : UNKNOWN);
    }

    private static String percent(boolean hasTable, int hit, LineHits lines) {
        return hasTable ? Percent.of(hit, lines.executable()) : UNKNOWN;
    }

    private static String duration(@Nullable Long ns) {
        return ns == null ? UNKNOWN : Quantity.duration(ns);
    }

    private static String count(@Nullable Long value) {
        return value == null ? UNKNOWN : Quantity.count(value);
    }

    /** The path from the working directory of the run, if it is beneath one. */
    private static String shorten(String file, List<String> folders) {
        for (String folder : folders) {
            String below = Paths.below(file, folder);
            if (!below.equals(file)) {
                return below;
            }
        }
        return file;
    }
}
