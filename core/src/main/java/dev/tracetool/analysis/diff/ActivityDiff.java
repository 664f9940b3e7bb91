package dev.tracetool.analysis.diff;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.FileActivity;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What changed between two sides. A side is one run or several of the same program; a run is an {@link Activity}, be it
 * of one trace or of several. Nothing is different in a side that is compared with itself, and with the sides exchanged
 * all changes are the other way round.
 */
public final class ActivityDiff {
    private final List<Activity> base;
    private final List<Activity> head;
    private final Comparison comparison;
    private final List<FunctionDiff> functions = new ArrayList<>();

    /** What became of each file, by all that is in it. */
    private final Map<String, CodeState> files = new HashMap<>();

    /**
     * @param base one run at least
     * @param head one run at least
     * @param map what a recorded path stands for: another one where the checkouts differ in more than their folder
     */
    public ActivityDiff(List<Activity> base, List<Activity> head, UnaryOperator<String> map, TimeThreshold threshold) {
        if (base.isEmpty() || head.isEmpty()) {
            throw new IllegalArgumentException("a side without a run");
        }
        this.base = List.copyOf(base);
        this.head = List.copyOf(head);
        this.comparison = new Comparison(base, head, threshold);
        FileNames names = new FileNames(base, head, map);
        Map<SideFunctions.Name, List<SideFunctions.Code>> before = new SideFunctions(base, names).byName();
        Map<SideFunctions.Name, List<SideFunctions.Code>> after = new SideFunctions(head, names).byName();
        FunctionMatcher matcher = new FunctionMatcher(comparison.comparesCode());
        before.forEach((name, codes) -> matcher.match(codes, after.getOrDefault(name, List.of())));
        after.forEach((name, codes) -> {
            if (!before.containsKey(name)) {
                matcher.match(List.of(), codes);
            }
        });
        for (FunctionMatcher.Pair pair : matcher.pairs()) {
            FunctionDiff function = new FunctionDiff(comparison, pair);
            functions.add(function);
            files.merge(function.file(), pair.state(), ActivityDiff::together);
        }
        functions.sort(Comparator.comparing(FunctionDiff::identity));
    }

    private static CodeState together(CodeState a, CodeState b) {
        if (a == b) {
            return a;
        }
        if (a.isDifference() || b.isDifference()) {
            return CodeState.CHANGED;
        }
        return a == CodeState.UNKNOWN || b == CodeState.UNKNOWN ? CodeState.UNKNOWN : CodeState.MOVED;
    }

    /** The runs of a side, in the order in which they were given. */
    public List<Activity> runs(Side side) {
        return side == Side.BASE ? base : head;
    }

    public Comparison comparison() {
        return comparison;
    }

    /** All code objects of both sides, in order of file, line and name. */
    public List<FunctionDiff> functions() {
        return Collections.unmodifiableList(functions);
    }

    /** The files of some code objects, in order of name. */
    public List<FileDiff> files(List<FunctionDiff> functions) {
        Map<String, @Nullable FileActivity[]> before = files(functions, Side.BASE);
        Map<String, @Nullable FileActivity[]> after = files(functions, Side.HEAD);
        Map<String, CodeState> states = new TreeMap<>();
        functions.forEach(function -> states.merge(function.file(), function.code(), ActivityDiff::together));
        List<FileDiff> list = new ArrayList<>();
        for (String file : states.keySet()) {
            list.add(new FileDiff(
                    comparison,
                    file,
                    stateOf(file, states.getOrDefault(file, CodeState.SAME)),
                    before.getOrDefault(file, new FileActivity[base.size()]),
                    after.getOrDefault(file, new FileActivity[head.size()])));
        }
        return list;
    }

    /** A file is new only if all that is in it is, wanted or not. */
    private CodeState stateOf(String file, CodeState ofWanted) {
        return ofWanted.isDifference() && ofWanted != files.get(file) ? CodeState.CHANGED : ofWanted;
    }

