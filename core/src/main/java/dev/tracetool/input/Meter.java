package dev.tracetool.input;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Charges what comes out of an archive to its budget; once, however often it is read. */
final class Meter {
    private final @Nullable Budget budget;
    private long charged;

    /** @param budget null for what is not packed */
    Meter(@Nullable Budget budget) {
        this.budget = budget;
    }

    /** It was read up to here. */
    void at(long position) throws IOException {
        if (budget != null && position > charged) {
            long more = position - charged;
            charged = position;
            budget.unpacked(more);
        }
    }
}
