package dev.tracetool.format.codetracer.json;

import dev.tracetool.format.Conversion;
import dev.tracetool.format.Losses;
import dev.tracetool.format.codetracer.RecordTrace;
import dev.tracetool.format.codetracer.Utf8;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Record by record: the source consists of the same records, so that nothing has to be left out but what JSON itself does
 * not have. What the records say of each other is looked at first, as by every reader, so that the same damage is told.
 */
public final class RecordConversion implements Conversion {
    /** Of files beside a trace: what JSON does not allow is not copied. */
    private static final JsonFactory STRICT = new JsonFactory();

    private final RecordTrace trace;
    private final OutputStream out;
    private final boolean bounded;
    private final Losses losses = new Losses();
    private List<String> paths = List.of();
    private byte[] metadata = new byte[0];
    private byte[] pathsFile = new byte[0];

    /**
     * @param out not closed
     * @param bounded whether an input is refused that comes to much more than its own size
     */
    public RecordConversion(RecordTrace trace, OutputStream out, boolean bounded) {
        this.trace = trace;
        this.out = out;
        this.bounded = bounded;
    }

    @Override
    public List<String> beside() {
        return List.of(JsonTraceWriter.METADATA, JsonTraceWriter.PATHS);
    }

    @Override
    public ReadResult run() throws IOException {
        TraceSummary summary = trace.summary();
        ReadResult read = summary.result();
        Damage damage = new Damage();
        JsonRecordWriter writer = new JsonRecordWriter(out, damage);
        boolean complete = trace.copy(writer, damage, bounded) && read.complete();
        writer.finish();
        losses.addAll(writer.losses());
        if (!complete) {
            losses.addFact("the mark of a recording that was cut off");
        }
        paths = writer.paths();
        besides(summary.details());
        return new ReadResult(complete, both(read.damage(), damage));
    }

    /** Both passes find the same at the same place, if they do not find something that is in values alone. */
    private static Damage both(Damage first, Damage second) {
        List<Damage.Note> notes = new ArrayList<>(first.notes());
        Set<Damage.Note> known = new HashSet<>(notes);
        long same = 0;
        for (Damage.Note note : second.notes()) {
            if (known.contains(note)) {
                same++;
            } else {
                notes.add(note);
            }
        }
        boolean told =
                first.places() > first.notes().size(); // of what has no note, nobody knows whether it is the same
        long more = told ? 0 : second.places() - same;
        return Damage.of(
                first.places() + more, Math.max(first.bytes(), second.bytes()), first.frames(), first.events(), notes);
    }

    private void besides(List<DetailTable> details) throws IOException {
        byte[] about = trace.beside(JsonTraceWriter.METADATA);
        metadata = about != null && is(about, JsonToken.START_OBJECT)
                ? about
                : SidecarWriter.metadata(trace.metadata(), details);
        byte[] list = trace.beside(JsonTraceWriter.PATHS);
        pathsFile = list != null && is(list, JsonToken.START_ARRAY) ? list : SidecarWriter.paths(paths);
    }

    /** Whether it is JSON of that kind, in UTF-8, as readers of such files expect it. */
    private static boolean is(byte[] json, JsonToken first) {
        if (Utf8.otherEncoding(json) >= 0) {
            return false; // a parser of bytes reads that too
        }
        try (JsonParser parser = STRICT.createParser(ObjectReadContext.empty(), json)) {
            if (parser.nextToken() != first) {
                return false;
            }
            parser.skipChildren();
            return parser.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    /** Recorders of these formats do not tell why they stop. */
    @Override
    public List<String> failures() {
        return List.of();
    }

    @Override
    public Losses losses() {
        return losses;
    }

    @Override
    public byte[] contentOf(String name) {
        return name.equals(JsonTraceWriter.METADATA) ? metadata : pathsFile;
    }
}
