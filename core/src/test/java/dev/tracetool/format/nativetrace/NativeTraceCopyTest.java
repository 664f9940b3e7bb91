package dev.tracetool.format.nativetrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.testing.FakeCodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSummary;
import dev.tracetool.trace.TraceVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeTraceCopyTest {
    private static final int SEEDS = 200;

    @TempDir
    Path folder;

    /** A transcript that does not depend on how code objects are grouped. */
    private static List<String> transcript(NativeTrace trace) throws IOException {
        Transcript transcript = new Transcript();
        ReadResult result = trace.read(transcript);
        List<String> lines = new ArrayList<>();
        for (String line : transcript.lines) {
            if (line.startsWith("codes ")) {
                lines.addAll(List.of(line.substring(6).split(" (?=\\d+=)")));
            } else if (!line.matches("events \\d+\\[[0, ]*\\]")) { // a block without events says nothing
                lines.add(line);
            }
        }
        lines.add("complete " + result.complete());
        return lines;
    }

    private NativeTrace open(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("trace.bin"), bytes);
        return NativeTrace.open("trace.bin", file, 0);
    }

    private record Copied(byte[] bytes, ReadResult result, NativeTraceCopy copy) {}

    private Copied copy(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NativeTraceCopy copy = new NativeTraceCopy(out);
        try (NativeTrace trace = open(bytes)) {
            ReadResult result = trace.read(copy);
            copy.finish(result);
            return new Copied(out.toByteArray(), result, copy);
        }
    }

    @Test
    void should_copy_whatever_a_trace_holds() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            byte[] bytes = TraceRecorder.write(new RandomTrace(seed));
            List<String> before;
            try (NativeTrace trace = open(bytes)) {
                before = transcript(trace);
            }
            Copied copied = copy(bytes);
            try (NativeTrace trace = open(copied.bytes)) {
                assertEquals(String.join("\n", before), String.join("\n", transcript(trace)), "seed " + seed);
            }
            assertTrue(copied.copy.losses().list().isEmpty());
        }
    }

    @Test
    void should_write_events_of_the_code_that_is_left_after_damage() throws IOException {
        TraceRecorder recorder = new TraceRecorder(Compression.STORED);
        recorder.metadata(untimed());
        int[] torn = new int[2];
        recorder.codeObjects(List.of(code(0)));
        torn[0] = recorder.bytes().length;
        recorder.codeObjects(List.of(code(1), code(2)));
        torn[1] = recorder.bytes().length;
        recorder.codeObjects(List.of(code(3)));
        recorder.thread(new dev.tracetool.trace.TraceThread(0, 1, 0, "main"));
        recorder.events(lines(0, 3, 3, 0));
        recorder.frames(0, 0, new int[] {0, 3}, new int[] {4, 6});
        recorder.codeEnded(new int[] {3});
        recorder.end(9);
        byte[] bytes = recorder.bytes();
        bytes[(torn[0] + torn[1]) / 2] ^= 1;
        Copied copied = copy(bytes);
        assertFalse(copied.result.damage().isEmpty());
        try (NativeTrace trace = open(copied.bytes)) {
            List<String> seen = new ArrayList<>();
            List<CodeObjectWrapper> codes = new ArrayList<>();
            ReadResult result = trace.read(new TraceVisitor() {
                @Override
                public void codeObjects(List<CodeObjectWrapper> added) {
                    codes.addAll(added);
                }

                @Override
                public void frames(int thread, long time, int[] frames, int[] offsets) {
                    for (int i = 0; i < frames.length; i++) {
                        seen.add("frame " + codes.get(frames[i]).id() + "@" + offsets[i]);
                    }
                }

                @Override
                public void events(EventBlock block) {
                    for (int i = 0; i < block.size(); i++) {
                        seen.add("line " + codes.get(block.codes()[i]).id());
                    }
                }

                @Override
                public void codeEnded(int[] ended) {
                    seen.add("ended " + codes.get(ended[0]).id());
                }
            });
            assertTrue(result.damage().isEmpty() && result.complete());
            assertEquals("[line 77, line 80, line 80, line 77, frame 77@4, frame 80@6, ended 80]", seen.toString());
            assertEquals(2, codes.size());
            assertEquals(CodeRecord.UNKNOWN, codes.get(1).underlying().parentIndex(), "its parent was lost");
        }
    }

    @Test
    void should_write_unknown_times_as_unknown() throws IOException {
        for (boolean closed : new boolean[] {true, false}) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            NativeTraceCopy copy = new NativeTraceCopy(out);
            copy.metadata(untimed());
            copy.codeObjects(List.of(code(0)));
            copy.thread(new dev.tracetool.trace.TraceThread(0, 0, EventBlock.NO_TIME, ""));
            copy.events(lines(0));
            copy.finish(new ReadResult(closed, new dev.tracetool.trace.Damage()));
            try (NativeTrace trace = open(out.toByteArray())) {
                TraceSummary summary = trace.summary();
                assertEquals(closed, summary.result().complete());
                assertEquals(EventBlock.NO_TIME, summary.endTime());
                assertEquals(
                        EventBlock.NO_TIME, summary.threads().get(0).thread().time());
            }
        }
    }

    private static TraceMetadata untimed() {
        return new TraceMetadata(
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of("LINE"),
                List.of(),
                false,
                null,
                0,
                LineTableFormat.NONE,
                new dev.tracetool.trace.KindTable(List.of(
                        new dev.tracetool.trace.KindTable.Kind("LINE", dev.tracetool.trace.EventKind.LINE, 1, false))));
    }

    /** Its parent is code object 1. */
    private static CodeObjectWrapper code(int index) {
        FakeCodeRecord of = FakeCodeRecord.of(77 + index);
        return new CodeObjectWrapper(
                index,
                new FakeCodeRecord(
                        of.id(),
                        1,
                        of.filename(),
                        of.qualname(),
                        of.name(),
                        of.firstLine(),
                        of.flags(),
                        of.argCount(),
                        of.positionalOnlyArgCount(),
                        of.keywordOnlyArgCount(),
                        of.codeLength(),
                        LineTableFormat.NONE,
                        new byte[0],
                        of.variableNames(),
                        of.digest()));
    }

    private static EventBlock lines(int... codes) {
        EventBlock block = new EventBlock(untimed().kinds());
        block.reset(0, codes.length, 0, 0);
        for (int i = 0; i < codes.length; i++) {
            block.kinds()[i] = 1;
            block.codes()[i] = codes[i];
            block.args()[i] = 7;
        }
        return block;
    }
}
