package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceMetadata;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands beside a trace. */
class SidecarsTest {
    private static EncodedTrace trace(String name, Map<String, String> beside) {
        byte[] bytes = JsonRecords.write(List.of(Rec.path("a.py"), Rec.step(1, 7)), 1, false);
        return new EncodedTrace(name, bytes, beside);
    }

    private static TraceMetadata metadata(EncodedTrace input) throws IOException {
        try (Trace trace = TraceFormats.open(input)) {
            return trace.metadata();
        }
    }

    private static List<String> notes(EncodedTrace input) throws IOException {
        return input.read().result().damage().notes().stream()
                .map(Damage.Note::message)
                .toList();
    }

    @Test
    void should_look_for_the_name_up_to_its_first_dot() {
        assertEquals("trace", Sidecars.stem("trace.json"));
        assertEquals("trace", Sidecars.stem("/a.b/c.d/trace.v0.bin"));
        assertEquals("trace", Sidecars.stem("runs.zip!x/trace"));
        assertEquals("trace", Sidecars.stem("runs.zip!inner.tar!trace.json"));
        assertEquals(".hidden", Sidecars.stem("x/.hidden.json"));
    }

    @Test
    void should_tell_the_run_and_what_was_left_out() throws IOException {
        EncodedTrace input = trace(
                "x/trace.v0.json", Map.of("trace_metadata.json", """
                        {"args": ["-v", "b c"], "program": "/p/a.py", "workdir": "/p", "new": {"x": [1]},
                         "process_exit_status": {"code": 3, "label": null},
                         "recorder": {"name": "rec", "target_script": "/p/a.py", "version": "0.3.0"},
                         "trace_filter": {
                           "filters": [{"name": "n", "path": "<inline>", "sha256": "ab", "version": 1}],
                           "stats": {"scopes_skipped": 80, "value_drops": {"local": 2, "return": 0}}}}
                        """, "trace_paths.json", "[\"other.py\", \"b.py\"]"));
        TraceMetadata about = metadata(input);
        assertEquals(List.of("/p/a.py", "-v", "b c"), about.argv());
        assertEquals("/p", about.cwd());
        assertEquals("rec 0.3.0", about.recorder());
        assertNull(about.python());
        assertEquals(List.of("b.py:7 <unknown>"), input.read().log().events());
        List<DetailTable> details = input.summary().details();
        assertEquals(
                List.of("records", "balance", "exit_status", "trace_filters", "left_out_by_filters"),
                details.stream().map(DetailTable::name).toList());
        assertEquals(List.of(Arrays.asList(3L, null)), details.get(2).rows());
        assertEquals(List.of(List.of("n", "<inline>", 1L, "ab")), details.get(3).rows());
        assertEquals(
                List.of(
                        List.of("scopes_skipped", 80L),
                        List.of("value_drops.local", 2L),
                        List.of("value_drops.return", 0L)),
                details.get(4).rows());
        assertEquals(List.of(), notes(input));
    }

    @Test
    void should_know_nothing_of_a_run_without_them() throws IOException {
        TraceMetadata about = metadata(trace("trace.json", Map.of()));
        assertEquals(List.of(), about.argv());
        assertNull(about.cwd());
        assertNull(about.recorder());
    }

    /** The trace counts all the same, and what could be read before the damage. */
    @Test
    void should_note_damage_beside_and_read_the_trace() throws IOException {
        EncodedTrace input = trace(
                "trace.json",
                Map.of("trace_metadata.json", "{\"program\": \"p\", \"args\": [", "trace_paths.json", "{}"));
        assertEquals(List.of("p"), metadata(input).argv());
        List<String> notes = notes(input);
        assertEquals(
                "trace_metadata.json, which stands beside it, byte 26: expected the rest of a JSON value, found the end",
                notes.get(0));
        assertEquals(
                "trace_paths.json, which stands beside it, byte 0: expected an array of paths, found an object",
                notes.get(1));
        assertTrue(input.read().result().complete());
    }

    private static List<String> notesOf(String metadata) throws IOException {
        String before = "trace_metadata.json, which stands beside it, byte ";
        Map<String, String> beside =
                Map.of("trace_metadata.json", metadata, "trace_paths.json", "[\"a.py\", \"b.py\"]");
        return notes(trace("trace.json", beside)).stream()
                .map(note -> note.startsWith(before) ? note.substring(before.length()) : "another: " + note)
                .toList();
    }

    @Test
    void should_tell_of_values_of_another_type_than_expected() throws IOException {
        assertEquals(
                List.of(
                        "11: expected a text, found a number",
                        "20: expected an array of arguments, found a text",
                        "35: expected a text, found an array",
                        "50: expected an object, found a boolean"),
                notesOf("{\"program\":7,\"args\":\"-v\",\"workdir\":[1],\"recorder\":true}"));
        assertEquals(
                List.of("13: expected a text, found an object", "16: expected a text, found a fraction"),
                notesOf("{\"args\":[\"a\",{},1.5,null]}"));
        assertEquals(
                List.of("31: expected a whole number, found a fraction", "43: expected a text, found a boolean"),
                notesOf("{\"process_exit_status\":{\"code\":1.5,\"label\":false}}"));
        assertEquals(
                List.of(
                        "28: expected a filter, which is an object, found a number",
                        "41: expected a number of at most 64 bits, found a larger one"),
                notesOf("{\"trace_filter\":{\"filters\":[7,{\"version\":98765432109876543210}]}}"));
        assertEquals(List.of("0: expected an object, found an array"), notesOf("[]"));
        assertEquals(List.of(), notesOf("{\"program\":null,\"args\":null,\"recorder\":null,\"workdir\":\"\"}"));
    }

