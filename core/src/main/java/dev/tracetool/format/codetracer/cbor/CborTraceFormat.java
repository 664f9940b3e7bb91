package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.TraceFormat;
import dev.tracetool.format.codetracer.BinaryHeader;
import dev.tracetool.format.codetracer.CodetracerTrace;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import java.io.IOException;

/** CodeTracer's {@code trace.bin}, version 1: CBOR in zstd frames, with a seek table at the end. */
public final class CborTraceFormat implements TraceFormat {
    private static final int VERSION = 1;

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
        return CodetracerTrace.open(input, "v1", CborTraceReader::open);
    }
}
