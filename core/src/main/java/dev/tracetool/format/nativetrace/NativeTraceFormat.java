package dev.tracetool.format.nativetrace;

import dev.tracetool.format.TraceFormat;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import java.io.IOException;
import java.util.Arrays;

/** tracetool's own trace file. */
public final class NativeTraceFormat implements TraceFormat {
    /** What {@link Trace#format()} says. */
    public static final String NAME = "tracetool";

    @Override
    public String name() {
        return NAME;
    }

    /** The first four bytes are enough: a file whose line ends were converted is still told to be one, and damaged. */
    @Override
    public boolean matches(byte[] head) {
        return head.length >= 4 && Arrays.equals(head, 0, 4, Layout.MAGIC, 0, 4);
    }

    @Override
    public Trace open(TraceInput input) throws IOException {
        return NativeTrace.open(input);
    }
}
