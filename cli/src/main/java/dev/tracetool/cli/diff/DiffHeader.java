package dev.tracetool.cli.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.diff.Aspect;
import dev.tracetool.analysis.diff.Change;
import dev.tracetool.analysis.diff.CodeState;
import dev.tracetool.analysis.diff.Comparison;
import dev.tracetool.analysis.diff.FileDiff;
import dev.tracetool.analysis.diff.FunctionDiff;
import dev.tracetool.analysis.diff.Metric;
import dev.tracetool.analysis.diff.Side;
import dev.tracetool.analysis.diff.TimeThreshold;
import dev.tracetool.analysis.diff.Unlike;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.export.DiffReport;
import dev.tracetool.export.DiffReport.By;
import dev.tracetool.export.SafeText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands between the traces and the lists: totals, and what has to be known to read them. */
final class DiffHeader {
    /** A line of it. */
    record Total(String name, String text) {}

    private DiffHeader() {}

    static List<InputActivity> inputs(List<Activity> runs) {
        return runs.stream().flatMap(run -> run.inputs().stream()).toList();
    }

    static RunFolders folders(DiffReport report) {
        List<Activity> runs = new ArrayList<>(report.diff().runs(Side.BASE));
        runs.addAll(report.diff().runs(Side.HEAD));
        return RunFolders.of(inputs(runs));
    }

    static List<Total> totals(DiffReport report) {
        List<Total> totals = new ArrayList<>();
        totals.add(new Total("functions", functions(report)));
        totals.add(new Total(
                "files",
                Quantity.count(report.countFiles(FileDiff::changed)) + " changed of "
                        + Quantity.count(report.countFiles(file -> true))));
        for (Metric metric : Metric.OF_FILES) {
            add(totals, name(metric), report.sum(metric), metric.isTime());
        }
        add(totals, "duration", report.diff().duration(), true);
        Comparison comparison = report.diff().comparison();
        String missing = unknown(comparison);
        if (!missing.isEmpty()) {
            totals.add(new Total("not compared", missing));
        }
        notes(report, comparison).forEach(note -> totals.add(new Total("note", note)));
        return totals;
    }

    private static String functions(DiffReport report) {
        List<String> words = new ArrayList<>();
        add(words, report.count(CodeState.NEW), "new");
        add(words, report.count(CodeState.GONE), "gone");
        add(words, report.count(CodeState.CHANGED), "with changed code");
        add(words, report.count(f -> f.changed() && !f.code().isDifference()), "that ran otherwise");
        String all = " of " + Quantity.count(report.functionCount());
        String moved = report.count(CodeState.MOVED) == 0
                ? ""
                : "; " + Quantity.count(report.count(CodeState.MOVED)) + " moved to other lines";
        return words.isEmpty()
                ? "0 changed" + all + moved
                : Quantity.count(report.count(FunctionDiff::changed)) + " changed" + all + ": "
                        + String.join(", ", words) + moved;
    }

    private static void add(List<String> words, int count, String what) {
        if (count > 0) {
            words.add(Quantity.count(count) + " " + what);
        }
    }

    private static void add(List<Total> totals, String name, @Nullable Change change, boolean isTime) {
        if (change != null) {
            String delta = Cells.delta(change, isTime);
            totals.add(new Total(name, Cells.values(change, isTime) + (delta.isEmpty() ? "" : "  " + delta)));
        }
    }

    static String name(Metric metric) {
        return switch (metric) {
            case CALLS -> "calls";
            case UNWINDS -> "exceptions";
            case LINE_EVENTS -> "line events";
            case LINES_HIT -> "lines hit";
            case SELF -> "self";
            case TOTAL -> "total";
        };
    }

    private static String unknown(Comparison comparison) {
        List<String> words = new ArrayList<>();
        for (Metric metric : Metric.OF_FILES) {
            if (!comparison.knows(metric)) {
                words.add(metric == Metric.SELF ? "times" : name(metric));
            }
        }
        return String.join(", ", words);
    }

    private static List<String> notes(DiffReport report, Comparison comparison) {
        List<String> notes = new ArrayList<>(unlike(comparison, false));
        if (comparison.knows(Metric.SELF)) {
            notes.add(times(comparison));
        }
        int noisy = report.noisy();
        if (noisy > 0) {
            notes.add("counts of " + Quantity.count(noisy, "function")
                    + " vary from run to run of one side by as much as between the sides, which counts as no change");
        }
        int unknown = report.count(CodeState.UNKNOWN);
        if (unknown > 0) {
            notes.add("whether the code of " + Quantity.count(unknown, "function") + " changed cannot be known");
        }
        if (report.has(By.LINE) && report.withoutComparableLines() > 0) {
            notes.add("lines of " + Quantity.count(report.withoutComparableLines(), "function")
                    + " whose code changed cannot be compared, and are not listed");
        }
        return notes;
    }

    private static String times(Comparison comparison) {
        TimeThreshold threshold = comparison.threshold();
        if (comparison.isUnlike(Aspect.EVENTS) || comparison.isUnlike(Aspect.LINE_TIMES)) {
            return "times (in parentheses) of recordings of unlike events do not count as changed";
        }
        String runs = Quantity.count(comparison.runs(Side.BASE), "run") + " and "
                + Quantity.count(comparison.runs(Side.HEAD), "run");
        if (!comparison.judgesTimes()) {
            return "times (in parentheses) count as changed only between medians of several runs on each side, here "
                    + runs;
        }
        return "times are medians of " + runs + "; they count as changed (else in parentheses) by more than "
                + percent(threshold.percent()) + " and " + Quantity.duration(threshold.floorNs())
                + ", out of the other side's middle half";
    }

    private static String percent(double percent) {
        return (percent == Math.rint(percent) ? Long.toString((long) percent) : Double.toString(percent)) + "%";
    }

    /**
     * What the runs have not in common, a text each.
     *
     * @param forbidding whether that which makes no sense to compare, else all the rest
     */
    static List<String> unlike(Comparison comparison, boolean forbidding) {
        List<String> texts = new ArrayList<>();
        for (Unlike unlike : comparison.unlike()) {
            if (unlike.aspect().forbids() || !forbidding) {
                String what = switch (unlike.aspect()) {
                    case EVENTS -> "events";
                    case SCOPE -> "scope";
                    case LINE_TIMES -> "lines";
                    case PYTHON -> "times and code of unlike Pythons";
                    case MACHINE -> "times of unlike machines";
                };
                texts.add(what + ": " + list(unlike.base()) + " and " + list(unlike.head()));
            }
        }
        return texts;
    }

    private static String list(List<String> values) {
        List<String> shown = values.subList(0, Math.min(3, values.size()));
        String more = values.size() > 3 ? " and " + (values.size() - 3) + " more" : "";
        return SafeText.terminal(String.join(" / ", shown)) + more;
    }
}
