package dev.tracetool.format.codetracer;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The bytes of a trace, as an input, and what is read of them. */
record EncodedTrace(String name, byte[] bytes, Map<String, String> beside) implements TraceInput {
    enum Encoding {
        JSON,
        PRETTY_JSON,
        CAPNP,
        CBOR;

        byte[] write(List<Rec> records, long seed) {
            return switch (this) {
                case JSON, PRETTY_JSON -> JsonRecords.write(records, seed, this == PRETTY_JSON);
                case CAPNP -> CapnpRecordsWriter.write(records, seed, 20 + (int) (seed % 100));
                case CBOR -> CborRecordsWriter.write(records, seed, 100 + (int) (seed % 1000));
            };
        }

        /** Whether what is before a cut can be read. */
        boolean isSequential() {
            return this != CAPNP;
        }
    }

    /** What was read. */
    record Outcome(EventLog log, ReadResult result) {}

    static EncodedTrace of(byte[] bytes) {
        return new EncodedTrace("trace.x", bytes, Map.of());
    }

    static Outcome read(byte[] bytes) throws IOException {
        return of(bytes).read();
    }

    Outcome read() throws IOException {
        try (Trace trace = TraceFormats.open(this)) {
            EventLog log = new EventLog();
            ReadResult result = trace.read(log);
            return new Outcome(log, result);
        }
    }

    TraceSummary summary() throws IOException {
        try (Trace trace = TraceFormats.open(this)) {
            return trace.summary();
        }
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public InputStream stream() {
        return new ByteArrayInputStream(bytes);
    }

    @Override
    public SeekableByteChannel channel() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TraceInput beside(String fileName) {
        String text = beside.get(fileName);
        return text == null ? null : new EncodedTrace(fileName, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }
}
