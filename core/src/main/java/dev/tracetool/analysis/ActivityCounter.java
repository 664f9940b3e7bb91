package dev.tracetool.analysis;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the {@link Activity} of one trace, in one pass. */
public final class ActivityCounter implements TraceVisitor {
    private static final int[] NO_LINES = {};
    private static final int MAX_FAILURES = 20;

    /** In place of a code index that no code object has. */
    private static final int NO_CODE = -1;

    /** What the loop over events does for each kind number: 0 nothing, else one of the constants of {@link CallTimes}. */
    private final int[] actions = new int[KindTable.MAX_KINDS + 1];

    /** The same where not all that changes stacks was recorded with its time. */
    private final int[] untimedActions = new int[KindTable.MAX_KINDS + 1];

    private boolean[] timed = new boolean[KindTable.MAX_KINDS + 1];
    private long[] countByKind = new long[KindTable.MAX_KINDS + 1];
    private int lineKind;
    private int startKind;
    private @Nullable TraceMetadata metadata;

    /** Whether stacks can be followed at all. */
    private boolean stacks;

    /** Whether they can be by time; if not, by a clock of line events: see {@link CallTree.Weight}. */
    private boolean times;

    private final Set<Summary.Part> parts;
    private @Nullable TreeTimes tree;
    private @Nullable TimelineCounter timeline;

    /** What follows stacks, if it is told the code objects. */
    private @Nullable TimelineTimes codeTimes;

    private CallTimes calls = new CallTimes(0);
    private final LineCounts lines = new LineCounts();

    private @Nullable CodeObjectWrapper[] codes = new CodeObjectWrapper[64];

    /** Code objects that had an event of a kind that is counted nowhere else. */
    private boolean[] touched = new boolean[64];

    /** Code indices from here on have no code object. */
    private int codeCount;

    private final Map<Integer, ThreadCount> threads = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private long strayEvents;
    private long endTime = EventBlock.NO_TIME;

    private static final class ThreadCount {
        String name = "";
        long systemId;
        long events;
        long calls;
        long lineEvents;
    }

    public ActivityCounter() {
        this(Set.of());
    }

    /** @param parts what is to be made beside the activity, of that which stacks tell */
    ActivityCounter(Set<Summary.Part> parts) {
        this.parts = parts;
    }

    @Override
    public boolean wantsOffsets() {
        return false;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        this.metadata = metadata;
        Recorded recorded = Recorded.of(metadata);
        stacks = recorded.stacks();
        times = recorded.times();
        long start = times ? metadata.clockStart() : 0;
        timeline = parts.contains(Summary.Part.TIMELINE) ? new TimelineCounter(metadata.clockStart()) : null;
        TimelineCounter following = times ? timeline : null;
        boolean slowCalls = times && parts.contains(Summary.Part.SLOW_CALLS);
        if (parts.contains(Summary.Part.TREE) || slowCalls) {
            tree = new TreeTimes(start, slowCalls, following);
            codeTimes = tree;
        } else if (following != null) {
            codeTimes = new TimelineTimes(start, following);
        }
        calls = codeTimes == null ? new CallTimes(start) : codeTimes;
        KindTable kinds = metadata.kinds();
        for (int k = 1; k <= kinds.size(); k++) {
            timed[k] = times && kinds.kind(k).timed();
            (times ? actions : untimedActions)[k] = action(kinds.kind(k).kind());
        }
        lineKind = kinds.numberOf(EventKind.LINE);
        startKind = kinds.numberOf(EventKind.PY_START);
    }