    @Test
    void should_tell_of_what_comes_twice_or_behind_the_end() throws IOException {
        EncodedTrace twice =
                trace("trace.json", Map.of("trace_metadata.json", "{\"program\":\"a\",\"program\":\"b\"}"));
        assertEquals(List.of("a"), metadata(twice).argv());
        assertEquals(
                List.of("15: expected each name of an object once, found one again"),
                notesOf("{\"program\":\"a\",\"program\":\"b\"}"));
        for (String rest : List.of("{}", "7", "x", "\u0000")) {
            assertEquals(List.of("2: expected the end of the file, found more"), notesOf("{}" + rest));
        }
        assertEquals(List.of(), notesOf("{} \n\t\r"));
        assertEquals(List.of("0: expected an object, found the end"), notesOf(""));
    }

    @Test
    void should_keep_so_many_arguments_and_paths() throws IOException {
        String args = "\"\",".repeat(100_000);
        assertEquals(List.of(), notesOf("{\"args\":[" + args.substring(0, args.length() - 1) + "]}"));
        String more = "{\"program\":\"p\",\"args\":[" + args + "\"x\",[7]]}";
        assertEquals(
                List.of("300023: expected at most 100000 elements of an array of arguments, found more"),
                notesOf(more));
        assertEquals(
                100_001,
                metadata(trace("trace.json", Map.of("trace_metadata.json", more)))
                        .argv()
                        .size());
    }

    /** In our words, and without citing what is there. */
    @Test
    void should_tell_what_is_no_json() throws IOException {
        Map<String, String> messages = new LinkedHashMap<>();
        messages.put("{\"args\":[secret]}", "expected JSON, found a word that is none");
        messages.put("{\"args\" 7}", "expected JSON, found '7'");
        messages.put("{\"args\":\u0007}", "expected JSON, found the character U+0007");
        messages.put("{\"program\":\"\n\"}", "expected a text without control characters, found the character U+000A");
        messages.put("{\"program\":\"\\x\"}", "expected an escape of JSON, found a backslash before 'x'");
        messages.put("{\"args\":[\"\"}", "expected ']', found '}'");
        messages.put("{\"program\":\"", "expected the rest of a JSON value, found the end");
        messages.put("[".repeat(2000), "expected an object, found an array");
        messages.put("{\"x\":" + "[".repeat(2000), "expected values that are not nested so deep, found a deeper one");
        for (Map.Entry<String, String> each : messages.entrySet()) {
            String found = notesOf(each.getKey()).get(0);
            assertEquals(each.getValue(), found.substring(found.indexOf(' ') + 1));
        }
    }

    private static List<String> wrong(byte[] json) {
        return SidecarJson.read(json, each -> each.object("an object", name -> each.skip())).stream()
                .map(e -> e.at() + ": " + e.text())
                .toList();
    }

    /** A parser would take JSON for UTF-16 that begins so, and not know where it is. */
    @Test
    void should_tell_where_bytes_are_no_utf8() {
        byte[] name = {'{', '"', 'a', (byte) 0xFF, '"', ':', '1', '}'};
        assertEquals(List.of("3: expected UTF-8, found the byte 0xff"), wrong(name));
        byte[] value = {'{', '"', 'a', '"', ':', '"', 'b', (byte) 0xC3, '"', '}'};
        assertEquals(List.of("7: expected UTF-8, found the byte 0xc3"), wrong(value));
        byte[] first = {'{', 0, '"', 'a', '"', ':', '1', '}'};
        assertEquals(List.of("1: expected UTF-8, found the byte 0x00"), wrong(first));
        assertEquals(
                List.of("1: expected UTF-8, found the byte 0x00"),
                wrong("{\"a\":\"\u4E2D\"}".getBytes(StandardCharsets.UTF_16LE)));
        assertEquals(
                List.of("0: expected UTF-8, found the byte 0x00"), wrong("{}".getBytes(StandardCharsets.UTF_16BE)));
        assertEquals(List.of("0: expected UTF-8, found the byte 0xfe"), wrong("{}".getBytes(StandardCharsets.UTF_16)));
        assertEquals(List.of(), wrong("\uFEFF{\"\u4E2D\":1}".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void should_survive_any_damage_beside() throws IOException {
        String sound =
                "{\"program\":\"p\",\"args\":[\"a\"],\"trace_filter\":{\"filters\":[{\"version\":1}],\"stats\":{\"a\":1}}}";
        for (int at = 0; at < sound.length(); at++) {
            for (char c : new char[] {'{', '[', '}', ']', '"', ',', '7', '\u00FF'}) {
                String changed = sound.substring(0, at) + c + sound.substring(at + 1);
                trace("trace.json", Map.of("trace_metadata.json", changed, "trace_paths.json", changed))
                        .summary();
            }
            trace("trace.json", Map.of("trace_metadata.json", sound.substring(0, at)))
                    .summary();
        }
    }
}
