package dev.tracetool.format.codetracer;

import dev.tracetool.format.Conversion;
import dev.tracetool.format.Losses;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.format.TraceWriters;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A trace that was copied record by record. */
record Copied(byte[] json, ReadResult result, Losses losses, String metadata, String paths) {
    static Copied of(byte[] trace) throws IOException {
        return of(EncodedTrace.of(trace), true);
    }

    static Copied of(TraceInput input, boolean bounded) throws IOException {
        try (Trace trace = TraceFormats.open(input)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            Conversion conversion = TraceWriters.conversion(trace, "codetracer-json", out, bounded);
            ReadResult result = conversion.run();
            return new Copied(
                    out.toByteArray(),
                    result,
                    conversion.losses(),
                    new String(conversion.contentOf("_metadata.json"), StandardCharsets.UTF_8),
                    new String(conversion.contentOf("_paths.json"), StandardCharsets.UTF_8));
        }
    }

    List<Object> records() {
        return JsonTree.array(json);
    }

    List<String> notes() {
        return result.damage().notes().stream().map(Damage.Note::message).toList();
    }

    /** What was lost, one a line. */
    String lost() {
        StringBuilder text = new StringBuilder();
        losses.list()
                .forEach(loss -> text.append(loss.count())
                        .append(' ')
                        .append(loss.noun())
                        .append(loss.note().isEmpty() ? "" : " (" + loss.note() + ")")
                        .append('\n'));
        return text.toString();
    }
}
