package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small trace made by hand: events in their order, handed to a visitor in blocks of any size. */
public final class Recording {
    /** A line in {@link #code} that stands for a range without a line. */
    public static final int NONE = -1;

    /** One event; the time is {@link EventBlock#NO_TIME} if it has none. */
    public record Event(int thread, EventKind kind, int code, int argument, long time) {}

    private final List<EventKind> kinds;
    private final List<String> once = new ArrayList<>();
    private boolean timed = true;
    private boolean bare;
    private boolean lineTimes;
    private String mode = "lines";
    private String cwd = "/p";
    private long pid = 7;
    private String python = "3.13.0";
    private String host = "host";
    private String parentTrace;
    private String startedAt = "2026-11-01T10:00:00+01:00";
    private TraceMetadata.Scope scope;
    private final List<CodeObjectWrapper> codes = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    private final List<TraceThread> threads = new ArrayList<>();
    private final List<TraceSource> sources = new ArrayList<>();
    private int thread;
    private long end = EventBlock.NO_TIME;
    private boolean closed;
    private final Damage damage = new Damage();
    private final List<String> failures = new ArrayList<>();

    public Recording() {
        this(Stream.of(EventKind.values())
                .filter(k -> k.effect() != EventKind.Effect.NONE || k == EventKind.LINE || k == EventKind.CALL)
                .toArray(EventKind[]::new));
    }

    public Recording(EventKind... kinds) {
        this.kinds = List.of(kinds);
    }

    public Recording mode(String name) {
        mode = name;
        return this;
    }

    public Recording pid(long number) {
        pid = number;
        return this;
    }

    public Recording cwd(String folder) {
        cwd = folder;
        return this;
    }

    public Recording python(String version) {
        python = version;
        return this;
    }

    public Recording host(String name) {
        host = name;
        return this;
    }

    public Recording startedAt(String time) {
        startedAt = time;
        return this;
    }

    /** The trace of the process that forked this one. */
    public Recording parentTrace(String name) {
        parentTrace = name;
        return this;
    }

    public Recording include(String... globs) {
        scope = new TraceMetadata.Scope(false, List.of(globs), List.of());
        return this;
    }

    public Recording once(EventKind kind) {
        once.add(kind.name());
        return this;
    }

    public Recording untimed() {
        timed = false;
        return this;
    }

    /** As a format has it that stores files, names, first lines and lines alone: to be called before any code object. */
    public Recording bare() {
        bare = true;
        return untimed();
    }

    public Recording lineTimes() {
        lineTimes = true;
        return this;
    }

    /** Adds a code object of one code unit for each line. Returns its index. */
    public int code(String file, String qualname, int firstLine, int... lines) {
        return code(file, qualname, firstLine, 1, lines);
    }

    /** The same with another digest. */
    public int code(String file, String qualname, int firstLine, int digest, int[] lines) {
        return code(file, qualname, firstLine, digest, lines, 0);
    }

    /** The same with flags, such as those of {@link dev.tracetool.code.CodeFlags}. */
    public int code(String file, String qualname, int firstLine, int digest, int[] lines, int flags) {
        List<Integer> table = IntStream.of(lines).boxed().toList();
        CodeRecord code = bare
                ? new BareCode(file, qualname, firstLine)
                : new Code(file, qualname, firstLine, digest, table, flags);
        codes.add(new CodeObjectWrapper(codes.size(), code));
        return codes.size() - 1;
    }

    /**
     * What the source of a file was.
     *
     * @param text its bytes, or null to tell only their digest
     */
    public Recording source(String file, String sha256, byte[] text) {
        sources.add(new TraceSource(file, text == null ? 0 : text.length, sha256, text));
        return this;
    }

    public Recording thread(int number, String name) {
        threads.add(new TraceThread(number, 1000 + number, 0, name));
        return on(number);
    }

    /** The events that follow are of this thread. */
    public Recording on(int number) {
        thread = number;
        return this;
    }

