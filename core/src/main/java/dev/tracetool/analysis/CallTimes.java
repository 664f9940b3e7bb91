package dev.tracetool.analysis;

import dev.tracetool.trace.EventBlock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Self and total time of each code object, from the stacks of all threads of one trace.
 *
 * <ul>
 *   <li>A <b>thread's time</b> goes from the first time that is known of it (of a timed event, or of its frames when
 *       recording began) to the last one. If the recording was closed while the thread was in a frame, it goes on to the
 *       end of the recording: the thread was still there. If it was cut off, nothing is known behind the last event.
 *   <li><b>Self time</b> of a code object is the part of it during which its frame is the innermost one.
 *   <li>A <b>gap</b> is a part during which the thread is in no frame: in code that was left out, or idle. So self times
 *       and gaps add up to the threads' times, exactly.
 *   <li><b>Total time</b> of a code object is the part during which one of its frames at least is on the stack: a
 *       recursive call counts once, from the outermost activation. A generator that yielded is not on the stack.
 * </ul>
 *
 * <p>A frame is left by its own event; if another frame's event comes, that is further out, all frames within are left
 * with it, and if none is on the stack, nothing happens. Both are counted as unbalanced: recorders that began late, and
 * lost blocks, leave such traces. Times that run backwards, or are more than half a year off the start, are taken as
 * the nearest one that is possible, and are counted too.
 *
 * <p>Where a trace has no times, the number of line events that the thread had takes their place: self "time" then is the
 * number of line events while the frame is the innermost one.
 */
class CallTimes {
    /** Offset of the frame's kinds of event in {@link #figures}; {@link #SELF} and {@link #TOTAL} stand between. */
    static final int START = 1;

    static final int RESUME = 2;
    static final int THROW = 3;
    static final int RETURN = 4;
    static final int YIELD = 5;
    static final int UNWIND = 6;
    static final int SELF = 0;
    static final int TOTAL = 7;

    /** All that belongs to one code object stands in one cache line. */
    static final int STRIDE = 8;

    /** Half a year before and after the start: the sums of 256 threads stay below 2^63. */
    private static final long MAX_DISTANCE = 1L << 54;

    /** Frames that the stacks of all threads together have room for: 50 MB. */
    private static final int MAX_FRAMES = 1 << 22;

    /** Stacks up to this depth are recounted when their thread comes again. */
    private static final int RECOUNT_DEPTH = 1024;

    private final long earliest;
    private final long latest;
    private final Map<Integer, CallStack> stacks = new HashMap<>();
    CallStack current = new CallStack(-1);

    /** {@link #STRIDE} longs for each code index. */
    private long[] figures = new long[64 * STRIDE];

    /** Activations of each code object on the current stack. */
    private int[] active = new int[64];

    /** An array for {@link #active} that holds zeros. */
    private int[] spare = new int[64];

    /** Frames that all stacks have room for. */
    private int frames;

    private long unbalanced;
    private long tooDeep;
    private long oddTimes;

    CallTimes(long clockStart) {
        this.earliest = clockStart < Long.MIN_VALUE + MAX_DISTANCE ? Long.MIN_VALUE : clockStart - MAX_DISTANCE;
        this.latest = clockStart > Long.MAX_VALUE - MAX_DISTANCE ? Long.MAX_VALUE : clockStart + MAX_DISTANCE;
    }

    /** Makes room for code indices below the given one. */
    void reserve(int codes) {
        int needed = Math.multiplyExact(codes, STRIDE);
        if (figures.length < needed) {
            figures = Arrays.copyOf(figures, Math.max(needed, (int) Math.min(2L * figures.length, 1 << 30)));
        }
        if (active.length < codes) {
            active = Arrays.copyOf(active, figures.length / STRIDE);
        }
    }

    /** Counts an event of one of the six kinds. */
    void count(int kind, int code) {
        figures[code * STRIDE + kind]++;
    }

    /**
     * Counts an event of one of the six kinds in the current thread, and does to its stack what the event does. Nearly all
     * events enter a frame from another one, or leave the innermost: these are dealt with here, all others are the affair
     * of {@link #push} and {@link #pop}, which would do the same.
     */
    void count(int kind, int code, long time) {
        CallStack stack = current;
        long[] figures = this.figures;
        int[] codes = stack.codes;
        int depth = stack.depth;
        int at = code * STRIDE;
        figures[at + kind]++;
        boolean plain = time >= stack.last && time <= latest && stack.hidden == 0;
        if (plain && kind < RETURN && depth > 0 && depth < codes.length) {
            figures[codes[depth - 1] * STRIDE + SELF] += time - stack.last;
            stack.last = time;
            codes[depth] = code;
            stack.starts[depth] = time;
            stack.depth = depth + 1;
            active[code]++;
        } else if (plain && kind >= RETURN && depth > 0 && codes[depth - 1] == code) {
            figures[at + SELF] += time - stack.last;
            stack.last = time;
            stack.depth = depth - 1;
            if (--active[code] == 0) {
                figures[at + TOTAL] += time - stack.starts[depth - 1];
            }
        } else if (kind < RETURN) {
            push(code, time);
        } else {
            pop(code, time);
        }
    }

    private void push(int code, long time) {
        CallStack stack = current;
        long now = advance(stack, time);
        if (stack.hidden > 0 || stack.depth == stack.codes.length && !grow(stack)) {
            stack.hidden++;
            tooDeep++;
            return;
        }
        stack.push(code, now);
        active[code]++;
    }

