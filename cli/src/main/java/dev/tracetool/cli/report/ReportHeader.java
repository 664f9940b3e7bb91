package dev.tracetool.cli.report;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.export.Percent;
import dev.tracetool.export.Report;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Totals, which stand between the traces and the lists. */
final class ReportHeader {
    /** Outcomes that a runner made up are not worth a place in the header. */
    private static final Pattern PLAIN_WORD = Pattern.compile("[a-z_]{1,20}");

    private ReportHeader() {}

    /** Totals by name, in order; what is unknown is left out. */
    static Map<String, String> totals(Report report) {
        Map<String, String> totals = new LinkedHashMap<>();
        if (report.functionsCalled() != null || report.functionTotal() != null) {
            totals.put("functions", functions(report) + files(report));
        }
        Long lines = report.lines();
        Long hit = report.linesHit();
        if (lines != null && hit != null) {
            totals.put(
                    "lines", Quantity.count(hit) + " hit of " + Quantity.count(lines) + ", " + Percent.of(hit, lines));
        } else if (lines != null) {
            totals.put("lines", Quantity.count(lines));
        } else if (hit != null) {
            totals.put("lines", Quantity.count(hit) + " hit");
        }
        if (hit != null && report.filesWithoutTable() > 0) {
            totals.put(
                    "no line tables",
                    "of " + Quantity.count(report.filesWithoutTable(), "file")
                            + ": which lines are executable there is unknown");
        }
        if (report.has(Report.By.TEST) && report.tellsTests()) {
            totals.put("tests", tests(report));
        }
        put(totals, "calls", report.calls());
        put(totals, "exceptions", report.unwinds());
        put(totals, "line events", report.lineEvents());
        Long duration = report.durationNs();
        if (duration != null && report.inputs().size() > 1) {
            totals.put(
                    "duration",
                    Quantity.duration(duration) + " in " + report.inputs().size() + " traces");
        }
        String unknown = unknown(report.inputs());
        if (!unknown.isEmpty()) {
            totals.put("not recorded", unknown);
        }
        if (report.inputs().stream().allMatch(ReportHeader::isEmptyByItsScope)) {
            totals.put(
                    "left out",
                    "the standard library and installed packages: record --all or --include takes them, too");
        }
        if (report.recorded().lines() && !report.recorded().everyLine()) {
            totals.put("note", "lines were recorded once each: a line event says that a line ran, not how often");
        }
        return totals;
    }

    private static String files(Report report) {
        if (!report.hasUnknownFile()) {
            return " in " + Quantity.count(report.fileCount(), "file");
        }
        return report.fileCount() == 0
                ? ", in which files is unknown"
                : " in " + Quantity.count(report.fileCount(), "file") + ", and in unknown ones";
    }

    private static String functions(Report report) {
        Long called = report.functionsCalled();
        Long all = report.functionTotal();
        if (called == null) {
            return Quantity.count(report.functionCount());
        }
        return Quantity.count(called) + " called" + (all == null ? "" : " of " + Quantity.count(all));
    }

    private static String tests(Report report) {
        Map<String, Integer> byOutcome = new TreeMap<>();
        report.outcomes()
                .forEach((outcome, tests) -> byOutcome.merge(
                        PLAIN_WORD.matcher(outcome).matches() ? outcome : "other", tests, Integer::sum));
        List<String> outcomes = new ArrayList<>();
        byOutcome.forEach((outcome, tests) -> outcomes.add(Quantity.count(tests) + " " + outcome));
        String all = Quantity.count(report.testCount());
        return outcomes.isEmpty() ? all : all + ": " + String.join(", ", outcomes);
    }

    private static boolean isEmptyByItsScope(InputActivity input) {
        TraceMetadata.Scope scope = input.metadata().scope();
        return input.events() == 0 && scope != null && !scope.all();
    }

    private static void put(Map<String, String> totals, String name, @Nullable Long value) {
        if (value != null) {
            totals.put(name, Quantity.count(value));
        }
    }

    /** What is unknown, and if that is so for some of the traces alone, for how many. */
    private static String unknown(List<InputActivity> inputs) {
        List<Recorded> all = inputs.stream().map(InputActivity::recorded).toList();
        List<Recorded> told = all.stream().filter(Recorded::events).toList();
        List<Recorded> runs = told.isEmpty() ? all : told; // compiled code takes nothing from what runs tell
        List<String> words = new ArrayList<>();
        addUnknown(words, "times", runs, Recorded::times);
        addUnknown(words, "calls", runs, Recorded::calls);
        addUnknown(words, "exceptions", runs, Recorded::unwinds);
        addUnknown(words, "lines", runs, Recorded::lines);
        return String.join(", ", words);
    }

    private static void addUnknown(List<String> words, String word, List<Recorded> runs, Predicate<Recorded> told) {
        long unknown = runs.stream().filter(told.negate()).count();
        if (unknown == runs.size() && unknown > 0) {
            words.add(word);
        } else if (unknown > 0) {
            words.add(word + " (in " + unknown + " of " + Quantity.count(runs.size(), "trace") + ")");
        }
    }
}