    public Recording event(EventKind kind, int code, int argument, long time) {
        boolean hasTime = kind == EventKind.LINE ? lineTimes : timed;
        events.add(new Event(thread, kind, code, argument, hasTime ? time : EventBlock.NO_TIME));
        return this;
    }

    public Recording start(int code, long time) {
        return event(EventKind.PY_START, code, 0, time);
    }

    public Recording leave(int code, long time) {
        return event(EventKind.PY_RETURN, code, 0, time);
    }

    public Recording lines(int code, int... lines) {
        for (int line : lines) {
            event(EventKind.LINE, code, line, 0);
        }
        return this;
    }

    /** Which frames the thread has; stands between the events. */
    public Recording frames(long time, int... frames) {
        int of = thread;
        return beside(time, visitor -> visitor.frames(of, time, frames, new int[frames.length]));
    }

    /** A test begins in the thread; stands between the events. */
    public Recording beginTest(String label, long time) {
        return mark("test_begin", Map.of("label", label), time);
    }

    /** A test ends in the thread; stands between the events. */
    public Recording endTest(String label, String outcome, long time) {
        return mark("test_end", Map.of("label", label, "outcome", outcome), time);
    }

    /** What follows in the thread is of use to other tests, too, up to {@link #endShared}. */
    public Recording beginShared(String label, long time) {
        return mark("shared_begin", Map.of("label", label), time);
    }

    public Recording endShared(String label, long time) {
        return mark("shared_end", Map.of("label", label), time);
    }

    private Recording mark(String kind, Map<String, String> values, long time) {
        TraceMark mark = new TraceMark(thread, time, kind, values);
        return beside(time, visitor -> visitor.mark(mark));
    }

    /** What is no event stands among the events as one of a kind that has no name, with its number as code. */
    private Recording beside(long time, Consumer<TraceVisitor> what) {
        beside.add(what);
        events.add(new Event(thread, EventKind.OTHER, beside.size() - 1, 0, time));
        return this;
    }

    private final List<Consumer<TraceVisitor>> beside = new ArrayList<>();

    public Recording end(long time) {
        end = time;
        return this;
    }

    /** It was closed, nobody knows when. */
    public Recording end() {
        closed = true;
        return this;
    }

    public Recording damage(String message, long bytes, long frames, long lost) {
        damage.add(100, message, bytes, frames, lost);
        return this;
    }

    public Recording failure(String message) {
        failures.add(message);
        return this;
    }

    public TraceMetadata metadata() {
        List<KindTable.Kind> table = kinds.stream()
                .map(k -> new KindTable.Kind(
                        k.name(), k, bare && k != EventKind.LINE ? 0 : 1, k == EventKind.LINE ? lineTimes : timed))
                .toList();
        return new TraceMetadata(
                python,
                "cpython",
                "/usr/bin/python3",
                "linux",
                host,
                List.of("x.py"),
                cwd,
                pid,
                1L,
                parentTrace,
                startedAt,
                "recorder 1",
                mode,
                kinds.stream().map(EventKind::name).toList(),
                once,
                lineTimes,
                scope,
                0,
                bare ? LineTableFormat.NONE : LineTableFormat.LOCATIONS_3_11,
                new KindTable(table));
    }

    public ReadResult result() {
        return new ReadResult(closed || end != EventBlock.NO_TIME, damage);
    }

    /** The whole of it. */
    public Activity activity() {
        return activity(1000);
    }

    /** The whole of it in blocks of at most so many events. */
    Activity activity(int blockSize) {
        return finish(part(0, events.size(), blockSize, new int[0][]), "trace.bin");
    }

    Activity finish(ActivityCounter counter, String name) {
        return counter.finish(name, "tracetool", "1.0", 4711, result());
    }

    /** Counts the events from one to another, after the frames by thread that stand at the first one's time. */
    ActivityCounter part(int from, int to, int blockSize, int[][] frames) {
        ActivityCounter counter = new ActivityCounter();
        replay(counter, from, to, blockSize, frames);
        return counter;
    }

