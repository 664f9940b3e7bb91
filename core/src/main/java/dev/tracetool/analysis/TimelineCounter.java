package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.TraceMetadata;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the {@link Timeline} of one trace, of pieces of time that a function was the innermost one for. Nearly all pieces
 * lie in the bucket and the span of the one before: within this window, they are only added up.
 */
final class TimelineCounter {
    private static final int UNKNOWN = -1;

    private final long clockStart;
    private final Timeline timeline = new Timeline();
    private final Map<Integer, Timeline.Row> rows = new HashMap<>();
    private int buckets = TimeBuckets.COUNT;
    private Timeline.Row row = new Timeline.Row(buckets);

    /** By code index: the function's number in the timeline. */
    private int[] functions = {};

    /** The window, by the clock of the trace: empty at first. */
    private long from;

    private long to;

    /** What there was in the window: time, calls, time by code index, and the code indices that have any. */
    private long busy;

    private long calls;
    private long[] self = {};
    private int[] touched = new int[64];
    private int touchedCount;

    TimelineCounter(long clockStart) {
        this.clockStart = clockStart;
    }

    void add(List<CodeObjectWrapper> codes) {
        for (CodeObjectWrapper code : codes) {
            int index = code.index();
            if (index >= functions.length) {
                int before = functions.length;
                int capacity = (int) Math.min(Math.max(index + 1L, 2L * before), Integer.MAX_VALUE - 8);
                functions = Arrays.copyOf(functions, capacity);
                Arrays.fill(functions, before, capacity, UNKNOWN);
                self = Arrays.copyOf(self, capacity);
            }
            functions[index] = timeline.number(code.identity());
        }
    }

    /** What follows is of this thread. */
    void enter(int thread) {
        closeWindow();
        Timeline.Row known = rows.get(thread);
        if (known == null) {
            known = new Timeline.Row(buckets);
            rows.put(thread, known);
            int each = Timeline.buckets(rows.size());
            if (each < buckets) {
                buckets = each;
                rows.values().forEach(other -> other.limit(each));
            }
        }
        row = known;
    }

    /** A function was the innermost one. */
    void passed(int code, long begin, long end) {
        if (begin < from || end > to) {
            spread(code, begin, end);
        } else if (begin < end) {
            long time = end - begin;
            busy += time;
            if (self[code] == 0) {
                touch(code);
            }
            self[code] += time;
        }
    }

    /** A call, at the end of what passed last. */
    void called(long time) {
        if (time >= from && time < to) {
            calls++;
        } else {
            row.calls.add(time - clockStart, 1);
        }
    }

    private void touch(int code) {
        if (touchedCount == touched.length) {
            touched = Arrays.copyOf(touched, 2 * touchedCount);
        }
        touched[touchedCount++] = code;
    }

    /** Adds what is not within the window, and opens another one around its end. */
    private void spread(int code, long begin, long end) {
        closeWindow();
        row.busyNs.addTime(begin - clockStart, end - clockStart);
        if (functions[code] != UNKNOWN) {
            timeline.spans().addTime(functions[code], begin - clockStart, end - clockStart);
        }
        long time = end - clockStart;
        if (time >= 0) {
            SpanTimes spans = timeline.spans();
            from = clockStart + Math.max(spans.begin(time), Math.max(row.busyNs.begin(time), row.calls.begin(time)));
            to = clockStart + Math.min(spans.end(time), Math.min(row.busyNs.end(time), row.calls.end(time)));
        }
    }

    private void closeWindow() {
        row.busyNs.add(from - clockStart, busy);
        row.calls.add(from - clockStart, calls);
        for (int i = 0; i < touchedCount; i++) {
            int code = touched[i];
            if (functions[code] != UNKNOWN) {
                SpanTimes spans = timeline.spans();
                spans.add(functions[code], spans.shift(), from - clockStart >> spans.shift(), self[code]);
            }
            self[code] = 0;
        }
        touchedCount = 0;
        busy = 0;
        calls = 0;
        from = 0;
        to = 0;
    }

    /** The timeline; to be called once. */
    Timeline finish(String input, TraceMetadata about, Map<Integer, String> threadNames) {
        closeWindow();
        Timeline.Run run = Timeline.Run.of(input, about);
        rows.forEach((number, counted) -> {
            String name = threadNames.getOrDefault(number, "");
            Timeline.Row named = timeline.row(new Timeline.ThreadKey(run, number, name));
            named.busyNs.merge(counted.busyNs);
            named.calls.merge(counted.calls);
        });
        return timeline;
    }
}
