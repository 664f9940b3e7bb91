package dev.tracetool.testing;

import dev.tracetool.analysis.Recording;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.format.nativetrace.Compression;
import dev.tracetool.format.nativetrace.NativeTraceWriter;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes a recording made by hand as a trace file of tracetool's own format. */
public final class RecordingFile implements TraceVisitor {
    private final NativeTraceWriter writer;

    private RecordingFile(NativeTraceWriter writer) {
        this.writer = writer;
    }

    /** Returns the file. */
    public static Path write(Recording recording, Path file) throws IOException {
        try (NativeTraceWriter writer =
                new NativeTraceWriter(Files.newOutputStream(file), recording.metadata(), Compression.ZLIB)) {
            recording.replay(new RecordingFile(writer));
        }
        return file;
    }

    private interface Step {
        void run() throws IOException;
    }

    private static void run(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void codeObjects(List<CodeObjectWrapper> codes) {
        run(() -> writer.codes(codes.stream().map(CodeObjectWrapper::underlying).toList()));
    }

    @Override
    public void source(TraceSource source) {
        run(() -> writer.source(source));
    }

    @Override
    public void thread(TraceThread thread) {
        run(() -> writer.thread(thread));
    }

    @Override
    public void frames(int thread, long time, int[] codes, int[] offsets) {
        run(() -> writer.frames(thread, time, codes, offsets));
    }

    @Override
    public void events(EventBlock block) {
        run(() -> writer.events(block));
    }

    @Override
    public void mark(TraceMark mark) {
        run(() -> writer.mark(mark));
    }

    @Override
    public void failure(String message) {
        run(() -> writer.failure(message));
    }

    @Override
    public void end(long time) {
        run(() -> writer.end(time));
    }
}
