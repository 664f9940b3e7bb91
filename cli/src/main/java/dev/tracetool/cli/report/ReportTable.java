package dev.tracetool.cli.report;

import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestRecord;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.export.Percent;
import dev.tracetool.export.Report;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The lists of a report, as cells for people. */
final class ReportTable {
    private static final String UNKNOWN = "-";

    private static final List<String> DISPENSABLE = List.of("hit", "exceptions", "functions", "line events", "total");

    private ReportTable() {}

    /** @param safe makes a name harmless for where the table goes */
    static ListTable files(Report report, RunFolders folders, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        boolean tables = report.lines() != null;
        return table(report.files())
                .column("self", recorded.times(), f -> Quantity.duration(f.selfNs()))
                .column("calls", recorded.calls(), f -> Quantity.count(f.calls()))
                .column("exceptions", recorded.unwinds(), f -> Quantity.count(f.unwinds()))
                .column("line events", recorded.lines(), f -> Quantity.count(f.lineEvents()))
                .column("functions", true, f -> functionsOf(recorded, f))
                .column("lines", tables || recorded.lines(), f -> linesOf(recorded, f))
                .column("hit", tables && recorded.lines(), f -> percent(f.hasTable(), f.linesHit(), f.lines()))
                .name("file", f -> safe.apply(folders.shorten(f.file())))
                .build("Files", report.files().all());
    }

    static ListTable functions(Report report, RunFolders folders, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        boolean tables = report.lines() != null;
        return table(report.functions())
                .column("self", recorded.times(), f -> Quantity.duration(f.selfNs()))
                .column("total", recorded.times(), f -> Quantity.duration(f.totalNs()))
                .column("calls", recorded.calls(), f -> Quantity.count(f.calls()))
                .column("exceptions", recorded.unwinds(), f -> Quantity.count(f.unwinds()))
                .column("line events", recorded.lines(), f -> Quantity.count(f.lineEvents()))
                .column("lines", tables || recorded.lines(), f -> linesOf(recorded, f))
                .column("hit", tables && recorded.lines(), f -> percent(f.hasTable(), f.linesHit(), f.lines()))
                .name("function", f -> safe.apply(f.identity().qualname()))
                .name("place", f -> safe.apply(folders.place(f.identity())))
                .build("Functions", report.functions().all());
    }

    static ListTable lines(Report report, RunFolders folders, UnaryOperator<String> safe) {
        return table(report.lineHits())
                .column("line events", report.recorded().lines(), l -> Quantity.count(l.hits()))
                .name("line", l -> safe.apply(folders.shorten(l.file()) + ":" + l.line()))
                .build("Lines", report.lineHits().all());
    }

    static ListTable threads(Report report, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        boolean several = report.inputs().size() > 1;
        ListTable.Builder<Report.ThreadRow> table = table(report.threads())
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
        return table.build("Threads", report.threads().all());
    }

    static ListTable tests(Report report, UnaryOperator<String> safe) {
        Recorded recorded = report.recorded();
        return table(report.tests())
                .column("duration", true, t -> duration(t.test().durationNs()))
                .column("calls", recorded.calls(), t -> Quantity.count(t.calls()))
                .column("line events", recorded.lines(), t -> Quantity.count(t.lineEvents()))
                .column("functions", true, t -> Quantity.count(t.functions()))
                .column("lines hit", recorded.lines(), t -> Quantity.count(t.linesHit()))
                .column("only here", recorded.lines(), t -> Quantity.count(t.linesOnly()))
                .name("outcome", t -> safe.apply(outcome(t.test())))
                .name("test", t -> safe.apply(t.test().label()))
                .build("Tests", report.tests().all());
    }

    private static String outcome(TestRecord test) {
        String outcome = test.outcome();
        return outcome == null ? UNKNOWN : outcome;
    }

    private static <T> ListTable.Builder<T> table(Report.Rows<T> rows) {
        return new ListTable.Builder<>(rows.shown()).dispensable(DISPENSABLE);
    }

    /** Without line tables, only those are known that ran. */
    private static String functionsOf(Recorded recorded, FileActivity file) {
        Long ran = file.functionsThatRan(recorded);
        return (ran == null ? UNKNOWN : Long.toString(ran))
                + "/"
                + (file.hasTable() ? Integer.toString(file.functions()) : UNKNOWN);
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
}
