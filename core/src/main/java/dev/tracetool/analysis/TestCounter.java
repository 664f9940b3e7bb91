package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceVisitor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link TestActivity} of one trace, in one pass. Events belong to the test that is open in their thread; where
 * none is, to the one that was begun last and is still open in another: helper threads work for it. Events while no test
 * is open belong to none.
 *
 * <p>What happens between {@code shared_begin} and {@code shared_end}, as a fixture of a wider scope has them, belongs to
 * its test as everything else, and is known to be of use to others, too.
 *
 * <p>One test at a time is counted, in flat arrays; what it reached is packed when another one's turn comes.
 */
public final class TestCounter implements TraceVisitor {
    private static final int NONE = -1;

    private final TestActivity activity = new TestActivity();

    /** By thread, in the order in which they were begun. */
    private final Map<Integer, Open> open = new LinkedHashMap<>();

    /** By thread: how many beginnings of what is shared have no end yet. */
    private final Map<Integer, Integer> sharing = new HashMap<>();

    private record Open(int test, long begin) {}

    /** The test whose events are in the counters, or {@link #NONE}. */
    private int current = NONE;

    /** Whether these events are shared. */
    private boolean shared;

    private final LineCounts lines = new LineCounts();
    private final LineCounts.Found found = new LineCounts.Found();
    private @Nullable CodeObjectWrapper[] codes = new CodeObjectWrapper[64];

    /** What of {@link #activity} is of each code object, once it is known. */
    private @Nullable TestHits[] hits = new TestHits[64];

    private long[] starts = new long[64];

    /** Code objects that the current test reached, without order. */
    private int[] reached = new int[64];

    private boolean[] isReached = new boolean[64];
    private int reachedCount;
    private int codeCount;
    private int startKind = NONE;

    @Override
    public boolean wantsTimes() {
        return false;
    }

