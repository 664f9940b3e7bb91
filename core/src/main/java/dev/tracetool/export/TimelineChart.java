package dev.tracetool.export;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.TimeBuckets;
import dev.tracetool.analysis.Timeline;
import dev.tracetool.code.CodeIdentity;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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
    private final long endNs;
    private final int columns;
    private boolean whole = true;

    /** @param inputs the traces of the timeline */
    public TimelineChart(Timeline timeline, List<InputActivity> inputs, int columns) {
        this.columns = columns;
        Map<String, Long> offsets = offsets(inputs);
        long end = 1;
        for (InputActivity input : inputs) {
            Long duration = input.durationNs();
            end = Math.max(end, offsets.getOrDefault(input.name(), 0L) + (duration == null ? 0 : duration));
        }
        this.endNs = end;
        timeline.runs().forEach((name, run) -> {
            long offset = offsets.getOrDefault(name, 0L);
            run.threads().forEach((thread, row) -> rows.add(row(name, thread, offset, row)));
            whole &= !run.isFull();
        });
        for (int i = 0; i < SPANS; i++) {
            spans.add(span(timeline, offsets, at(i, SPANS), at(i + 1, SPANS)));
        }
    }

    /** By input, from the first start; all 0 if the starts cannot be compared. */
    private static Map<String, Long> offsets(List<InputActivity> inputs) {
        Map<String, Long> offsets = new HashMap<>();
        List<OffsetDateTime> starts = new ArrayList<>();
        for (InputActivity input : inputs) {
            OffsetDateTime start = start(input);
            boolean sameHost = Objects.equals(
                    input.metadata().host(), inputs.get(0).metadata().host());
            if (start == null || !sameHost) {
                return offsets;
            }
            starts.add(start);
        }
        OffsetDateTime first = starts.stream().min(Comparator.naturalOrder()).orElse(null);
        for (int i = 0; first != null && i < starts.size(); i++) {
            Duration after = Duration.between(first, starts.get(i));
            // Further apart than a week, they have nothing to do with each other.
            if (after.toDays() > 7) {
                return new HashMap<>();
            }
            offsets.put(inputs.get(i).name(), after.toNanos());
        }
        return offsets;
    }

    private static @Nullable OffsetDateTime start(InputActivity input) {
        String text = input.metadata().startedAt();
        try {
            return text == null ? null : OffsetDateTime.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Where one of some equal parts begins. */
    private long at(int part, int parts) {
        return (long) ((double) endNs * part / parts);
    }

    private Row row(String input, Timeline.ThreadKey thread, long offset, Timeline.Row row) {
        return new Row(
                input,
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

    private Span span(Timeline timeline, Map<String, Long> offsets, long from, long to) {
        Map<CodeIdentity, Long> times = new HashMap<>();
        timeline.runs().forEach((name, run) -> {
            long offset = offsets.getOrDefault(name, 0L);
            run.functionsNs(from - offset, to - offset).forEach((function, ns) -> times.merge(function, ns, Long::sum));
        });
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

    /** Whether there was room for the times of all functions. */
    public boolean isWhole() {
        return whole;
    }
}
