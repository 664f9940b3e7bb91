package dev.tracetool.analysis;

import org.jspecify.annotations.Nullable;

/**
 * What happened in one thread. What was not recorded is null.
 *
 * @param number the recorder's own count
 * @param systemId 0 if unknown
 * @param name hostile text, can be empty
 * @param calls {@code PY_START} events
 * @param durationNs from the first time that is known of the thread to the last one, as {@link CallTimes} defines it
 * @param selfNs the part of it in recorded functions: what their self times in this thread add up to; the rest is gaps
 */
public record ThreadActivity(
        int number,
        long systemId,
        String name,
        long events,
        @Nullable Long calls,
        @Nullable Long lineEvents,
        @Nullable Long durationNs,
        @Nullable Long selfNs) {}
