package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CallTimes} that also make the {@link Timeline}, if it is wanted: where time goes is decided there. */
class TimelineTimes extends CallTimes {
    private static final int NO_CODE = -1;

    private final @Nullable TimelineCounter timeline;

    TimelineTimes(long clockStart, @Nullable TimelineCounter timeline) {
        super(clockStart);
        this.timeline = timeline;
    }

    void add(List<CodeObjectWrapper> codes) {
        if (timeline != null) {
            timeline.add(codes);
        }
    }

    @Override
    void enter(int thread) {
        super.enter(thread);
        if (timeline != null) {
            timeline.enter(thread);
        }
    }

    @Override
    void count(int kind, int code, long time) {
        TimelineCounter counter = timeline;
        if (counter == null) {
            super.count(kind, code, time);
            return;
        }
        CallStack stack = current;
        int top = top(stack);
        long last = stack.last;
        super.count(kind, code, time);
        if (top != NO_CODE) {
            counter.passed(top, last, stack.last);
        }
        if (kind == START) {
            counter.called(stack.last);
        }
    }

    private static int top(CallStack stack) {
        return stack.depth == 0 ? NO_CODE : stack.codes[stack.depth - 1];
    }

    @Override
    void frames(long time, int[] codes, int count) {
        CallStack stack = current;
        int top = stack.begun ? top(stack) : NO_CODE;
        long last = stack.last;
        super.frames(time, codes, count);
        if (timeline != null && top != NO_CODE) {
            timeline.passed(top, last, stack.last);
        }
    }

    @Override
    void close(boolean closed, long end) {
        List<CallStack> all = new ArrayList<>(stacks().values());
        int[] tops = all.stream().mapToInt(TimelineTimes::top).toArray();
        long[] last = all.stream().mapToLong(stack -> stack.last).toArray();
        super.close(closed, end);
        for (int i = 0; i < tops.length; i++) {
            if (timeline != null && tops[i] != NO_CODE) {
                timeline.enter(all.get(i).thread);
                timeline.passed(tops[i], last[i], all.get(i).last);
            }
        }
    }
}
