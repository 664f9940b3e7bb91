package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.code.LineTableFormat;
import dev.tracetool.format.codetracer.BlockBuilder;
import dev.tracetool.format.codetracer.CodetracerTrace;
import dev.tracetool.format.codetracer.EventAssembler;
import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.RecordTrace;
import dev.tracetool.format.codetracer.RecordVisitor;
import dev.tracetool.format.codetracer.ValuedTrace;
import dev.tracetool.input.InputBytes;
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
 * A recording in a container. If it has streams of steps, these are read, whatever else there is; else the one stream of
 * older containers. What has neither can be summed up but not read.
 *
 * <p>Damage costs what lies in the chunk that has it, or, in the one stream of older containers, all that comes after it.
 * A container has no end that says that it was closed: it is complete if all that its directory claims is there.
 */
final class CtfsTrace implements RecordTrace, ValuedTrace {
    /** What a container holds. */
    enum Content {
        STREAMS("streams"),
        EVENTS_LOG("events_log"),
        NATIVE("native"),
        NONE("none");

        private final String label;

        Content(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private final InputBytes container;
    private final ContainerHeader header;
    private final Directory directory;
    private final MetaData meta;
    private final LegacyMetadata legacy;
    private final Content content;

    private CtfsTrace(
            InputBytes container, ContainerHeader header, Directory directory, MetaData meta, LegacyMetadata legacy) {
        this.container = container;
        this.header = header;
        this.directory = directory;
        this.meta = meta;
        this.legacy = legacy;
        this.content = contentOf(directory, meta);
    }

    static CtfsTrace open(TraceInput input) throws IOException {
        InputBytes container = new InputBytes(input);
        try {
            ContainerHeader header = ContainerHeader.read(container);
            Directory directory = Directory.read(container, header);
            InternalFile metaFile = directory.file(MetaData.NAME);
            MetaData meta = metaFile == null ? MetaData.none() : MetaData.read(container, metaFile);
            return new CtfsTrace(container, header, directory, meta, LegacyMetadata.read(directory));
        } catch (IOException | RuntimeException e) {
            container.close();
            throw e;
        }
    }

    private static Content contentOf(Directory directory, MetaData meta) {
        if (directory.has(StepReader.DATA)) {
            return Content.STREAMS;
        }
        if (directory.has(EventsLog.NAME)) {
            return Content.EVENTS_LOG;
        }
        boolean isNative = meta.has(MetaFlag.MCR_FIELDS) || directory.has("debug.dat") || directory.has("t000");
        return isNative ? Content.NATIVE : Content.NONE;
    }

    @Override
    public String name() {
        return container.name();
    }

    @Override
    public String format() {
        return CodetracerTrace.FORMAT;
    }

    @Override
    public String formatVersion() {
        return "v" + header.version();
    }

    @Override
    public long bytes() {
        return container.size();
    }

    @Override
    public TraceMetadata metadata() {
        String program = meta.program() == null ? legacy.program() : meta.program();
        List<String> argv = new ArrayList<>();
        if (program != null) {
            argv.add(program);
            argv.addAll(meta.program() == null ? legacy.args() : meta.args());
        }
        return TraceMetadata.ofLittle(
                argv,
                TraceMetadata.stated(meta.folder() == null ? legacy.folder() : meta.folder()),
                TraceMetadata.stated(meta.recorder()),
                hasFunctions() ? CodetracerTrace.RECORDED : List.of(EventKind.LINE.name()),
                LineTableFormat.NONE,
                content == Content.STREAMS ? BlockBuilder.OF_CONTAINERS : BlockBuilder.OF_RECORDS);
    }

    /** Streams in which nothing is called and that name nothing to call are of a recorder that has lines alone. */
    private boolean hasFunctions() {
        InternalFile names = directory.file("funcs.dat");
        InternalFile calls = directory.file(CallStream.NAME + ".dat");
        return content != Content.STREAMS || names == null || calls == null || names.size() > 0 || calls.size() > 0;
    }

    @Override
    public ReadResult read(TraceVisitor visitor) throws IOException {
        if (content == Content.NATIVE) {
            throw new TraceException(
                    name(),
                    TraceException.NO_POSITION,
                    "expected steps of source lines, found a native recording (MCR), which has none");
        }
        if (content == Content.NONE) {
            throw new TraceException(
                    name(),
                    header.entriesAt(),
                    "expected " + StepReader.DATA + " or " + EventsLog.NAME + " in the container, found neither");
        }
        return pass(visitor, null, null);
    }

    @Override
    public boolean hasValues() {
        return content == Content.STREAMS;
    }

    @Override
    public ReadResult readWithValues(RecordVisitor visitor) throws IOException {
        List<DetailTable> details = described();
        ReadResult result = pass(visitor, visitor, details);
        visitor.details(details);
        return result;
    }

    @Override
    public TraceSummary summary() throws IOException {
        SummaryVisitor visitor = new SummaryVisitor();
        List<DetailTable> details = described();
        ReadResult result = pass(visitor, null, details);
        return visitor.finish(result, details);
    }

    /** What the container tells before its events are read. */
    private List<DetailTable> described() {
        List<DetailTable> details = new ArrayList<>();
        details.add(ContainerDetails.container(container, header, content));
        details.add(ContainerDetails.recording(meta, directory.has(MetaData.NAME)));
        details.add(ContainerDetails.files(directory, header));
        if (directory.has(MetaData.NAME)) {
            details.add(ContainerDetails.flags(meta));
        }
        if (meta.has(MetaFlag.TRACE_FILTERS)) {
            details.add(ContainerDetails.filters(meta));
        }
        return details;
    }

    /**
     * @param records the visitor, if it takes records of streams
     * @param details to which is added what only this format tells, if that is wanted
     */
    private ReadResult pass(TraceVisitor visitor, @Nullable RecordVisitor records, @Nullable List<DetailTable> details)
            throws IOException {
        if (content != Content.STREAMS) {
            visitor.metadata(metadata());
        }
        Damage damage = new Damage();
        directory.addTo(damage);
        note(damage, meta.damage(), MetaData.NAME);
        note(damage, legacy.damage(), "");
        boolean complete = directory.complete();
        String identity = recordingId();
        long unbalanced = 0;
        switch (content) {
            case STREAMS -> {
                try (FrameUnpacker unpacker = new FrameUnpacker(container.unpacked())) {
                    StreamPass pass = new StreamPass(container, header, directory, meta, unpacker, damage);
                    if (records == null) {
                        visitor.metadata(metadata());
                        pass.run(visitor);
                    } else {
                        pass.define(records);
                        visitor.metadata(metadata());
                        pass.runWithRecords(records);
                    }
                    unbalanced = pass.misplaced();
                    if (details != null) {
                        if (records == null) {
                            details.add(pass.streams()); // reads all other streams, to count what they have
                        }
                        details.addAll(pass.details());
                        describeLog(damage, details);
                    }
                }
                complete &= directory.has(MetaData.NAME) && meta.damage() == null;
            }
            case EVENTS_LOG -> {
                ReadResult log = readLog(visitor, damage, details);
                identity = identity == null ? log.identity() : identity;
                unbalanced = log.unbalanced();
                complete &= log.complete();
                complete &= directory.has(MetaData.NAME) || legacy.there();
            }
            default -> {} // a native recording, or nothing: there are no events
        }
        complete &= noteMissing(damage);
        return new ReadResult(complete, damage, identity, unbalanced);
    }

    /**
     * Adds the internal files that are not there as a whole, if nothing is told of them yet.
     *
     * @return whether all are there
     */
    private boolean noteMissing(Damage damage) throws IOException {
        boolean all = true;
        for (InternalFile file : directory.files()) {
            MalformedContainerException missing = file.missing();
            if (missing != null) {
                all = false;
                if (damage.notes().stream().noneMatch(told -> told.message().contains(file.name()))) {
                    damage.add(missing.at(), missing.textIn(file.name()), file.size(), 0, 0);
                }
            }
        }
        return all;
    }

    /** Null if it is none, or one in its place. */
    private @Nullable String recordingId() {
        String id = meta.recordingId();
        return id != null && id.chars().anyMatch(c -> Character.digit(c, 16) > 0) ? id : null;
    }

    /** The stream of an older container that stands beside the streams, and is not read. */
    private void describeLog(Damage damage, List<DetailTable> details) throws IOException {
        InternalFile file = directory.file(EventsLog.NAME);
        if (file == null) {
            return;
        }
        try {
            details.add(ContainerDetails.log(EventsLog.framing(file), EventsLog.format(directory)));
        } catch (MalformedContainerException e) {
            note(damage, e, EventsLog.NAME);
        }
    }

    private ReadResult readLog(TraceVisitor visitor, Damage damage, @Nullable List<DetailTable> details)
            throws IOException {
        InternalFile file = directory.file(EventsLog.NAME);
        if (file == null) {
            throw new IllegalStateException(EventsLog.NAME);
        }
        boolean complete = false;
        String digest;
        long strayReturns;
        try (EventsLog log = new EventsLog(container, directory, file, damage)) {
            EventAssembler assembler = new EventAssembler(name(), visitor, damage, log::position);
            assembler.otherPaths(legacy.paths().isEmpty() ? meta.paths() : legacy.paths());
            try {
                complete = log.read(assembler);
            } catch (MalformedRecordException e) {
                damage.add(e.at(), e.text(), 0, 0, 0);
            }
            assembler.finish();
            digest = assembler.identity();
            strayReturns = assembler.strayReturns();
            if (details != null) {
                details.add(ContainerDetails.log(log.framing(), log.format()));
                details.addAll(assembler.details());
            }
        }
        return new ReadResult(complete, damage, digest, strayReturns);
    }

    @Override
    public boolean hasRecords() {
        return content == Content.EVENTS_LOG;
    }

    @Override
    public boolean copy(RecordTokens to, Damage damage, boolean bounded) throws IOException {
        InternalFile file = directory.file(EventsLog.NAME);
        if (file == null) {
            throw new IllegalStateException(EventsLog.NAME);
        }
        try (EventsLog log = new EventsLog(container, directory, file, damage)) {
            return log.copy(to, bounded);
        } catch (MalformedRecordException e) {
            damage.add(e.at(), e.text(), 0, 0, 0);
            return false;
        }
    }

    /** What others have beside them is in the container, and in {@link #metadata()}. */
    @Override
    public byte @Nullable [] beside(String name) {
        return null;
    }

    private static void note(Damage damage, @Nullable MalformedContainerException found, String file) {
        if (found != null) {
            damage.add(found.at(), found.textIn(file), 0, 0, 0);
        }
    }

    @Override
    public void close() throws IOException {
        container.close();
    }
}
