package dev.tracetool.cli.check;

import dev.tracetool.analysis.gate.DiffCoverage;
import dev.tracetool.analysis.gate.Gate;
import dev.tracetool.analysis.gate.GateResult;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.Style;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.CheckReport;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Results as lines: each failure, and of each gate what was passed. */
final class CheckText {
    private CheckText() {}

    static void write(Output output, CheckReport report, GateText words, boolean color) throws IOException {
        Utf8Writer out = output.text();
        TextTable table = new TextTable(Align.LEFT, Align.LEFT, Align.LEFT);
        for (GateResult result : report.failures()) {
            table.row(
                    Style.RED.of("failed", color),
                    result.gate().label(),
                    SafeText.terminal(words.subject(result)) + ": " + GateText.finding(result));
        }
        passed(report, words).forEach((gate, text) -> table.row("passed", gate.label(), SafeText.terminal(text)));
        for (String reason : report.skipped()) {
            table.row(Style.YELLOW.of("skipped", color), "", reason);
        }
        table.write(out, "", 0);
        DiffCoverage diff = report.diff();
        if (diff != null) {
            for (String line : notRun(diff)) {
                out.text(SafeText.terminal(line)).newline();
            }
        }
        out.newline().text(Style.BOLD.of(verdict(report), color)).newline();
        out.flush();
    }

    /** Of each gate that something passed, what that was: hostile text. */
    static Map<Gate, String> passed(CheckReport report, GateText words) {
        Map<Gate, List<GateResult>> byGate = new LinkedHashMap<>();
        for (GateResult result : report.results()) {
            if (result.passed()) {
                byGate.computeIfAbsent(result.gate(), gate -> new ArrayList<>()).add(result);
            }
        }
        Map<Gate, String> texts = new LinkedHashMap<>();
        byGate.forEach((gate, results) -> {
            GateResult first = results.get(0);
            texts.put(
                    gate,
                    results.size() == 1
                            ? words.subject(first) + ": " + GateText.finding(first)
                            : Quantity.count(results.size(), noun(gate)));
        });
        return texts;
    }

    private static String noun(Gate gate) {
        return switch (gate) {
            case TOTAL_COVERAGE -> "group";
            case FILE_COVERAGE -> "file";
            default -> "function";
        };
    }

    /** What of the change did not run, and what nobody can know of it: hostile text. */
    static List<String> notRun(DiffCoverage diff) {
        List<String> lines = new ArrayList<>();
        for (DiffCoverage.File file : diff.files()) {
            for (DiffCoverage.Range range : file.missingRanges()) {
                lines.add(file.path() + ":" + range + " changed and did not run");
            }
        }
        lines.addAll(unknown(diff));
        return lines;
    }

    static List<String> unknown(DiffCoverage diff) {
        List<String> lines = new ArrayList<>();
        for (String path : diff.unknown()) {
            lines.add(path + " changed and was not recorded: its statements are not counted");
        }
        for (String path : diff.ambiguous()) {
            lines.add(path + " changed and can be several recorded files: all are counted");
        }
        return lines;
    }

    static String verdict(CheckReport report) {
        long failed =
                report.failures().stream().map(GateResult::gate).distinct().count();
        long all = report.results().stream().map(GateResult::gate).distinct().count();
        if (failed == 0) {
            return all == 0 ? "nothing to check" : Quantity.count(all, "gate") + " passed";
        }
        return Quantity.count(failed) + " of " + Quantity.count(all, "gate") + " failed";
    }
}
