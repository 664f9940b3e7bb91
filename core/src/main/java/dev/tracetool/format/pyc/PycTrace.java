package dev.tracetool.format.pyc;

import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.SummaryVisitor;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSummary;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * A {@code .pyc} as a trace: code objects, and no run. A file that is damaged anywhere is refused, as CPython refuses it,
 * but for first lines that are negative, and bytes behind its end, both of which CPython ignores.
 */
final class PycTrace implements Trace {
    private final String name;
    private final PycFile file;
    private final TraceMetadata metadata;

    private PycTrace(String name, PycFile file) {
        this.name = name;
        this.file = file;
        this.metadata = metadata(file.header().version());
    }

    static PycTrace open(TraceInput input) throws IOException {
        byte[] bytes;
        try (InputStream in = input.stream()) {
            bytes = in.readNBytes(Limits.FILE + 1);
        }
        if (bytes.length > Limits.FILE) {
            throw new TraceException(
                    input.name(),
                    Limits.FILE,
                    "expected compiled Python of at most " + (Limits.FILE >> 20) + " MiB, found more");
        }
        return new PycTrace(input.name(), PycFile.read(input.name(), bytes));
    }

    private static TraceMetadata metadata(PycVersion version) {
        return new TraceMetadata(
                version.name(),
                "cpython",
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                false,
                null,
                0,
                version.lineTableFormat(),
                new KindTable(List.of()));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String format() {
        return PycTraceFormat.NAME;
    }

    @Override
    public String formatVersion() {
        return Integer.toString(file.header().version().magic());
    }

    @Override
    public long bytes() {
        return file.bytes().length;
    }

    @Override
    public TraceMetadata metadata() {
        return metadata;
    }

    @Override
    public ReadResult read(TraceVisitor visitor) {
        visitor.metadata(metadata);
        visitor.codeObjects(file.codes());
        Damage damage = new Damage();
        for (int code = 0; code < file.index().codeCount(); code++) {
            int at = file.index().of(code, MarshalIndex.FIRST_LINE);
            int line = Marshal.i32(file.bytes(), at);
            if (line < 0) {
                damage.add(at, "expected a first line, found " + line, Integer.BYTES, 0, 0);
            }
        }
        int end = file.index().end();
        int rest = file.bytes().length - end;
        if (rest > 0) {
            damage.add(end, "expected the end of the file, found more", rest, 0, 0);
        }
        return new ReadResult(true, damage);
    }

    @Override
    public TraceSummary summary() {
        SummaryVisitor visitor = new SummaryVisitor();
        return visitor.finish(read(visitor), List.of(compiled()));
    }

    /** What the head says of the source, by which CPython tells whether the file is still good. */
    private DetailTable compiled() {
        PycHeader header = file.header();
        Long time = header.sourceTime();
        return new DetailTable(
                "compiled",
                List.of("magic_number", "release", "checked_by", "source_time", "source_bytes", "source_hash"),
                List.of(Arrays.asList(
                        (long) header.version().magic(),
                        header.version().release(),
                        !header.isHashed() ? "time and size" : header.isChecked() ? "hash" : "nothing",
                        time == null ? null : Instant.ofEpochSecond(time).toString(),
                        header.sourceSize(),
                        header.sourceHash())));
    }

    @Override
    public void close() {}
}