    public void replay(TraceVisitor visitor) {
        replay(visitor, 0, events.size(), 1000, new int[0][]);
    }

    /** The whole of it, with every part. */
    public Summary summary() {
        SourceRecords records = new SourceRecords();
        sources.forEach(records::source);
        return Summary.of(
                EnumSet.allOf(Summary.Part.class),
                activity(),
                tests(),
                tree(),
                slowCalls("trace.bin"),
                timeline("trace.bin"),
                lineTimes(0, events.size(), 1000, new int[0][]),
                lineArcs(0, events.size(), 1000, new int[0][], new int[0][]),
                records);
    }

    /** What its tests reached. */
    public TestActivity tests() {
        return tests(0, events.size());
    }

    /** Who called whom. */
    public CallTree tree() {
        return tree(0, events.size(), 1000, new int[0][]);
    }

    /** When its threads were busy. */
    public Timeline timeline(String name) {
        return timeline(name, 0, events.size(), new int[0][]);
    }

    /** The same beside other parts, of blocks of at most so many events. */
    Timeline timeline(String name, Set<Summary.Part> parts, int blockSize) {
        ActivityCounter counter = new ActivityCounter(parts);
        replay(counter, 0, events.size(), blockSize, new int[0][]);
        finish(counter, name);
        return counter.timeline(name);
    }

    /** The same of a part of it. */
    Timeline timeline(String name, int from, int to, int[][] frames) {
        ActivityCounter counter = new ActivityCounter(Set.of(Summary.Part.TIMELINE));
        replay(counter, from, to, 10, frames);
        finish(counter, name);
        return counter.timeline(name);
    }

    /** Which line followed on which in a part of it, in blocks of at most so many events. */
    LineArcs lineArcs(int from, int to, int blockSize, int[][] frames, int[][] offsets) {
        ArcCounter counter = new ArcCounter();
        replay(counter, from, to, blockSize, frames, offsets);
        return counter.finish();
    }

    /** The times of lines of a part of it. */
    LineTimes lineTimes(int from, int to, int blockSize, int[][] frames) {
        LineTimeCounter counter = new LineTimeCounter();
        replay(counter, from, to, blockSize, frames);
        return counter.finish();
    }

    /** The slowest activations. */
    SlowCalls slowCalls(String name) {
        ActivityCounter counter = new ActivityCounter(Set.of(Summary.Part.SLOW_CALLS));
        replay(counter);
        finish(counter, name);
        return counter.slowCalls(name);
    }

    /** The same of a part of it, in blocks of at most so many events. */
    CallTree tree(int from, int to, int blockSize, int[][] frames) {
        ActivityCounter counter = new ActivityCounter(Set.of(Summary.Part.TREE));
        replay(counter, from, to, blockSize, frames);
        finish(counter, "trace.bin");
        return counter.tree();
    }

    /** The same of a part of it. */
    TestActivity tests(int from, int to) {
        TestCounter counter = new TestCounter();
        replay(counter, from, to, 3, new int[0][]);
        return counter.finish();
    }

    private void replay(TraceVisitor visitor, int from, int to, int blockSize, int[][] stacks) {
        int[][] offsets = Stream.of(stacks).map(stack -> new int[stack.length]).toArray(int[][]::new);
        replay(visitor, from, to, blockSize, stacks, offsets);
    }

    private void replay(TraceVisitor visitor, int from, int to, int blockSize, int[][] stacks, int[][] offsets) {
        TraceMetadata metadata = metadata();
        visitor.metadata(metadata);
        sources.forEach(visitor::source);
        visitor.codeObjects(codes);
        threads.forEach(visitor::thread);
        for (int t = 0; t < stacks.length; t++) {
            visitor.frames(t, timeAt(from), stacks[t], offsets[t]);
        }
        EventBlock block = new EventBlock(metadata.kinds());
        int i = from;
        while (i < to) {
            Event first = events.get(i);
            if (first.kind == EventKind.OTHER) {
                beside.get(first.code).accept(visitor);
                i++;
                continue;
            }
            int count = 0;
            while (i + count < to
                    && count < blockSize
                    && events.get(i + count).thread == first.thread
                    && events.get(i + count).kind != EventKind.OTHER) {
                count++;
            }
            fill(block, events.subList(i, i + count));
            visitor.events(block);
            i += count;
        }
        failures.forEach(visitor::failure);
        long last = to < events.size() ? timeAt(to) : end;
        if (last != EventBlock.NO_TIME || closed && to == events.size()) {
            visitor.end(last);
        }
    }

