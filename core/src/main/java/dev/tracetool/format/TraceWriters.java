package dev.tracetool.format;

import dev.tracetool.format.codetracer.UnheldRecords;
import dev.tracetool.format.codetracer.json.JsonTraceWriter;
import dev.tracetool.format.nativetrace.NativeTraceCopy;
import dev.tracetool.format.nativetrace.NativeTraceFormat;
import dev.tracetool.trace.Trace;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** The formats that traces can be converted to. A new one is added here. */
public final class TraceWriters {
    /** tracetool's own, which holds the most. */
    private static final String NATIVE = "tracetool";

    private static final String CODETRACER_JSON = "codetracer-json";

    private TraceWriters() {}

    /** As users write them; the first one is taken if none is named. */
    public static List<String> names() {
        return List.of(NATIVE, CODETRACER_JSON);
    }

    /** What of a trace no visitor gets, and so no writer can hold. Reads the trace once more if it is not of our format. */
    public static Losses unheld(Trace trace) throws IOException {
        return trace.format().equals(NativeTraceFormat.NAME) ? new Losses() : UnheldRecords.of(trace.summary());
    }

    /**
     * Begins a file.
     *
     * @param name one of {@link #names}
     * @param out not closed
     */
    public static TraceWriter open(String name, OutputStream out) {
        return switch (name) {
            case NATIVE -> new NativeTraceCopy(out);
            case CODETRACER_JSON -> new JsonTraceWriter(out);
            default -> throw new IllegalArgumentException(name);
        };
    }
}
