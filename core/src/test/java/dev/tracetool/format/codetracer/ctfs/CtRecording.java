package dev.tracetool.format.codetracer.ctfs;

import com.github.luben.zstd.Zstd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the streams of a recording as the writer in Nim does: a call begins with the step that comes next and ends with
 * the last one before its return; one without a step of its own takes the last one before it.
 */
public final class CtRecording {
    private static final int OUTPUT_IN_CHUNK = 5;

    private final List<String> paths = new ArrayList<>();
    private final List<int[]> columns = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> variables = new ArrayList<>();
    private final ByteWriter filters = new ByteWriter();
    private int filterCount;
    private boolean columnAware;
    private int metaVersion = 3;
    private int flags = 1 << 8 | 1 << 9 | 1 << 10 | 1 << 11;
    private int moreFlags;
    private boolean countLines;
    private boolean halves;
    private boolean stored;
    private int stepsInChunk = 4096;
    private int callsInChunk = 256;

    private final Chunks steps = new Chunks();
    private final Chunks values = new Chunks();
    private final Chunks output = new Chunks();

    /** What the last step has; null as long as this recording makes some up. */
    private ByteWriter valuesOfStep;

    private long stepCount;
    private long address;

    /** Whether the chunk has an address. */
    private boolean placed;

    private final List<Call> calls = new ArrayList<>();
    private final List<Call> open = new ArrayList<>();

    /** A call that began. */
    private static final class Call {
        final int function;
        final long key;
        long parent;
        final int depth;
        long entry;
        long exit = -1;
        byte[] arguments = new ByteWriter().varint(1).varint(7).text("value").toBytes();
        byte[] returned = {(byte) 0xFF};
        byte[] exception = new byte[0];
        final List<Long> inner = new ArrayList<>();

        Call(int function, long key, long parent, int depth, long entry) {
            this.function = function;
            this.key = key;
            this.parent = parent;
            this.depth = depth;
            this.entry = entry;
        }
    }

    /** A stream in chunks. */
    private final class Chunks {
        private final ByteWriter data = new ByteWriter();
        private final List<Long> offsets = new ArrayList<>();
        private ByteWriter chunk = new ByteWriter();
        private int records;

        void end() {
            if (records > 0) {
                offsets.add((long) data.size());
                byte[] raw = chunk.toBytes();
                data.bytes(stored ? raw : Zstd.compress(raw, 3));
                chunk = new ByteWriter();
                records = 0;
            }
        }

        void addTo(CtContainer container, String name, int inChunk) {
            end();
            ByteWriter index = new ByteWriter().u32(inChunk);
            offsets.forEach(index::u64);
            container.file(name + ".dat", data.toBytes()).file(name + ".idx", index.toBytes());
        }
    }

    public CtRecording columnAware() {
        columnAware = true;
        flags |= 1 << MetaFlag.COLUMN_AWARE_STEPS.ordinal();
        return this;
    }

    CtRecording metaVersion(int version) {
        metaVersion = version;
        return this;
    }

    CtRecording flag(int bit) {
        if (bit < 16) {
            flags |= 1 << bit;
        } else {
            moreFlags |= 1 << bit - 16;
        }
        return this;
    }

    /** Each path has its number of lines. */
    CtRecording countLines() {
        countLines = true;
        return flag(MetaFlag.LINE_COUNT_TABLE.ordinal());
    }

    /** The other writer's addresses, and its table of functions. */
    CtRecording halves() {
        halves = true;
        return flag(MetaFlag.INTERNING_TABLES.ordinal());
    }

    /** For a compact container. */
    CtRecording stored() {
        stored = true;
        return this;
    }

    public CtRecording chunks(int ofSteps, int ofCalls) {
        stepsInChunk = ofSteps;
        callsInChunk = ofCalls;
        return this;
    }

