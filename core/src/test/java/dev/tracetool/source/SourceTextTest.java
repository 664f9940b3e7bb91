package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceTextTest {
    private static SourceText of(String text, Charset charset) {
        return SourceText.of(text.getBytes(charset));
    }

    @Test
    void should_end_lines_as_python_does() {
        SourceText text = of("a\r\nb\rc\nd\u2028\u000b\u0085e\ff", StandardCharsets.UTF_8);
        assertEquals(4, text.lines());
        assertEquals("b", text.line(2));
        assertEquals("c", text.line(3));
        assertEquals("d\u2028\u000b\u0085e\ff", text.line(4));
        assertEquals(0, of("", StandardCharsets.UTF_8).lines());
        assertEquals(1, of("\r", StandardCharsets.UTF_8).lines());
        assertEquals(2, of("\r\n\r", StandardCharsets.UTF_8).lines());
        assertEquals("", of("\n", StandardCharsets.UTF_8).line(1));
    }

    @ParameterizedTest
    @CsvSource({
        "# -*- coding: latin-1 -*-, ISO-8859-1",
        "# vim: set fileencoding=iso-8859-15 :, ISO-8859-15",
        "#coding:cp1252, windows-1252",
        "#!/usr/bin/python|# coding: koi8-r, KOI8-R",
        "'|# coding: euc_jp', EUC-JP",
        "# coding: shift_jis, Shift_JIS",
        "# coding: UTF_8_SIG, UTF-8",
        "# coding: us-ascii, US-ASCII",
        "x = 1|# coding: latin-1, UTF-8",
        "'||# coding: latin-1', UTF-8",
        "x = '# coding latin-1', UTF-8",
        "x = 1 # coding: latin-1, UTF-8",
    })
    void should_decode_by_the_comment_in_the_first_two_lines(String lines, String charset) {
        String source = lines.replace("|", "\n") + "\nname = '\u00e9'\n";
        Charset expected = Charset.forName(charset);
        SourceText text = of(source, expected);
        assertEquals(charset, text.encoding());
        if (expected.newEncoder().canEncode('\u00e9')) {
            assertEquals(source, text.text());
        }
    }

    @Test
    void should_take_a_byte_order_mark_for_utf_8_and_leave_it_out() {
        SourceText text = of("\ufeff# coding: latin-1\nx = '\u00e9'", StandardCharsets.UTF_8);
        assertEquals("UTF-8", text.encoding());
        assertEquals("# coding: latin-1", text.line(1));
        assertEquals("x = '\u00e9'", text.line(2));
    }

    @ParameterizedTest
    @CsvSource({"rot13", "utf-16", "utf_32_le", "no-such", "..."})
    void should_keep_the_lines_of_an_unknown_encoding(String name) {
        SourceText text = of("# coding: " + name + "\nx = '\u00e9'\r\ny = 1", StandardCharsets.ISO_8859_1);
        assertEquals("", text.encoding());
        assertEquals("x = '\ufffd'", text.line(2));
        assertEquals("y = 1", text.line(3));
    }

    @Test
    void should_take_any_bytes() {
        byte[] all = new byte[4096];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) (i * 31 + i / 256);
        }
        for (int length = 0; length < 300; length++) {
            SourceText text = SourceText.of(Arrays.copyOf(all, length));
            for (int line = 1; line <= text.lines(); line++) {
                assertEquals(-1, text.line(line).indexOf('\n'));
            }
        }
    }
}
