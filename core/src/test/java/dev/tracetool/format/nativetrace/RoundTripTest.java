package dev.tracetool.format.nativetrace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read back: generated traces of every shape. */
class RoundTripTest {
    private static final int SEEDS = 250;

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
