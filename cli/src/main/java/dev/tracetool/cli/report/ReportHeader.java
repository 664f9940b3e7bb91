package dev.tracetool.cli.report;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.cli.command.Inputs;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.export.Percent;
import dev.tracetool.export.Report;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands before the lists: the traces, what is wrong with them, and totals. */
final class ReportHeader {
    /** Traces that are named one by one; those that are not whole always are. */
    private static final int MAX_INPUTS = 10;

    /** Outcomes that a runner made up are not worth a place in the header. */
    private static final Pattern PLAIN_WORD = Pattern.compile("[a-z_]{1,20}");

    private ReportHeader() {}

    /** A trace in a few words, with its faults. */
    record Input(String name, String about, List<String> faults) {}

    static List<Input> inputs(Report report) {
        List<Input> list = new ArrayList<>();
        int left = 0;
        for (InputActivity input : report.inputs()) {
            List<String> faults = faults(input);
            if (faults.isEmpty() && list.size() >= MAX_INPUTS) {
                left++;
            } else {
                list.add(new Input(input.name(), about(input), faults));
            }
        }
        if (left > 0) {
            list.add(new Input("", "and " + Quantity.count(left, "more trace") + ", all of them whole", List.of()));
        }
        return list;
    }

    private static String about(InputActivity input) {
        TraceMetadata run = input.metadata();
        List<String> words = new ArrayList<>();
        String implementation = run.implementation() == null ? "python" : run.implementation();
        words.add(implementation + (run.python() == null ? "" : " " + run.python()));
        if (run.mode() != null) {
            words.add("mode " + run.mode());
        }
        String scope = scope(run.scope());
        if (scope != null) {
            words.add(scope);
        }
        words.add(Quantity.count(input.events(), "event"));
        if (input.durationNs() != null) {
            words.add(Quantity.duration(input.durationNs()));
        }
        return SafeText.terminal(String.join(", ", words));
    }

    private static @Nullable String scope(TraceMetadata.@Nullable Scope scope) {
        if (scope == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(scope.all() ? "everything" : "own code");
        scope.include().forEach(glob -> text.append(" +").append(glob));
        scope.exclude().forEach(glob -> text.append(" -").append(glob));
        return text.toString();
    }

    private static List<String> faults(InputActivity input) {
        List<String> faults = new ArrayList<>();
        if (!input.damage().isEmpty()) {
            faults.add(Inputs.describe(input.damage()));
        }
        if (!input.complete()) {
            faults.add("cut off: the recording was not closed, its last events may be missing");
        }
        for (String failure : input.failures()) {
            faults.add("the recorder stopped: " + SafeText.terminal(failure));
        }
        String prefix = SafeText.terminal(input.name()) + ": ";
        for (String problem : ProblemText.of(input)) {
            faults.add(problem.substring(prefix.length()));
        }
        return faults;
    }

    /** Totals by name, in order; what is unknown is left out. */
    static Map<String, String> totals(Report report) {
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put(
                "functions",
                Quantity.count(report.functionsCalled()) + " called of " + Quantity.count(report.functionCount())
                        + " in " + Quantity.count(report.fileCount(), "file"));
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
        if (report.has(Report.By.TEST)) {
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
        String unknown = unknown(report.recorded());
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

    private static String unknown(Recorded recorded) {
        List<String> words = new ArrayList<>();
        if (!recorded.times()) {
            words.add("times");
        }
        if (!recorded.calls()) {
            words.add("calls");
        }
        if (!recorded.unwinds()) {
            words.add("exceptions");
        }
        if (!recorded.lines()) {
            words.add("lines");
        }
        return String.join(", ", words);
    }
}
