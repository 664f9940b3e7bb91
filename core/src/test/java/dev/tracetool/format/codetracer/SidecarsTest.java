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
import java.util.Arrays;
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
                           "filters": [{"name": "n", "path": "<inline>", "sha256": "ab", "version": 1}, 7],
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
        assertEquals(
                List.of(Arrays.asList("n", "<inline>", 1L, "ab"), Arrays.asList(null, null, null, null)),
                details.get(3).rows());
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
                "trace_metadata.json, which stands beside it, byte 26: expected JSON, found: Unexpected end-of-input:"
                        + " expected close marker for Array",
                notes.get(0));
        assertEquals(
                "trace_paths.json, which stands beside it, byte 0: expected a list of paths, found another value",
                notes.get(1));
        assertTrue(input.read().result().complete());
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
