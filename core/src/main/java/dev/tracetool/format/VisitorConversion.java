package dev.tracetool.format;

import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceVisitor;
import dev.tracetool.trace.VisitorGroup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** By way of what all formats have in common: code objects, threads, events. What only one has is lost, and counted. */
final class VisitorConversion implements Conversion {
    /** What of a trace no visitor gets. */
    @FunctionalInterface
    interface Unheld {
        Losses of(Trace trace) throws IOException;
    }

    /** How the writer gets the trace. */
    @FunctionalInterface
    interface Reading {
        /** @param notes gets all but events, beside the writer */
        ReadResult read(TraceVisitor notes) throws IOException;
    }

    private final Trace trace;
    private final TraceWriter writer;
    private final Reading reading;
    private final Unheld unheld;
    private final Losses losses = new Losses();
    private final List<String> failures = new ArrayList<>();

    VisitorConversion(Trace trace, TraceWriter writer, Unheld unheld) {
        this(trace, writer, notes -> trace.read(new VisitorGroup(writer, notes)), unheld);
    }

    VisitorConversion(Trace trace, TraceWriter writer, Reading reading, Unheld unheld) {
        this.trace = trace;
        this.writer = writer;
        this.reading = reading;
        this.unheld = unheld;
    }

    @Override
    public List<String> beside() {
        return writer.beside();
    }

    @Override
    public ReadResult run() throws IOException {
        TraceVisitor notes = new TraceVisitor() {
            @Override
            public boolean wantsEvents() {
                return false;
            }

            @Override
            public void failure(String message) {
                failures.add(message);
            }
        };
        ReadResult result;
        try {
            result = reading.read(notes);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writer.finish(result);
        losses.addAll(unheld.of(trace));
        losses.addAll(writer.losses());
        result.damage().addAll(writer.unwritten());
        return result;
    }

    @Override
    public List<String> failures() {
        return List.copyOf(failures);
    }

    @Override
    public Losses losses() {
        return losses;
    }

    @Override
    public byte[] contentOf(String name) {
        return writer.contentOf(name);
    }
}
