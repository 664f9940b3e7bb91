package dev.tracetool.format.codetracer;

import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.SummaryVisitor;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSummary;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trace that is a sequence of records, in whatever encoding. Each pass reads all of it: there is no index.
 *
 * <p>What comes before a place that cannot be read is sound; what comes after it is lost. A record that contradicts
 * others is damage too, and costs nothing else.
 */
public final class CodetracerTrace implements RecordTrace {
    /** What {@link #format()} says of all encodings. */
    public static final String FORMAT = "codetracer";

    /** The kinds of event that all recorders write. */
    public static final List<String> RECORDED =
            List.of(EventKind.PY_START.name(), EventKind.PY_RETURN.name(), EventKind.LINE.name());

    /** Begins a pass. */
    @FunctionalInterface
    public interface Encoding {
        /** @throws TraceException if nothing of the input can be used */
        RecordReader open(TraceInput input) throws IOException;
    }

    private final TraceInput input;
    private final String version;
    private final Encoding encoding;
    private final long bytes;
    private final Sidecars beside;

    private CodetracerTrace(TraceInput input, String version, Encoding encoding, long bytes, Sidecars beside) {
        this.input = input;
        this.version = version;
        this.encoding = encoding;
        this.bytes = bytes;
        this.beside = beside;
    }

    /**
     * Opens an input, and reads what stands beside it.
     *
     * @param version the name of the encoding, as {@link #formatVersion()} is to say it
     */
    public static CodetracerTrace open(TraceInput input, String version, Encoding encoding) throws IOException {
        return new CodetracerTrace(input, version, encoding, input.size(), Sidecars.of(input));
    }

    @Override
    public String name() {
        return input.name();
    }

    @Override
    public String format() {
        return FORMAT;
    }

    @Override
    public String formatVersion() {
        return version;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public TraceMetadata metadata() {
        return beside.metadata();
    }

    @Override
    public ReadResult read(TraceVisitor visitor) throws IOException {
        return pass(visitor, new ArrayList<>());
    }

    @Override
    public TraceSummary summary() throws IOException {
        SummaryVisitor visitor = new SummaryVisitor();
        List<DetailTable> details = new ArrayList<>();
        ReadResult result = pass(visitor, details);
        details.addAll(beside.details());
        return visitor.finish(result, details);
    }

    private ReadResult pass(TraceVisitor visitor, List<DetailTable> details) throws IOException {
        visitor.metadata(beside.metadata());
        Damage damage = new Damage();
        beside.addDamage(damage);
        boolean complete = false;
        String identity;
        long strayReturns;
        try (RecordReader records = encoding.open(input)) {
            EventAssembler assembler = new EventAssembler(name(), visitor, damage, records::position);
            assembler.otherPaths(beside.paths());
            try {
                complete = records.read(assembler);
            } catch (MalformedRecordException e) {
                long at = Math.min(e.at(), bytes); // a file that grows meanwhile can be read beyond
                damage.add(at, e.text(), bytes - at, 0, 0);
                complete = e.isBehindEnd();
            }
            assembler.finish();
            details.addAll(assembler.details());
            identity = assembler.identity();
            strayReturns = assembler.strayReturns();
        }
        return new ReadResult(complete, damage, identity, strayReturns);
    }

    @Override
    public boolean hasRecords() {
        return true;
    }

    @Override
    public boolean copy(RecordTokens to, Damage damage, boolean bounded) throws IOException {
        try (RecordReader records = encoding.open(input)) {
            return records.copy(to, bounded);
        } catch (MalformedRecordException e) {
            long at = Math.min(e.at(), bytes);
            damage.add(at, e.text(), bytes - at, 0, 0);
            return e.isBehindEnd();
        }
    }

    @Override
    public byte @Nullable [] beside(String name) throws IOException {
        return Sidecars.content(input, name);
    }

    /** Each pass opens the input anew. */
    @Override
    public void close() {}
}
