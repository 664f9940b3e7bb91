package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.input.FileInput;
import dev.tracetool.input.InputLimits;
import dev.tracetool.input.LimitException;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Older containers have one stream of records, in two encodings and several framings. */
class EventsLogTest {
    private static final byte[] PREFIX = {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2, 1, 0, 0};
    private static final byte[] SEEK_TABLE = new ByteWriter()
            .u32(0x184D2A5EL)
            .u32(17)
            .u64(0)
            .u32(1)
            .u8(0)
            .u32(0x8F92EAB1L)
            .toBytes();

    private static RecordWriter program() {
        RecordWriter out = new RecordWriter();
        out.path("/work/a.py");
        out.function(0, 1, "<toplevel>"); // of which writers know that it has no definition
        out.function(0, 3, "f");
        out.function(0, 9, "g");
        out.thread(20, "ThreadStart", 77);
        out.thread(22, "ThreadSwitch", 77);
        for (int i = 0; i < 40; i++) {
            out.step(0, 3);
            out.call(1);
            out.step(0, 4 + i % 3);
            out.others();
            out.step(0, 9);
            out.call(2);
            out.step(0, 10);
            out.step(0, 1000);
            out.dropLastStep();
            out.leave();
            out.leave();
        }
        out.thread(21, "ThreadExit", 77);
        return out;
    }

