package dev.tracetool.format.codetracer.capnp;

import dev.tracetool.format.TraceFormat;
import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.CodetracerTrace;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import java.io.IOException;

/** CodeTracer's {@code trace.bin}, version 0: a packed Cap'n Proto message. */
public final class CapnpTraceFormat implements TraceFormat {
    private static final int VERSION = 0;

    @Override
    public String name() {
        return CodetracerTrace.FORMAT;
    }

    @Override
    public boolean matches(byte[] head) {
        return BinaryHeader.version(head) == VERSION;
    }

    @Override
    public Trace open(TraceInput input) throws IOException {
        return CodetracerTrace.open(input, "v0", CapnpTraceReader::open);
    }
}
