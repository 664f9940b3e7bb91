package dev.tracetool.format.codetracer.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.format.Losses;
import dev.tracetool.input.FileInput;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTraceWriterTest {
    private static final int SEEDS = 400;

    @TempDir
    Path folder;

    private record Written(String json, Losses losses, Map<String, byte[]> beside) {
        long lost(String noun) {
            return losses.list().stream()
                    .filter(loss -> loss.noun().equals(noun))
                    .mapToLong(Losses.Loss::count)
                    .sum();
        }

        long lost(String noun, String note) {
            return losses.list().stream()
                    .filter(loss -> loss.noun().equals(noun) && loss.note().startsWith(note))
                    .mapToLong(Losses.Loss::count)
                    .sum();
        }
    }

    private static Written write(Recording recording) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        JsonTraceWriter writer = new JsonTraceWriter(out);
        recording.replay(writer);
        writer.finish(recording.result());
        return new Written(out.toString(StandardCharsets.UTF_8), writer.losses(), beside(writer));
    }

    private static Map<String, byte[]> beside(JsonTraceWriter writer) {
        Map<String, byte[]> files = new HashMap<>();
        writer.beside().forEach(name -> files.put(name, writer.contentOf(name)));
        return files;
    }

    private static Happened happened(Recording recording) {
        Happened happened = new Happened();
        recording.replay(happened);
        return happened;
    }

    private Trace open(Written written) throws IOException {
        Path file = Files.writeString(folder.resolve("trace.json"), written.json);
        for (Map.Entry<String, byte[]> other : written.beside.entrySet()) {
            Files.write(folder.resolve("trace" + other.getKey()), other.getValue());
        }
        return new JsonTraceFormat().open(new FileInput("trace.json", file));
    }

    private Happened read(Written written) throws IOException {
        try (Trace trace = open(written)) {
            Happened happened = new Happened();
            ReadResult result = trace.read(happened);
            assertTrue(result.complete());
            assertEquals("[]", result.damage().notes().toString(), written.json);
            return happened;
        }
    }

    private Written again(Written written) throws IOException {
        try (Trace trace = open(written)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            JsonTraceWriter writer = new JsonTraceWriter(out);
            writer.finish(trace.read(writer));
            return new Written(out.toString(StandardCharsets.UTF_8), writer.losses(), beside(writer));
        }
    }

    @Test
    void should_read_back_the_lines_calls_and_returns_that_were_written() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Recording recording = RandomCalls.whole(seed);
            Written written = write(recording);
            assertEquals(0, written.lost("frame"), "seed " + seed);
            assertEquals(happened(recording).threads(), read(written).threads(), "seed " + seed + "\n" + written.json);
        }
    }

    @Test
    void should_make_up_calls_and_returns_only_of_what_was_not_seen_and_count_them() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Recording recording = RandomCalls.torn(seed);
            Written written = write(recording);
            Happened before = happened(recording);
            Happened after = read(written);
            assertEquals(before.counts("line"), after.counts("line"), "seed " + seed + "\n" + written.json);
            assertEquals(written.lost("frame", "running"), more(before, after, "call"), "seed " + seed);
            assertEquals(written.lost("frame", "left"), more(before, after, "return"), "seed " + seed);
        }
    }

    /** How many more of these there are after than before; each that was there is there again. */
    private static long more(Happened before, Happened after, String what) {
        Map<String, Long> more = new HashMap<>(after.counts(what));
        before.counts(what).forEach((one, count) -> {
            long left = more.getOrDefault(one, 0L) - count;
            assertTrue(left >= 0, one);
            more.put(one, left);
        });
        return more.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void should_write_the_same_again_of_what_was_read() throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            Written first = write(seed % 2 == 0 ? RandomCalls.whole(seed) : RandomCalls.torn(seed));
            Written second = again(first);
            assertEquals(0, second.lost("frame"), "seed " + seed);
            assertEquals(read(first).threads(), read(second).threads(), "seed " + seed);
        }
    }

    @Test
    void should_write_records_as_the_recorder_in_rust_does() throws IOException {
        Recording recording = new Recording();
        int module = recording.code("/p/x.py", "<module>", 1, 1, 2, 4);
        int f = recording.code("/p/x.py", "f", 2, 3);
        recording.thread(0, "");
        recording
                .start(module, 1)
                .lines(module, 2, 4)
                .start(f, 2)
                .lines(f, 3)
                .leave(f, 3)
                .leave(module, 4);
        recording.end(5);
        Written written = write(recording);
        assertEquals("""
                [
                {"Path":"x.py"},
                {"Function":{"path_id":0,"line":1,"name":"<toplevel>"}},
                {"Call":{"function_id":0,"args":[]}},
                {"Type":{"kind":30,"lang_type":"None","specific_info":{"kind":"None"}}},
                {"ThreadStart":1000},
                {"Path":"/p/x.py"},
                {"Function":{"path_id":1,"line":1,"name":"<module>"}},
                {"Step":{"path_id":1,"line":1}},
                {"Call":{"function_id":1,"args":[]}},
                {"Step":{"path_id":1,"line":2}},
                {"Step":{"path_id":1,"line":4}},
                {"Function":{"path_id":1,"line":2,"name":"f"}},
                {"Step":{"path_id":1,"line":2}},
                {"Call":{"function_id":2,"args":[]}},
                {"Step":{"path_id":1,"line":3}},
                {"Return":{"return_value":{"kind":"None","type_id":0}}},
                {"Return":{"return_value":{"kind":"None","type_id":0}}}
                ]
                """, written.json.replaceAll("\n,", ",\n"));
        assertEquals(
                "{\"workdir\":\"/p\",\"program\":\"x.py\",\"args\":[],\"recorder\":{\"name\":\"recorder\",\"version\":\"1\"}}\n",
                new String(written.beside.get("_metadata.json"), StandardCharsets.UTF_8));
        assertEquals("[\"x.py\",\"/p/x.py\"]\n", new String(written.beside.get("_paths.json"), StandardCharsets.UTF_8));
        assertEquals(4, written.lost("time"));
        assertEquals(4, written.lost("bytecode offset"));
        assertEquals(2, written.lost("line table"));
        assertEquals(2, written.lost("code object"));
    }

    @Test
    void should_write_steps_alone_where_not_every_call_and_return_is_known() throws IOException {
        Recording recording = new Recording(EventKind.PY_START, EventKind.LINE).once(EventKind.PY_START);
        int f = recording.code("/p/x.py", "f", 2, 3);
        recording.thread(0, "main");
        recording.start(f, 1).lines(f, 3, 3);
        Written written = write(recording);
        assertEquals(1, written.lost("PY_START event"));
        assertEquals(1, written.lost("code object", "of which no call is known"));
        assertEquals("{line 3 /p/x.py:-1 <unknown>=2}", read(written).counts("").toString());
    }

    @Test
    void should_write_names_that_are_hostile() throws IOException {
        Recording recording = new Recording();
        int f = recording.code("/p/\ud83d\udc0d\ud83d\n\".py", "\u0000\udc0d\u202e", 0, 3);
        recording.thread(0, "main");
        recording.start(f, 1).lines(f, 0);
        assertEquals(
                "{call /p/\ud83d\udc0d?\n\".py:0 \u0000?\u202e=1, line 0 /p/\ud83d\udc0d?\n\".py:0 \u0000?\u202e=1}",
                read(write(recording)).counts("").toString());
    }
}