    private static List<String> expected() {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add("0 PY_START f /work/a.py:3 0");
            events.add("0 LINE f /work/a.py:3 " + (4 + i % 3));
            events.add("0 PY_START g /work/a.py:9 0");
            events.add("0 LINE g /work/a.py:9 10");
            events.add("0 PY_RETURN g /work/a.py:9 0");
            events.add("0 PY_RETURN f /work/a.py:3 0");
        }
        return events;
    }

    private static byte[] join(List<byte[]> records) {
        ByteWriter out = new ByteWriter();
        records.forEach(out::bytes);
        return out.toBytes();
    }

    private static byte[] chunks(List<byte[]> records, int inChunk) {
        ByteWriter out = new ByteWriter();
        for (int from = 0; from < records.size(); from += inChunk) {
            List<byte[]> some = records.subList(from, Math.min(records.size(), from + inChunk));
            byte[] packed = Zstd.compress(join(some), 3);
            out.u32(packed.length).u32(some.size()).u64(from).bytes(packed);
        }
        return out.toBytes();
    }

    /** Frames that end anywhere, also within a record. */
    private static byte[] frames(byte[] content) {
        ByteWriter out = new ByteWriter();
        for (int from = 0; from < content.length; from += 997) {
            out.bytes(Zstd.compress(Arrays.copyOfRange(content, from, Math.min(content.length, from + 997)), 3));
        }
        return out.bytes(SEEK_TABLE).toBytes();
    }

    private static byte[] prefixed(byte[] content) {
        return new ByteWriter().bytes(PREFIX).bytes(content).toBytes();
    }

    private static CtContainer container(byte[] log, boolean split) {
        CtContainer container = new CtContainer().blockSize(1024).file("events.log", log);
        if (split) {
            container.file("events.fmt", ByteWriter.utf8("split-binary"));
        }
        return container
                .file("meta.json", ByteWriter.utf8("{\"program\": \"prog\", \"args\": [\"5\"], \"workdir\": \"/w\"}"))
                .file("paths.json", ByteWriter.utf8("[\"/work/a.py\"]"));
    }

    private static List<byte[]> all(List<byte[]> records) {
        return List.of(
                chunks(records, 100),
                prefixed(chunks(records, 64)),
                prefixed(frames(join(records))),
                frames(join(records)),
                join(records));
    }

    @Test
    void should_read_all_framings_of_both_encodings() throws IOException {
        String[] framings = {"chunks", "chunks_after_prefix", "zstd_after_prefix", "zstd", "none"};
        for (boolean split : new boolean[] {true, false}) {
            List<byte[]> logs = all(split ? program().split() : program().cbor());
            for (int i = 0; i < logs.size(); i++) {
                byte[] bytes = container(logs.get(i), split).toBytes();
                try (Trace trace = TraceFormats.open(new BytesInput("t.ct", bytes))) {
                    assertEquals(expected(), EventText.of(trace), framings[i]);
                    assertEquals(List.of("prog", "5"), trace.metadata().argv());
                    assertEquals("/w", trace.metadata().cwd());
                    TraceSummary summary = trace.summary();
                    List<Object> row = summary.details().stream()
                            .filter(table -> table.name().equals("events_log"))
                            .findFirst()
                            .orElseThrow()
                            .rows()
                            .get(0);
                    assertEquals(List.of(framings[i], split ? "split-binary" : "cbor"), row);
                    assertTrue(summary.details().stream()
                            .filter(table -> table.name().equals("records"))
                            .findFirst()
                            .orElseThrow()
                            .rows()
                            .contains(List.of("AssignCompoundItem", 40L)));
                }
            }
        }
    }

    @Test
    void should_keep_to_the_limits_of_what_a_log_unpacks_to(@TempDir Path folder) throws IOException {
        byte[] container = container(frames(join(program().split())), true).toBytes();
        Path file = Files.write(folder.resolve("t.ct"), container);
        InputLimits strict = new InputLimits(100, 1 << 20, 200, 1, 1, 1, 1, 1);
        LimitException e = assertThrows(LimitException.class, () -> {
            try (Trace trace = TraceFormats.open(new FileInput("t", file, strict))) {
                trace.summary();
            }
        });
        assertTrue(e.getMessage().startsWith("is a trace that unpacks to over 200 bytes"), e.getMessage());
        try (Trace trace = TraceFormats.open(new FileInput("t", file, InputLimits.NONE))) {
            assertEquals(expected(), EventText.of(trace));
        }
    }

    @Test
    void should_prefer_streams_to_the_log_beside_them() throws IOException {
        CtRecording recording = new CtRecording();
        List<String> streams = new RandomProgram(1, recording, false, false, 50).run();
        byte[] bytes = recording
                .container()
                .file("events.log", chunks(program().split(), 10))
                .file("events.fmt", ByteWriter.utf8("split-binary"))
                .toBytes();
        assertEquals(streams, Robust.read(bytes));
    }

    @Test
    void should_tell_how_the_log_beside_streams_is_written() throws IOException {
        List<byte[]> records = program().split();
        List<byte[]> logs = List.of(chunks(records, 10), prefixed(chunks(records, 10)), join(records));
        List<String> framings = List.of("chunks", "chunks_after_prefix", "none");
        for (int i = 0; i < logs.size(); i++) {
            CtRecording recording = new CtRecording();
            new RandomProgram(1, recording, false, false, 50).run();
            CtContainer container = recording.container().file("events.log", logs.get(i));
            container.file("events.fmt", ByteWriter.utf8(i == 1 ? "another" : "split-binary"));
            try (Trace trace = TraceFormats.open(new BytesInput("t.ct", container.toBytes()))) {
                TraceSummary summary = trace.summary();
                assertEquals(List.of(List.of(framings.get(i), i == 1 ? "another" : "split-binary")), log(summary));
                assertTrue(summary.result().damage().isEmpty());
            }
        }
    }

    private static List<List<Object>> log(TraceSummary summary) {
        return summary.details().stream()
                .filter(table -> table.name().equals("events_log"))
                .findFirst()
                .orElseThrow()
                .rows();
    }

    @Test
    void should_tell_where_the_header_of_a_chunk_lies_about_its_records() throws IOException {
        for (boolean split : new boolean[] {true, false}) {
            List<byte[]> records = split ? program().split() : program().cbor();
            byte[] log = chunks(records, 100);
            assertTrue(read(container(log, split)).damage().isEmpty());
            int second = 16 + (int) LittleEndian.u32(log, 0);
            byte[] lie = log.clone();
            lie[second + 4]++;
            ReadResult result = read(container(lie, split));
            assertTrue(result.complete());
            assertEquals(1, result.damage().places());
            assertEquals(
                    "expected 101 records in a chunk, as its header says, found 100",
                    result.damage().notes().get(0).message());
            byte[] whole = container(lie, split).toBytes();
            int at = (int) result.damage().notes().get(0).position();
            assertTrue(Arrays.equals(lie, second, second + 16, whole, at, at + 16));
        }
    }

    /** No writer makes such, but records are what counts, not chunks. */
    @Test
    void should_count_a_record_that_goes_over_two_chunks_where_it_begins() throws IOException {
        List<byte[]> records = program().split();
        byte[] all = join(records);
        int firstSize = join(records.subList(0, 30)).length + 1;
        byte[] first = Zstd.compress(Arrays.copyOf(all, firstSize), 3);
        byte[] rest = Zstd.compress(Arrays.copyOfRange(all, firstSize, all.length), 3);
        ByteWriter log = new ByteWriter().u32(first.length).u32(31).u64(0).bytes(first);
        log.u32(rest.length).u32(records.size() - 31).u64(31).bytes(rest);
        assertTrue(read(container(log.toBytes(), true)).damage().isEmpty());
    }

    private static ReadResult read(CtContainer container) throws IOException {
        EventText text = new EventText();
        try (Trace trace = TraceFormats.open(new BytesInput("t.ct", container.toBytes()))) {
            ReadResult result = trace.read(text);
            assertEquals(expected(), text.lines);
            return result;
        }
    }

    /** The field has no sign, and the greatest number is no -1. */
    @Test
    void should_say_what_was_found_of_ids_that_nothing_has() throws IOException {
        List<byte[]> records = new ArrayList<>(program().split());
        records.add(new ByteWriter().u8(0).u64(-1).u64(3).toBytes());
        records.add(new ByteWriter().u8(0).u64(9).u64(3).toBytes());
        records.add(new ByteWriter().u8(0).u64(0).u64(-1).toBytes());
        ReadResult result = read(container(chunks(records, 100), true));
        assertEquals(
                List.of(
                        "expected a path below 1, found none, or one of more than 63 bits",
                        "expected a path below 1, found 9",
                        "expected a line, found -1"),
                result.damage().notes().stream()
                        .map(note -> note.message().substring(note.message().indexOf(": ") + 2))
                        .toList());
    }

    @Test
    void should_keep_what_comes_before_damage() throws IOException {
        byte[] log = chunks(program().split(), 100);
        byte[] broken = log.clone();
        Arrays.fill(broken, log.length - 40, log.length - 20, (byte) 0x55);
        byte[] bytes = container(broken, true).toBytes();
        EventText text = new EventText();
        try (Trace trace = TraceFormats.open(new BytesInput("t.ct", bytes))) {
            ReadResult result = trace.read(text);
            assertFalse(result.complete());
            assertEquals(1, result.damage().places());
        }
        assertTrue(text.lines.size() > 100);
        assertEquals(expected().subList(0, text.lines.size()), text.lines);
    }

    @Test
    void should_survive_cuts_and_changes() throws IOException {
        Random random = new Random(3);
        for (boolean split : new boolean[] {true, false}) {
            for (byte[] log : all(split ? program().split() : program().cbor())) {
                byte[] whole = container(log, split).toBytes();
                assertNotNull(Robust.read(whole));
                for (int i = 0; i < 120; i++) {
                    int at = i < 40 ? i * 3 : 1024 + random.nextInt(Math.min(whole.length - 1024, 5000));
                    Robust.read(CtContainer.changed(whole, at, random.nextInt(256)));
                    Robust.read(Arrays.copyOf(whole, at));
                }
            }
        }
    }

    @Test
    void should_refuse_records_of_another_encoding_by_name() throws IOException {
        byte[] bytes = container(chunks(program().split(), 9), false)
                .file("events.fmt", ByteWriter.utf8("protobuf"))
                .toBytes();
        assertNull(Robust.read(bytes));
        try (Trace trace = TraceFormats.open(new BytesInput("t.ct", bytes))) {
            TraceException error = assertThrows(TraceException.class, () -> trace.read(new EventText()));
            assertEquals("expected records as split-binary or cbor, found protobuf", error.getMessage());
        }
    }
}
