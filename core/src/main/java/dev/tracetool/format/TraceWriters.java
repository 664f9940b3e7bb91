package dev.tracetool.format;

import dev.tracetool.format.codetracer.RecordTrace;
import dev.tracetool.format.codetracer.UnheldRecords;
import dev.tracetool.format.codetracer.ValuedTrace;
import dev.tracetool.format.codetracer.json.JsonTraceWriter;
import dev.tracetool.format.codetracer.json.RecordConversion;
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

    /** Whether the format has no place for code that did not run. */
    public static boolean needsRun(String name) {
        return name.equals(CODETRACER_JSON);
    }

    /**
     * Begins a conversion.
     *
     * @param to one of {@link #names}
     * @param out not closed
     * @param bounded whether an input is refused that comes to much more than its own size
     */
    public static Conversion conversion(Trace trace, String to, OutputStream out, boolean bounded) {
        return switch (to) {
            case NATIVE -> new VisitorConversion(trace, new NativeTraceCopy(out), TraceWriters::unheldByEvents);
            case CODETRACER_JSON -> toJson(trace, out, bounded);
            default -> throw new IllegalArgumentException(to);
        };
    }

    private static Conversion toJson(Trace trace, OutputStream out, boolean bounded) {
        if (trace instanceof RecordTrace records && records.hasRecords()) {
            return new RecordConversion(records, out, bounded);
        }
        JsonTraceWriter writer = new JsonTraceWriter(out);
        VisitorConversion.Unheld all = source -> new Losses(); // the writer tells what it does not write
        return trace instanceof ValuedTrace valued && valued.hasValues()
                ? new VisitorConversion(trace, writer, notes -> valued.readWithValues(writer), all)
                : new VisitorConversion(trace, writer, all);
    }

    /** Reads the trace once more if it is not of our format. */
    private static Losses unheldByEvents(Trace trace) throws IOException {
        return isNative(trace) ? new Losses() : UnheldRecords.ofEvents(trace.summary());
    }

    private static boolean isNative(Trace trace) {
        return trace.format().equals(NativeTraceFormat.NAME);
    }
}
