package dev.tracetool.cli.coverage;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FileBranches;
import dev.tracetool.analysis.FileCoverage;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.BranchText;
import dev.tracetool.export.CoverageJson;
import dev.tracetool.export.CoverageReport;
import dev.tracetool.export.CsvTable;
import dev.tracetool.export.Percent;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Shows coverage in each format. */
final class CoverageOutput {
    private final Output output;
    private final RunFolders folders;

    CoverageOutput(Output output, RunFolders folders) {
        this.output = output;
        this.folders = folders;
    }

    /** @param width columns to keep to, 0 if there is no limit */
    void write(String format, CoverageReport report, int width, boolean color) throws IOException {
        Utf8Writer out = output.text();
        switch (format) {
            case "json" -> CoverageJson.write(output.writer(), report);
            case "csv" ->
                CsvTable.write(
                        output.writer(),
                        report.shown(),
                        CoverageJson.fields(report.recorded().lines()));
            case "markdown" -> {
                InputHeader.writeMarkdown(out, report.inputs());
                for (Map.Entry<String, String> total : totals(report).entrySet()) {
                    out.text("- " + total.getKey() + ": " + total.getValue()).newline();
                }
                table(report, SafeText::markdown).writeMarkdown(out);
            }
            default -> {
                InputHeader.writeText(out, report.inputs(), color);
                TextTable totals = new TextTable(Align.LEFT, Align.LEFT);
                totals(report).forEach(totals::row);
                out.newline();
                totals.write(out, "  ", 0);
                table(report, SafeText::terminal).writeText(out, width, color);
            }
        }
        out.flush();
    }

    private static Map<String, String> totals(CoverageReport report) {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("files", Quantity.count(report.files()));
        Long hit = report.hit();
        Long statements = report.statements();
        if (statements == null) {
            totals.put("statements", hit == null ? "-" : Quantity.count(hit) + " hit");
        } else {
            totals.put(
                    "statements",
                    hit == null
                            ? Quantity.count(statements)
                            : Quantity.count(hit) + " hit of " + Quantity.count(statements) + ", "
                                    + Percent.of(hit, statements));
        }
        Long branches = report.branches();
        Long taken = report.branchesHit();
        if (branches != null && taken != null) {
            totals.put(
                    "branches",
                    Quantity.count(taken) + " taken of " + Quantity.count(branches) + ", "
                            + Percent.of(taken, branches));
        }
        if (report.excluded() > 0) {
            totals.put("excluded", Quantity.count(report.excluded(), "line"));
        }
        int left = report.files() - report.shown().size();
        if (left > 0) {
            totals.put("not shown", Quantity.count(left, "file") + " of which all statements were hit");
        }
        if (report.loadedBefore() > 0) {
            totals.put(
                    "loaded before",
                    Quantity.count(report.loadedBefore(), "file")
                            + ", marked +: only functions that ran since then are known of them");
        }
        if (report.withoutSource() > 0) {
            totals.put(
                    "no source",
                    Quantity.count(report.withoutSource(), "file")
                            + ", marked *: each line that has code counts there");
        }
        if (report.withoutCode() > 0) {
            totals.put(
                    "no line tables",
                    "of " + Quantity.count(report.withoutCode(), "file")
                            + ": which lines have code there is unknown, and so what was missed");
        }
        return totals;
    }

    private ListTable table(CoverageReport report, UnaryOperator<String> safe) {
        boolean known = report.recorded().lines();
        return new ListTable.Builder<>(report.shown())
                .column("statements", true, file -> known(file, FileCoverage::statements))
                .column("missed", known, file -> known(file, FileCoverage::missed))
                .column(
                        "excluded",
                        report.excluded() > 0,
                        file -> Quantity.count(file.coverage().excluded()))
                .column("hit", known, CoverageOutput::hit)
                .column("branches", report.branches() != null, file -> branches(file, FileBranches::branches))
                .column("untaken", report.branches() != null, file -> branches(file, FileBranches::missed))
                .dispensable(java.util.List.of("excluded", "statements"))
                .name("file", file -> name(file, safe))
                .name(
                        report.branches() == null ? "missing lines" : "missing lines and branches",
                        file -> known && file.isCodeKnown() ? BranchText.missing(file) : "-")
                .build("Files", report.shown().size());
    }

    private static String known(CoveredFile file, ToLongFunction<FileCoverage> figure) {
        return file.isCodeKnown() ? Quantity.count(figure.applyAsLong(file.coverage())) : "-";
    }

    private static String hit(CoveredFile file) {
        FileCoverage coverage = file.coverage();
        return file.isCodeKnown()
                ? Percent.of(coverage.hit(), coverage.statements())
                : Quantity.count(coverage.hit(), "line");
    }

    private static String branches(CoveredFile file, ToLongFunction<FileBranches> figure) {
        FileBranches branches = file.branches();
        return branches == null ? "-" : Quantity.count(figure.applyAsLong(branches));
    }

    private String name(CoveredFile file, UnaryOperator<String> safe) {
        return safe.apply(folders.shorten(file.file()))
                + (file.hasStatements() || !file.isCodeKnown() ? "" : " *")
                + (file.isWhole() || !file.isCodeKnown() ? "" : " +");
    }
}
