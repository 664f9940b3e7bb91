package dev.tracetool.format.nativetrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeRecord;
import dev.tracetool.testing.FakeCodeRecord;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back: generated traces of every shape. */
class RoundTripTest {
    private static final int SEEDS = 150;

    @TempDir
    Path folder;

    @Test
    void should_read_back_what_was_written() throws IOException {
        int closed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTrace trace = new RandomTrace(seed);
            Transcript expected = new Transcript();
            trace.play(expected);
            boolean ends = expected.lines.get(expected.lines.size() - 1).startsWith("end ");
            closed += ends ? 1 : 0;
            Path file = Files.write(folder.resolve("t"), TraceRecorder.write(trace));
            for (int workers = 0; workers < 3; workers++) {
                try (NativeTrace read = NativeTrace.open("t", file, workers)) {
                    Transcript got = new Transcript();
                    ReadResult result = read.read(got);
                    assertEquals(expected.lines, got.lines, "seed " + seed);
                    assertEquals(ends, result.complete());
                    assertTrue(
                            result.damage().isEmpty(),
                            () -> result.damage().notes().toString());
                }
            }
        }
        assertTrue(closed > SEEDS / 2 && closed < SEEDS, "traces with and without an end: " + closed);
    }

    @Test
    void should_skip_optional_blocks_that_are_not_known() throws IOException {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            RandomTrace trace = new RandomTrace(seed);
            Transcript expected = new Transcript();
            trace.play(expected);
            RawTrace frames = RawTrace.of(TraceRecorder.write(trace)).withoutIndex();
            for (int i = random.nextInt(5); i >= 0; i--) {
                boolean ends = frames.frames.get(frames.frames.size() - 1).type() == 'Z';
                int at = 1 + random.nextInt(frames.frames.size() - (ends ? 1 : 0));
                frames.frames.add(at, new RawTrace.Raw((char) ('j' + i), new byte[random.nextInt(100)]));
            }
            Path file = Files.write(folder.resolve("t"), frames.bytes());
            try (NativeTrace read = NativeTrace.open("t", file, 0)) {
                Transcript got = new Transcript();
                assertEquals(List.of(), read.read(got).damage().notes());
                assertEquals(expected.lines, got.lines, "seed " + seed);
                assertEquals(List.of(), read.summary().result().damage().notes());
            }
        }
    }

    /** Columns as wide as they get: each width of codes, arguments and times, in blocks as large as they may be. */
    @Test
    void should_read_back_columns_of_every_width() throws IOException {
        KindTable kinds = SmallTrace.KINDS;
        List<CodeRecord> codes = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            codes.add(FakeCodeRecord.of(i % 50));
        }
        Path file = folder.resolve("t");
        Transcript expected = new Transcript();
        List<Integer> widths = new ArrayList<>();
        try (OutputStream out = Files.newOutputStream(file);
                NativeTraceWriter writer = new NativeTraceWriter(out, SmallTrace.metadata(), Compression.ZSTD)) {
            writer.codes(codes);
            for (int bits : new int[] {0, 7, 8, 15, 16, 31, 32, 62}) {
                EventBlock block = new EventBlock(kinds);
                int size = bits == 16 ? Layout.MAX_OPS : 5;
                int large = (int) Math.min(Integer.MAX_VALUE, 1L << bits);
                block.reset(0, size, size, 0);
                for (int i = 0; i < size; i++) {
                    block.kinds()[i] = 1;
                    block.codes()[i] = Math.min(large, codes.size() - 1) * (i & 1);
                    block.args()[i] = large;
                    block.times()[i] = (1L << bits) * Math.min(i, 1);
                }
                writer.events(block);
                expected.events(block);
            }
            writer.end(0);
        }
        for (RawTrace.Raw frame : RawTrace.of(Files.readAllBytes(file)).frames) {
            if (frame.type() == 'E') {
                widths.add(RawTrace.little(frame.payload()).getInt(16) >>> 8);
            }
        }
        assertEquals(List.of(0x010101, 0x010101, 0x020202, 0x020202, 0x040404, 0x040404, 0x080404, 0x080404), widths);
        try (NativeTrace read = NativeTrace.open("t", file, 1)) {
            Transcript got = new Transcript();
            ReadResult result = read.read(got);
            assertEquals(List.of(), result.damage().notes());
            assertEquals(expected.lines, got.eventLines());
        }
    }

    @Test
    void should_sum_up_what_was_written_with_and_without_the_index() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            RandomTrace trace = new RandomTrace(seed);
            Transcript expected = new Transcript();
            trace.play(expected);
            Path file = Files.write(folder.resolve("t"), TraceRecorder.write(trace));
            try (NativeTrace read = NativeTrace.open("t", file, 0)) {
                TraceSummary summary = read.summary();
                assertEquals(expected.events, summary.events(), "seed " + seed);
                assertEquals(expected.eventLines().size(), summary.eventBlocks());
                assertEquals(
                        expected.events,
                        summary.threads().stream()
                                .mapToLong(TraceSummary.ThreadEvents::events)
                                .sum());
                Transcript codes = new Transcript();
                codes.codeObjects(summary.codes());
                List<String> blocks = expected.lines.stream()
                        .filter(l -> l.startsWith("codes "))
                        .map(l -> l.substring("codes".length()))
                        .toList();
                assertEquals("codes" + String.join("", blocks), codes.lines.get(0));
                assertTrue(summary.result().damage().isEmpty());
                assertEquals(summary.result().complete(), summary.indexed());
            }
        }
    }
}