    static int action(EventKind kind) {
        return switch (kind) {
            case PY_START -> CallTimes.START;
            case PY_RESUME -> CallTimes.RESUME;
            case PY_THROW -> CallTimes.THROW;
            case PY_RETURN -> CallTimes.RETURN;
            case PY_YIELD -> CallTimes.YIELD;
            case PY_UNWIND -> CallTimes.UNWIND;
            default -> 0;
        };
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            int index = code.index();
            if (index >= codes.length) {
                int capacity = (int) Math.min(Math.max(index + 1L, 2L * codes.length), Integer.MAX_VALUE - 8);
                codes = Arrays.copyOf(codes, capacity);
                touched = Arrays.copyOf(touched, capacity);
            }
            codes[index] = code;
            codeCount = Math.max(codeCount, index + 1);
        }
        lines.reserve(codeCount);
        calls.reserve(codeCount);
        if (codeTimes != null) {
            codeTimes.add(added);
        }
    }

    @Override
    public void thread(TraceThread thread) {
        ThreadCount count = threads.computeIfAbsent(thread.number(), n -> new ThreadCount());
        count.name = thread.name();
        count.systemId = thread.systemId();
    }

    @Override
    public void frames(int thread, long time, int[] frameCodes, int[] offsets) {
        if (!stacks) {
            return;
        }
        int[] known = new int[frameCodes.length];
        int count = 0;
        for (int code : frameCodes) {
            if (code >= 0 && code < codeCount) {
                known[count++] = code;
            }
        }
        calls.enter(thread);
        calls.frames(times ? time : calls.lines(), known, count);
    }

    @Override
    public void events(EventBlock block) {
        ThreadCount thread = threads.computeIfAbsent(block.thread(), n -> new ThreadCount());
        int[] counts = block.countByKind();
        for (int k = 1; k < counts.length; k++) {
            countByKind[k] += counts[k];
        }
        thread.events += block.size();
        thread.calls += counts[startKind];
        thread.lineEvents += counts[lineKind];
        long linesBefore = 0;
        if (times && block.timeCount() > 0) {
            calls.enter(block.thread());
            calls.span(block.times()[0], block.times()[block.timeCount() - 1]);
        } else if (stacks && !times) {
            calls.enter(block.thread());
            linesBefore = calls.lines();
            calls.span(linesBefore, linesBefore + counts[lineKind]);
        }
        ops(block, linesBefore);
    }

    /**
     * The loop over all that happened. What is counted in most of its rounds, an event at a line, takes no call.
     *
     * @param linesBefore where line events take the place of times, how many the thread had before
     */
    private void ops(EventBlock block, long linesBefore) {
        int[] ops = block.ops();
        int[] opCodes = block.opCodes();
        lines.begin(block.size());
        int[] counts = lines.counts();
        int[] layout = lines.layout();
        long[] times = block.times();
        int lineTimes = timed[lineKind] || !this.times ? 1 : 0; // without times, what it counts is line events
        int code = NO_CODE;
        int first = 0;
        int span = 0;
        int place = 0;
        int nextCode = 0;
        int nextTime = 0;
        int count = block.opCount();
        for (int i = 0; i < count; i++) {
            int op = ops[i];
            if (op >= 0) {
                nextTime += lineTimes;
                int offset = op - first;
                if (offset >= 0 && offset < span) {
                    counts[place + offset]++;
                } else {
                    otherLine(code, op);
                }
                continue;
            }
            if ((~op & 1) != 0) {
                code = opCodes[nextCode++];
                if (code < 0 || code >= codeCount || layout[LineCounts.at(code) + LineCounts.LAID_OUT] == 0) {
                    code = layOut(code);
                    counts = lines.counts();
                }
                int at = LineCounts.at(code);
                first = layout[at + LineCounts.FIRST];
                span = layout[at + LineCounts.SPAN];
                place = layout[at + LineCounts.PLACE];
            }
            int kind = ~op >>> 1;
            int action = actions[kind];
            if (action > 0 && code != NO_CODE) {
                calls.count(action, code, times[nextTime++]);
            } else if (kind != 0) {
                otherEvent(kind, code, linesBefore + nextTime);
                nextTime += timed[kind] ? 1 : 0;
            }
        }
    }

    /** @param lineCount where line events take the place of times, how many the thread had before it */
    private void otherEvent(int kind, int code, long lineCount) {
        if (code == NO_CODE) {
            strayEvents++;
        } else if (untimedActions[kind] == 0) {
            touched[code] = true;
        } else if (stacks) {
            calls.count(untimedActions[kind], code, lineCount);
        } else {
            calls.count(untimedActions[kind], code);
        }
    }

    /** Lays out a code object before its first event. Returns its index; {@link #NO_CODE} if it is unknown. */
    private int layOut(int code) {
        if (code < 0 || code >= codeCount) {
            return NO_CODE;
        }
        lines.layOut(code, linesOf(code));
        return code;
    }

    private void otherLine(int code, int line) {
        if (code == NO_CODE) {
            strayEvents++;
        } else {
            lines.addOther(code, line);
        }
    }

    /** Distinct lines of the code object's table, ascending. */
    private int[] linesOf(int code) {
        CodeObjectWrapper wrapper = codes[code];
        return wrapper == null ? NO_LINES : wrapper.lineTableOrEmpty().distinctLines();
    }

    @Override
    public void failure(String message) {
        if (failures.size() < MAX_FAILURES) {
            failures.add(message);
        }
    }

    @Override
    public void end(long time) {
        endTime = time;
    }

    /**
     * What was counted.
     *
     * @param result of the pass that this was given to
     */
    public Activity finish(String name, String format, String formatVersion, long bytes, ReadResult result) {
        TraceMetadata about = Objects.requireNonNull(metadata, "no metadata");
        calls.close(times && endTime != EventBlock.NO_TIME, endTime);
        Map<String, Long> byKind = eventsByKind(about);
        Recorded recorded = Recorded.of(about, byKind, result.damage());
        Activity activity = new Activity();
        Problems problems = new Problems();
        long[] otherLines = lines.otherKeys();
        for (int i = 0; i < codeCount; i++) {
            CodeObjectWrapper code = codes[i];
            LineHits events = lines.hits(i, otherLines);
            if (code == null) {
                strayEvents += events.events() + frameEvents(i);
                continue;
            }
            FunctionActivity function = function(code, events);
            activity.add(function);
            problems.malformedTables += code.isLineTableMalformed() ? 1 : 0;
            problems.strayLines += strayLines(code, function.lines());
        }
        problems.strayEvents = strayEvents;
        problems.droppedLines = lines.dropped();
        problems.unbalanced = calls.unbalanced() + result.unbalanced();
        problems.tooDeep = calls.tooDeep();
        problems.oddTimes = calls.oddTimes();
        long last = times ? Math.max(endTime, calls.lastTime()) : endTime;
        activity.add(new InputActivity(
                name,
                format,
                formatVersion,
                bytes,
                about,
                recorded,
                byKind,
                last == EventBlock.NO_TIME ? null : Math.max(0, last - about.clockStart()),
                threads(recorded),
                result.complete(),
                result.damage(),
                List.copyOf(failures),
                problems,
                result.identity()));
        return activity;
    }

    /** The call tree; to be called once, after {@link #finish}. Of no trace, if it was not wanted. */
    CallTree tree() {
        return tree == null || !parts.contains(Summary.Part.TREE) ? new CallTree() : tree.tree(threadNames());
    }

    /** The slowest activations; to be called after {@link #finish}. Of no trace, if they were not wanted. */
    SlowCalls slowCalls(String name) {
        SlowCalls all = new SlowCalls();
        if (tree != null && metadata != null) {
            Map<Integer, String> names = threadNames();
            for (CodeObjectWrapper code : codes) {
                if (code != null) {
                    tree.addSlowCalls(all, code, name, metadata.clockStart(), names);
                }
            }
        }
        return all;
    }

    /** The timeline; to be called once, after {@link #finish}. Of no trace, if it was not wanted. */
    Timeline timeline(String name) {
        return timeline == null || metadata == null ? new Timeline() : timeline.finish(name, metadata, threadNames());
    }

    private Map<Integer, String> threadNames() {
        Map<Integer, String> names = new HashMap<>();
        threads.forEach((number, thread) -> names.put(number, thread.name));
        return names;
    }

    private long frameEvents(int code) {
        long sum = 0;
        for (int kind = CallTimes.START; kind <= CallTimes.UNWIND; kind++) {
            sum += calls.figure(code, kind);
        }
        return sum;
    }

    private FunctionActivity function(CodeObjectWrapper code, LineHits events) {
        int index = code.index();
        LineTable table = code.lineTableOrEmpty();
        boolean ran = touched[index] || events != LineHits.NONE || frameEvents(index) > 0;
        return new FunctionActivity(
                code.identity(),
                ran,
                calls.figure(index, CallTimes.START),
                calls.figure(index, CallTimes.RETURN),
                calls.figure(index, CallTimes.YIELD),
                calls.figure(index, CallTimes.UNWIND),
                times ? calls.figure(index, CallTimes.SELF) : 0,
                times ? calls.figure(index, CallTimes.TOTAL) : 0,
                table.size() > 0,
                entryLine(table),
                LineHits.untouched(table.distinctLines()).plus(events),
                isBody(code));
    }

    /** Where flags are unknown the name tells. */
    private static boolean isBody(CodeObjectWrapper code) {
        return code.flags() == CodeFlags.UNKNOWN
                ? code.identity().isModule()
                : (code.flags() & CodeFlags.OPTIMIZED) == 0;
    }

    /** The line of the first instruction that has one; 0 if none has. */
    static int entryLine(LineTable table) {
        for (int range = 0; range < table.size(); range++) {
            if (table.line(range) != LineTable.NO_LINE) {
                return table.line(range);
            }
        }
        return 0;
    }

    /** Line events at lines that the code object's table does not have; none if its format has no tables. */
    private static long strayLines(CodeObjectWrapper code, LineHits lines) {
        if (lines.others() == 0 || code.underlying().lineTableFormat() == LineTableFormat.NONE) {
            return 0;
        }
        int[] known = code.lineTableOrEmpty().distinctLines();
        long sum = 0;
        for (int line : lines.lines()) {
            sum += Arrays.binarySearch(known, line) < 0 ? lines.hits(line) : 0;
        }
        return sum;
    }

    private Map<String, Long> eventsByKind(TraceMetadata about) {
        Map<String, Long> byKind = new LinkedHashMap<>();
        for (int k = 1; k <= about.kinds().size(); k++) {
            String name = about.kinds().kind(k).name();
            if (countByKind[k] > 0 || about.asked(name)) {
                byKind.put(name, countByKind[k]);
            }
        }
        return byKind;
    }

    private List<ThreadActivity> threads(Recorded recorded) {
        List<ThreadActivity> list = new ArrayList<>(threads.size());
        threads.forEach((number, count) -> {
            CallStack stack = calls.stack(number);
            boolean known = recorded.times();
            list.add(new ThreadActivity(
                    number,
                    count.systemId,
                    count.name,
                    count.events,
                    recorded.calls() ? count.calls : null,
                    recorded.lines() ? count.lineEvents : null,
                    known ? stack.last - stack.first : null,
                    known ? stack.last - stack.first - stack.gap : null));
        });
        return list;
    }
}
