package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeObjectRegistry;
import dev.tracetool.input.FileInput;
import dev.tracetool.input.InputBytes;
import dev.tracetool.input.TraceInput;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSummary;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Reads a trace file. Blocks whose checksum or content is wrong are left out as a whole and noted as damage; only a file
 * whose header or metadata cannot be read, or that needs a newer reader, is refused.
 */
public final class NativeTrace implements Trace {
    /** Threads that decode blocks beside the one that reads and visits. */
    private static final int WORKERS =
            Math.max(1, Math.min(8, Runtime.getRuntime().availableProcessors() - 1));

    private final InputBytes source;
    private final FileHeader header;
    private final TraceMetadata metadata;
    private final int workers;
    private final CodeObjectRegistry registry = CodeObjectRegistry.unbounded();

    private NativeTrace(InputBytes source, FileHeader header, TraceMetadata metadata, int workers) {
        this.source = source;
        this.header = header;
        this.metadata = metadata;
        this.workers = workers;
    }

    /** Opens a file and reads its metadata. */
    public static NativeTrace open(TraceInput input) throws IOException {
        return open(input, WORKERS);
    }

    /** The same of a file under a name of its own. */
    static NativeTrace open(String name, Path path, int workers) throws IOException {
        return open(new FileInput(name, path), workers);
    }

    /**
     * Opens a file.
     *
     * @param workers threads that decode blocks beside the one that reads; 0 for none
     */
    private static NativeTrace open(TraceInput input, int workers) throws IOException {
        InputBytes source = new InputBytes(input);
        try {
            FileHeader header = FileHeader.read(source);
            return new NativeTrace(source, header, readMetadata(source), workers);
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static TraceMetadata readMetadata(InputBytes source) throws IOException {
        Damage damage = new Damage();
        FrameReader frames = FrameReader.walk(source, damage::add);
        Frame frame = frames.next();
        byte @Nullable [] payload =
                frame == null || frame.type() != Layout.METADATA || !damage.isEmpty() ? null : frames.payload(frame);
        if (payload == null || frame == null) {
            String found = source.size() == Layout.FILE_HEADER ? "the end of the file" : "none that is whole";
            throw new TraceException(source.name(), Layout.FILE_HEADER, "expected a metadata block, found " + found);
        }
        try {
            return MetadataJson.read(payload);
        } catch (MalformedBlockException e) {
            throw new TraceException(source.name(), frame.payloadAt() + e.at(), String.valueOf(e.getMessage()));
        }
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public String format() {
        return NativeTraceFormat.NAME;
    }

    @Override
    public String formatVersion() {
        return header.major() + "." + header.minor();
    }

    @Override
    public long bytes() {
        return source.size();
    }

    @Override
    public TraceMetadata metadata() {
        return metadata;
    }

    @Override
    public ReadResult read(TraceVisitor visitor) throws IOException {
        try (Pass pass = new Pass(source, metadata, registry, visitor, workers)) {
            return pass.run();
        }
    }

    @Override
    public TraceSummary summary() throws IOException {
        return new SummaryReader(source, metadata, registry).read();
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
