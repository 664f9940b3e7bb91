package dev.tracetool.trace;

import org.jspecify.annotations.Nullable;

/**
 * How a pass over a trace went.
 *
 * @param complete whether the recorder closed the file: nothing is missing at its end
 * @param damage what could not be read
 * @param identity what copies of the trace have in common, and the same run in other encodings, and no trace else; null
 *     if metadata tell which run it is, or nothing does
 * @param unbalanced what a format says of calls and returns that do not balance, and that no event can tell: returns
 *     without a call, and calls that began elsewhere than they say
 */
public record ReadResult(
        boolean complete, Damage damage, @Nullable String identity, long unbalanced) {
    public ReadResult(boolean complete, Damage damage) {
        this(complete, damage, null, 0);
    }
}
