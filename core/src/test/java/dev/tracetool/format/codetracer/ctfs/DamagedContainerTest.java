package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever is wrong with a container, what is sound is read, and what is wrong is said in one line. */
class DamagedContainerTest {
    private static CtContainer container(boolean columns) {
        CtRecording recording = new CtRecording().chunks(40, 16);
        if (columns) {
            recording.columnAware().filter("<builtin>", 9);
        }
        new RandomProgram(3, recording, columns, true, 120).run();
        return recording.container().blockSize(1024);
    }

    @Test
    void should_read_what_is_there_of_a_file_that_was_cut() throws IOException {
        for (boolean columns : new boolean[] {false, true}) {
            byte[] whole = container(columns).toBytes();
            List<String> events = Robust.read(whole);
            assertNotNull(events);
            int told = 0;
            for (int length = 0; length < whole.length; length += length < 1024 ? 3 : 61) {
                List<String> read = Robust.read(Arrays.copyOf(whole, length));
                if (read != null) {
                    // Only the unused rest of a block is missing.
                    assertEquals(events, read, "cut to " + length);
                } else {
                    told++;
                }
            }
            assertTrue(told > 200, told + " told");
        }
    }

    @Test
    void should_lose_only_the_chunks_that_a_cut_took() throws IOException {
        CtRecording recording = new CtRecording().chunks(100, 50);
        recording.path("/work/a.py");
        recording.function("f", 0, 1);
        recording.step(0, 1);
        Random random = new Random(1);
        recording.call(0);
        for (int i = 1; i < 20_000; i++) {
            recording.step(0, 2 + random.nextInt(50_000));
        }
        recording.leave(false);
        byte[] whole = recording.container().blockSize(1024).toBytes();
        Trace trace = TraceFormats.open(new BytesInput("t.ct", Arrays.copyOf(whole, whole.length / 2)));
        EventText text = new EventText();
        ReadResult result = trace.read(text);
        assertFalse(result.complete());
        assertFalse(result.damage().isEmpty());
        long lines = text.lines.stream().filter(line -> line.contains("LINE")).count();
        assertTrue(lines > 3000 && lines < 19_000, lines + " lines");
        assertEquals(20_000, lines + 2 + result.damage().events(), 100);
    }

    /** Each block is of some internal file, of which also those are looked for that no event needs. */
    @Test
    void should_not_take_a_container_for_complete_without_its_last_blocks() throws IOException {
        byte[] log = new CtContainer()
                .file("events.log", ByteWriter.utf8("\u006cDropLastStep".repeat(300)))
                .file("meta.json", ByteWriter.utf8("{\"program\": \"/a.py\"}"))
                .file("paths.json", ByteWriter.utf8("[\"/a.py\"]"))
                .blockSize(1024)
                .toBytes();
        for (byte[] whole : List.of(container(false).toBytes(), container(true).toBytes(), log)) {
            int cuts = 0;
            for (int length = 1024; length < whole.length; length += 1024) {
                ReadResult result;
                try (Trace trace = TraceFormats.open(new BytesInput("t.ct", Arrays.copyOf(whole, length)))) {
                    result = trace.read(new EventText());
                } catch (TraceException e) {
                    continue; // nothing can be read
                }
                assertFalse(result.complete(), "cut to " + length);
                for (Damage.Note note : result.damage().notes()) {
                    assertTrue(note.message().matches(".*\\.(dat|idx|off|log|json|ns)\\b.*"), note.message());
                }
                cuts++;
            }
            assertTrue(cuts > 0);
        }
    }

    @Test
    void should_survive_any_change_of_a_byte() throws IOException {
        Random random = new Random(4);
        for (boolean columns : new boolean[] {false, true}) {
            byte[] whole = container(columns).toBytes();
            for (int at = 0; at < whole.length; at++) {
                if (whole[at] == 0 && random.nextInt(200) != 0) {
                    continue; // mostly of what no file uses
                }
                Robust.read(CtContainer.changed(whole, at, whole[at] ^ 1 << random.nextInt(8)));
            }
        }
    }

