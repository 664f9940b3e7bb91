package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@link CallTimes} that also tell when each thread was busy, and in which functions: where time goes is decided there. */
final class TimelineTimes extends CallTimes {
    private static final int UNKNOWN = -1;

    private final long clockStart;
    private final Timeline.Run run = new Timeline.Run();
    private final Map<Integer, Timeline.Row> rows = new HashMap<>();
    private Timeline.Row row = new Timeline.Row();
    private int[] functions = {};

    TimelineTimes(long clockStart) {
        super(clockStart);
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
            }
            functions[index] = run.number(code.identity());
        }
    }

    @Override
    void enter(int thread) {
        super.enter(thread);
        row = rows.computeIfAbsent(thread, t -> new Timeline.Row());
    }

    @Override
    void count(int kind, int code, long time) {
        CallStack stack = current;
        int top = top(stack);
        long last = stack.last;
        super.count(kind, code, time);
        if (top >= 0 && stack.last > last) {
            busy(row, top, last, stack.last);
        }
        if (kind == START) {
            row.calls.addOne(stack.last - clockStart);
        }
    }

    private static int top(CallStack stack) {
        return stack.depth == 0 ? -1 : stack.codes[stack.depth - 1];
    }

    private void busy(Timeline.Row of, int code, long from, long to) {
        of.busyNs.addTime(from - clockStart, to - clockStart);
        if (functions[code] != UNKNOWN) {
            run.spans().addTime(functions[code], from - clockStart, to - clockStart);
        }
    }

    @Override
    void frames(long time, int[] codes, int count) {
        CallStack stack = current;
        int top = stack.begun ? top(stack) : -1;
        long last = stack.last;
        super.frames(time, codes, count);
        if (top >= 0) {
            busy(row, top, last, stack.last);
        }
    }

    @Override
    void close(boolean closed, long end) {
        List<CallStack> all = new ArrayList<>(stacks().values());
        int[] tops = all.stream().mapToInt(TimelineTimes::top).toArray();
        long[] last = all.stream().mapToLong(stack -> stack.last).toArray();
        super.close(closed, end);
        for (int i = 0; i < tops.length; i++) {
            CallStack stack = all.get(i);
            Timeline.Row of = rows.get(stack.thread);
            if (tops[i] >= 0 && of != null) {
                busy(of, tops[i], last[i], stack.last);
            }
        }
    }

    /** The timeline; to be called once, after {@link #close}. */
    Timeline timeline(String input, Map<Integer, String> threadNames) {
        Timeline timeline = new Timeline();
        rows.forEach((number, counted) -> {
            Timeline.ThreadKey key = new Timeline.ThreadKey(number, threadNames.getOrDefault(number, ""));
            run.threads().put(key, counted);
        });
        timeline.runs().put(input, run);
        return timeline;
    }
}
