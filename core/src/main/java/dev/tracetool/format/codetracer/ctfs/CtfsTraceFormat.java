package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.TraceFormat;
import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.CodetracerTrace;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import java.io.IOException;

/** CodeTracer's container, {@code .ct}. Versions to come are recognised too, to be refused by their number. */
public final class CtfsTraceFormat implements TraceFormat {
    @Override
    public String name() {
        return CodetracerTrace.FORMAT;
    }

    @Override
    public boolean matches(byte[] head) {
        return BinaryHeader.version(head) >= ContainerHeader.FIRST_VERSION;
    }

    @Override
    public Trace open(TraceInput input) throws IOException {
        return CtfsTrace.open(input);
    }
}
