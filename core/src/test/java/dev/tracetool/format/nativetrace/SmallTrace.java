package dev.tracetool.format.nativetrace;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.testing.FakeCodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMark;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSource;
import dev.tracetool.trace.TraceThread;
import dev.tracetool.trace.TraceVisitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** A trace of a few blocks, with each type among them: small enough to be damaged at every byte. */
final class SmallTrace {
    static final KindTable KINDS = new KindTable(List.of(
            new KindTable.Kind("PY_START", EventKind.PY_START, 1, true),
            new KindTable.Kind("PY_RETURN", EventKind.PY_RETURN, 1, true),
            new KindTable.Kind("LINE", EventKind.LINE, 1, false),
            new KindTable.Kind("JUMP", EventKind.JUMP, 2, false)));

    private SmallTrace() {}

    static List<String> lines() {
        Transcript transcript = new Transcript();
        play(transcript);
        return transcript.lines;
    }

    /** How many events such lines hold. */
    static long events(List<String> lines) {
        // The counts by kind stand at the end of each line.
        return lines.stream()
                .filter(line -> line.startsWith("events "))
                .mapToLong(line ->
                        List.of(line.substring(line.indexOf('[') + 1, line.length() - 1)
                                        .split(", "))
                                .stream()
                                .mapToLong(Long::parseLong)
                                .sum())
                .sum();
    }

    /** Writes its code objects. */
    static void codes(NativeTraceWriter writer) throws IOException {
        writer.codes(List.of(FakeCodeRecord.of(77), FakeCodeRecord.of(78)));
    }

    static byte[] write(Compression compression) {
        TraceRecorder recorder = new TraceRecorder(compression);
        play(recorder);
        return recorder.bytes();
    }

    static TraceMetadata metadata() {
        return new TraceMetadata(
                "3.13.5",
                "cpython",
                null,
                null,
                null,
                List.of("x.py"),
                "/w",
                1L,
                null,
                null,
                null,
                null,
                "lines",
                List.of(),
                List.of(),
                false,
                null,
                1000,
                LineTableFormat.LOCATIONS_3_11,
                KINDS);
    }

    static void play(TraceVisitor to) {
        to.metadata(metadata());
        to.codeObjects(List.of(code(0), code(1)));
        to.thread(new TraceThread(0, 11, 1000, "MainThread"));
        to.frames(0, 1000, new int[] {0}, new int[] {4});
        to.events(block(0, 1000, 0, 1));
        to.codeObjects(List.of(code(2)));
        to.thread(new TraceThread(1, 12, 1500, "worker"));
        to.mark(new TraceMark(1, 1600, "label", Map.of("label", "here")));
        to.events(block(1, 2000, 2, 0));
        to.codeEnded(new int[] {1});
        to.events(block(0, 3000, 2, 1));
        to.source(source("x.py", "def f():\n    pass\n".repeat(9).getBytes(StandardCharsets.UTF_8), true));
        to.source(source("y.py", new byte[] {'1'}, false));
        to.failure("enough");
        to.end(5000);
    }

    static TraceSource source(String file, byte[] text, boolean carried) {
        try {
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
            return new TraceSource(file, text.length, digest, carried ? text : null);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static CodeObjectWrapper code(int index) {
        return new CodeObjectWrapper(index, FakeCodeRecord.of(77 + index));
    }

    /** Two calls, one within the other, with lines and a jump. */
    private static EventBlock block(int thread, long time, int outer, int inner) {
        EventBlock block = new EventBlock(KINDS);
        byte[] kinds = {1, 3, 3, 1, 3, 4, 3, 2, 3, 2};
        int[] codes = {outer, outer, outer, inner, inner, inner, inner, inner, outer, outer};
        int[] args = {0, 10, 11, 0, 10, 4, 11, 6, 10, 6};
        long[] times = {time, time + 100, time + 400, time + 401};
        block.reset(thread, kinds.length, times.length, 1);
        System.arraycopy(kinds, 0, block.kinds(), 0, kinds.length);
        System.arraycopy(codes, 0, block.codes(), 0, kinds.length);
        System.arraycopy(args, 0, block.args(), 0, kinds.length);
        System.arraycopy(times, 0, block.times(), 0, times.length);
        block.destinations()[0] = 2;
        for (byte kind : kinds) {}
        return block;
    }
}
