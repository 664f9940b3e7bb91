package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.Conversion;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.format.TraceWriters;
import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import dev.tracetool.trace.TraceVisitor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a recorder wrote into streams is what is read, in whatever container. */
class StreamRoundTripTest {
    private static Trace open(byte[] bytes) throws IOException {
        return TraceFormats.open(new BytesInput("t.ct", bytes));
    }

    private static List<String> events(byte[] bytes) throws IOException {
        try (Trace trace = open(bytes)) {
            return EventText.of(trace);
        }
    }

    private static List<String> byThread(List<String> events) {
        List<String> sorted = new ArrayList<>(events);
        // Stable: within a thread the order stays.
        sorted.sort((a, b) -> Integer.compare(thread(a), thread(b)));
        return sorted;
    }

    private static int thread(String event) {
        return Integer.parseInt(event.substring(0, event.indexOf(' ')));
    }

    @Test
    void should_read_what_was_written() throws IOException {
        int[] blockSizes = {1024, 2048, 4096};
        for (int seed = 0; seed < 40; seed++) {
            boolean columns = seed % 2 == 1;
            CtRecording recording = new CtRecording();
            if (columns) {
                recording.columnAware();
            }
            recording.chunks(1 + seed * 7 % 100, 1 + seed * 5 % 40).metaVersion(seed % 3 == 0 ? 3 : 2 + seed % 5);
            List<String> expected = new RandomProgram(seed, recording, columns, true, 100 + 40 * seed).run();
            CtContainer container = recording.container();
            container.version(2 + seed % 5).blockSize(blockSizes[seed % 3]).entries(seed % 4 == 0 ? 0 : 31);
            assertEquals(byThread(expected), byThread(events(container.toBytes())), "seed " + seed);
        }
    }

    /** But for exceptions, which records do not have: who is left by one returns. */
    @Test
    void should_be_the_same_run_as_the_json_that_is_made_of_it() throws IOException {
        int same = 0;
        for (int seed = 0; seed < 60; seed++) {
            CtRecording recording = new CtRecording().chunks(1 + seed * 7 % 100, 1 + seed * 5 % 40);
            if (seed % 2 == 1) {
                recording.columnAware();
            }
            new RandomProgram(seed, recording, seed % 2 == 1, true, 20 + 5 * seed).run();
            byte[] bytes = recording.container().toBytes();
            List<String> expected = events(bytes).stream()
                    .filter(event -> !event.contains(" RAISE ") && !event.contains(" EXCEPTION_HANDLED "))
                    .map(event -> event.replace(" PY_UNWIND ", " PY_RETURN "))
                    .toList();
            ByteArrayOutputStream json = new ByteArrayOutputStream();
            try (Trace trace = open(bytes)) {
                Conversion conversion = TraceWriters.conversion(trace, "codetracer-json", json, true);
                conversion.run();
                // The first step of a call says in records in which file it is; one aside is told to be a call then.
                if (conversion.losses().list().stream()
                        .anyMatch(loss -> List.of("frame", "line").contains(loss.noun()))) {
                    continue;
                }
            }
            same++;
            EventText read = new EventText();
            try (Trace trace = TraceFormats.open(new BytesInput("t.json", json.toByteArray()))) {
                assertEquals(List.of(), trace.read(read).damage().notes());
            }
            assertEquals(byThread(expected), byThread(read.lines), "seed " + seed);
        }
        assertTrue(same > 30, same + " the same");
    }

