package dev.tracetool.format;

import dev.tracetool.format.codetracer.CodetracerTrace;
import dev.tracetool.format.codetracer.capnp.CapnpTraceFormat;
import dev.tracetool.format.codetracer.cbor.CborTraceFormat;
import dev.tracetool.format.codetracer.ctfs.CtfsTraceFormat;
import dev.tracetool.format.codetracer.json.JsonHead;
import dev.tracetool.format.codetracer.json.JsonTraceFormat;
import dev.tracetool.format.nativetrace.NativeTraceFormat;
import dev.tracetool.format.pyc.PycTraceFormat;
import dev.tracetool.input.FileInput;
import dev.tracetool.input.Packing;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All formats, and how an input finds its own. A new format is added to the list here. */
public final class TraceFormats {
    private static final List<TraceFormat> ALL = List.of(
            new NativeTraceFormat(),
            new JsonTraceFormat(),
            new CapnpTraceFormat(),
            new CborTraceFormat(),
            new CtfsTraceFormat(),
            new PycTraceFormat());

    private TraceFormats() {}

    /**
     * Opens a recording.
     *
     * @throws TraceException if the file is of no known format, or damaged from the start
     * @throws IOException if the file is missing or cannot be read
     */
    public static Trace open(Path path) throws IOException {
        String name = path.toString();
        if (Files.isDirectory(path)) {
            throw new TraceException(name, TraceException.NO_POSITION, "expected a trace file, found a directory");
        }
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            // A pipe can be read only once, and a trace is read from several places.
            throw new TraceException(
                    name, TraceException.NO_POSITION, "expected a regular file, found a pipe or a device");
        }
        return open(new FileInput(name, path));
    }

    /** The same of an input that lies anywhere. */
    public static Trace open(TraceInput input) throws IOException {
        byte[] head;
        try (InputStream in = input.stream()) {
            head = in.readNBytes(TraceFormat.HEAD_BYTES);
        }
        for (TraceFormat format : ALL) {
            if (format.matches(head)) {
                return format.open(input);
            }
        }
        throw new TraceException(input.name(), 0, "expected a trace file, found " + describe(head));
    }

    /** Whether a file that begins like this is a recording, of whatever format. */
    public static boolean matches(byte[] head) {
        for (TraceFormat format : ALL) {
            if (format.holdsRuns() && format.matches(head)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a file that begins like this is code without a run. */
    public static boolean matchesCode(byte[] head) {
        for (TraceFormat format : ALL) {
            if (!format.holdsRuns() && format.matches(head)) {
                return true;
            }
        }
        return false;
    }

    /** What a file that begins like this is, if it is no trace, and known all the same; null if it is not known. */
    public static @Nullable String known(byte[] head) {
        if (JsonHead.beginsNoirTrace(head)) {
            return "what CodeTracer's tracer for Noir wrote before it wrote records: a JSON object of calls and steps";
        }
        if (JsonHead.beginsMetadata(head)) {
            return "what CodeTracer's recorders write beside a trace, about its run; name the trace itself";
        }
        if (JsonHead.beginsPaths(head)) {
            return "a JSON array of texts, as CodeTracer's recorders write one of paths beside a trace; name the trace itself";
        }
        return Packing.describeUnread(head);
    }

    private static String describe(byte[] head) {
        if (head.length == 0) {
            return "an empty file";
        }
        String known = known(head);
        if (known != null) {
            return known;
        }
        int shown = Math.min(8, head.length);
        boolean text = true;
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < shown; i++) {
            text &= head[i] >= ' ' && head[i] < 127 || head[i] == '\n' || head[i] == '\r' || head[i] == '\t';
            hex.append(i == 0 ? "" : " ").append(Character.forDigit(head[i] >> 4 & 15, 16));
            hex.append(Character.forDigit(head[i] & 15, 16));
        }
        return (text ? "text, which begins with the bytes " : "the bytes ") + hex;
    }

    /** Whether more of the trace is read from files that stand beside it. */
    public static boolean hasFilesBeside(Trace trace) {
        return trace instanceof CodetracerTrace;
    }
}
