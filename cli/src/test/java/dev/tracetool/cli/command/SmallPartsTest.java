package dev.tracetool.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Globs, quantities, tables and the writer. */
class SmallPartsTest {
    @Test
    void should_match_as_fnmatch_does() {
        assertTrue(Glob.of("Decoder.*").matches("Decoder.decode"));
        assertFalse(Glob.of("Decoder.*").matches("MyDecoder.decode"));
        assertFalse(Glob.of("decoder.*").matches("Decoder.decode"));
        assertTrue(Glob.of("*.<locals>.?").matches("f.<locals>.g"));
        assertTrue(Glob.of("[a-c]x[!0-9]").matches("bxy"));
        assertFalse(Glob.of("[a-c]x[!0-9]").matches("bx5"));
        assertTrue(Glob.of("[]]").matches("]"));
        assertTrue(Glob.of("[!]]").matches("a"));
        assertTrue(Glob.of("[").matches("["));
        assertTrue(Glob.of("").matches(""));
        assertTrue(Glob.of("**").matches(""));
        assertFalse(Glob.of("?").matches(""));
    }

    @Test
    void should_match_the_end_of_a_path_by_whole_names() {
        assertTrue(Glob.ofPath("json/*.py").matches("/usr/lib/json/decoder.py"));
        assertFalse(Glob.ofPath("son/*.py").matches("/usr/lib/json/decoder.py"));
        assertFalse(Glob.ofPath("/json/*.py").matches("/usr/lib/json/decoder.py"));
        assertTrue(Glob.ofPath("*son/*.py").matches("/usr/lib/json/decoder.py"));
    }

    @Test
    void should_match_hostile_patterns_in_bounded_time() {
        String text = "a".repeat(20_000);
        assertTimeout(
                Duration.ofSeconds(20),
                () -> assertFalse(Glob.of("*a*a*a*a*a*a*a*b").matches(text)));
    }

    @Test
    void should_give_quantities_three_figures_and_a_unit() {
        assertEquals("999 B", Quantity.bytes(999));
        assertEquals("1.00 kB", Quantity.bytes(1000));
        assertEquals("9.99 kB", Quantity.bytes(9_994));
        assertEquals("10.0 kB", Quantity.bytes(9_996));
        assertEquals("1.00 MB", Quantity.bytes(999_999));
        assertEquals("9.22 EB", Quantity.bytes(Long.MAX_VALUE));
        assertEquals("0 ns", Quantity.duration(0));
        assertEquals("1.50 µs", Quantity.duration(1_500));
        assertEquals("1.00 ms", Quantity.duration(999_999));
        assertEquals("12.3 ms", Quantity.duration(12_345_678));
        assertEquals("1.00 s", Quantity.duration(999_999_999));
        assertEquals("59.9 s", Quantity.duration(59_900_000_000L));
        assertEquals("1 min 00 s", Quantity.duration(59_960_000_000L));
        assertEquals("2 min 05 s", Quantity.duration(125_000_000_000L));
        assertEquals("1 h 00 min", Quantity.duration(3_600_000_000_000L));
        assertEquals("-5 ns", Quantity.duration(-5));
        assertEquals("-1,234,567", Quantity.count(-1_234_567));
        assertEquals("123,456", Quantity.count(123_456));
        assertEquals("1 byte", Quantity.count(1, "byte"));
    }

    @Test
    void should_write_numbers_and_any_text_as_utf_8() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Utf8Writer out = new Utf8Writer(bytes);
        StringBuilder expected = new StringBuilder();
        long[] numbers = {
            0, 9, 10, -1, 99, 100, Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 31, Long.MAX_VALUE, Long.MIN_VALUE
        };
        for (int round = 0; round < 3_000; round++) {
            for (long number : numbers) {
                out.number(number).ascii(' ');
                expected.append(number).append(' ');
            }
            out.text("é€\uD83D\uDE00").nineDigits(42).text("\uD800").newline();
            expected.append("é€\uD83D\uDE00").append("000000042\uFFFD\n");
        }
        out.flush();
        assertEquals(expected.toString(), bytes.toString(StandardCharsets.UTF_8));
    }

    @Test
    void should_cut_only_the_flexible_column_and_only_where_there_is_a_width() throws IOException {
        TextTable table = new TextTable(TextTable.Align.LEFT, TextTable.Align.RIGHT)
                .flexible(0, true)
                .row("file", "n")
                .row("/a/long/path/to/somewhere.py", "1,000");
        assertEquals("file                              n\n/a/long/path/to/somewhere.py  1,000\n", write(table, 0));
        assertEquals("file                   n\n…/to/somewhere.py  1,000\n", write(table, 24));
    }

    private static String write(TextTable table, int width) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Utf8Writer out = new Utf8Writer(bytes);
        table.write(out, "", width);
        out.flush();
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void should_not_show_two_files_under_one_name() {
        RunFolders folders = new RunFolders(List.of("/a", "/b"));
        for (int i = 0; i < 2; i++) {
            assertEquals("x.py", folders.shorten("/a/x.py"));
            assertEquals("/b/x.py", folders.shorten("/b/x.py"));
            assertEquals("y.py", folders.shorten("/b/y.py"));
            assertEquals("/a/y.py", folders.shorten("/a/y.py"));
            assertEquals("/c/x.py", folders.shorten("/c/x.py"));
        }
    }
}
