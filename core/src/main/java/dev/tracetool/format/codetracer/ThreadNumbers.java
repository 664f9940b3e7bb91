package dev.tracetool.format.codetracer;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.util.HashMap;
import java.util.Map;

/**
 * Numbers the threads of a trace, from 0, and tells the visitor of each. A trace begins in a thread that it does not name:
 * the first one that it does name is that one if nothing has happened yet, or if it is gone on with and has never begun.
 */
public final class ThreadNumbers {
    /** In place of a number where there are too many. */
    public static final int NONE = -1;

    /** Threads beyond are a lie: everybody who counts by thread makes room for them. */
    public static final int MAX_THREADS = 1 << 16;

    private final TraceVisitor visitor;
    private final Map<Long, Integer> numbers = new HashMap<>();
    private boolean firstIsNamed;

    /** One more than the greatest number. */
    private int count = 1;

    public ThreadNumbers(TraceVisitor visitor) {
        this.visitor = visitor;
        visitor.thread(new TraceThread(0, 0, EventBlock.NO_TIME, ""));
    }

    /**
     * The number of a thread.
     *
     * @param id as the trace has it; {@link RecordSink#NO_NUMBER} for the one thread of all that it does not tell
     * @param begins whether it is told that it begins
     * @param nothingYet whether nothing has happened until now
     * @return at most {@link #count}; {@link #NONE} of a new one if there are {@value #MAX_THREADS}
     */
    public int of(long id, boolean begins, boolean nothingYet) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        if (numbers.size() == MAX_THREADS) {
            return NONE;
        }
        boolean first = !firstIsNamed && (nothingYet || !begins);
        firstIsNamed |= first;
        int number = first ? 0 : count++;
        numbers.put(id, number);
        long systemId = id == RecordSink.NO_NUMBER ? 0 : id;
        visitor.thread(new TraceThread(number, systemId, EventBlock.NO_TIME, ""));
        return number;
    }

    /** How many threads there are, the first one included. */
    public int count() {
        return count;
    }

    /** How many have been named. */
    public int named() {
        return numbers.size();
    }
}