    @Override
    public boolean wantsOffsets() {
        return false;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        int number = metadata.kinds().numberOf(EventKind.PY_START);
        startKind = number == 0 ? NONE : number;
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            int index = code.index();
            if (index >= codes.length) {
                int capacity = (int) Math.min(Math.max(index + 1L, 2L * codes.length), Integer.MAX_VALUE - 8);
                codes = Arrays.copyOf(codes, capacity);
                hits = Arrays.copyOf(hits, capacity);
                starts = Arrays.copyOf(starts, capacity);
                reached = Arrays.copyOf(reached, capacity);
                isReached = Arrays.copyOf(isReached, capacity);
            }
            codes[index] = code;
            codeCount = Math.max(codeCount, index + 1);
        }
        lines.reserve(codeCount);
    }

    @Override
    public void mark(TraceMark mark) {
        String label = mark.values().get("label");
        if (label != null && mark.kind().equals("test_begin")) {
            open.remove(mark.thread()); // it was never ended
            sharing.remove(mark.thread());
            open.put(mark.thread(), new Open(activity.number(label), mark.time()));
        } else if (label != null && mark.kind().equals("test_end")) {
            end(mark, activity.number(label));
        } else if (mark.kind().equals("shared_begin")) {
            sharing.merge(mark.thread(), 1, Integer::sum);
        } else if (mark.kind().equals("shared_end")) {
            sharing.computeIfPresent(mark.thread(), (thread, count) -> count > 1 ? (Integer) (count - 1) : null);
        }
    }

    private void end(TraceMark mark, int test) {
        Open begun = open.get(mark.thread());
        Long duration = null;
        if (begun != null && begun.test() == test) {
            open.remove(mark.thread());
            duration = mark.time() < begun.begin() ? null : (Long) (mark.time() - begun.begin());
        }
        String outcome = mark.values().get("outcome");
        activity.addEnd(test, outcome == null ? "unknown" : outcome, duration);
    }

    private int testOf(int thread) {
        Open own = open.get(thread);
        if (own != null) {
            return own.test();
        }
        int last = NONE;
        for (Open other : open.values()) {
            last = other.test();
        }
        return last;
    }

    private boolean isShared(int thread) {
        if (sharing.isEmpty() || open.containsKey(thread)) {
            return sharing.containsKey(thread);
        }
        int last = thread;
        for (int other : open.keySet()) {
            last = other;
        }
        return sharing.containsKey(last);
    }

    @Override
    public void events(EventBlock block) {
        int test = testOf(block.thread());
        if (test == NONE) {
            return;
        }
        boolean isShared = isShared(block.thread());
        if (test != current || isShared != shared) {
            pack();
            current = test;
            shared = isShared;
        }
        activity.addEvents(test, block.size());
        ops(block);
    }

    private void ops(EventBlock block) {
        int[] ops = block.ops();
        int[] opCodes = block.opCodes();
        lines.begin(block.size());
        int[] counts = lines.counts();
        int[] layout = lines.layout();
        int code = NONE;
        int first = 0;
        int span = 0;
        int place = 0;
        int nextCode = 0;
        int count = block.opCount();
        for (int i = 0; i < count; i++) {
            int op = ops[i];
            if (op >= 0) {
                int offset = op - first;
                if (offset >= 0 && offset < span) {
                    counts[place + offset]++;
                } else if (code != NONE) {
                    lines.addOther(code, op);
                }
                continue;
            }
            if (isSwitch(op)) {
                code = opCodes[nextCode++];
                if (op == EventBlock.SWITCH && (i + 1 == count || isSwitch(ops[i + 1]))) {
                    continue; // the code object in which the block before it ended, and nothing that happened in it
                }
                if (code < 0 || code >= codeCount || !isReached[code]) {
                    code = reach(code);
                    counts = lines.counts();
                }
                int at = LineCounts.at(code);
                first = layout[at + LineCounts.FIRST];
                span = layout[at + LineCounts.SPAN];
                place = layout[at + LineCounts.PLACE];
            }
            if (~op >>> 1 == startKind && code != NONE) {
                starts[code]++;
            }
        }
    }

    private static boolean isSwitch(int op) {
        return op < 0 && (~op & 1) != 0;
    }

    /** Lays out a code object before its first event in the current test. Returns its index; {@link #NONE} if unknown. */
    private int reach(int code) {
        if (code < 0 || code >= codeCount) {
            return NONE;
        }
        CodeObjectWrapper wrapper = codes[code];
        if (wrapper == null) {
            return NONE;
        }
        if (lines.layout()[LineCounts.at(code) + LineCounts.LAID_OUT] == 0) {
            lines.layOut(code, wrapper.lineTableOrEmpty().distinctLines());
        }
        isReached[code] = true;
        reached[reachedCount++] = code;
        return code;
    }

    /** Empties the counters of the current test into the activity. */
    private void pack() {
        long[] others = lines.otherKeys();
        for (int i = 0; i < reachedCount; i++) {
            int code = reached[i];
            TestHits into = hitsOf(code);
            if (into != null) {
                lines.find(code, others, found);
                into.add(current, starts[code], found.lines, found.hits, found.count);
                share(code);
            }
            lines.clear(code);
            starts[code] = 0;
            isReached[code] = false;
        }
        lines.clearOthers();
        reachedCount = 0;
    }

    private void share(int code) {
        CodeObjectWrapper wrapper = codes[code];
        if (shared && wrapper != null) {
            activity.addShared(wrapper.identity());
        }
    }

    private @Nullable TestHits hitsOf(int code) {
        TestHits known = hits[code];
        CodeObjectWrapper wrapper = codes[code];
        if (known == null && wrapper != null) {
            known = activity.hitsOf(wrapper.identity());
            hits[code] = known;
        }
        return known;
    }

    /** What was counted; to be called once, after the pass. */
    public TestActivity finish() {
        pack();
        return activity;
    }
}
