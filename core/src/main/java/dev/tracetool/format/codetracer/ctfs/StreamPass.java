package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.format.codetracer.RecordSink;
import dev.tracetool.format.codetracer.RecordVisitor;
import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One pass over the streams of a recording. */
final class StreamPass {
    private final InputBytes container;
    private final ContainerHeader header;
    private final Directory directory;
    private final Damage damage;
    private final FrameUnpacker unpacker;
    private final PathTable paths;
    private final NameTable functions;
    private final CallStream calls;
    private @Nullable StepReader steps;
    private @Nullable StepMerger merger;

    StreamPass(
            InputBytes container,
            ContainerHeader header,
            Directory directory,
            MetaData meta,
            FrameUnpacker unpacker,
            Damage damage)
            throws IOException {
        this.container = container;
        this.header = header;
        this.directory = directory;
        this.unpacker = unpacker;
        this.damage = damage;
        if (!directory.has(MetaData.NAME)) {
            damage.add(header.entriesAt(), "expected meta.dat in the container, found none", 0, 0, 0);
        }
        this.paths = PathTable.read(directory, meta);
        this.functions = NameTable.read(directory, meta);
        note(paths.damage(), "paths");
        note(functions.damage(), "funcs");
        this.calls = new CallStream(directory, header.compact(), unpacker, damage);
        for (String stream : List.of(CallStream.NAME, ValueRecords.NAME, OutputRecords.NAME)) {
            expectBoth(stream);
        }
    }

    /** Of a stream either both files are there, or none. */
    private void expectBoth(String stream) {
        InternalFile data = directory.file(stream + ".dat");
        InternalFile index = directory.file(stream + ".idx");
        if (data == null && index != null && index.size() > ChunkedStream.INDEX_HEADER) {
            damage.add(index.entryAt(), "expected " + stream + ".dat beside " + index.name() + ", found none", 0, 1, 0);
        } else if (index == null && data != null && data.size() > 0) {
            String message = "expected " + stream + ".idx beside " + data.name() + ", found none";
            damage.add(data.entryAt(), message, data.size(), 1, 0);
        }
    }

    /** What records name by number, for who takes records. */
    void define(RecordVisitor visitor) throws IOException {
        visitor.definitions(paths.paths(), names("types"), names("varnames"));
    }

    private List<String> names(String table) throws IOException {
        InterningTable records = InterningTable.read(directory, table);
        note(records.damage(), table);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < records.claimed(); i++) {
            names.add(i < records.size() ? records.text(i) : RecordSink.NO_NAME); // the others keep their numbers
        }
        return names;
    }

    private void note(@Nullable MalformedContainerException found, String table) {
        if (found != null) {
            damage.add(found.at(), found.textIn(table + ".dat"), 0, 0, 0);
        }
    }

    void run(TraceVisitor visitor) throws IOException {
        run(visitor, null);
    }

    /** Tells records too, that are no events. */
    void runWithRecords(RecordVisitor visitor) throws IOException {
        run(visitor, new StepRecords(visitor, directory, header.compact(), unpacker, damage));
    }

    private void run(TraceVisitor visitor, @Nullable StepRecords records) throws IOException {
        StepMerger merging = new StepMerger(container.name(), visitor, damage, paths, functions, calls, records);
        merger = merging;
        InternalFile data = directory.file(StepReader.DATA);
        InternalFile index = directory.file(StepReader.INDEX);
        if (data == null || index == null) {
            long at = data == null ? header.entriesAt() : data.entryAt();
            damage.add(at, "expected steps.idx beside steps.dat, found none", data == null ? 0 : data.size(), 1, 0);
            merging.finish(StepMerger.UNKNOWN);
            return;
        }
        try {
            ChunkedStream chunks = StepReader.open(data, index, header.compact(), unpacker);
            StepReader reader = new StepReader(chunks, paths.locations(), merging, damage);
            steps = reader;
            reader.read();
        } catch (MalformedContainerException e) {
            damage.add(e.at(), e.textIn(index.name()), data.size(), 1, 0);
            merging.finish(StepMerger.UNKNOWN);
        }
    }

    /** Calls that did not begin in the call that they say; after {@link #run}. */
    long misplaced() {
        return merger == null ? 0 : merger.misplaced();
    }

    /** What is in the streams; after {@link #run}. Reads those that are not read for the events. */
    DetailTable streams() throws IOException {
        List<List<@Nullable Object>> streams = new ArrayList<>();
        StepReader read = steps;
        if (read != null) {
            streams.add(
                    Arrays.asList("steps", read.records(), null, read.chunks(), read.storedBytes(), read.rawBytes()));
        }
        streams.add(Arrays.asList(
                CallStream.NAME,
                calls.count(),
                calls.argumentCount(),
                calls.chunks(),
                calls.storedBytes(),
                calls.rawBytes()));
        for (String name : List.of(ValueRecords.NAME, OutputRecords.NAME)) {
            RecordCount count = RecordCount.of(directory, name, header.compact(), unpacker, damage);
            if (count != null) {
                streams.add(Arrays.asList(
                        name,
                        count.records(),
                        name.equals(ValueRecords.NAME) ? (Long) count.values() : null,
                        count.chunks(),
                        count.storedBytes(),
                        count.rawBytes()));
            }
        }
        return new DetailTable(
                "streams", List.of("name", "records", "values", "chunks", "stored_bytes", "raw_bytes"), streams);
    }

    /** What only this format tells of steps and calls; after {@link #run}. */
    List<DetailTable> details() {
        List<DetailTable> tables = new ArrayList<>();
        tables.add(new DetailTable("steps", List.of("kind", "count"), stepsByKind(steps)));
        StepMerger merged = merger;
        if (merged != null) {
            tables.add(balance(merged));
            tables.add(new DetailTable(
                    "calls",
                    List.of("calls", "left_by_exception", "deepest", "misplaced"),
                    List.of(List.of(calls.count(), calls.exceptions(), merged.deepest(), merged.misplaced()))));
        }
        return tables;
    }

    private static List<List<@Nullable Object>> stepsByKind(@Nullable StepReader read) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (StepTag tag : StepTag.values()) {
            if (read != null && read.count(tag) > 0) {
                rows.add(List.of(tag.label(), read.count(tag)));
            }
        }
        return rows;
    }

    /**
     * A call is stored with its end, so that each has one; what is out of balance did not begin in the call that it says.
     */
    private DetailTable balance(StepMerger merged) {
        long first = merged.firstMisplaced();
        return new DetailTable(
                "balance",
                List.of(
                        "calls",
                        "returns",
                        "balanced",
                        "open_calls",
                        "stray_returns",
                        "first_record",
                        "first_byte",
                        "first_function"),
                List.of(Arrays.asList(
                        calls.count(),
                        calls.count(),
                        calls.count() == 0 ? null : (Boolean) (merged.misplaced() == 0),
                        0L,
                        0L,
                        first < 0 ? null : (Long) (first + 1),
                        null,
                        null)));
    }
}
