package dev.tracetool.input;

import java.io.IOException;

/** Counts what comes out of an input whose format packs its content, and holds it to the limits of the input. */
public final class UnpackedBytes {
    private final Budget budget;

    public UnpackedBytes(TraceInput input) throws IOException {
        this.budget = new Budget(input.name(), "a trace", input.size(), input.limits());
    }

    /**
     * So many more bytes came out of it.
     *
     * @throws LimitException if they are too many
     */
    public void add(long bytes) throws LimitException {
        budget.unpacked(bytes);
    }
}
