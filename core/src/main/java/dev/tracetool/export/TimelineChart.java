package dev.tracetool.export;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.RunStarts;
import dev.tracetool.analysis.TimeBuckets;
import dev.tracetool.analysis.Timeline;
import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A timeline cut into columns of equal width, for a chart. Runs of one machine stand at their times to each other, as far
 * as the traces tell when they began; runs of several machines all begin at 0.
 */
public final class TimelineChart {
    /** Spans that tell where the time went. */
    private static final int SPANS = 8;

    private static final int FUNCTIONS_OF_SPAN = 3;

    /**
     * A thread over time.
     *
     * @param offsetNs from the begin of the chart to the start of the recording
     * @param busyNs of each column
     * @param calls of each column
     */
    public record Row(
            String input, int thread, String name, long offsetNs, long busyTotalNs, long[] busyNs, long[] calls) {
        public long callTotal() {
            long sum = 0;
            for (long c : calls) {
                sum += c;
            }
            return sum;
        }
    }

    /** A function in a span. */
    public record Part(CodeIdentity function, long selfNs) {}

    /**
     * A part of the time, in which all threads are looked at together.
     *
     * @param busyNs time in recorded functions
     * @param functions with the most self time, the greatest first
     */
    public record Span(long fromNs, long toNs, long busyNs, List<Part> functions) {}

    private final List<Row> rows = new ArrayList<>();
    private final List<Span> spans = new ArrayList<>();
    private final RunStarts starts = new RunStarts();
    private final long endNs;
    private final int columns;
    private final int pieces;

    /** @param inputs the traces of the timeline */
    public TimelineChart(Timeline timeline, List<InputActivity> inputs, int columns) {
        this.columns = columns;
        this.pieces = timeline.pieces();
        for (InputActivity input : inputs) {
            starts.add(input.metadata().host(), input.metadata().startedAt());
        }
        long end = 1;
        boolean moved = false;
        for (InputActivity input : inputs) {
            long offset = offset(Timeline.Run.of(input));
            Long duration = input.durationNs();
            end = Math.max(end, offset + (duration == null ? 0 : duration));
            moved |= offset > 0;
        }
        this.endNs = end;
        timeline.threads().forEach((thread, row) -> rows.add(row(thread, offset(thread.run()), row)));
        long first = moved ? starts.firstNs() : 0;
        for (int i = 0; i < SPANS; i++) {
            // There is nothing before the first and behind the last: a piece that lies there in part lies within.
            long from = i == 0 ? 0 : first + at(i, SPANS);
            long to = i == SPANS - 1 ? Long.MAX_VALUE : first + at(i + 1, SPANS);
            Map<CodeIdentity, Long> times = moved ? timeline.functionsAtNs(from, to) : timeline.functionsNs(from, to);
            spans.add(span(at(i, SPANS), at(i + 1, SPANS), times));
        }
    }

    /** From the first start; 0 if the starts cannot be compared. */
    private long offset(Timeline.Run run) {
        Long start = starts.isComparable() ? RunStarts.ns(run.startedAt()) : null;
        return start == null ? 0 : start - starts.firstNs();
    }

    /** Where one of some equal parts begins. */
    private long at(int part, int parts) {
        return (long) ((double) endNs * part / parts);
    }

    private Row row(Timeline.ThreadKey thread, long offset, Timeline.Row row) {
        return new Row(
                thread.run().input(),
                thread.number(),
                thread.name(),
                offset,
                row.busyNs().total(),
                values(row.busyNs(), offset),
                values(row.calls(), offset));
    }

    /** What lies in each column; all together they have everything. */
    private long[] values(TimeBuckets buckets, long offset) {
        long[] values = new long[columns];
        long before = 0;
        for (int i = 0; i < columns; i++) {
            long until = i == columns - 1 ? buckets.total() : buckets.before(at(i + 1, columns) - offset);
            values[i] = until - before;
            before = until;
        }
        return values;
    }

    private static Span span(long from, long to, Map<CodeIdentity, Long> times) {
        List<Part> parts = new ArrayList<>();
        long busy = 0;
        for (Map.Entry<CodeIdentity, Long> time : times.entrySet()) {
            parts.add(new Part(time.getKey(), time.getValue()));
            busy += time.getValue();
        }
        parts.sort(Comparator.comparingLong(Part::selfNs).reversed().thenComparing(Part::function));
        return new Span(from, to, busy, List.copyOf(parts.subList(0, Math.min(FUNCTIONS_OF_SPAN, parts.size()))));
    }

    /** In order of trace and thread. */
    public List<Row> rows() {
        return rows;
    }

    public List<Span> spans() {
        return spans;
    }

    /** The end of the chart, which begins at 0. */
    public long endNs() {
        return endNs;
    }

    public int columns() {
        return columns;
    }

    /** Where a column begins. */
    public long columnNs(int column) {
        return at(column, columns);
    }

    /** In how many pieces the time of each thread is known, from the start of its recording to its last time. */
    public int pieces() {
        return pieces;
    }
}