    @Test
    void should_survive_any_change_in_a_compact_container() throws IOException {
        CtRecording recording =
                new CtRecording().columnAware().stored().metaVersion(6).chunks(30, 10);
        new RandomProgram(8, recording, true, true, 60).run();
        byte[] whole = recording.container().compact().toBytes();
        Random random = new Random(5);
        for (int at = 0; at < whole.length; at++) {
            Robust.read(CtContainer.changed(whole, at, random.nextInt(256)));
            if (at % 5 == 0) {
                assertNull(Robust.read(Arrays.copyOf(whole, at)), "cut to " + at);
            }
        }
    }

    @Test
    void should_survive_numbers_that_lie() throws IOException {
        byte[] whole = container(false).toBytes();
        byte[][] lies = {
            {-1, -1, -1, -1, -1, -1, -1, -1},
            {-1, -1, -1, -1, -1, -1, -1, 0x7F},
            {0, 0, 0, 0, 0, 0, 0, 0},
            {1, 0, 0, 0, 0, 0, 0, 0},
            {-1, -1, -1, 0x7F, 0, 0, 0, 0}
        };
        for (int at = 8; at + 8 <= whole.length; at += at < 320 ? 4 : 88) {
            for (byte[] lie : lies) {
                byte[] changed = whole.clone();
                System.arraycopy(lie, 0, changed, at, 8);
                Robust.read(changed);
            }
        }
    }

    /** A mapping block that is its own successor would be followed for ever. */
    @Test
    void should_not_follow_mapping_blocks_in_circles() throws IOException {
        byte[] bytes = new CtContainer()
                .blockSize(1024)
                .file("steps.dat", new byte[200 * 1024])
                .file(
                        "steps.idx",
                        new ByteWriter().u32(10).u64(0).u64(190 * 1024).toBytes())
                .toBytes();
        int root = 1; // the block after the directory is the first one of steps.dat
        byte[] circle = CtContainer.changed(bytes, root * 1024 + 127 * 8, root, 0, 0, 0, 0, 0, 0, 0);
        assertNull(Robust.read(circle));
    }

    @Test
    void should_not_believe_sizes_beyond_the_container() throws IOException {
        byte[] bytes = container(false).toBytes();
        // The size of paths.dat, first in the directory.
        byte[] lying = CtContainer.changed(bytes, 16, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0);
        try (Trace trace = TraceFormats.open(new BytesInput("t.ct", lying))) {
            Damage damage = trace.read(new EventText()).damage();
            assertEquals(16, damage.notes().get(0).position());
            assertEquals(
                    "expected at most " + bytes.length + " bytes in paths.dat, found 140737488355327",
                    damage.notes().get(0).message());
        }
    }

    @Test
    void should_read_without_meta_dat() throws IOException {
        for (boolean columns : new boolean[] {false, true}) {
            CtRecording recording = new CtRecording();
            if (columns) {
                recording.columnAware();
            }
            List<String> expected = new RandomProgram(6, recording, columns, false, 100).run();
            try (Trace trace = TraceFormats.open(new BytesInput(
                    "t.ct", recording.container().without("calls.dat").toBytes()))) {
                assertEquals(
                        "expected calls.dat beside calls.idx, found none",
                        trace.summary().result().damage().notes().get(0).message());
            }
            byte[] bytes = recording.container().without("meta.dat").toBytes();
            try (Trace trace = TraceFormats.open(new BytesInput("t.ct", bytes))) {
                EventText text = new EventText();
                ReadResult result = trace.read(text);
                assertEquals(expected, text.lines);
                assertFalse(result.complete());
                assertEquals(
                        "expected meta.dat in the container, found none",
                        result.damage().notes().get(0).message());
            }
        }
    }