    private boolean grow(CallStack stack) {
        int more = stack.growth();
        if (frames + more > MAX_FRAMES) {
            return false;
        }
        frames += more;
        stack.grow();
        return true;
    }

    private void pop(int code, long time) {
        CallStack stack = current;
        long now = advance(stack, time);
        if (stack.hidden > 0) {
            stack.hidden--;
            return;
        }
        if (stack.depth == 0 || stack.codes[stack.depth - 1] != code) {
            unbalanced++;
            if (active[code] == 0) {
                return;
            }
            while (stack.codes[stack.depth - 1] != code) {
                leave(stack, now);
            }
        }
        leave(stack, now);
    }

    private void leave(CallStack stack, long now) {
        int top = --stack.depth;
        int code = stack.codes[top];
        if (--active[code] == 0) {
            figures[code * STRIDE + TOTAL] += now - stack.starts[top];
        }
    }

    /** Gives the time since the last event to the innermost frame. Returns the time, made possible. */
    private long advance(CallStack stack, long time) {
        if (time < stack.last || time > latest) {
            oddTimes++;
            return advance(stack, Math.max(stack.last, possible(time)));
        }
        long passed = time - stack.last;
        stack.last = time;
        if (stack.depth == 0) {
            stack.gap += passed;
        } else {
            figures[stack.codes[stack.depth - 1] * STRIDE + SELF] += passed;
        }
        return time;
    }

    private long possible(long time) {
        return Math.max(earliest, Math.min(time, latest));
    }

    /** What follows happens in this thread. */
    void enter(int thread) {
        CallStack next = stacks.get(thread);
        if (next == null) {
            next = new CallStack(thread);
            stacks.put(thread, next);
        }
        if (next != current) {
            park(current);
            unpark(next);
            current = next;
        }
    }

    /** Where line events take the place of times: how many the current thread had in all blocks before. */
    long lines() {
        return current.seen;
    }

    /** A block of the current thread has these as its first and last time. */
    void span(long first, long last) {
        begin(first);
        current.seen = Math.max(current.seen, possible(last));
    }

    private void begin(long time) {
        if (!current.begun) {
            long now = possible(time);
            oddTimes += now == time ? 0 : 1;
            current.begun = true;
            current.first = now;
            current.last = now;
            current.seen = now;
        }
    }

    /** The current thread has exactly these frames, outermost first. Those that it had already go on. */
    void frames(long time, int[] codes, int count) {
        begin(time);
        CallStack stack = current;
        long now = advance(stack, time);
        stack.hidden = 0;
        int same = 0;
        while (same < count && same < stack.depth && stack.codes[same] == codes[same]) {
            same++;
        }
        while (stack.depth > same) {
            leave(stack, now);
        }
        for (int i = same; i < count; i++) {
            push(codes[i], now);
        }
    }

    /**
     * Leaves all frames. To be called once, at the end of the trace.
     *
     * @param closed whether the recording was closed, at the given time
     */
    void close(boolean closed, long end) {
        for (CallStack stack : stacks.values()) {
            if (stack != current) {
                park(current);
                unpark(stack);
                current = stack;
            }
            if (!stack.begun) {
                continue;
            }
            long until = closed && stack.depth > 0 ? Math.max(stack.seen, possible(end)) : stack.seen;
            long now = advance(stack, Math.max(until, stack.last));
            while (stack.depth > 0) {
                leave(stack, now);
            }
        }
    }

    /**
     * Takes the activations of a thread that is no longer the current one out of {@link #active}. A deep stack takes the
     * array with it, as long as that is not much larger than the stack itself; the others are recounted.
     */
    private void park(CallStack stack) {
        if (stack.depth > Math.max(RECOUNT_DEPTH, active.length / 16)) {
            stack.parked = active;
            active = spare.length == active.length ? spare : new int[active.length];
            spare = new int[0];
            return;
        }
        for (int i = 0; i < stack.depth; i++) {
            active[stack.codes[i]] = 0;
        }
    }

    private void unpark(CallStack stack) {
        int[] parked = stack.parked;
        if (parked != null) {
            stack.parked = null;
            spare = active;
            active = parked.length < spare.length ? Arrays.copyOf(parked, spare.length) : parked;
            return;
        }
        for (int i = 0; i < stack.depth; i++) {
            active[stack.codes[i]]++;
        }
    }

    /** One of the figures of a code object, by the constants of this class. */
    long figure(int code, int which) {
        return figures[code * STRIDE + which];
    }

    /** The stacks of all threads, by their numbers. */
    Map<Integer, CallStack> stacks() {
        return stacks;
    }

    /** The thread's stack; after {@link #close}, its times. */
    CallStack stack(int thread) {
        CallStack stack = stacks.get(thread);
        return stack == null ? new CallStack(thread) : stack;
    }

    /** The last time known of any thread, {@link EventBlock#NO_TIME} if there is none. */
    long lastTime() {
        long last = EventBlock.NO_TIME;
        for (CallStack stack : stacks.values()) {
            last = stack.begun ? Math.max(last, stack.last) : last;
        }
        return last;
    }

    /** Events that left a frame which was not the innermost one. */
    long unbalanced() {
        return unbalanced;
    }

    /** Frames that were not followed, because there were too many on the stacks. */
    long tooDeep() {
        return tooDeep;
    }

    /** Times that cannot be. */
    long oddTimes() {
        return oddTimes;
    }
}
