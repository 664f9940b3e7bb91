package dev.tracetool.format.codetracer;

import dev.tracetool.trace.DetailTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether calls and returns balance, each thread by itself, and the first record where they do not: a return without a
 * call; or else, of the calls that never returned, the first one.
 */
final class CallBalance {
    /** Deeper calls are counted, but their places are not kept. */
    private static final int MAX_DEPTH = 1 << 20;

    /** Numbers that describe a call: record, byte position, function. */
    private static final int WIDTH = 3;

    private long calls;
    private long returns;
    private long strayReturns;
    private long @Nullable [] stray;
    private final List<Open> threads = new ArrayList<>();
    private Open open;

    /** The calls of a thread that have not returned, outermost first. */
    private static final class Open {
        private long[] places = new long[16 * WIDTH];
        private int depth;
    }

    CallBalance() {
        open = new Open();
        threads.add(open);
    }

    /** What follows happened in that thread; numbers are dense. */
    void thread(int number) {
        while (threads.size() <= number) {
            threads.add(new Open());
        }
        open = threads.get(number);
    }

    void call(long theRecord, long position, int function) {
        calls++;
        int at = WIDTH * open.depth;
        if (open.depth++ < MAX_DEPTH) {
            if (at + WIDTH > open.places.length) {
                open.places = Arrays.copyOf(open.places, 2 * open.places.length);
            }
            open.places[at] = theRecord;
            open.places[at + 1] = position;
            open.places[at + 2] = function;
        }
    }

    void leave(long theRecord, long position) {
        returns++;
        if (open.depth > 0) {
            open.depth--;
            return;
        }
        strayReturns++;
        if (stray == null) {
            stray = new long[] {theRecord, position, FunctionTable.NO_FUNCTION};
        }
    }

    DetailTable table(FunctionTable functions) {
        long neverReturned = 0;
        long @Nullable [] first = stray;
        for (Open thread : threads) {
            neverReturned += thread.depth;
            if (stray == null && thread.depth > 0 && (first == null || thread.places[0] < first[0])) {
                first = thread.places;
            }
        }
        boolean named = first != null && first[2] != FunctionTable.NO_FUNCTION;
        List<@Nullable Object> row = new ArrayList<>();
        row.add(calls);
        row.add(returns);
        row.add(strayReturns == 0 && neverReturned == 0);
        row.add(neverReturned);
        row.add(strayReturns);
        row.add(first == null ? null : (Long) first[0]);
        row.add(first == null ? null : (Long) first[1]);
        row.add(first == null || !named ? null : functions.nameOf((int) first[2]));
        return new DetailTable(
                "balance",
                List.of(
                        "calls",
                        "returns",
                        "balanced",
                        "open_calls",
                        "stray_returns",
                        "first_record",
                        "first_byte",
                        "first_function"),
                List.of(row));
    }
}
