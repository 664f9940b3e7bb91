package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes whatever it is given as a trace file in memory. */
final class TraceRecorder implements TraceVisitor {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Compression compression;
    private @Nullable NativeTraceWriter writer;

    TraceRecorder(Compression compression) {
        this.compression = compression;
    }

    static byte[] write(RandomTrace trace) {
        TraceRecorder recorder = new TraceRecorder(trace.compression());
        trace.play(recorder);
        return recorder.bytes();
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    private interface Call {
        void on(NativeTraceWriter writer) throws IOException;
    }

    private void write(Call call) {
        try {
            call.on(writer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void metadata(TraceMetadata metadata) {
        try {
            writer = new NativeTraceWriter(bytes, metadata, compression);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> codes) {
        write(w -> w.codes(codes.stream().map(CodeObjectWrapper::underlying).toList()));
    }

    @Override
    public void thread(TraceThread thread) {
        write(w -> w.thread(thread));
    }

    @Override
    public void frames(int thread, long time, int[] codes, int[] offsets) {
        write(w -> w.frames(thread, time, codes, offsets));
    }

    @Override
    public void events(EventBlock block) {
        write(w -> w.events(block));
    }

    @Override
    public void mark(TraceMark mark) {
        write(w -> w.mark(mark));
    }

    @Override
    public void source(TraceSource source) {
        write(w -> w.source(source));
    }

    @Override
    public void codeEnded(int[] codes) {
        write(w -> w.codeEnded(codes));
    }

    @Override
    public void failure(String message) {
        write(w -> w.failure(message));
    }

    @Override
    public void end(long time) {
        write(w -> w.end(time));
    }
}
