package dev.tracetool.testing;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.file.Path;

/** Sums up a file and prints how many events there were, and at how many places something was lost. */
public final class SummaryProgram {
    private SummaryProgram() {}

    public static void main(String[] args) throws IOException {
        try (Trace trace = TraceFormats.open(Path.of(args[0]))) {
            TraceSummary summary = trace.summary();
            System.out.println(
                    summary.events() + " events, " + summary.result().damage().places() + " damaged");
        } catch (IOException e) {
            System.out.println(e.getMessage());
        }
    }
}