    @Test
    void should_read_compact_containers() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            CtRecording recording =
                    new CtRecording().columnAware().stored().metaVersion(6).chunks(20, 10);
            List<String> expected = new RandomProgram(seed, recording, true, false, 500).run();
            assertEquals(expected, events(recording.container().compact().toBytes()));
        }
    }

    @Test
    void should_agree_on_one_run_with_and_without_columns() throws IOException {
        List<List<String>> all = new ArrayList<>();
        for (int version = 1; version <= 6; version++) {
            CtRecording lines = new CtRecording().metaVersion(version);
            all.add(new RandomProgram(5, lines, false, false, 2000).run());
            all.add(events(lines.container().toBytes()));
            CtRecording columns = new CtRecording().metaVersion(version).columnAware();
            new RandomProgram(5, columns, false, false, 2000).run();
            all.add(events(columns.container().toBytes()));
            CtRecording counted = new CtRecording().metaVersion(version).countLines();
            new RandomProgram(5, counted, false, false, 2000).run();
            // Up to version 3 a line is one address further, which the last line of a counted file has not.
            if (version >= 4) {
                all.add(events(counted.container().toBytes()));
            }
        }
        for (List<String> one : all) {
            assertEquals(all.get(0), one);
        }
    }

    @Test
    void should_follow_a_file_over_several_levels_of_blocks() throws IOException {
        // 127 blocks of 1024 bytes at level 1, 127 * 127 at level 2: this file needs a third.
        byte[] large = new byte[127 * 1024 + 127 * 127 * 1024 + 130 * 1024 + 5];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i * 31 + (i >> 10));
        }
        byte[] bytes = new CtContainer()
                .blockSize(1024)
                .file("a.dat", new byte[3000])
                .file("large.dat", large)
                .toBytes();
        try (InputBytes container = new InputBytes(new BytesInput("t", bytes))) {
            Directory directory = Directory.read(container, ContainerHeader.read(container));
            InternalFile file = directory.file("large.dat");
            assertTrue(Arrays.equals(large, read(file, 0, large.length)));
            for (int at : new int[] {0, 1023, 127 * 1024 - 1, 127 * 1024, 254 * 1024 - 1, 127 * 128 * 1024 - 3}) {
                assertTrue(Arrays.equals(Arrays.copyOfRange(large, at, at + 6), read(file, at, 6)), "bytes from " + at);
            }
        }
    }

    private static byte[] read(InternalFile file, int from, int length) throws IOException {
        byte[] into = new byte[length];
        try {
            file.read(from, into, 0, length);
        } catch (MalformedContainerException e) {
            throw new AssertionError(e.at() + ": " + e.text(), e);
        }
        return into;
    }

    @Test
    void should_not_take_the_first_step_of_a_recording_or_of_a_call_for_lines() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/work/a.py");
        recording.path("/work/b.py");
        recording.function("f", 1, 10);
        recording.step(0, 1);
        recording.call(0);
        recording.step(1, 10);
        recording.step(1, 11);
        recording.leave(false);
        List<String> expected =
                List.of("0 PY_START f /work/b.py:10 0", "0 LINE f /work/b.py:10 11", "0 PY_RETURN f /work/b.py:10 0");
        assertEquals(expected, events(recording.container().toBytes()));
        recording.firstCallBeginsAtZero();
        assertEquals(expected, events(recording.container().toBytes()));
    }

    @Test
    void should_take_all_steps_for_lines_in_recordings_of_other_languages() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/work/a.php");
        recording.function("f", 0, 10);
        recording.step(0, 1);
        recording.call(0);
        recording.step(0, 10);
        recording.call(0);
        recording.leave(false);
        recording.call(0);
        recording.leave(true);
        recording.leave(false);
        assertEquals(
                List.of(
                        "0 PY_START f /work/a.php:-1 0",
                        "0 PY_START f /work/a.php:-1 0",
                        "0 PY_RETURN f /work/a.php:-1 0",
                        "0 PY_START f /work/a.php:-1 0",
                        "0 LINE f /work/a.php:-1 10",
                        "0 PY_UNWIND f /work/a.php:-1 0",
                        "0 PY_RETURN f /work/a.php:-1 0"),
                events(recording.container().toBytes()));
    }

    /** With two functions, each in a file of its own. */
    private static CtRecording ofTheOtherWriter() {
        CtRecording recording = new CtRecording().halves();
        recording.path("/work/a.rs");
        recording.path("/work/b.rs");
        recording.function("main", 0, 4);
        recording.function("f", 1, 20);
        return recording;
    }

    @Test
    void should_read_addresses_and_definitions_of_the_other_writer() throws IOException {
        CtRecording recording = ofTheOtherWriter();
        recording.call(0);
        recording.step(0, 4);
        recording.step(0, 5);
        recording.step(1, 20); // of the definition, before the call
        recording.call(1);
        recording.step(1, 21);
        recording.step(1, 20); // once more, in a loop
        recording.leave(false);
        recording.step(0, 6);
        recording.leave(false);
        assertEquals(
                List.of(
                        "0 PY_START main /work/a.rs:4 0",
                        "0 LINE main /work/a.rs:4 5",
                        "0 PY_START f /work/b.rs:20 0",
                        "0 LINE f /work/b.rs:20 21",
                        "0 LINE f /work/b.rs:20 20",
                        "0 PY_RETURN f /work/b.rs:20 0",
                        "0 LINE main /work/a.rs:4 6",
                        "0 PY_RETURN main /work/a.rs:4 0"),
                events(recording.container().toBytes()));
    }

    /** What begins first in it is another call: its own lines come too late to tell its file. */
    @Test
    void should_take_the_file_of_a_call_from_the_table_of_functions_before_a_step_tells_it() throws IOException {
        CtRecording recording = ofTheOtherWriter();
        recording.call(0);
        recording.call(1);
        recording.step(1, 21);
        recording.leave(false);
        recording.step(0, 6);
        recording.leave(false);
        assertEquals(
                List.of(
                        "0 PY_START main /work/a.rs:4 0",
                        "0 PY_START f /work/b.rs:20 0",
                        "0 LINE f /work/b.rs:20 21",
                        "0 PY_RETURN f /work/b.rs:20 0",
                        "0 LINE main /work/a.rs:4 6",
                        "0 PY_RETURN main /work/a.rs:4 0"),
                events(recording.container().toBytes()));
    }

    @Test
    void should_tell_functions_of_one_name_apart_by_their_files_and_lines() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/work/a.py");
        recording.path("/work/b.py");
        recording.function("f", 0, 2);
        recording.step(0, 1);
        for (int[] definition : new int[][] {{0, 2}, {1, 2}, {0, 8}, {0, 2}}) {
            recording.call(0);
            recording.step(definition[0], definition[1]);
            recording.leave(false);
        }
        EventText text = new EventText();
        try (Trace trace = open(recording.container().toBytes())) {
            trace.read(text);
        }
        assertEquals(3, text.codes.size());
        assertEquals(
                List.of(
                        "0 PY_START f /work/a.py:2 0",
                        "0 PY_START f /work/b.py:2 0",
                        "0 PY_START f /work/a.py:8 0",
                        "0 PY_START f /work/a.py:2 0"),
                text.lines.stream().filter(line -> line.contains("START")).toList());
    }

    @Test
    void should_count_records_that_are_no_lines() throws IOException {
        CtRecording recording =
                new CtRecording().columnAware().metaVersion(5).flag(16).flag(20);
        recording.path("/work/a.py", 10, 20, 0, 30);
        recording.function("f", 0, 1);
        recording.filter("<builtin>", 0xAB).filter("/work/filter.toml", 1);
        recording.step(0, 1);
        recording.call(0);
        recording.step(0, 1);
        recording.step(0, 2, 20);
        recording.column(-3);
        recording.reload();
        recording.step(0, 4);
        recording.leave(true);
        byte[] bytes = recording.container().toBytes();
        try (Trace trace = open(bytes)) {
            assertEquals("v4", trace.formatVersion());
            assertEquals(List.of("prog.py", "--fast", "x"), trace.metadata().argv());
            assertEquals("/work", trace.metadata().cwd());
            assertEquals("codetracer-python-recorder", trace.metadata().recorder());
            TraceSummary summary = trace.summary();
            assertEquals(
                    List.of(
                            List.of("absolute", 1L),
                            List.of("delta", 3L),
                            List.of("delta_column", 1L),
                            List.of("source_reload", 1L)),
                    table(summary, "steps"));
            assertEquals(2L, summary.eventsByKind().get("LINE"));
            assertEquals(1L, summary.eventsByKind().get("PY_UNWIND"));
            List<List<Object>> flags = table(summary, "flags");
            assertTrue(flags.contains(List.of(4L, "column_aware_steps", true)), flags.toString());
            assertTrue(flags.contains(List.of(16L, "source_reload", true)), flags.toString());
            assertTrue(flags.contains(List.of(20L, "bit_20", false)), flags.toString());
            assertEquals("ab".repeat(32), table(summary, "trace_filters").get(0).get(3));
            assertEquals(
                    "/work/filter.toml", table(summary, "trace_filters").get(1).get(1));
            assertEquals(
                    Arrays.asList("values", 6L, 4L, 1L),
                    table(summary, "streams").get(2).subList(0, 4));
            assertEquals(List.of(1L, 1L, 1L, 0L), table(summary, "calls").get(0));
            assertEquals(
                    Arrays.asList(1L, 1L, true, 0L, 0L, null, null, null),
                    table(summary, "balance").get(0));
            assertEquals(11, table(summary, "internal_files").size());
            assertTrue(summary.result().complete());
        }
    }

    private static List<List<Object>> table(TraceSummary summary, String name) {
        return summary.details().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    @Test
    void should_hand_on_code_objects_to_those_that_want_no_events() throws IOException {
        CtRecording recording = new CtRecording();
        new RandomProgram(1, recording, false, false, 100).run();
        int[] seen = new int[2];
        try (Trace trace = open(recording.container().toBytes())) {
            trace.read(new TraceVisitor() {
                @Override
                public boolean wantsEvents() {
                    return false;
                }

                @Override
                public void codeObjects(List<dev.tracetool.code.CodeObjectWrapper> codes) {
                    seen[0] += codes.size();
                }

                @Override
                public void events(EventBlock block) {
                    seen[1]++;
                }
            });
        }
        assertTrue(seen[0] > 3);
        assertEquals(0, seen[1]);
    }

    @Test
    void should_read_the_same_again() throws IOException {
        CtRecording recording = new CtRecording();
        List<String> expected = new RandomProgram(9, recording, false, false, 300).run();
        try (Trace trace = open(recording.container().toBytes())) {
            assertEquals(expected, EventText.of(trace));
            Map<String, Long> counts = trace.summary().eventsByKind();
            assertEquals(Collections.frequency(kinds(expected), "LINE"), counts.get("LINE"));
            assertEquals(expected, EventText.of(trace));
        }
        assertFalse(expected.isEmpty());
    }

    private static List<String> kinds(List<String> events) {
        return events.stream().map(event -> event.split(" ")[1]).toList();
    }
}
