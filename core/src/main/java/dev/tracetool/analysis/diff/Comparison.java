package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Recorded;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be compared of two sides, and when it counts as changed. */
public final class Comparison {
    private final int baseRuns;
    private final int headRuns;
    private final TimeThreshold threshold;
    private final List<Unlike> unlike = new ArrayList<>();
    private final Set<Metric> known = EnumSet.noneOf(Metric.class);
    private final boolean comparesCode;
    private final boolean knowsRuns;

    Comparison(List<Activity> base, List<Activity> head, TimeThreshold threshold) {
        this.baseRuns = base.size();
        this.headRuns = head.size();
        this.threshold = threshold;
        List<InputActivity> baseInputs = inputs(base);
        List<InputActivity> headInputs = inputs(head);
        for (Aspect aspect : Aspect.values()) {
            Unlike found = RunAspects.unlike(aspect, baseInputs, headInputs);
            if (found != null) {
                unlike.add(found);
            }
        }
        Recorded recorded = both(base, head).get(0).recorded();
        boolean knows = true;
        Set<Boolean> everyLine = new java.util.HashSet<>();
        Set<Boolean> tables = new java.util.HashSet<>();
        for (Activity run : both(base, head)) {
            recorded = recorded.and(run.recorded());
            knows &= run.recorded().events();
            everyLine.add(run.recorded().everyLine());
            tables.add(run.hasTables());
        }
        for (Metric metric : Metric.values()) {
            boolean another = metric == Metric.LINE_EVENTS && everyLine.size() > 1
                    || metric == Metric.LINES_HIT && tables.size() > 1;
            if (knows && metric.isKnown(recorded) && !another) {
                known.add(metric);
            }
        }
        knowsRuns = knows;
        comparesCode = RunAspects.haveOneBytecode(baseInputs, headInputs);
    }

    static List<Activity> both(List<Activity> base, List<Activity> head) {
        List<Activity> all = new ArrayList<>(base);
        all.addAll(head);
        return all;
    }

    private static List<InputActivity> inputs(List<Activity> runs) {
        return runs.stream().flatMap(run -> run.inputs().stream()).toList();
    }

    public int runs(Side side) {
        return side == Side.BASE ? baseRuns : headRuns;
    }

    public TimeThreshold threshold() {
        return threshold;
    }

    /** What the runs have not in common, in the order of {@link Aspect}. */
    public List<Unlike> unlike() {
        return List.copyOf(unlike);
    }

    public boolean isUnlike(Aspect aspect) {
        return unlike.stream().anyMatch(found -> found.aspect() == aspect);
    }

    /** Whether the comparison makes no sense. */
    public boolean isForbidden() {
        return unlike.stream().anyMatch(found -> found.aspect().forbids());
    }

    /** Whether the figure was recorded in all runs, with one meaning. */
    public boolean knows(Metric metric) {
        return known.contains(metric);
    }

    /** Whether a time can count as changed. */
    public boolean judgesTimes() {
        return knows(Metric.SELF)
                && baseRuns >= TimeThreshold.LEAST_RUNS
                && headRuns >= TimeThreshold.LEAST_RUNS
                && !isUnlike(Aspect.EVENTS)
                && !isUnlike(Aspect.LINE_TIMES);
    }

    /** Whether different digests mean different code: not so between Pythons that compile to different bytecode. */
    public boolean comparesCode() {
        return comparesCode;
    }

    /** Whether it is known of each run what ran in it: not so if it is compiled code, and no run. */
    public boolean knowsRuns() {
        return knowsRuns;
    }

    /** The figure on both sides, from that of each run; null if it is unknown. */
    @Nullable
    Change change(Metric metric, long[] base, long[] head) {
        return knows(metric) ? judged(metric.isTime(), base, head) : null;
    }

    Change judged(boolean isTime, long[] base, long[] head) {
        Sample before = Sample.of(base);
        Sample after = Sample.of(head);
        boolean changed = isTime ? judgesTimes() && threshold.isPassed(before, after) : before.isApartFrom(after);
        return new Change(before, after, changed);
    }
}
