package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceVisitor;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes the {@link LineTimes} of one trace, in one pass; of no line, if its line events have no times, or calls are
 * missing. Stacks are followed as {@link CallTimes} does; a code object without a line table has no lines.
 */
final class LineTimeCounter implements TraceVisitor {
    private static final int NO_CODE = -1;

    /** In place of a counter, where a line has none. */
    private static final int NO_PLACE = -1;

    /** Frames that a stack has room for; what is called from further in is part of the innermost of them. */
    private static final int MAX_DEPTH = 1 << 16;

    /** Half a year: no step is longer, so that sums stay sound in a trace whose times make no sense. */
    private static final long MAX_STEP = 1L << 54;

    private final int[] effects = new int[KindTable.MAX_KINDS + 1];
    private final boolean[] timed = new boolean[KindTable.MAX_KINDS + 1];
    private boolean wanted;
    private final Map<Integer, Stack> stacks = new HashMap<>();
    private @Nullable CodeObjectWrapper[] codes = new CodeObjectWrapper[64];
    private int codeCount;

    /** Where each code object has its lines; the counters are those of {@link #sums}, at the same places. */
    private final LineCounts layout = new LineCounts();

    /** Nanoseconds. */
    private long[] sums = new long[1024];

    /** By code object: the place of the line on which it starts, and of that at which it was left last. */
    private int[] entryPlaces = new int[64];

    private int[] lastPlaces = new int[64];

    private long endTime = EventBlock.NO_TIME;

    private static final int ENTER = 1;
    private static final int AGAIN = 2;
    private static final int LEAVE = 3;

    /** The frames of a thread, outermost first, each with the place of its line. */
    private static final class Stack {
        int[] codes = new int[64];
        int[] places = new int[64];
        int depth;

        /** Frames for which there was no room. */
        int hidden;

        long last = EventBlock.NO_TIME;
    }

