package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.TraceFormat;
import dev.tracetool.format.codetracer.CodetracerTrace;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import java.io.IOException;

/**
 * CodeTracer's {@code trace.json}: an array of records. Other JSON is not claimed, nor an empty array, which could be
 * anything: the first element has to be a record of a known kind.
 */
public final class JsonTraceFormat implements TraceFormat {
    @Override
    public String name() {
        return CodetracerTrace.FORMAT;
    }

    @Override
    public boolean matches(byte[] head) {
        return JsonHead.beginsTrace(head);
    }

    @Override
    public Trace open(TraceInput input) throws IOException {
        return CodetracerTrace.open(input, "json", JsonTraceReader::open);
    }
}
