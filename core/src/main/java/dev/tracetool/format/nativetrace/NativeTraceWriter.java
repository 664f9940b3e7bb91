package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes a trace file, only ever at its end. Every call writes whole frames; {@link #end} writes the index and the end
 * block, and without it the file is a valid, incomplete trace. The caller keeps the order that the format asks for: code
 * objects and threads before whatever names them.
 */
public final class NativeTraceWriter implements Closeable {
    private final OutputStream out;
    private final FrameWriter frames;
    private final Packer packer;
    private final EventEncoder encoder;
    private final long[] eventsByKind;
    private final Map<Integer, Long> eventsByThread = new TreeMap<>();
    private int codeCount;

    /** Writes the file header and the metadata. */
    public NativeTraceWriter(OutputStream out, TraceMetadata metadata, Compression compression) throws IOException {
        this.out = out;
        this.frames = new FrameWriter(out);
        this.packer = new Packer(compression);
        this.encoder = new EventEncoder(metadata.kinds(), packer);
        this.eventsByKind = new long[metadata.kinds().size()];
        byte[] json = MetadataWriter.write(metadata);
        frames.frame(Layout.METADATA, json, 0, 0, 0, metadata.clockStart());
    }

    /**
     * Writes code objects.
     *
     * @return the index of the first; the others follow it
     */
    public int codes(List<? extends CodeRecord> codes) throws IOException {
        int first = codeCount;
        PayloadBuilder records = new PayloadBuilder();
        for (CodeRecord code : codes) {
            CodeRecordWriter.write(code, records);
        }
        PayloadBuilder payload = new PayloadBuilder().u32(first).u32(codes.size());
        packer.pack(records.toBytes(), payload);
        frames.frame(Layout.CODES, payload.toBytes(), first, codes.size(), records.size(), 0);
        codeCount += codes.size();
        return first;
    }

    public void thread(TraceThread thread) throws IOException {
        byte[] name = thread.name().getBytes(StandardCharsets.UTF_8);
        PayloadBuilder payload = new PayloadBuilder();
        payload.u32(thread.number())
                .i64(thread.systemId())
                .i64(thread.time())
                .u32(name.length)
                .bytes(name);
        frames.frame(Layout.THREAD, payload.toBytes(), thread.number(), 0, 0, thread.time());
    }

    /** Writes the stack that a thread has, outermost frame first. */
    public void frames(int thread, long time, int[] codes, int[] offsets) throws IOException {
        PayloadBuilder payload = new PayloadBuilder().u32(thread).i64(time).u32(codes.length);
        for (int i = 0; i < codes.length; i++) {
            payload.u32(codes[i]).u32(offsets[i]);
        }
        frames.frame(Layout.FRAMES, payload.toBytes(), thread, 0, 0, time);
    }

    /** Writes a block of events, whose kinds are those of the metadata. */
    public void events(EventBlock block) throws IOException {
        byte[] payload = encoder.encode(block, 0);
        long time = Layout.i64(payload, 20);
        frames.frame(Layout.EVENTS, payload, block.thread(), block.size(), encoder.rawBytes(), time);
        int[] counts = block.countByKind();
        for (int kind = 1; kind < counts.length; kind++) {
            eventsByKind[kind - 1] += counts[kind];
        }
        eventsByThread.merge(block.thread(), (long) block.size(), Long::sum);
    }

    public void mark(TraceMark mark) throws IOException {
        PayloadBuilder payload = new PayloadBuilder().u32(mark.thread()).i64(mark.time());
        payload.bytes(MetadataWriter.write(mark));
        frames.frame(Layout.MARK, payload.toBytes(), mark.thread(), 0, 0, mark.time());
    }

    /** Writes a source file's digest, and its text if there is one; once for each file, best before its code objects. */
    public void source(TraceSource source) throws IOException {
        byte[] text = source.text();
        int raw = text == null ? 0 : text.length;
        frames.frame(Layout.SOURCE, SourceBlock.write(source, packer), 0, text == null ? 0 : 1, raw, 0);
    }

    public void codeEnded(int[] codes) throws IOException {
        PayloadBuilder payload = new PayloadBuilder().u32(codes.length);
        for (int code : codes) {
            payload.u32(code);
        }
        frames.frame(Layout.CODE_ENDED, payload.toBytes(), 0, 0, 0, 0);
    }

    public void failure(String message) throws IOException {
        frames.frame(Layout.FAILURE, MetadataWriter.failure(message), 0, 0, 0, 0);
    }

    /**
     * Closes the recording with its index and its end block; nothing can be written after it.
     *
     * @param time or {@link EventBlock#NO_TIME} if it is unknown
     */
    public void end(long time) throws IOException {
        PayloadBuilder index = new PayloadBuilder().u32(eventsByKind.length);
        long events = 0;
        for (long count : eventsByKind) {
            index.i64(count);
            events += count;
        }
        index.u32(eventsByThread.size());
        for (Map.Entry<Integer, Long> entry : eventsByThread.entrySet()) {
            index.u32(entry.getKey()).i64(entry.getValue());
        }
        frames.describe(index);
        long indexAt = 0;
        if (index.size() <= Layout.MAX_RAW) {
            indexAt = frames.position();
            PayloadBuilder payload = new PayloadBuilder();
            packer.pack(index.toBytes(), payload);
            frames.frame(Layout.INDEX, payload.toBytes(), 0, 0, 0, 0);
        }
        byte[] end = new PayloadBuilder().i64(time).i64(events).i64(indexAt).toBytes();
        frames.frame(Layout.END, end, 0, 0, 0, time);
        out.flush();
    }

    /** Closes the stream beneath, not the recording. */
    @Override
    public void close() throws IOException {
        out.close();
    }
}