    @Override
    public boolean wantsOffsets() {
        return false;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        KindTable kinds = metadata.kinds();
        int line = kinds.numberOf(EventKind.LINE);
        wanted = line != 0 && kinds.kind(line).timed() && Recorded.of(metadata).times();
        for (int k = 1; k <= kinds.size(); k++) {
            timed[k] = kinds.kind(k).timed();
            effects[k] = switch (kinds.kind(k).kind()) {
                case PY_START -> ENTER;
                case PY_RESUME, PY_THROW -> AGAIN;
                case PY_RETURN, PY_YIELD, PY_UNWIND -> LEAVE;
                default -> 0;
            };
        }
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            int index = code.index();
            if (index >= codes.length) {
                int capacity = (int) Math.min(Math.max(index + 1L, 2L * codes.length), Integer.MAX_VALUE - 8);
                codes = Arrays.copyOf(codes, capacity);
                entryPlaces = Arrays.copyOf(entryPlaces, capacity);
                lastPlaces = Arrays.copyOf(lastPlaces, capacity);
            }
            codes[index] = code;
            codeCount = Math.max(codeCount, index + 1);
        }
        layout.reserve(codeCount);
    }

    @Override
    public void frames(int thread, long time, int[] frameCodes, int[] offsets) {
        if (!wanted) {
            return;
        }
        Stack stack = stack(thread);
        pass(stack, time);
        stack.hidden = 0;
        int same = 0;
        while (same < frameCodes.length && same < stack.depth && stack.codes[same] == frameCodes[same]) {
            same++;
        }
        stack.depth = same;
        for (int i = same; i < frameCodes.length; i++) {
            int code = frameCodes[i];
            if (known(code)) {
                lastPlaces[code] = placeOf(code, lineAt(code, offsets[i]));
                push(stack, code, true);
            }
        }
    }

    private Stack stack(int thread) {
        return stacks.computeIfAbsent(thread, t -> new Stack());
    }

    @Override
    public void events(EventBlock block) {
        if (!wanted) {
            return;
        }
        Stack stack = stack(block.thread());
        int[] ops = block.ops();
        int[] opCodes = block.opCodes();
        long[] times = block.times();
        int code = NO_CODE;
        int nextCode = 0;
        int nextTime = 0;
        int count = block.opCount();
        for (int i = 0; i < count; i++) {
            int op = ops[i];
            if (op >= 0) {
                pass(stack, times[nextTime++]);
                if (code != NO_CODE && stack.depth > 0 && stack.hidden == 0 && stack.codes[stack.depth - 1] == code) {
                    int place = placeOf(code, op);
                    stack.places[stack.depth - 1] = place;
                    lastPlaces[code] = place;
                }
                continue;
            }
            if ((~op & 1) != 0) {
                code = opCodes[nextCode++];
                code = known(code) ? code : NO_CODE;
            }
            int kind = ~op >>> 1;
            if (kind == 0 || !timed[kind]) {
                continue;
            }
            long time = times[nextTime++];
            if (effects[kind] != 0 && code != NO_CODE) {
                pass(stack, time);
                if (effects[kind] == LEAVE) {
                    pop(stack, code);
                } else {
                    push(stack, code, effects[kind] == AGAIN);
                }
            }
        }
    }

    /** Whether there is such a code object, which then has its place. */
    private boolean known(int code) {
        if (code < 0 || code >= codeCount || codes[code] == null) {
            return false;
        }
        if (layout.layout()[LineCounts.at(code) + LineCounts.LAID_OUT] == 0) {
            layout.layOut(code, codes[code].lineTableOrEmpty().distinctLines());
            sums = Arrays.copyOf(sums, Math.max(sums.length, layout.counts().length));
            entryPlaces[code] = entryPlace(code);
            lastPlaces[code] = entryPlaces[code];
        }
        return true;
    }

    private int lineAt(int code, int offset) {
        CodeObjectWrapper wrapper = codes[code];
        return wrapper == null ? LineTable.NO_LINE : wrapper.lineTableOrEmpty().lineAt(offset);
    }

    private int entryPlace(int code) {
        CodeObjectWrapper wrapper = codes[code];
        return wrapper == null ? NO_PLACE : placeInSpan(code, entryLine(wrapper.lineTableOrEmpty()));
    }

    /** A module starts on line 0, which no file has: on its first line with code, rather. */
    private static int entryLine(LineTable table) {
        int entry = ActivityCounter.entryLine(table);
        if (entry >= 1) {
            return entry;
        }
        return IntStream.of(table.distinctLines())
                .filter(line -> line >= 1)
                .findFirst()
                .orElse(entry);
    }

    /** Where the time of a line goes: to that on which the code object starts, if its table does not have it. */
    private int placeOf(int code, int line) {
        int place = placeInSpan(code, line);
        return place == NO_PLACE ? entryPlaces[code] : place;
    }

    private int placeInSpan(int code, int line) {
        int[] all = layout.layout();
        int at = LineCounts.at(code);
        long offset = (long) line - all[at + LineCounts.FIRST];
        boolean inside = offset >= 0 && offset < all[at + LineCounts.SPAN];
        return inside ? all[at + LineCounts.PLACE] + (int) offset : NO_PLACE;
    }

    /** Gives the time since the last event to the line of the innermost frame. */
    private void pass(Stack stack, long time) {
        long last = stack.last;
        if (last == EventBlock.NO_TIME) {
            stack.last = time;
            return;
        }
        long step = time - last;
        if (step <= 0 || step > MAX_STEP) {
            return; // a time that cannot be
        }
        stack.last = time;
        int place = stack.depth == 0 ? NO_PLACE : stack.places[stack.depth - 1];
        if (place != NO_PLACE) {
            sums[place] = Math.max(sums[place], sums[place] + step);
        }
    }

    private void push(Stack stack, int code, boolean again) {
        if (stack.hidden > 0 || stack.depth == MAX_DEPTH) {
            stack.hidden++;
            return;
        }
        if (stack.depth == stack.codes.length) {
            stack.codes = Arrays.copyOf(stack.codes, 2 * stack.depth);
            stack.places = Arrays.copyOf(stack.places, 2 * stack.depth);
        }
        stack.codes[stack.depth] = code;
        stack.places[stack.depth++] = again ? lastPlaces[code] : entryPlaces[code];
    }

    private static void pop(Stack stack, int code) {
        if (stack.hidden > 0) {
            stack.hidden--;
            return;
        }
        int depth = stack.depth;
        while (depth > 0 && stack.codes[depth - 1] != code) {
            depth--;
        }
        if (depth > 0) {
            stack.depth = depth - 1;
        }
    }

    @Override
    public void end(long time) {
        endTime = time;
    }

    /** What was counted; to be called once, after the pass. */
    LineTimes finish() {
        LineTimes times = new LineTimes();
        if (endTime != EventBlock.NO_TIME) {
            stacks.values().forEach(stack -> pass(stack, endTime));
        }
        for (int code = 0; wanted && code < codeCount; code++) {
            add(times, code);
        }
        return times;
    }

    private void add(LineTimes times, int code) {
        CodeObjectWrapper wrapper = codes[code];
        int[] all = layout.layout();
        int at = LineCounts.at(code);
        int span = all[at + LineCounts.SPAN];
        int[] lines = new int[span];
        long[] ns = new long[span];
        int count = 0;
        for (int i = 0; i < span; i++) {
            long sum = sums[all[at + LineCounts.PLACE] + i];
            if (sum > 0) {
                lines[count] = all[at + LineCounts.FIRST] + i;
                ns[count++] = sum;
            }
        }
        if (wrapper != null && count > 0) {
            times.add(wrapper.identity(), Arrays.copyOf(lines, count), Arrays.copyOf(ns, count));
        }
    }
}
