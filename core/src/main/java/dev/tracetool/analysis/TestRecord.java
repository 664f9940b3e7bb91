package dev.tracetool.analysis;

import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * A test, whichever traces it ran in.
 *
 * @param label what the runner calls it, such as pytest's node id: hostile text
 * @param outcomes how often it ended in which way, such as {@code passed}: hostile text; empty if no end of it is known,
 *     because the recording was cut off, or only its child processes were recorded
 * @param durationNs of all its runs whose begin and end are known; null if there are none
 * @param events of all kinds
 */
public record TestRecord(
        String label,
        SortedMap<String, Integer> outcomes,
        @Nullable Long durationNs,
        long events) {

    /** How often it ended. */
    public int runs() {
        int sum = 0;
        for (int count : outcomes.values()) {
            sum += count;
        }
        return sum;
    }

    /** Its outcome in words: several, if it did not always end in the same way; null if unknown. */
    public @Nullable String outcome() {
        return outcomes.isEmpty() ? null : String.join(", ", outcomes.keySet());
    }
}
