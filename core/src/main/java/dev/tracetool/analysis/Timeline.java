package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.TraceMetadata;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * When the threads of any number of traces were busy, which is when they were in a recorded function, and in which
 * functions the time went. Times are nanoseconds. Merging is associative and commutative, and what is kept is bounded:
 *
 * <ul>
 *   <li>of each thread, times after the start of its recording, in {@link TimeBuckets}: the more threads, the fewer;
 *   <li>of each function, all threads together, times after the starts of the recordings, in {@link SpanTimes};
 *   <li>if there are several runs whose starts can be compared, the same in time of day.
 * </ul>
 */
public final class Timeline {
    /** Buckets that there are of all threads together, as long as each can have {@link #MIN_BUCKETS}. */
    static final int MAX_BUCKETS = 1 << 18;

    static final int MIN_BUCKETS = 16;

    /** What tells the run of a trace from those of others; two of which all is the same are parts of one trace. */
    public record Run(
            String input,
            @Nullable String host,
            @Nullable String startedAt,
            @Nullable Long pid,
            long clockStart) implements Comparable<Run> {
        private static final Comparator<Run> ORDER = Comparator.comparing(Run::input)
                .thenComparing(Run::host, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Run::startedAt, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparing(Run::pid, Comparator.nullsFirst(Comparator.naturalOrder()))
                .thenComparingLong(Run::clockStart);

        static Run of(String input, TraceMetadata about) {
            return new Run(input, about.host(), about.startedAt(), about.pid(), about.clockStart());
        }

        public static Run of(InputActivity input) {
            return of(input.name(), input.metadata());
        }

        @Override
        public int compareTo(Run other) {
            return ORDER.compare(this, other);
        }
    }

    /** A thread of a run: the recorder's own count, and its name. */
    public record ThreadKey(Run run, int number, String name) implements Comparable<ThreadKey> {
        @Override
        public int compareTo(ThreadKey other) {
            int order = run.compareTo(other.run);
            order = order != 0 ? order : Integer.compare(number, other.number);
            return order != 0 ? order : name.compareTo(other.name);
        }
    }

    /** One thread over time, from the start of its recording on. */
    public static final class Row {
        final TimeBuckets busyNs;
        final TimeBuckets calls;

        Row(int buckets) {
            busyNs = new TimeBuckets(buckets);
            calls = new TimeBuckets(buckets);
        }

        /** Time in recorded functions. */
        public TimeBuckets busyNs() {
            return busyNs;
        }

        /** {@code PY_START} events. */
        public TimeBuckets calls() {
            return calls;
        }

        /**
         * Adds what {@link TimeBuckets#shift} and {@link TimeBuckets#sums} told of other ones.
         *
         * @throws IllegalArgumentException if that cannot be
         */
        public void add(int busyShift, long[] busy, int callShift, long[] callSums) {
            busyNs.add(busyShift, busy);
            calls.add(callShift, callSums);
        }

        void limit(int buckets) {
            busyNs.limit(buckets);
            calls.limit(buckets);
        }
    }

    private final TreeMap<ThreadKey, Row> rows = new TreeMap<>();
    private int buckets = TimeBuckets.COUNT;
    private final RunStarts starts = new RunStarts();

    /** Some run; null if there is none. */
    private @Nullable Run run;

    private boolean several;
    private final Numbers functions;
    private final SpanTimes spans = new SpanTimes();

    /** The same in nanoseconds after 1970 began, of several runs; null if there is one, or if they cannot be compared. */
    private @Nullable SpanTimes clockSpans;

    /** The functions in order of their numbers from 0, which they have as they come. */
    private static final class Numbers {
        private final List<CodeIdentity> functions = new ArrayList<>();
        private final Map<CodeIdentity, Integer> numbers = new HashMap<>();

        int of(CodeIdentity function) {
            Integer known = numbers.putIfAbsent(function, functions.size());
            if (known == null) {
                functions.add(function);
                return functions.size() - 1;
            }
            return known;
        }

        CodeIdentity get(int number) {
            return functions.get(number);
        }

        int size() {
            return functions.size();
        }

        /** By number, that number. */
        int[] all() {
            return IntStream.range(0, size()).toArray();
        }

        /** By number, that of the function in other ones, where it has another identity. */
        int[] in(Numbers others, UnaryOperator<CodeIdentity> renamed) {
            return others == this
                    ? all()
                    : functions.stream()
                            .mapToInt(function -> others.of(renamed.apply(function)))
                            .toArray();
        }
    }

    public Timeline() {
        this(new Numbers());
    }

    private Timeline(Numbers functions) {
        this.functions = functions;
    }

    /** What a file tells of the timeline that was written to it. */
    public static final class Part {
        /** Its threads. */
        private final Timeline timeline;

        private final SpanList spans = new SpanList();
        private final SpanList clockSpans = new SpanList();

        private Part(Timeline timeline) {
            this.timeline = timeline;
        }

        /** The row of a thread, to be added to. */
        public Row row(ThreadKey thread) {
            return timeline.row(thread);
        }

        /**
         * Adds what {@link #forEachFunction} gave.
         *
         * @throws IllegalArgumentException if that cannot be
         */
        public void add(CodeIdentity function, boolean timeOfDay, int shift, long[] which, long[] ns) {
            Numbers functions = timeline.functions;
            int number = functions.of(function);
            for (int i = 0; i < which.length; i++) {
                (timeOfDay ? clockSpans : spans).add(number, functions.size(), shift, which[i], ns[i]);
            }
        }
    }

    /** To be read from a file, and then merged into this. */
    public Part part() {
        return new Part(new Timeline(functions));
    }

    /** How many buckets each of so many threads can have. */
    static int buckets(int threads) {
        int each = TimeBuckets.COUNT;
        while (each > MIN_BUCKETS && (long) each * threads > MAX_BUCKETS) {
            each /= 2;
        }
        return each;
    }

    /** The row of a thread, to be added to. */
    public Row row(ThreadKey thread) {
        Row known = rows.get(thread);
        if (known != null) {
            return known;
        }
        starts.add(thread.run.host(), thread.run.startedAt());
        several |= run != null && !run.equals(thread.run);
        run = thread.run;
        if (several && clockSpans == null && starts.isComparable()) {
            clockSpans = new SpanTimes();
        } else if (!starts.isComparable()) {
            clockSpans = null;
        }
        int each = buckets(rows.size() + 1);
        if (each < buckets) {
            buckets = each;
            rows.values().forEach(row -> row.limit(each));
        }
        Row row = new Row(buckets);
        rows.put(thread, row);
        return row;
    }

    int number(CodeIdentity function) {
        return functions.of(function);
    }

    SpanTimes spans() {
        return spans;
    }

    /** Self times of a function. */
    public interface FunctionTimes {
        /**
         * @param timeOfDay whether times are those after 1970 began, else those after the start of each recording
         * @param shift a span is so many doublings of a nanosecond wide
         * @param spans which of them, ascending, from that on which begins at 0
         * @param ns in each
         */
        void take(CodeIdentity function, boolean timeOfDay, int shift, long[] spans, long[] ns);
    }

    /** Gives the self times of all functions, in any order. */
    public void forEachFunction(FunctionTimes taker) {
        forEach(spans, false, taker);
        if (clockSpans != null) {
            forEach(clockSpans, true, taker);
        }
    }

    private void forEach(SpanTimes of, boolean timeOfDay, FunctionTimes taker) {
        List<List<long[]>> times = new ArrayList<>(Collections.nCopies(functions.size(), List.of()));
        of.forEach((function, shift, span, time) -> {
            if (times.get(function).isEmpty()) {
                times.set(function, new ArrayList<>());
            }
            times.get(function).add(new long[] {span, time});
        });
        for (int f = 0; f < times.size(); f++) {
            if (!times.get(f).isEmpty()) {
                times.get(f).sort(Arrays::compare);
                long[] which = times.get(f).stream().mapToLong(pair -> pair[0]).toArray();
                long[] ns = times.get(f).stream().mapToLong(pair -> pair[1]).toArray();
                taker.take(functions.get(f), timeOfDay, of.shift(), which, ns);
            }
        }
    }

    /** In how many pieces at most the time of each thread is kept: {@link TimeBuckets#COUNT}, or fewer if there are many. */
    public int pieces() {
        return buckets;
    }

    /** By trace and thread. */
    public SortedMap<ThreadKey, Row> threads() {
        return Collections.unmodifiableSortedMap(rows);
    }

    /** Whether anything is known of a trace. */
    public boolean has(Run wanted) {
        ThreadKey next = rows.ceilingKey(new ThreadKey(wanted, Integer.MIN_VALUE, ""));
        return next != null && next.run.equals(wanted);
    }

    /**
     * Self times between two times after the start of each recording. Spans that lie in there in part count in proportion.
     */
    public Map<CodeIdentity, Long> functionsNs(long from, long to) {
        return functionsNs(spans, from, to);
    }

    /** The same between two times after 1970 began: of runs whose starts can be compared. */
    public Map<CodeIdentity, Long> functionsAtNs(long from, long to) {
        SpanTimes all = timesOfDay();
        return all == null ? Map.of() : functionsNs(all, from, to);
    }

    private Map<CodeIdentity, Long> functionsNs(SpanTimes of, long from, long to) {
        Map<CodeIdentity, Long> times = new HashMap<>();
        long width = 1L << of.shift();
        of.forEach((function, shift, span, time) -> {
            long begin = span * width;
            long inside = Math.min(to, begin + width) - Math.max(from, begin);
            if (inside > 0) {
                times.merge(functions.get(function), Math.round((double) time * inside / width), Long::sum);
            }
        });
        return times;
    }

    private @Nullable SpanTimes timesOfDay() {
        if (several || !starts.isComparable()) {
            return clockSpans;
        }
        SpanTimes times = new SpanTimes();
        times.addMoved(spans, functions.all(), starts.firstNs());
        return times;
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(Timeline other) {
        merge(other, UnaryOperator.identity());
    }

    /** The same, with other identities of the other one's code objects. */
    void merge(Timeline other, UnaryOperator<CodeIdentity> renamed) {
        merge(other, other.functions.in(functions, renamed), other.spans, other.clockSpans);
    }

    /** Adds what a file told to this, which then stands for its traces too. */
    public void merge(Part part) {
        Timeline from = part.timeline;
        int[] places = from.functions.in(functions, UnaryOperator.identity());
        merge(from, places, part.spans, from.clockSpans == null ? null : part.clockSpans);
    }

    /** @param places by number of a function of the other one, its number in this */
    private void merge(Timeline other, int[] places, FunctionSpans ofOther, @Nullable FunctionSpans clockOfOther) {
        Run otherRun = other.run;
        if (otherRun == null) {
            return;
        }
        boolean first = run == null;
        boolean parts = !several && !other.several && otherRun.equals(run);
        SpanTimes clock = first || parts ? null : timesOfDay();
        other.rows.forEach((thread, row) -> {
            Row here = row(thread);
            here.busyNs.merge(row.busyNs);
            here.calls.merge(row.calls);
        });
        spans.addAll(ofOther, places);
        if (first) {
            clockSpans = null;
        }
        if (several && starts.isComparable() && (clockOfOther != null || !other.several)) {
            clock = clock == null ? new SpanTimes() : clock;
            if (clockOfOther != null) {
                clock.addAll(clockOfOther, places);
            } else {
                clock.addMoved(ofOther, places, other.starts.firstNs());
            }
            clockSpans = clock;
        }
    }
}