    CtRecording filter(String path, int digest) {
        flag(MetaFlag.TRACE_FILTERS.ordinal());
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) digest);
        filters.text(path).bytes(bytes);
        filterCount++;
        return this;
    }

    /** @param lineLengths columns of each line */
    public int path(String path, int... lineLengths) {
        paths.add(path);
        columns.add(lineLengths);
        return paths.size() - 1;
    }

    /** With its definition only where the table has it. */
    public int function(String name, int path, int line) {
        ByteWriter out = new ByteWriter();
        functions.add(halves ? out.varint(address(path, line, 1)).text(name).toBytes() : ByteWriter.utf8(name));
        return functions.size() - 1;
    }

    public int type(String name) {
        types.add(ByteWriter.utf8(name));
        return types.size() - 1;
    }

    public int variable(String name) {
        variables.add(ByteWriter.utf8(name));
        return variables.size() - 1;
    }

    /** From here on steps have the values that are given, and no others. */
    public CtRecording ownValues() {
        valuesOfStep = new ByteWriter();
        return this;
    }

    /** What the last step has for its record of values: a part of it, the next one comes after it. */
    public ByteWriter values() {
        return valuesOfStep;
    }

    /** A record of output of the last step. */
    public void output(int kind, String metadata, byte[] content) {
        if (output.records == OUTPUT_IN_CHUNK) {
            output.end();
        }
        output.records++;
        output.chunk.sized(new ByteWriter()
                .u8(kind)
                .varint(Math.max(0, stepCount - 1))
                .text(metadata)
                .sized(content)
                .toBytes());
    }

    private long address(int path, int line, int column) {
        if (halves) {
            return (long) path << 32 | line;
        }
        long base = 0;
        for (int i = 0; i < path; i++) {
            base += size(i);
        }
        if (!columnAware || columns.get(path).length == 0) {
            return base + line - (metaVersion >= 4 ? 1 : 0);
        }
        for (int i = 0; i < line - 1; i++) {
            base += columns.get(path)[i];
        }
        return base + column - 1;
    }

    private long size(int path) {
        int[] lengths = columns.get(path);
        if (countLines) {
            return lengths.length;
        }
        return columnAware && lengths.length > 0
                ? Math.max(1, Arrays.stream(lengths).sum())
                : Locations.LINES_OF_A_FILE;
    }

    private ByteWriter record() {
        if (steps.records == stepsInChunk) {
            steps.end();
            placed = false;
        }
        steps.records++;
        endValues();
        stepCount++;
        return steps.chunk;
    }

    /** Of the last step, which there need not be. */
    private void endValues() {
        if (stepCount == 0) {
            return;
        }
        if (values.records == callsInChunk) {
            values.end();
        }
        values.records++;
        if (valuesOfStep != null) {
            values.chunk.sized(valuesOfStep.toBytes());
            valuesOfStep = new ByteWriter();
        } else if (stepCount % 3 == 0) {
            ByteWriter two = new ByteWriter().u8(0).varint(2);
            values.chunk.sized(two.varint(1).sized((byte) 1).varint(2).sized().toBytes());
        } else {
            values.chunk.sized();
        }
    }

    public void step(int path, int line) {
        step(path, line, 1);
    }

    void step(int path, int line, int column) {
        long next = address(path, line, column);
        ByteWriter out = record();
        if (!placed || stepCount % 11 == 0) {
            out.u8(0).varint(next);
            placed = true;
        } else {
            out.u8(1).signed(next - address);
        }
        address = next;
    }

    /** @return whether it could be written as a move within the line: at the start of a chunk it cannot */
    boolean column(int delta) {
        ByteWriter out = record();
        address += delta;
        if (placed) {
            out.u8(7).signed(delta);
            return true;
        }
        out.u8(0).varint(address);
        placed = true;
        return false;
    }

    public void raise(String text) {
        record().u8(2).varint(5).text(text);
    }

    public void caught() {
        record().u8(3).varint(300);
    }

    public void thread(int tag, long id) {
        record().u8(tag).varint(id);
    }

    void thread(StepTag tag, long id) {
        record().u8(tag.ordinal()).varint(id);
    }

    void reload() {
        record().u8(8).varint(1).varint(1).varint(0).varint(1).varint(2).varint(300);
    }

    /** @param arguments their number, and of each the number of its variable and its value, with its length before it */
    public void call(int function, byte[] arguments) {
        call(function);
        open.get(open.size() - 1).arguments = arguments;
    }

    public void call(int function) {
        Call caller = open.isEmpty() ? null : open.get(open.size() - 1);
        Call call = new Call(function, calls.size(), caller == null ? -1 : caller.key, open.size(), stepCount);
        if (caller != null) {
            caller.inner.add(call.key);
        }
        calls.add(call);
        open.add(call);
    }

    /**
     * The innermost call ends.
     *
     * @param returned what it returned
     * @param exception what it was left by, if it has any bytes
     */
    public void leave(byte[] returned, byte[] exception) {
        Call call = open.get(open.size() - 1);
        leave(false);
        call.returned = returned;
        call.exception = exception;
    }

    public void leave(boolean exception) {
        Call call = open.remove(open.size() - 1);
        call.exit = Math.max(0, stepCount - 1);
        call.entry = Math.max(0, Math.min(call.entry, stepCount - 1));
        call.exception = exception ? new byte[] {1, 2} : new byte[0];
    }

    /** The last call says that it began in another one than it did. */
    public void claimParent(long key) {
        calls.get(calls.size() - 1).parent = key;
    }

    /** With the entry that the recorder gives to a call that comes before everything else. */
    void firstCallBeginsAtZero() {
        calls.get(0).entry = 0;
    }

    public CtContainer container() {
        CtContainer container = new CtContainer();
        table(container, "paths", pathRecords());
        table(container, "funcs", functions);
        if (!types.isEmpty()) {
            table(container, "types", types);
        }
        if (!variables.isEmpty()) {
            table(container, "varnames", variables);
        }
        endValues();
        steps.addTo(container, "steps", stepsInChunk);
        values.addTo(container, "values", callsInChunk);
        calls().addTo(container, "calls", callsInChunk);
        if (output.records > 0) {
            output.addTo(container, "events", OUTPUT_IN_CHUNK);
        }
        return container.file("meta.dat", meta());
    }

    private List<byte[]> pathRecords() {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < paths.size(); i++) {
            ByteWriter out = new ByteWriter();
            int[] lengths = columns.get(i);
            if (columnAware) {
                out.text(paths.get(i)).varint(lengths.length);
                int before = 0;
                for (int length : lengths) {
                    out.signed(length - before);
                    before = length;
                }
            } else if (countLines) {
                out.text(paths.get(i)).varint(lengths.length);
            } else {
                out.bytes(ByteWriter.utf8(paths.get(i)));
            }
            records.add(out.toBytes());
        }
        return records;
    }

    private static void table(CtContainer container, String name, List<byte[]> records) {
        ByteWriter data = new ByteWriter();
        ByteWriter offsets = new ByteWriter().u64(0);
        for (byte[] one : records) {
            data.bytes(one);
            offsets.u64(data.size());
        }
        container.file(name + ".dat", data.toBytes()).file(name + ".off", offsets.toBytes());
    }

    private Chunks calls() {
        Chunks chunks = new Chunks();
        for (Call call : calls) {
            if (chunks.records == callsInChunk) {
                chunks.end();
            }
            ByteWriter out = new ByteWriter();
            out.varint(call.function).signed(call.parent).varint(call.entry);
            out.varint(call.exit < 0 ? stepCount - 1 : call.exit).varint(call.depth);
            out.bytes(call.arguments).sized(call.returned).sized(call.exception);
            out.varint(call.inner.size());
            call.inner.forEach(out::varint);
            chunks.chunk.sized(out.toBytes());
            chunks.records++;
        }
        return chunks;
    }

    private byte[] meta() {
        ByteWriter out =
                new ByteWriter().bytes(ByteWriter.utf8("CTMD")).u16(metaVersion).u16(flags);
        if (metaVersion >= 5) {
            out.u32(moreFlags);
        }
        if (metaVersion >= 3) {
            out.text("0194f0a1-0000-7000-8000-000000000001");
        }
        out.text("prog.py").varint(2).text("--fast").text("x").text("/work").text("codetracer-python-recorder");
        if (metaVersion < 6) {
            out.varint(paths.size());
            paths.forEach(out::text);
        }
        if (filterCount > 0) {
            out.varint(filterCount).bytes(filters.toBytes());
        }
        return out.toBytes();
    }
}
