package dev.tracetool.analysis;

import java.util.Comparator;

/**
 * One activation of a code object: from the call, or from where a generator or coroutine was taken up again, to the
 * return, yield or exception.
 *
 * @param input name of the trace, as the user gave it
 * @param thread the recorder's own count
 * @param threadName hostile text, can be empty
 * @param startNs nanoseconds after the start of the recording
 * @param durationNs with all that it called
 */
public record SlowCall(String input, int thread, String threadName, long startNs, long durationNs)
        implements Comparable<SlowCall> {
    private static final Comparator<SlowCall> ORDER = Comparator.comparingLong(SlowCall::durationNs)
            .reversed()
            .thenComparing(SlowCall::input)
            .thenComparingLong(SlowCall::startNs)
            .thenComparingInt(SlowCall::thread)
            .thenComparing(SlowCall::threadName);

    /** The slowest first, then by trace and start. */
    @Override
    public int compareTo(SlowCall other) {
        return ORDER.compare(this, other);
    }
}
