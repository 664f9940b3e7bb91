package dev.tracetool.format.codetracer;

import dev.tracetool.trace.DetailTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls and returns balance, each thread by itself, and the first record where they do not: a return without a
 * call; or else, of the calls that never returned, the first one.
 *
 * <p>A call of the top level, the outermost of a thread, is closed by no recorder: that it is open is no imbalance.
 */
final class CallBalance {
    private long calls;
    private long returns;
    private long strayReturns;
    private @Nullable Place stray;
    private final List<Open> threads = new ArrayList<>();
    private Open open = new Open();

    /** A record, by its number and by the place that holds it. */
    private record Place(long number, long position, int function) {}

    /** The calls of a thread that have not returned. */
    private static final class Open {
        private long depth;

        /** 1 if the outermost call is of the top level. */
        private int topLevel;

        /** The outermost call that is not of the top level. */
        private @Nullable Place first;
    }

    CallBalance() {
        threads.add(open);
    }

    /** What follows happened in that thread; numbers are dense. */
    void thread(int number) {
        while (threads.size() <= number) {
            threads.add(new Open());
        }
        open = threads.get(number);
    }

    void call(long number, long position, int function, boolean isTopLevel) {
        calls++;
        if (open.depth == 0) {
            open.topLevel = isTopLevel ? 1 : 0;
        }
        if (open.depth == open.topLevel && !(isTopLevel && open.depth == 0)) {
            open.first = new Place(number, position, function);
        }
        open.depth++;
    }

    void leave(long number, long position) {
        returns++;
        if (open.depth > 0) {
            open.depth--;
            return;
        }
        strayReturns++;
        if (stray == null) {
            stray = new Place(number, position, FunctionTable.NO_FUNCTION);
        }
    }

    /** Returns without a call, of which there is no event. */
    long strayReturns() {
        return strayReturns;
    }

    DetailTable table(FunctionTable functions) {
        long neverReturned = 0;
        long topLevels = 0;
        Place first = stray;
        for (Open thread : threads) {
            long left = Math.max(0, thread.depth - thread.topLevel);
            neverReturned += left;
            topLevels += thread.depth - left;
            if (stray == null && left > 0 && thread.first != null) {
                first = first == null || thread.first.number < first.number ? thread.first : first;
            }
        }
        boolean named = first != null && first.function != FunctionTable.NO_FUNCTION;
        List<@Nullable Object> row = new ArrayList<>();
        row.add(calls);
        row.add(returns);
        row.add(topLevels);
        row.add(strayReturns == 0 && neverReturned == 0);
        row.add(neverReturned);
        row.add(strayReturns);
        row.add(first == null ? null : (Long) first.number);
        row.add(first == null ? null : (Long) first.position);
        row.add(first == null || !named ? null : functions.nameOf(first.function));
        return new DetailTable(
                "balance",
                List.of(
                        "calls",
                        "returns",
                        "open_top_levels",
                        "balanced",
                        "open_calls",
                        "stray_returns",
                        "first_record",
                        "first_byte",
                        "first_function"),
                List.of(row));
    }
}