    private Map<String, @Nullable FileActivity[]> files(List<FunctionDiff> functions, Side side) {
        Map<String, @Nullable FileActivity[]> files = new HashMap<>();
        for (int run = 0; run < comparison.runs(side); run++) {
            List<FunctionActivity> members = new ArrayList<>();
            for (FunctionDiff function : functions) {
                FunctionActivity activity = function.activity(side, run);
                if (activity != null) {
                    members.add(activity);
                }
            }
            for (FileActivity file : Activity.files(members)) {
                files.computeIfAbsent(file.file(), f -> new FileActivity[comparison.runs(side)])[run] = file;
            }
        }
        return files;
    }

    /** What the files add up to; null if it is unknown. */
    public @Nullable Change sum(List<FileDiff> files, Metric metric) {
        if (!comparison.knows(metric)) {
            return null;
        }
        long[] before = new long[base.size()];
        long[] after = new long[head.size()];
        for (FileDiff file : files) {
            file.addTo(metric, before, after);
        }
        return comparison.change(metric, before, after);
    }

    /** The durations of the runs; null if one is unknown. A time like others. */
    public @Nullable Change duration() {
        long[] before = durations(base);
        long[] after = durations(head);
        return before.length == 0 || after.length == 0 ? null : comparison.judged(true, before, after);
    }

    private static long[] durations(List<Activity> runs) {
        long[] durations = new long[runs.size()];
        for (int i = 0; i < durations.length; i++) {
            Long duration = runs.get(i).durationNs();
            if (duration == null) {
                return new long[0];
            }
            durations[i] = duration;
        }
        return durations;
    }

    /** Events of all kinds and of all code. */
    public Change events() {
        return comparison.judged(
                false,
                base.stream().mapToLong(Activity::events).toArray(),
                head.stream().mapToLong(Activity::events).toArray());
    }

    /** Those of them whose lines can be told apart: see {@link LineDiff}. */
    public static List<FunctionDiff> withComparableLines(List<FunctionDiff> functions) {
        return functions.stream()
                .filter(function -> function.code() != CodeState.CHANGED && function.code() != CodeState.UNKNOWN)
                .toList();
    }

    /** The lines of some code objects, in order of file and line. */
    public List<LineDiff> lines(List<FunctionDiff> functions) {
        Map<String, Map<Long, LineDiff>> files = new TreeMap<>();
        for (FunctionDiff function : withComparableLines(functions)) {
            Map<Long, LineDiff> lines = files.computeIfAbsent(function.file(), f -> new HashMap<>());
            for (Side side : Side.values()) {
                for (int run = 0; run < comparison.runs(side); run++) {
                    addLines(lines, function, side, run);
                }
            }
        }
        List<LineDiff> list = new ArrayList<>();
        for (Map<Long, LineDiff> lines : files.values()) {
            LineDiff[] ordered = lines.values().toArray(new LineDiff[0]);
            Arrays.sort(ordered, LineDiff.IN_ORDER);
            list.addAll(Arrays.asList(ordered));
        }
        return list;
    }

    private void addLines(Map<Long, LineDiff> lines, FunctionDiff function, Side side, int run) {
        LineHits hits = function.lines(side, run);
        int toOther = function.code().hasSameLines() ? distance(function, side) : 0;
        for (int line : hits.lines()) {
            int other = function.code().hasSameLines() ? line + toOther : LineDiff.NO_LINE;
            int before = side == Side.BASE ? line : other;
            int after = side == Side.HEAD ? line : other;
            long key = (long) before << 32 | after & 0xFFFF_FFFFL;
            lines.computeIfAbsent(key, k -> new LineDiff(comparison, function.file(), before, after))
                    .add(side, run, hits.hits(line));
        }
    }

    /** Lines from where it stands on the side to where it stands on the other. */
    private static int distance(FunctionDiff function, Side side) {
        int before = Objects.requireNonNull(function.identity(Side.BASE)).firstLine();
        int after = Objects.requireNonNull(function.identity(Side.HEAD)).firstLine();
        return side == Side.BASE ? after - before : before - after;
    }
}
