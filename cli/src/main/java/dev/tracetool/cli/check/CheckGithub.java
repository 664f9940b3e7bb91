package dev.tracetool.cli.check;

import dev.tracetool.analysis.gate.DiffCoverage;
import dev.tracetool.analysis.gate.GateResult;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.ShortName;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.CheckReport;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Results as annotations of a GitHub workflow: a failure is an error, a changed line that did not run a warning, what was
 * not checked a notice. GitHub shows ten of each kind for a step.
 */
final class CheckGithub {
    private static final int MAX_OF_A_KIND = 10;

    /**
     * An annotation; everything in it can be hostile.
     *
     * @param file empty if it is about none
     * @param first line, 0 if it is about the whole file
     */
    private record Annotation(String file, int first, int last, String title, String message) {}

    private CheckGithub() {}

    static void write(Output output, CheckReport report, GateText words) throws IOException {
        Utf8Writer out = output.text();
        List<Annotation> errors = new ArrayList<>();
        for (GateResult result : report.failures()) {
            String message = ShortName.of(words.subject(result)) + ": " + GateText.finding(result);
            errors.add(new Annotation(
                    words.file(result),
                    result.line(),
                    result.line(),
                    result.gate().label(),
                    message));
        }
        List<Annotation> warnings = new ArrayList<>();
        List<Annotation> notices = new ArrayList<>();
        report.skipped().forEach(reason -> notices.add(new Annotation("", 0, 0, "not checked", reason)));
        DiffCoverage diff = report.diff();
        if (diff != null) {
            for (DiffCoverage.File file : diff.files()) {
                for (DiffCoverage.Range range : file.missingRanges()) {
                    warnings.add(new Annotation(
                            file.path(), range.first(), range.last(), "did not run", "changed, and did not run"));
                }
            }
            CheckText.unknown(diff).forEach(text -> notices.add(new Annotation("", 0, 0, "not checked", text)));
        }
        write(out, "error", errors);
        write(out, "warning", warnings);
        write(out, "notice", notices);
        out.text(CheckText.verdict(report)).newline();
        out.flush();
    }

    private static void write(Utf8Writer out, String kind, List<Annotation> annotations) throws IOException {
        for (Annotation annotation : annotations.subList(0, Math.min(MAX_OF_A_KIND, annotations.size()))) {
            out.text("::" + kind + " ");
            if (!annotation.file().isEmpty()) {
                out.text("file=" + property(annotation.file()) + ",");
            }
            if (annotation.first() > 0) {
                out.text("line=" + annotation.first() + ",endLine=" + annotation.last() + ",");
            }
            out.text("title=" + property(annotation.title()) + "::" + data(annotation.message()))
                    .newline();
        }
        if (annotations.size() > MAX_OF_A_KIND) {
            out.text("and " + Quantity.count(annotations.size() - MAX_OF_A_KIND, "more " + kind))
                    .newline();
        }
    }

    /** What stands behind the second pair of colons. */
    static String data(String text) {
        return SafeText.terminal(text).replace("%", "%25");
    }

    static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
