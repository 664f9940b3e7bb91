package dev.tracetool.cli.annotate;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FileCoverage;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.LineRanges;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.Style;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.AnnotateCsv;
import dev.tracetool.export.AnnotateJson;
import dev.tracetool.export.AnnotatedFile;
import dev.tracetool.export.Percent;
import dev.tracetool.export.SafeText;
import dev.tracetool.source.FoundSource;
import dev.tracetool.source.FoundSource.Match;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Shows annotated sources in each format. */
final class AnnotateOutput {
    private final Output output;
    private final RunFolders folders;
    private final LineRanges ranges;
    private final boolean onlyMissed;

    AnnotateOutput(Output output, RunFolders folders, LineRanges ranges, boolean onlyMissed) {
        this.output = output;
        this.folders = folders;
        this.ranges = ranges;
        this.onlyMissed = onlyMissed;
    }

    /** @param width columns to keep to, 0 if there is no limit */
    void write(String format, Summary summary, List<CoveredFile> files, int width, boolean color) throws IOException {
        List<InputActivity> inputs = summary.activity().inputs();
        Recorded recorded = summary.activity().recorded();
        if (format.equals("csv")) {
            AnnotateCsv csv = new AnnotateCsv(output.writer());
            for (CoveredFile file : files) {
                AnnotatedFile annotated = new AnnotatedFile(file, summary);
                csv.write(annotated, numbers(annotated));
            }
            return;
        }
        if (format.equals("json")) {
            Writer out = output.writer();
            try (AnnotateJson json = new AnnotateJson(out, inputs, recorded.lines())) {
                for (CoveredFile file : files) {
                    AnnotatedFile annotated = new AnnotatedFile(file, summary);
                    json.write(annotated, numbers(annotated));
                }
            }
            return;
        }
        boolean markdown = format.equals("markdown");
        Utf8Writer out = output.text();
        if (markdown) {
            InputHeader.writeMarkdown(out, inputs);
        } else {
            InputHeader.writeText(out, inputs, color);
        }
        long allSelfNs = summary.activity().functions(file -> true, name -> true).stream()
                .mapToLong(FunctionActivity::selfNs)
                .sum();
        boolean lineTimes = AnnotatedFile.hasLineTimes(summary);
        boolean none = onlyMissed && recorded.lines();
        for (CoveredFile file : files) {
            AnnotatedFile annotated = new AnnotatedFile(file, summary);
            int[] numbers = numbers(annotated);
            if (onlyMissed && numbers.length == 0 && file.source() != null && file.isCodeKnown()) {
                continue;
            }
            none = false;
            Gutter gutter = new Gutter(annotated, numbers, recorded, lineTimes, allSelfNs);
            if (markdown) {
                markdown(out, file, recorded, gutter);
            } else {
                text(out, file, recorded, gutter, width, color);
            }
        }
        if (none) {
            out.newline().text("no missed lines").newline();
        }
        out.flush();
    }

    private int[] numbers(AnnotatedFile file) {
        return file.numbers(line -> ranges.isEmpty() || ranges.contains(line), onlyMissed);
    }

    private void text(Utf8Writer out, CoveredFile file, Recorded recorded, Gutter gutter, int width, boolean color)
            throws IOException {
        String name = SafeText.terminal(folders.shorten(file.file()));
        out.newline()
                .text(Style.BOLD.of(name, color))
                .text(": " + totals(file, recorded))
                .newline();
        FoundSource source = file.source();
        if (source == null) {
            out.text("  ").text(Style.YELLOW.of("no source was found", color)).newline();
            return;
        }
        if (!source.place().equals(file.file())) {
            out.text("  source: ").text(SafeText.terminal(source.place())).newline();
        }
        if (source.match() == Match.DIFFERENT) {
            out.text("  ").text(Style.YELLOW.of(difference(source), color)).newline();
        }
        gutter.write(out, width, color);
    }

    private void markdown(Utf8Writer out, CoveredFile file, Recorded recorded, Gutter gutter) throws IOException {
        String name = SafeText.markdown(folders.shorten(file.file()));
        out.newline().text("### ").text(name).newline().newline();
        out.text("- ").text(totals(file, recorded)).newline();
        FoundSource source = file.source();
        if (source == null) {
            out.text("- **no source was found**").newline();
            return;
        }
        if (!source.place().equals(file.file())) {
            out.text("- source: ").text(SafeText.markdown(source.place())).newline();
        }
        if (source.match() == Match.DIFFERENT) {
            out.text("- **").text(difference(source)).text("**").newline();
        }
        String fence = gutter.fence();
        out.newline().text(fence).text("text").newline();
        gutter.write(out, 0, false);
        out.text(fence).newline();
    }

    private static String difference(FoundSource source) {
        return "the source differs from what ran, which had other lines: " + source.doubt();
    }

    private static String totals(CoveredFile file, Recorded recorded) {
        FileCoverage coverage = file.coverage();
        if (!file.isCodeKnown()) {
            return (recorded.lines() ? Quantity.count(coverage.hit(), "line") + " hit" : "lines were not recorded")
                    + "; which others have code is unknown, for the traces have no line tables";
        }
        String noun = file.hasStatements() ? "statement" : "line with code";
        StringBuilder text = new StringBuilder(
                file.hasStatements() || coverage.statements() == 1
                        ? Quantity.count(coverage.statements(), noun)
                        : Quantity.count(coverage.statements()) + " lines with code");
        if (recorded.lines()) {
            text.append(", ")
                    .append(Quantity.count(coverage.hit()))
                    .append(" hit, ")
                    .append(Quantity.count(coverage.missed()))
                    .append(" missed, ")
                    .append(Percent.of(coverage.hit(), coverage.statements()));
        }
        if (coverage.excluded() > 0) {
            text.append("; ")
                    .append(Quantity.count(coverage.excluded(), "line"))
                    .append(" excluded");
        }
        if (!file.isWhole()) {
            text.append("; loaded before the recording: only functions that ran since then are known");
        }
        return text.toString();
    }
}
