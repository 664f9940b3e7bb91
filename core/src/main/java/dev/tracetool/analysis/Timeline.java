package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * When the threads of any number of traces were busy, which is when they were in a recorded function, and in which
 * functions the time went. Times are nanoseconds after the start of each recording. Merging is associative and
 * commutative, as long as there is room for all functions: see {@link Run#isFull}.
 */
public final class Timeline {
    /** A thread: the recorder's own count, and its name. */
    public record ThreadKey(int number, String name) implements Comparable<ThreadKey> {
        @Override
        public int compareTo(ThreadKey other) {
            int order = Integer.compare(number, other.number);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    /** One thread over time. */
    public static final class Row {
        final TimeBuckets busyNs = new TimeBuckets();
        final TimeBuckets calls = new TimeBuckets();

        /** Time in recorded functions. */
        public TimeBuckets busyNs() {
            return busyNs;
        }

        /** {@code PY_START} events. */
        public TimeBuckets calls() {
            return calls;
        }
    }

    /** One trace. */
    public static final class Run {
        private final SortedMap<ThreadKey, Row> rows = new TreeMap<>();
        private final SpanTimes spans = new SpanTimes();
        private final List<CodeIdentity> functions = new ArrayList<>();
        private final Map<CodeIdentity, Integer> numbers = new HashMap<>();

        Row row(ThreadKey thread) {
            return rows.computeIfAbsent(thread, t -> new Row());
        }

        int number(CodeIdentity function) {
            Integer known = numbers.get(function);
            if (known == null) {
                known = functions.size();
                numbers.put(function, known);
                functions.add(function);
            }
            return known;
        }

        SpanTimes spans() {
            return spans;
        }

        public SortedMap<ThreadKey, Row> threads() {
            return rows;
        }

        /** Whether there were too many functions to keep the times of all. */
        public boolean isFull() {
            return spans.dropped() > 0;
        }

        /** How the time went between two times; spans that lie in there by half count in proportion. */
        public Map<CodeIdentity, Long> functionsNs(long from, long to) {
            Map<CodeIdentity, Long> times = new HashMap<>();
            long width = 1L << spans.shift();
            spans.forEach((function, span, time) -> {
                long begin = span * width;
                long inside = Math.min(to, begin + width) - Math.max(from, begin);
                if (inside > 0) {
                    times.merge(functions.get(function), Math.round((double) time * inside / width), Long::sum);
                }
            });
            return times;
        }

        private void merge(Run other) {
            other.rows.forEach((thread, row) -> {
                row(thread).busyNs.merge(row.busyNs);
                row(thread).calls.merge(row.calls);
            });
            spans.widenTo(other.spans.shift());
            int narrower = spans.shift() - other.spans.shift();
            other.spans.forEach(
                    (function, span, time) -> spans.add(number(other.functions.get(function)), span >> narrower, time));
        }
    }

    private final SortedMap<String, Run> runs = new TreeMap<>();
    private boolean complete;

    /** Of no trace. */
    public Timeline() {
        this(true);
    }

    private Timeline(boolean complete) {
        this.complete = complete;
    }

    /** Of traces of which nobody kept a timeline. */
    public static Timeline unknown() {
        return new Timeline(false);
    }

    /** Whether that of all traces is known. */
    public boolean isComplete() {
        return complete;
    }

    Run run(String input) {
        return runs.computeIfAbsent(input, name -> new Run());
    }

    /** By the names of the traces. */
    public SortedMap<String, Run> runs() {
        return runs;
    }

    /** Adds the other one to this, which then stands for the traces of both; those of one name are parts of one trace. */
    public void merge(Timeline other) {
        complete &= other.complete;
        other.runs.forEach((name, run) -> run(name).merge(run));
    }
}
