package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.MalformedBlockException.check;

import dev.tracetool.code.CodeObjectRegistry;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One pass over a file: hands each block to the visitor, in the order of the file. */
final class Pass implements AutoCloseable {
    /** Payloads up to this size may wait until the events before them are decoded. */
    private static final int MAX_QUEUED = 1 << 14;

    private final InputBytes source;
    private final TraceVisitor visitor;
    private final Damage damage = new Damage();
    private final FrameReader frames;
    private final CodeTable codes;
    private final Unpacker unpacker = new Unpacker();
    private final BlockPipeline pipeline;
    private final boolean wantsEvents;
    private final Set<Integer> threads = new HashSet<>();
    private boolean lost;
    private boolean ended;

    Pass(InputBytes source, TraceMetadata metadata, CodeObjectRegistry registry, TraceVisitor visitor, int workers) {
        this.source = source;
        this.visitor = visitor;
        this.frames = FrameReader.walk(source, this::lose);
        this.codes = new CodeTable(source.name(), metadata.lineTableFormat(), registry);
        this.wantsEvents = visitor.wantsEvents();
        this.pipeline = new BlockPipeline(metadata.kinds(), visitor, damage, wantsEvents ? workers : 0);
        visitor.metadata(metadata);
    }

    ReadResult run() throws IOException {
        frames.next(); // the metadata
        Frame frame = frames.next();
        for (; frame != null; frame = ended ? null : frames.next()) {
            if (frame.type() == Layout.EVENTS && !wantsEvents) {
                continue;
            }
            if (!frame.isKnown(source.name())) {
                continue;
            }
            byte @Nullable [] payload = frames.payload(frame);
            try {
                accept(frame, FrameReader.sound(payload));
            } catch (MalformedBlockException e) {
                drop(frame, e.at(), String.valueOf(e.getMessage()));
            }
        }
        pipeline.drain();
        return new ReadResult(ended, damage);
    }

    private void drop(Frame frame, int at, String message) throws IOException {
        lose(frame.payloadAt() + at, message, frame.end() - frame.offset(), 1, 0);
    }

    /** Notes damage behind that of the events before it, which can still be undecoded. */
    private void lose(long position, String message, long bytes, long frames, long events) throws IOException {
        lost |= frames > 0;
        pipeline.inOrder(() -> damage.add(position, message, bytes, frames, events));
    }

    private void accept(Frame frame, byte[] payload) throws IOException, MalformedBlockException {
        if (frame.type() != Layout.EVENTS && payload.length > MAX_QUEUED) {
            pipeline.drain(); // so that what waits to be delivered is small
        }
        switch (frame.type()) {
            case Layout.EVENTS -> events(frame, payload);
            case Layout.CODES -> {
                List<CodeObjectWrapper> added = codes.read(frame.payloadAt(), payload, unpacker, lost);
                pipeline.inOrder(() -> visitor.codeObjects(added));
            }
            case Layout.THREAD -> {
                TraceThread thread = Payloads.thread(payload);
                threads.add(thread.number());
                pipeline.inOrder(() -> visitor.thread(thread));
            }
            case Layout.FRAMES -> frames(payload);
            case Layout.MARK -> {
                TraceMark mark = MarkJson.mark(payload);
                know(mark.thread(), mark.time());
                pipeline.inOrder(() -> visitor.mark(mark));
            }
            case Layout.SOURCE -> {
                TraceSource read = SourceBlock.read(payload, unpacker);
                byte @Nullable [] text = read.text();
                if (text != null && text.length > MAX_QUEUED) {
                    pipeline.drain();
                }
                pipeline.inOrder(() -> visitor.source(read));
            }
            case Layout.CODE_ENDED -> {
                int[] indices = Payloads.codeEnded(payload, codes);
                codes.end(indices);
                pipeline.inOrder(() -> visitor.codeEnded(indices));
            }
            case Layout.FAILURE -> {
                String message = Payloads.failure(payload);
                pipeline.inOrder(() -> visitor.failure(message));
            }
            case Layout.END -> end(frame, payload);
            case Layout.METADATA -> throw new MalformedBlockException(0, "expected one metadata block, found a second");
            default -> {} // the index: this pass needs none
        }
    }

    private void events(Frame frame, byte[] payload) throws IOException, MalformedBlockException {
        check(payload.length >= Layout.EVENTS_HEADER, 0, "expected a head of 40 bytes, found " + payload.length);
        long thread = Layout.u32(payload, 0);
        check(thread < Integer.MAX_VALUE, 0, "expected a thread below 2147483647, found " + thread);
        know((int) thread, Layout.i64(payload, 20));
        pipeline.events(frame, payload, codes.size(), codes.missing());
    }

    private void frames(byte[] payload) throws IOException, MalformedBlockException {
        Payloads.Stack stack = Payloads.stack(payload, codes);
        know(stack.thread(), stack.time());
        pipeline.inOrder(() -> visitor.frames(stack.thread(), stack.time(), stack.codes(), stack.offsets()));
    }

    /** A thread whose T block was lost is still a thread; without its name. */
    private void know(int number, long time) throws IOException {
        if (threads.add(number)) {
            TraceThread thread = new TraceThread(number, 0, time, "");
            pipeline.inOrder(() -> visitor.thread(thread));
        }
    }

    private void end(Frame frame, byte[] payload) throws IOException, MalformedBlockException {
        check(payload.length >= Layout.END_PAYLOAD, 0, "expected 24 bytes, found " + payload.length);
        pipeline.drain();
        long claimed = Layout.i64(payload, 8);
        if (wantsEvents && damage.isEmpty() && claimed != pipeline.delivered()) {
            otherEvents(frame, claimed, pipeline.delivered(), damage);
        } else if (wantsEvents && !damage.isEmpty() && claimed >= pipeline.delivered()) {
            damage.setEvents(claimed - pipeline.delivered());
        }
        if (frame.end() != source.size()) {
            moreThanTheEnd(source, frame, damage);
        }
        ended = true;
        visitor.end(Layout.i64(payload, 0));
    }

    static void otherEvents(Frame end, long claimed, long found, Damage damage) {
        String message = "expected " + claimed + " events in the file, found " + found;
        damage.add(end.payloadAt() + 8, message, 0, 0, Math.max(0, claimed - found));
    }

    static void moreThanTheEnd(InputBytes source, Frame end, Damage damage) {
        String message = "expected the end of the file after the end block, found more";
        damage.add(end.end(), message, source.size() - end.end(), 0, 0);
    }

    @Override
    public void close() {
        pipeline.close();
        unpacker.close();
    }
}