    /** The time of the first timed event from one on, or the end. */
    private long timeAt(int at) {
        for (int i = at; i < events.size(); i++) {
            if (events.get(i).time != EventBlock.NO_TIME) {
                return events.get(i).time;
            }
        }
        return end;
    }

    private void fill(EventBlock block, List<Event> from) {
        int times =
                (int) from.stream().filter(e -> e.time != EventBlock.NO_TIME).count();
        block.reset(from.get(0).thread, from.size(), times, 0);
        int time = 0;
        for (int i = 0; i < from.size(); i++) {
            Event e = from.get(i);
            int kind = kinds.indexOf(e.kind) + 1;
            block.kinds()[i] = (byte) kind;
            block.codes()[i] = e.code;
            block.args()[i] = e.argument;
            if (e.time != EventBlock.NO_TIME) {
                block.times()[time++] = e.time;
            }
        }
    }

    private record BareCode(String filename, String qualname, int firstLine) implements CodeRecord {
        @Override
        public long id() {
            return 0;
        }

        @Override
        public int parentIndex() {
            return UNKNOWN;
        }

        @Override
        public String name() {
            return qualname;
        }

        @Override
        public int flags() {
            return UNKNOWN;
        }

        @Override
        public int argCount() {
            return UNKNOWN;
        }

        @Override
        public int positionalOnlyArgCount() {
            return UNKNOWN;
        }

        @Override
        public int keywordOnlyArgCount() {
            return UNKNOWN;
        }

        @Override
        public int codeLength() {
            return UNKNOWN;
        }

        @Override
        public LineTableFormat lineTableFormat() {
            return LineTableFormat.NONE;
        }

        @Override
        public byte[] lineTable() {
            return new byte[0];
        }

        @Override
        public List<String> variableNames() {
            return List.of();
        }

        @Override
        public byte[] digest() {
            return new byte[16];
        }
    }

    private record Code(String filename, String qualname, int firstLine, int digestByte, List<Integer> lines, int flags)
            implements CodeRecord {
        @Override
        public long id() {
            return 0;
        }

        @Override
        public int parentIndex() {
            return UNKNOWN;
        }

        @Override
        public String name() {
            return qualname;
        }

        @Override
        public int argCount() {
            return 0;
        }

        @Override
        public int positionalOnlyArgCount() {
            return 0;
        }

        @Override
        public int keywordOnlyArgCount() {
            return 0;
        }

        @Override
        public int codeLength() {
            return 2 * lines.size();
        }

        @Override
        public LineTableFormat lineTableFormat() {
            return LineTableFormat.LOCATIONS_3_11;
        }

        /** Entries of one unit: form 13 (a line, no columns) or 15 (no line). */
        @Override
        public byte[] lineTable() {
            ByteArrayOutputStream table = new ByteArrayOutputStream();
            int line = firstLine;
            for (int next : lines) {
                if (next == NONE) {
                    table.write(0x80 | 15 << 3);
                    continue;
                }
                table.write(0x80 | 13 << 3);
                int delta = next - line;
                long rest = delta < 0 ? (-(long) delta << 1) | 1 : (long) delta << 1;
                for (; rest >= 64; rest >>= 6) {
                    table.write((int) ((rest & 63) | 64));
                }
                table.write((int) rest);
                line = next;
            }
            return table.toByteArray();
        }

        @Override
        public List<String> variableNames() {
            return List.of();
        }

        @Override
        public byte[] digest() {
            return ByteBuffer.allocate(16).putInt(digestByte).array();
        }
    }
}
