package dev.tracetool.cli.diff;

import dev.tracetool.analysis.diff.Change;
import dev.tracetool.analysis.diff.CodeState;
import dev.tracetool.analysis.diff.DiffRow;
import dev.tracetool.analysis.diff.FileDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.LineDiff;
import dev.tracetool.analysis.diff.Metric;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.export.DiffReport;
import dev.tracetool.export.DiffReport.By;
import dev.tracetool.export.Report.Rows;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The lists of a diff, as cells for people. A figure that is 0 everywhere is left out, and so is a change in none. */
final class DiffTable {
    private static final List<String> DISPENSABLE = List.of(
            "total",
            "Δ total",
            "exceptions",
            "lines hit",
            "self",
            "line events",
            "Δ self",
            "calls",
            "Δ exceptions",
            "Δ lines hit");

    private DiffTable() {}

    /**
     * The lists that were asked for.
     *
     * @param safe makes a name harmless for where the table goes
     */
    static List<ListTable> of(DiffReport report, UnaryOperator<String> safe) {
        RunFolders folders = DiffHeader.folders(report);
        List<ListTable> tables = new ArrayList<>();
        if (report.has(By.FILE)) {
            tables.add(files(report.files(), folders, safe));
        }
        if (report.has(By.FUNCTION)) {
            tables.add(functions(report.functions(), folders, safe));
        }
        if (report.has(By.LINE)) {
            tables.add(lines(report.lines(), folders, safe));
        }
        return tables;
    }

    private static ListTable files(Rows<FileDiff> rows, RunFolders folders, UnaryOperator<String> safe) {
        return figures(rows, By.FILE)
                .name("what", row -> what(row, row.code()))
                .name("file", row -> safe.apply(folders.shorten(row.file())))
                .build("Files", rows.all());
    }

    private static ListTable functions(Rows<FunctionDiff> rows, RunFolders folders, UnaryOperator<String> safe) {
        return figures(rows, By.FUNCTION)
                .name("what", row -> what(row, row.code()))
                .name("function", row -> safe.apply(row.identity().qualname()))
                .name("place", row -> safe.apply(place(row, folders)))
                .build("Functions", rows.all());
    }

    private static ListTable lines(Rows<LineDiff> rows, RunFolders folders, UnaryOperator<String> safe) {
        return figures(rows, By.LINE)
                .name("line", row -> safe.apply(folders.shorten(row.file()) + ":" + lines(row)))
                .build("Lines", rows.all());
    }

    private static <T extends DiffRow> ListTable.Builder<T> figures(Rows<T> rows, By list) {
        ListTable.Builder<T> table = new ListTable.Builder<>(rows.shown()).dispensable(DISPENSABLE);
        for (Metric metric : list.metrics()) {
            List<Change> changes = rows.shown().stream()
                    .map(row -> row.change(metric))
                    .filter(Objects::nonNull)
                    .toList();
            boolean known = changes.stream()
                    .anyMatch(change -> change.base().max() > 0 || change.head().max() > 0);
            boolean changed = changes.stream().anyMatch(change -> change.delta() != 0);
            String name = DiffHeader.name(metric);
            table.column(name, known, row -> Cells.values(change(row, metric), metric.isTime()));
            table.column("Δ " + name, changed, row -> Cells.delta(change(row, metric), metric.isTime()));
        }
        return table;
    }

    /** A column is there only if it is known. */
    private static Change change(DiffRow row, Metric metric) {
        return Objects.requireNonNull(row.change(metric));
    }

    private static String what(DiffRow row, CodeState code) {
        String ran = !row.ranApart() ? "" : row.ran(Side.HEAD) ? "runs now" : "runs no more";
        return switch (code) {
            case NEW -> row.ran(Side.HEAD) || !row.knowsRuns() ? "new" : "new, not run";
            case GONE -> row.ran(Side.BASE) || !row.knowsRuns() ? "gone" : "gone, not run";
            case CHANGED -> ran.isEmpty() ? "changed" : "changed, " + ran;
            case MOVED -> ran.isEmpty() ? "moved" : "moved, " + ran;
            case SAME, UNKNOWN -> ran;
        };
    }

    private static String place(FunctionDiff row, RunFolders folders) {
        CodeIdentity base = row.identity(Side.BASE);
        CodeIdentity head = row.identity(Side.HEAD);
        String line = base != null && head != null && base.firstLine() != head.firstLine()
                ? RunFolders.firstLine(base) + " → " + RunFolders.firstLine(head)
                : RunFolders.firstLine(row.identity());
        return folders.place(row.file(), line);
    }

    private static String lines(LineDiff row) {
        Integer base = row.line(Side.BASE);
        Integer head = row.line(Side.HEAD);
        return base != null && head != null && !base.equals(head) ? base + " → " + head : "" + row.anyLine();
    }
}
