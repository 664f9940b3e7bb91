package dev.tracetool.bench;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Reads a trace with the reader of core and counts its events: what decoding costs beside {@link InflateOnly}.
 *
 * <p>{@code java -cp ... dev.tracetool.bench.ReadOnly TRACE}
 */
public final class ReadOnly {
    private ReadOnly() {}

    public static void main(String[] args) throws IOException {
        long[] events = new long[1];
        try (Trace trace = TraceFormats.open(Path.of(args[0]))) {
            trace.read(new TraceVisitor() {
                @Override
                public void events(EventBlock block) {
                    events[0] += block.size();
                }
            });
        }
        System.out.println(events[0] + " events");
    }
}
