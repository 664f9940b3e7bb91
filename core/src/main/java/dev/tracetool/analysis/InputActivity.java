package dev.tracetool.analysis;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceMetadata;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One trace of an analysis.
 *
 * @param name of the input, as the user gave it
 * @param bytes size of the input, -1 if unknown
 * @param eventsByKind events that were read, by the names of the trace's kind table, in its order; without kinds that
 *     were not asked for, and of which there are none
 * @param durationNs from the start of the recording to its end, or to the last time known of one that was cut off; null
 *     if unknown
 * @param threads in order of their numbers
 * @param complete whether the recording was closed
 * @param failures messages of a recorder that stopped for a failure of its own: hostile text
 * @param identity what a format that names neither process nor start has to know a copy by: an id of the recording, or a
 *     digest of what is in it; null if there is none
 */
public record InputActivity(
        String name,
        String format,
        String formatVersion,
        long bytes,
        TraceMetadata metadata,
        Recorded recorded,
        Map<String, Long> eventsByKind,
        @Nullable Long durationNs,
        List<ThreadActivity> threads,
        boolean complete,
        Damage damage,
        List<String> failures,
        Problems problems,
        @Nullable String identity) {

    /**
     * What two copies of one trace have in common, and no two traces else: the process, its start to the nanosecond, and
     * how much was read; or the identity that its format gives it, with what is known of the run and of the file: runs
     * that differ in nothing but values must not be taken for one. Null if the trace does not
     * say that much of itself.
     */
    public @Nullable String run() {
        if (metadata.pid() == null || metadata.startedAt() == null) {
            return identity == null
                    ? null
                    : identity + " " + formatVersion + " " + bytes + " " + metadata.argv() + " " + metadata.cwd() + " "
                            + events();
        }
        return metadata.host() + " " + metadata.pid() + " " + metadata.startedAt() + " " + metadata.clockStart() + " "
                + bytes + " " + durationNs + " " + events();
    }

    /** Whether it would tell of tests: only our own format does, and compiled Python is no run. */
    public boolean tellsTests() {
        return format.equals("tracetool");
    }

    /** Whether it is code without a run: compiled Python. */
    public boolean isCode() {
        return format.equals("pyc");
    }

    /** Whether any event that makes the stack has a time: not so in formats that store none. */
    public boolean hasTimes() {
        return metadata.kinds().kinds().stream()
                .anyMatch(kind -> kind.kind().effect() != EventKind.Effect.NONE && kind.timed());
    }

    /** Whether it tells who called whom. */
    public boolean tellsCallers() {
        return recorded.stacks();
    }

    /** Events of one kind that were read. */
    public long count(EventKind kind) {
        return eventsByKind.getOrDefault(kind.name(), 0L);
    }

    /** Events that were read. */
    public long events() {
        long sum = 0;
        for (long count : eventsByKind.values()) {
            sum += count;
        }
        return sum;
    }
}
