package dev.tracetool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantTest {
    private static final Constant NONE = Constant.Singleton.NONE;

    private static Constant.Int integer(long value) {
        return new Constant.Int(BigInteger.valueOf(value));
    }

    private static String repr(Constant constant) {
        return constant.repr(1000);
    }

    @Test
    void should_look_as_in_python() {
        assertEquals("None", repr(NONE));
        assertEquals("Ellipsis", repr(Constant.Singleton.ELLIPSIS));
        assertEquals("True", repr(new Constant.Bool(true)));
        assertEquals("-7", repr(integer(-7)));
        assertEquals("()", repr(new Constant.Tuple(List.of())));
        assertEquals("(1,)", repr(new Constant.Tuple(List.of(integer(1)))));
        assertEquals(
                "(1, (None, 2))",
                repr(new Constant.Tuple(List.of(integer(1), new Constant.Tuple(List.of(NONE, integer(2)))))));
        assertEquals("frozenset()", repr(new Constant.FrozenSet(List.of())));
        assertEquals("frozenset({1, 2})", repr(new Constant.FrozenSet(List.of(integer(1), integer(2)))));
        assertEquals("slice(1, None, -1)", repr(new Constant.Slice(integer(1), NONE, integer(-1))));
        assertEquals("<code object 3>", repr(new Constant.Code(3)));
        assertEquals(
                "b'it\\'s\\x00\\xff\"'",
                repr(new Constant.Bytes("it's\0\u00ff\"".getBytes(StandardCharsets.ISO_8859_1))));
        assertEquals("b\"it's\"", repr(new Constant.Bytes("it's".getBytes(StandardCharsets.ISO_8859_1))));
    }

    @Test
    void should_quote_texts_as_python_does() {
        assertEquals("\"it's\"", repr(new Constant.Str("it's")));
        assertEquals("'\"\\'\\\\'", repr(new Constant.Str("\"'\\")));
        assertEquals(
                "'a\\x00\\x7f\\x85é\\u200b\\ud800\uD83D\uDE00\\U000e0001\\n\\r\\t'",
                repr(new Constant.Str("a\0\u007f\u0085é\u200b\ud800\uD83D\uDE00\uDB40\uDC01\n\r\t")));
    }

    @Test
    void should_tell_two_surrogates_from_the_character_that_they_would_make() {
        Constant.Str one = new Constant.Str("\uD83D\uDE00");
        Constant.Str two = new Constant.Str("\uD83D\uDE00", new int[] {0});
        assertEquals(1, one.length());
        assertEquals(2, two.length());
        assertEquals("'\\ud83d\\ude00'", repr(two));
        assertNotEquals(one, two);
        assertEquals(two, new Constant.Str("\uD83D\uDE00", new int[] {0}));
    }

    @Test
    void should_write_floats_as_python_does() {
        double[] values = {
            0.1,
            1e16,
            1e15,
            123456789012345680.0,
            5e-324,
            0x1p-44,
            Double.MAX_VALUE,
            -0.0,
            1e-4,
            1e-5,
            1e22,
            0x1p53,
            0x1p-1022,
            100.0,
            Double.NaN,
            Double.NEGATIVE_INFINITY,
            2e-3,
            1.5e300
        };
        String[] texts = {
            "0.1", "1e+16", "1000000000000000.0", "1.2345678901234568e+17", "5e-324", "5.684341886080802e-14",
            "1.7976931348623157e+308", "-0.0", "0.0001", "1e-05", "1e+22", "9007199254740992.0",
            "2.2250738585072014e-308", "100.0", "nan", "-inf", "0.002", "1.5e+300"
        };
        for (int i = 0; i < values.length; i++) {
            assertEquals(texts[i], PythonFloat.repr(values[i]));
        }
        assertEquals("(1+2j)", PythonFloat.repr(1, 2));
        assertEquals("1j", PythonFloat.repr(0, 1));
        assertEquals("-0j", PythonFloat.repr(0, -0.0));
        assertEquals("(-0-1j)", PythonFloat.repr(-0.0, -1));
        assertEquals("(1e+20+infj)", PythonFloat.repr(1e20, Double.POSITIVE_INFINITY));
        assertEquals("(nan-1.5j)", PythonFloat.repr(Double.NaN, -1.5));
    }

    @Test
    void should_end_where_it_is_long_enough() {
        assertEquals("'aaaa…", new Constant.Str("a".repeat(1_000_000)).repr(5));
        assertEquals("(None, No…", new Constant.Tuple(Collections.nCopies(1_000_000, NONE)).repr(9));
        assertEquals("None", NONE.repr(4));
        assertEquals("'…", new Constant.Str("\uD83D\uDE00").repr(2));
        Constant huge = new Constant.Int(BigInteger.ONE.shiftLeft(10_000_000));
        assertEquals("<int of 10000001 bits>", huge.repr(100));
    }

    @Test
    void should_stop_in_what_would_grow_without_bounds() {
        Constant pair = new Constant.Tuple(List.of(NONE, NONE));
        for (int i = 0; i < 200; i++) {
            pair = new Constant.Tuple(List.of(pair, pair));
        }
        String text = pair.repr(1000);
        assertTrue(text.length() == 1001 && text.endsWith("…"), text);
    }
}
