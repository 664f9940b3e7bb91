package dev.tracetool.analysis;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceVisitor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the {@link LineArcs} of one trace, in one pass, from its line events and the stacks of its threads. A frame is at
 * the line of its last line event; a generator that goes on, at that of the offset at which it does.
 */
final class ArcCounter implements TraceVisitor {
    private static final int NO_CODE = -1;

    /** Pairs that are kept; where there are more, nothing is known. */
    private static final int MAX_ARCS = 1 << 21;

    /** Frames that the stacks of all threads together have room for. */
    private static final int MAX_FRAMES = 1 << 22;

    /** Frames that one event can leave together: recorders that began late, and lost blocks, leave such traces. */
    private static final int MAX_LEFT = 1024;

    /** The frames of a thread: of each the code index, and the slot of the line at which it is; 0 before its first one. */
    private static final class Frames {
        int[] codes = new int[16];
        int[] slots = new int[16];
        int depth;

        /** Frames above that are not kept. */
        long hidden;
    }

    private final int[] actions = new int[KindTable.MAX_KINDS + 1];
    private final int[] widths = new int[KindTable.MAX_KINDS + 1];
    private final LineSlots slots = new LineSlots();
    private final LongCounter arcs = new LongCounter(MAX_ARCS);

    /** By slot: the slot that followed on it last, plus one. */
    private int[] lastTo = new int[slots.capacity()];

    private final Map<Integer, Frames> threads = new HashMap<>();
    private int room;
    private final List<CodeObjectWrapper> codes = new ArrayList<>();

    /** Code indices from here on have no code object. */
    private int codeCount;

    @Override
    public boolean wantsTimes() {
        return false;
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        KindTable kinds = metadata.kinds();
        for (int k = 1; k <= kinds.size(); k++) {
            EventKind kind = kinds.kind(k).kind();
            actions[k] = ActivityCounter.action(kind);
            widths[k] = kinds.kind(k).arguments();
        }
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            codeCount = Math.max(codeCount, code.index() + 1);
        }
        slots.reserve(codeCount);
        added.forEach(slots::add);
        codes.addAll(added);
    }

    private Frames frames(int thread) {
        return threads.computeIfAbsent(thread, t -> new Frames());
    }

    @Override
    public void frames(int thread, long time, int[] frameCodes, int[] offsets) {
        Frames frames = frames(thread);
        frames.depth = 0;
        frames.hidden = 0;
        for (int i = 0; i < frameCodes.length; i++) {
            if (frameCodes[i] >= 0 && frameCodes[i] < codeCount) {
                push(frames, frameCodes[i], slots.slotAt(frameCodes[i], offsets[i]));
            }
        }
    }

    private void push(Frames frames, int code, int slot) {
        if (frames.depth == frames.codes.length && frames.hidden == 0 && room + frames.depth <= MAX_FRAMES) {
            room += frames.depth;
            frames.codes = Arrays.copyOf(frames.codes, 2 * frames.depth);
            frames.slots = Arrays.copyOf(frames.slots, 2 * frames.depth);
        }
        if (frames.depth == frames.codes.length || frames.hidden > 0) {
            frames.hidden++;
            return;
        }
        frames.codes[frames.depth] = code;
        frames.slots[frames.depth++] = slot;
    }

    /** Leaves a frame of the code object, with all within it; none, if there is none. */
    private void pop(Frames frames, int code, boolean returned) {
        if (frames.hidden > 0) {
            frames.hidden--;
            return;
        }
        int at = frames.depth - 1;
        int end = Math.max(0, frames.depth - MAX_LEFT);
        while (at >= end && frames.codes[at] != code) {
            at--;
        }
        if (at >= end) {
            frames.depth = at;
            if (returned) {
                arc(code, frames.slots[at], LineSlots.NONE);
            }
        }
    }

    private void line(Frames frames, int code, int line) {
        int top = frames.depth - 1;
        if (top >= 0 && frames.hidden == 0 && frames.codes[top] == code) {
            int before = frames.slots[top];
            int slot = slots.slot(code, line, before);
            frames.slots[top] = slot;
            if (slot >= slots.first(code)) {
                arc(code, before, slot);
            }
        }
    }

    /** @param to the slot that followed; {@link LineSlots#NONE} for a return */
    private void arc(int code, int from, int to) {
        if (from < slots.first(code) || from == LineSlots.NONE) {
            return; // it was at no line
        }
        if (from >= lastTo.length) {
            lastTo = Arrays.copyOf(lastTo, slots.capacity());
        }
        if (lastTo[from] != to + 1) {
            lastTo[from] = to + 1;
            arcs.add((long) from << 32 | to);
        }
    }

    @Override
    public void events(EventBlock block) {
        Frames frames = frames(block.thread());
        int[] ops = block.ops();
        int[] opCodes = block.opCodes();
        int[] args = block.opArgs();
        int[] nextArg = block.opArgsFrom().clone();
        int code = NO_CODE;
        int nextCode = 0;
        int count = block.opCount();
        for (int i = 0; i < count; i++) {
            int op = ops[i];
            if (op >= 0) {
                if (code != NO_CODE) {
                    line(frames, code, op);
                }
                continue;
            }
            if ((~op & 1) != 0) {
                code = opCodes[nextCode++];
                code = code >= 0 && code < codeCount ? code : NO_CODE;
            }
            int kind = ~op >>> 1;
            int action = actions[kind];
            if (action > 0) {
                int offset = widths[kind] == 0 ? -1 : args[nextArg[kind]];
                nextArg[kind] += widths[kind];
                if (code != NO_CODE) {
                    frame(frames, action, code, offset);
                }
            }
        }
    }

    private void frame(Frames frames, int action, int code, int offset) {
        switch (action) {
            case CallTimes.START -> push(frames, code, LineSlots.NONE);
            case CallTimes.RESUME, CallTimes.THROW -> push(frames, code, slots.slotAt(code, offset));
            default -> pop(frames, code, action == CallTimes.RETURN);
        }
    }

    /** What was counted; to be called once, after the pass. */
    LineArcs finish() {
        LineArcs all = arcs.dropped() > 0 ? LineArcs.unknown() : new LineArcs();
        long[] keys = arcs.sortedKeys();
        for (CodeObjectWrapper code : codes) {
            int first = slots.first(code.index());
            int from = place(keys, (long) first << 32);
            int to = place(keys, (long) Math.max(first, slots.end(code.index())) << 32);
            long[] pairs = new long[to - from];
            for (int i = 0; i < pairs.length; i++) {
                int target = (int) keys[from + i];
                int line = slots.line((int) (keys[from + i] >> 32));
                pairs[i] = Arcs.pair(line, target == LineSlots.NONE ? Arcs.EXIT : slots.line(target));
            }
            all.add(code.identity(), Arcs.of(pairs));
        }
        return all;
    }

    private static int place(long[] keys, long key) {
        int at = Arrays.binarySearch(keys, key);
        return at < 0 ? -at - 1 : at;
    }
}
