package dev.tracetool.export;

import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineTests;
import dev.tracetool.analysis.LineTimes;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.Summary;
import dev.tracetool.source.FoundSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The lines of a source with what is known of each. */
public final class AnnotatedFile {
    /** Lines that are shown around one that was missed. */
    private static final int CONTEXT = 3;

    /** What became of the statement that starts on a line. */
    public enum State {
        HIT,
        MISSED,
        /** The line is excluded. */
        EXCLUDED,
        /** No statement starts on it, or it is not known whether one ran. */
        NONE;

        /** As the documents have it. */
        public @Nullable String label() {
            return this == NONE ? null : name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One line.
     *
     * @param text of the source: hostile
     * @param hits line events; null if the line has no code, or if they were not recorded
     * @param tests that reach it; null if there are none in the traces, or the line has no code
     * @param calls of the functions that start on the line; null if none does, or if they were not recorded
     * @param selfNs the self time of these functions
     * @param timeNs the self time of the line; null if line events had no times, or if the line has no code
     * @param untaken the lines to which no branch was taken from here, as {@link BranchText} has it; empty if there are
     *     none, or they are not known
     */
    public record Line(
            int number,
            String text,
            State state,
            @Nullable Long hits,
            @Nullable Long tests,
            @Nullable Long calls,
            @Nullable Long selfNs,
            @Nullable Long timeNs,
            String untaken) {}

    private static final class Figures {
        long calls;
        long selfNs;
    }

    private final CoveredFile file;
    private final Recorded recorded;
    private final @Nullable LineTests tests;
    private final @Nullable LineTimes times;
    private final Map<Integer, Figures> starts = new HashMap<>();

    public AnnotatedFile(CoveredFile file, Summary summary) {
        this.file = file;
        this.recorded = summary.activity().recorded();
        this.tests = summary.tests().size() == 0 ? null : new LineTests(summary.tests(), file.functions());
        this.times = hasLineTimes(summary) ? summary.lineTimes() : null;
        for (FunctionActivity function : file.functions()) {
            if (function.called()) {
                Figures figures = starts.computeIfAbsent(function.identity().firstLine(), line -> new Figures());
                figures.calls += function.calls();
                figures.selfNs += function.selfNs();
            }
        }
    }

    /** Whether all line events had times, and all calls. */
    public static boolean hasLineTimes(Summary summary) {
        return summary.has(Summary.Part.LINE_TIMES)
                && summary.activity().recorded().times()
                && summary.activity().inputs().stream()
                        .allMatch(input -> input.metadata().lineTimes());
    }

    public CoveredFile file() {
        return file;
    }

    /** The lines that are wanted, ascending. Without a source there are none. */
    public int[] numbers(IntPredicate wanted, boolean onlyMissed) {
        FoundSource source = file.source();
        int last = source == null ? 0 : source.text().lines();
        return IntStream.rangeClosed(1, last)
                .filter(line -> wanted.test(line) && (!onlyMissed || isNearMissed(line)))
                .toArray();
    }

    private boolean isNearMissed(int line) {
        for (int near = line - CONTEXT; near <= line + CONTEXT; near++) {
            if (near > 0
                    && (file.coverage().isMissing(near)
                            || !BranchText.untaken(file, near).isEmpty())) {
                return recorded.lines();
            }
        }
        return false;
    }

    /** What is known of a line of the source. */
    public Line line(int line) {
        FoundSource source = Objects.requireNonNull(file.source(), "no source");
        boolean code = file.lines().isExecutable(line) || file.lines().hits(line) > 0;
        Figures figures = starts.get(line);
        return new Line(
                line,
                source.text().line(line),
                state(line),
                code && recorded.lines() ? (Long) file.lines().hits(line) : null,
                code && tests != null ? (Long) (long) tests.count(line) : null,
                figures != null && recorded.calls() ? (Long) figures.calls : null,
                figures != null && recorded.times() ? (Long) figures.selfNs : null,
                code && times != null ? (Long) timeNs(times, line) : null,
                BranchText.untaken(file, line));
    }

    private long timeNs(LineTimes all, int line) {
        long sum = 0;
        for (FunctionActivity function : file.functions()) {
            sum += all.ns(function.identity(), line);
        }
        return sum;
    }

    private State state(int line) {
        if (file.coverage().isExcluded(line)) {
            return State.EXCLUDED;
        }
        if (!recorded.lines()) {
            return State.NONE;
        }
        return file.coverage().isMissing(line) ? State.MISSED : file.coverage().isHit(line) ? State.HIT : State.NONE;
    }
}
