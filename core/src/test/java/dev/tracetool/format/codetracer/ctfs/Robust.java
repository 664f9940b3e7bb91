package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.TraceWriters;
import dev.tracetool.format.codetracer.JsonTree;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads bytes that can be anything, and sees that what is said of them makes sense. */
final class Robust {
    private Robust() {}

    /**
     * Reads a container in all ways.
     *
     * @return its events if nothing is said to be wrong with it, or null
     */
    static @Nullable List<String> read(byte[] bytes) throws IOException {
        boolean sound = false;
        EventText text = new EventText();
        try (Trace trace = new CtfsTraceFormat().open(new BytesInput("t.ct", bytes))) {
            TraceSummary summary = trace.summary();
            check(summary.result().damage(), bytes.length);
            ReadResult result = trace.read(text);
            check(result.damage(), bytes.length);
            if (summary.events() != text.lines.size()) {
                throw new AssertionError(summary.events() + " events by the summary, " + text.lines.size() + " read");
            }
            if (result.damage().places() > summary.result().damage().places()) {
                throw new AssertionError("damage that the summary does not tell");
            }
            sound = result.damage().isEmpty() && result.complete();
            if (Arrays.hashCode(bytes) % 4 == 0) {
                convert(trace, bytes.length); // of some: it takes as long as all else
            }
        } catch (TraceException e) {
            check(e.position(), String.valueOf(e.getMessage()), bytes.length);
        }
        return sound ? text.lines : null;
    }

    /** Whatever is in it, what is made of it is JSON. */
    private static void convert(Trace trace, int size) throws IOException {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        ReadResult result =
                TraceWriters.conversion(trace, "codetracer-json", json, true).run();
        check(result.damage(), size);
        JsonTree.check(json.toByteArray());
    }

    private static void check(Damage damage, int size) {
        if (damage.bytes() < 0 || damage.frames() < 0 || damage.events() < 0) {
            throw new AssertionError(damage.bytes() + " bytes, " + damage.frames() + " frames");
        }
        for (Damage.Note note : damage.notes()) {
            check(note.position(), note.message(), size);
        }
    }

    private static void check(long position, String message, int size) {
        if (position < -1 || position > size || message.lines().count() != 1 || !message.contains("found")) {
            throw new AssertionError("byte " + position + " of " + size + ": " + message);
        }
    }
}
