package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;

/** Counts what comes out of an input whose format packs its content, and holds it to the limits of the input. */
public final class UnpackedBytes {
    private final Budget budget;

    public UnpackedBytes(TraceInput input) throws IOException {
        this(input.name(), input.size(), input.limits());
    }

    UnpackedBytes(String name, long size, InputLimits limits) {
        this.budget = new Budget(name, "a trace", size, limits);
    }

    /** What a decompressor gives, counted. */
    public InputStream counted(InputStream unpacked) {
        return new MeteredStream(unpacked, new Meter(budget));
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