    @Test
    void should_say_what_it_refuses_by_name() throws IOException {
        byte[] sound = container(false).toBytes();
        refused(
                CtContainer.changed(sound, 5, 7),
                5,
                "expected a CTFS container of version 2 to 6, found version 7, which needs a newer reader");
        refused(
                CtContainer.changed(sound, 6, 1),
                6,
                "expected a container that is not encrypted, found encryption 1 (AES-256-GCM)");
        refused(CtContainer.changed(sound, 7, 4), 7, "expected a container of one shard, found one of 4");
        refused(CtContainer.changed(sound, 5, 3, 2), 6, "expected compression 0 (none) or 1 (zstd), found 2 (lz4)");
        refused(
                CtContainer.changed(sound, 5, 3, 0, 1),
                7,
                "expected a container that is not encrypted, found encryption 1 (AES-256-GCM)");
        refused(CtContainer.changed(sound, 8, 0, 2), 8, "expected blocks of 1024, 2048 or 4096 bytes, found 512");
        byte[] compact = new CtContainer().compact().toBytes();
        refused(CtContainer.changed(compact, 16, 2), 16, "expected profile 0 (full) or 1 (compact), found 2");
        refused(
                CtContainer.changed(compact, 17, 1),
                17,
                "expected a container that is not compressed as a whole, found compression 1 (zstd)");
        CtRecording newer = new CtRecording().metaVersion(7);
        newer.path("/a.py");
        byte[] meta = newer.container().toBytes();
        TraceException error =
                assertThrows(TraceException.class, () -> TraceFormats.open(new BytesInput("t.ct", meta)));
        assertEquals(
                "expected a meta.dat of version 1 to 6, found version 7, which needs a newer reader",
                error.getMessage());
    }

    private static void refused(byte[] bytes, long position, String message) {
        TraceException error =
                assertThrows(TraceException.class, () -> TraceFormats.open(new BytesInput("t.ct", bytes)));
        assertEquals(message, error.getMessage());
        assertEquals(position, error.position());
    }

    @Test
    void should_read_containers_of_versions_2_and_3_that_may_have_compressed_streams() throws IOException {
        byte[] whole = container(false).toBytes();
        List<String> events = Robust.read(whole);
        assertEquals(events, Robust.read(CtContainer.changed(whole, 5, 2, 0, 0)));
        assertEquals(events, Robust.read(CtContainer.changed(whole, 5, 3, 1, 0)));
    }

    @Test
    void should_sum_up_native_recordings_and_say_that_they_have_no_steps() throws IOException {
        byte[] bytes = new CtContainer()
                .file("debug.dat", new byte[5000])
                .file("t000", new byte[10])
                .file("cp0.reg", new byte[10])
                .toBytes();
        try (Trace trace = TraceFormats.open(new BytesInput("t.ct", bytes))) {
            TraceSummary summary = trace.summary();
            assertEquals(0, summary.events());
            assertEquals(
                    List.of("debug.dat", 5000L, 2L),
                    summary.details().get(2).rows().get(0));
            assertEquals("native", summary.details().get(0).rows().get(0).get(4));
            TraceException error = assertThrows(TraceException.class, () -> trace.read(new EventText()));
            assertEquals(
                    "expected steps of source lines, found a native recording (MCR), which has none",
                    error.getMessage());
        }
        byte[] neither = new CtContainer().file("x.dat", new byte[10]).toBytes();
        try (Trace trace = TraceFormats.open(new BytesInput("t.ct", neither))) {
            TraceException error = assertThrows(TraceException.class, () -> trace.read(new EventText()));
            assertEquals("expected steps.dat or events.log in the container, found neither", error.getMessage());
        }
    }

    @Test
    void should_note_records_that_contradict_each_other() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/work/a.py");
        recording.function("f", 0, 1);
        recording.step(0, 1);
        recording.call(3);
        recording.step(0, 2);
        recording.step(0, 3);
        recording.step(1, 3);
        recording.leave(false);
        recording.raise("x");
        EventText text = new EventText();
        try (Trace trace =
                TraceFormats.open(new BytesInput("t.ct", recording.container().toBytes()))) {
            Damage damage = trace.read(text).damage();
            assertEquals(
                    List.of(
                            "expected a function below 1, found 3",
                            "expected the address of a line in step 3, found 100003"),
                    damage.notes().stream().map(Damage.Note::message).toList());
            assertEquals(1, damage.events());
        }
        assertEquals(
                List.of(
                        "0 PY_START <unknown> /work/a.py:2 0",
                        "0 LINE <unknown> /work/a.py:2 3",
                        "0 PY_RETURN <unknown> /work/a.py:2 0",
                        "0 RAISE <unknown> /work/a.py:2 0"),
                text.lines);
    }
}
