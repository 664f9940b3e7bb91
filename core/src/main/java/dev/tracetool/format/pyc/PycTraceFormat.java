package dev.tracetool.format.pyc;

import dev.tracetool.format.TraceFormat;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import java.io.IOException;

/** Compiled Python: {@code .pyc} files of CPython 3.8 to 3.14. Those of other versions are recognised, and refused. */
public final class PycTraceFormat implements TraceFormat {
    /** What {@link Trace#format()} says. */
    public static final String NAME = "pyc";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean matches(byte[] head) {
        return PycHeader.matches(head);
    }

    @Override
    public boolean holdsRuns() {
        return false;
    }

    @Override
    public Trace open(TraceInput input) throws IOException {
        return PycTrace.open(input);
    }
}
