package dev.tracetool.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonOutputTest {
    @Test
    void writes_one_stable_style() {
        StringWriter out = new StringWriter();
        try (JsonOutput json = new JsonOutput(out, "tracetool.example/1")) {
            json.field("events", 5_000_000_000L)
                    .field("name", "a\"b")
                    .field("unknown", (Long) null)
                    .field("text", (String) null)
                    .field("complete", true)
                    .field("argv", List.of("x", "y"))
                    .array("none")
                    .endArray()
                    .object("scope")
                    .endObject()
                    .array("files");
            json.object().field("lines", 0).endObject();
            json.object().field("lines", 1).endObject();
            json.endArray();
        }
        assertEquals("""
                {
                  "schema": "tracetool.example/1",
                  "events": 5000000000,
                  "name": "a\\"b",
                  "unknown": null,
                  "text": null,
                  "complete": true,
                  "argv": [
                    "x",
                    "y"
                  ],
                  "none": [],
                  "scope": {},
                  "files": [
                    {
                      "lines": 0
                    },
                    {
                      "lines": 1
                    }
                  ]
                }
                """, out.toString());
    }

    @Test
    void hostile_text_is_exact_and_harmless() {
        StringWriter out = new StringWriter();
        try (JsonOutput json = new JsonOutput(out, "s/1")) {
            json.field("a", "\u001b[0m\n\u009b\u202e\u2028\u007f##[x]数👍");
            json.field("b", "x\ud800y");
        }
        assertEquals("""
                {
                  "schema": "s/1",
                  "a": "\\u001B[0m\\n\\u009B\\u202E\\u2028\\u007F\\u0023\\u0023[x]数👍",
                  "b": "x\ufffdy"
                }
                """, out.toString());
    }

    /** Letters that a terminal does not show, among those that it shows, at each place of Jackson's buffers. */
    @Test
    void unseen_characters_are_escaped_wherever_they_stand() {
        String tag = "\uDB40\uDC41";
        for (int before = 0; before < 5000; before += 1 + before / 50) {
            String text = "x".repeat(before) + tag + "👍" + tag + "\ufffe\u3164";
            StringWriter out = new StringWriter();
            try (JsonOutput json = new JsonOutput(out, "s/1")) {
                json.field(text, text);
            }
            String escaped = "\"" + "x".repeat(before) + "\\uDB40\\uDC41👍\\uDB40\\uDC41\\uFFFE\\u3164\"";
            assertEquals("{\n  \"schema\": \"s/1\",\n  " + escaped + ": " + escaped + "\n}\n", out.toString());
        }
        StringWriter out = new StringWriter();
        try (JsonOutput json = new JsonOutput(out, "s/1")) {
            json.field("\uDB40", "\uDC41").field("\uDC41\uDB40x", 1);
        }
        assertEquals(
                "{\n  \"schema\": \"s/1\",\n  \"\ufffd\": \"\ufffd\",\n  \"\ufffd\ufffdx\": 1\n}\n", out.toString());
    }

    @Test
    void a_failing_writer_is_told_as_such() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        UncheckedIOException e = assertThrows(UncheckedIOException.class, () -> {
            try (JsonOutput json = new JsonOutput(full, "s/1")) {
                json.field("a", "x".repeat(100_000));
            }
        });
        assertEquals("java.io.IOException: No space left on device", String.valueOf(e.getCause()));
    }
}
