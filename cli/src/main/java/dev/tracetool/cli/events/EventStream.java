package dev.tracetool.cli.events;

import dev.tracetool.cli.command.CommandException;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes the events that a filter wants and gives each to a row.
 *
 * <p>An event without a time is in a time window if the last event of its thread that had one is: that is the best that
 * is known of it.
 */
final class EventStream implements TraceVisitor {
    /** Thrown through the reader when enough events were taken. Not an error, so it has no stack trace. */
    static final class Full extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Full() {
            super(null, null, false, false);
        }
    }

    /** What is known of a thread. */
    private static final class Thread {
        boolean wanted;
        long lastTime = EventBlock.NO_TIME;
    }

    private final EventFilter filter;
    private final EventRow row;
    private final long start;
    private final int line;
    private final boolean[] wantedKinds;
    private final boolean[] hasOffset;
    private final List<CodeObjectWrapper> codes = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private final Map<Integer, Thread> threads = new HashMap<>();
    private @Nullable CodeObjectWrapper[] byIndex = new CodeObjectWrapper[64];
    private @Nullable EventNames[] names = new EventNames[64];
    private long left;

    EventStream(EventFilter filter, EventRow row, TraceMetadata metadata) throws CommandException {
        this.filter = filter;
        this.row = row;
        this.start = metadata.clockStart();
        KindTable kinds = metadata.kinds();
        this.line = kinds.numberOf(EventKind.LINE);
        this.wantedKinds = filter.kinds(kinds);
        this.hasOffset = new boolean[kinds.size() + 1];
        for (int k = 1; k < hasOffset.length; k++) {
            hasOffset[k] = k != line && kinds.kind(k).arguments() > 0;
        }
        this.left = filter.limit();
    }

    boolean isFull() {
        return left == 0;
    }

    /** Whether no event has passed the filter. */
    boolean isEmpty() {
        return left == filter.limit();
    }

    List<String> failures() {
        return failures;
    }

    /** The code objects of which events were written. */
    List<CodeObjectWrapper> codes() {
        return codes;
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> added) {
        for (CodeObjectWrapper code : added) {
            if (code.index() >= byIndex.length) {
                byIndex = Arrays.copyOf(byIndex, Math.max(code.index() + 1, byIndex.length * 2));
                names = Arrays.copyOf(names, byIndex.length);
            }
            byIndex[code.index()] = code;
        }
    }

    @Override
    public void thread(TraceThread thread) {
        known(thread.number()).wanted = filter.wantsThread(thread.number(), thread.name());
    }

    @Override
    public void failure(String message) {
        failures.add(message);
    }

    private Thread known(int number) {
        Thread thread = threads.get(number);
        if (thread == null) {
            thread = new Thread();
            thread.wanted = filter.wantsThread(number, "");
            threads.put(number, thread);
        }
        return thread;
    }

    @Override
    public void events(EventBlock block) {
        Thread thread = known(block.thread());
        if (!thread.wanted) {
            return;
        }
        try {
            write(block, thread);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(EventBlock block, Thread thread) throws IOException {
        byte[] kinds = block.kinds();
        int[] codesOf = block.codes();
        int[] args = block.args();
        long[] times = block.times();
        int[] destinations = block.destinations();
        boolean[] timed = block.timed();
        boolean[] destined = block.destined();
        boolean window = filter.hasWindow();
        boolean inWindow = !window || filter.inWindow(thread.lastTime);
        int t = 0;
        int d = 0;
        for (int i = 0; i < block.size(); i++) {
            int kind = kinds[i];
            long time = EventBlock.NO_TIME;
            if (timed[kind]) {
                time = times[t++] - start;
                if (window) {
                    inWindow = filter.inWindow(time);
                    thread.lastTime = time;
                }
            }
            int destination = destined[kind] ? destinations[d++] : EventRow.NONE;
            if (!inWindow || !wantedKinds[kind]) {
                continue;
            }
            EventNames code = names(codesOf[i]);
            if (!code.wanted) {
                continue;
            }
            if (kind == line) {
                row.event(time, block.thread(), kind, code, args[i], EventRow.NONE, destination);
            } else if (hasOffset[kind]) {
                row.event(time, block.thread(), kind, code, code.lines.lineAt(args[i]), args[i], destination);
            } else {
                row.event(time, block.thread(), kind, code, LineTable.NO_LINE, EventRow.NONE, destination);
            }
            if (--left == 0) {
                throw new Full();
            }
        }
    }

    private EventNames names(int index) {
        EventNames known = index >= 0 && index < names.length ? names[index] : null;
        return known == null ? make(index) : known;
    }

    private EventNames make(int index) {
        CodeObjectWrapper code = index >= 0 && index < byIndex.length ? byIndex[index] : null;
        boolean wanted = code == null ? filter.wantsAllCode() : filter.wantsCode(code);
        EventNames made = new EventNames(index, code, row, wanted);
        if (code != null) {
            names[index] = made;
            if (wanted) {
                codes.add(code);
            }
        }
        return made;
    }
}
