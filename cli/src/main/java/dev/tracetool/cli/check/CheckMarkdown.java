package dev.tracetool.cli.check;

import dev.tracetool.analysis.gate.DiffCoverage;
import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.GateResult;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.ShortName;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.CheckReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Results as GitHub Flavored Markdown that fits into the summary of a job, which has 1 MiB for each step. */
final class CheckMarkdown {
    /** In chars, of which each takes three bytes at most; other steps' commands may add to the same summary. */
    static final int MAX_CHARS = (1 << 20) / 6;

    private static final int MAX_NOTES = 50;

    private CheckMarkdown() {}

    static void write(Output output, CheckReport report, GateText words) throws IOException {
        Utf8Writer out = output.text();
        out.text(document(report, words, MAX_CHARS));
        out.flush();
    }

    static String document(CheckReport report, GateText words, int limit) {
        StringBuilder text = new StringBuilder("## Check: " + CheckText.verdict(report) + "\n");
        notes(report, text);
        List<ListTable> lists = new ArrayList<>();
        if (!report.passed()) {
            lists.add(failures(report, words));
        }
        DiffCoverage diff = report.diff();
        if (diff != null) {
            lists.add(changes(diff));
        }
        Map<Gate, String> passed = CheckText.passed(report, words);
        if (!passed.isEmpty()) {
            lists.add(new ListTable.Builder<>(List.copyOf(passed.entrySet()))
                    .name("gate", gate -> gate.getKey().label())
                    .name("found", gate -> ShortName.markdown(gate.getValue()))
                    .build("Passed", passed.size()));
        }
        for (int i = 0; i < lists.size(); i++) {
            text.append(lists.get(i).markdown((limit - text.length()) / (lists.size() - i)));
        }
        return text.toString();
    }

    private static void notes(CheckReport report, StringBuilder text) {
        List<String> notes = new ArrayList<>();
        report.skipped().forEach(reason -> notes.add("not checked: " + reason));
        DiffCoverage diff = report.diff();
        if (diff != null) {
            notes.addAll(CheckText.unknown(diff));
        }
        text.append(notes.isEmpty() ? "" : "\n");
        for (String note : notes.subList(0, Math.min(MAX_NOTES, notes.size()))) {
            text.append("- ").append(ShortName.markdown(note)).append('\n');
        }
        if (notes.size() > MAX_NOTES) {
            text.append("- and " + Quantity.count(notes.size() - MAX_NOTES, "more note") + "\n");
        }
    }

    private static ListTable failures(CheckReport report, GateText words) {
        List<GateResult> failures = report.failures();
        return new ListTable.Builder<>(failures)
                .name("gate", result -> result.gate().label())
                .name("what", result -> ShortName.markdown(words.subject(result)))
                .name("found", GateText::finding)
                .build("Failed", failures.size());
    }

    private static ListTable changes(DiffCoverage diff) {
        return new ListTable.Builder<>(diff.files())
                .column("statements", true, file -> Quantity.count(file.statements()))
                .column("hit", true, file -> Quantity.count(file.hit()))
                .name("changed file", file -> ShortName.markdown(file.path()))
                .name("did not run", CheckMarkdown::ranges)
                .build("Change", diff.files().size());
    }

    private static String ranges(DiffCoverage.File file) {
        StringBuilder text = new StringBuilder();
        for (DiffCoverage.Range range : file.missingRanges()) {
            text.append(text.length() == 0 ? "" : ", ").append(range);
        }
        return ShortName.of(text.toString());
    }
}
