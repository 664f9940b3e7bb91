package dev.tracetool.analysis;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When some runs began, as far as that can be compared: they are of one machine, all of them say when they began, and that
 * is not more than a week apart. Merging is associative and commutative.
 */
public final class RunStarts {
    private static final long MAX_DISTANCE = Duration.ofDays(7).toNanos();

    /** So that the end of any run can be told in nanoseconds. */
    private static final long MAX_SECONDS =
            Instant.parse("2100-01-01T00:00:00Z").getEpochSecond();

    private boolean empty = true;
    private boolean comparable = true;
    private @Nullable String host;
    private long first;
    private long last;

    /** A run more. */
    public void add(@Nullable String ofHost, @Nullable String startedAt) {
        Long start = ns(startedAt);
        merge(ofHost, start != null, start == null ? 0 : start, start == null ? 0 : start);
    }

    void merge(RunStarts other) {
        if (!other.empty) {
            merge(other.host, other.comparable, other.first, other.last);
        }
    }

    private void merge(@Nullable String ofHost, boolean known, long from, long to) {
        comparable &= known && (empty || Objects.equals(host, ofHost));
        host = ofHost;
        first = empty ? from : Math.min(first, from);
        last = empty ? to : Math.max(last, to);
        comparable &= last - first <= MAX_DISTANCE;
        empty = false;
    }

    /** Whether their times can be put in relation. */
    public boolean isComparable() {
        return comparable && !empty;
    }

    /** The first start, in nanoseconds after 1970 began; if they can be compared. */
    public long firstNs() {
        return first;
    }

    /** Nanoseconds after 1970 began; null if it is no date, or none on which a trace can have been recorded. */
    public static @Nullable Long ns(@Nullable String startedAt) {
        try {
            if (startedAt != null) {
                Instant start = OffsetDateTime.parse(startedAt).toInstant();
                if (start.getEpochSecond() >= 0 && start.getEpochSecond() < MAX_SECONDS) {
                    return start.getEpochSecond() * 1_000_000_000 + start.getNano();
                }
            }
        } catch (DateTimeException e) {
            return null;
        }
        return null;
    }
}
