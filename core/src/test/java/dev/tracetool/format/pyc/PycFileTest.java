package dev.tracetool.format.pyc;

import static dev.tracetool.testing.PycWriter.listOf;
import static dev.tracetool.testing.PycWriter.setOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.Constant;
import dev.tracetool.code.ExceptionTable;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import dev.tracetool.testing.PycWriter.Marked;
import dev.tracetool.testing.PycWriter.Raw;
import dev.tracetool.testing.PycWriter.Ref;
import dev.tracetool.trace.TraceException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PycFileTest {
    static CodeObjectWrapper first(int minor, Code code) throws TraceException {
        return PycFile.read("t", PycWriter.file(minor, code)).codes().get(0);
    }

    private static List<String> reprs(CodeObjectWrapper code) {
        return code.constants().stream().map(constant -> constant.repr(1000)).toList();
    }

    private static Raw raw(String type, int... content) {
        byte[] bytes = new byte[1 + content.length];
        bytes[0] = (byte) type.charAt(0);
        for (int i = 0; i < content.length; i++) {
            bytes[i + 1] = (byte) content[i];
        }
        return new Raw(bytes);
    }

    private static Raw raw(String type, String text) {
        return raw(
                type,
                IntStream.concat(IntStream.of(text.length()), text.chars()).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10, 11, 12, 13, 14})
    void should_read_each_part_of_a_code_object(int minor) throws Exception {
        Code code = new Code("m");
        code.filename = "/src/é.py";
        code.qualname = "C.m";
        code.firstLine = 40;
        code.argCount = 3;
        code.positionalOnly = 1;
        code.keywordOnly = 2;
        code.localCount = 7;
        code.stackSize = 9;
        code.flags = 0x0100_0003;
        code.bytecode = new byte[] {9, 0, 100, 1};
        code.constants = listOf(null, 5);
        code.names = listOf("print", "len");
        code.variables = listOf("a", "b", "c", "d", "e");
        code.freeVariables = listOf("x");
        code.cellVariables = listOf("b", "y");
        code.localsPlus = listOf("a", "b", "c", "d", "e", "h", "y", "x");
        code.kinds = new byte[] {0x20, 0x60, 0x20, 0x20, 0x20, 0x30, 0x40, (byte) 0x80};
        code.lineTable = minor >= 11 ? code.lineTable : new byte[] {4, 1};
        code.exceptionTable = new byte[] {(byte) 0x80, 1, 1, 3};

        CodeObjectWrapper found = first(minor, code);

        assertEquals("/src/é.py", found.filename());
        assertEquals("m", found.name());
        assertEquals(minor >= 11 ? "C.m" : "m", found.qualname());
        assertEquals(40, found.firstLine());
        assertEquals(3, found.argCount());
        assertEquals(1, found.positionalOnlyArgCount());
        assertEquals(2, found.keywordOnlyArgCount());
        assertEquals(minor >= 11 ? 6 : 7, found.localCount());
        assertEquals(9, found.stackSize());
        assertEquals(0x0100_0003, found.flags());
        assertEquals(4, found.codeLength());
        assertArrayEquals(new byte[] {9, 0, 100, 1}, found.bytecode());
        assertEquals(List.of("None", "5"), reprs(found));
        assertEquals(List.of("print", "len"), found.names());
        assertEquals(
                minor >= 11 ? List.of("a", "b", "c", "d", "e", "h") : List.of("a", "b", "c", "d", "e"),
                found.variableNames());
        assertEquals(List.of("b", "y"), found.cellVariableNames());
        assertEquals(List.of("x"), found.freeVariableNames());
        assertEquals(
                minor >= 11
                        ? LineTableFormat.LOCATIONS_3_11
                        : minor == 10 ? LineTableFormat.LINES_3_10 : LineTableFormat.LNOTAB,
                found.underlying().lineTableFormat());
        // In 3.10 a delta is of the range that it begins; before, of the one behind it, and there is none.
        assertEquals(minor == 10 ? 41 : 40, found.lineForOffset(0).getAsInt());
        assertEquals(
                minor >= 11 ? List.of(new ExceptionTable.Entry(0, 2, 2, 1, true)) : List.of(),
                found.exceptionTable().entries());
        assertEquals(0, found.id());
        assertEquals(-1, found.parentIndex());
    }

    @Test
    void should_read_every_type_of_constant() throws Exception {
        BigInteger large = BigInteger.ONE.shiftLeft(200).subtract(BigInteger.valueOf(12_345));
        Code code = new Code("f");
        code.constants = listOf(
                null,
                PycWriter.ELLIPSIS,
                true,
                false,
                -5,
                large,
                large.negate(),
                BigInteger.ZERO,
                raw("I", 0, 0, 0, 0, 0, 0, 0, 0x80),
                1.5,
                new PycWriter.Complex(0, 2),
                raw("f", "1.5e300"),
                new Raw("x\0031.5\004-inf".getBytes(StandardCharsets.ISO_8859_1)),
                "text",
                "a\ud800é",
                raw("Z", "interned"),
                new Raw("A\5\0\0\0caf\u00e9s".getBytes(StandardCharsets.ISO_8859_1)),
                new byte[] {0, 65},
                listOf(1, listOf(), "x"),
                setOf(2, 1),
                setOf(),
                new PycWriter.Slice(1, null, 2),
                "y".repeat(300),
                listOf(IntStream.range(0, 300).boxed().toArray()));

        List<String> reprs = reprs(first(14, code));

        assertEquals(
                List.of(
                        "None",
                        "Ellipsis",
                        "True",
                        "False",
                        "-5",
                        large.toString(),
                        large.negate().toString(),
                        "0",
                        "-9223372036854775808",
                        "1.5",
                        "2j",
                        "1.5e+300",
                        "(1.5-infj)",
                        "'text'",
                        "'a\\ud800é'",
                        "'interned'",
                        "'cafés'",
                        "b'\\x00A'",
                        "(1, (), 'x')",
                        "frozenset({2, 1})",
                        "frozenset()",
                        "slice(1, None, 2)",
                        "'" + "y".repeat(300) + "'"),
                reprs.subList(0, 23));
        assertEquals(24, reprs.size());
    }

    @Test
    void should_keep_two_surrogates_apart() throws Exception {
        Code code = new Code("f");
        code.constants = listOf(
                new Raw(new byte[] {
                    'u', 6, 0, 0, 0, (byte) 0xED, (byte) 0xA0, (byte) 0xBD, (byte) 0xED, (byte) 0xB8, (byte) 0x80
                }),
                "\uD83D\uDE00");

        List<Constant> constants = first(12, code).constants();

        assertEquals(
                List.of("'\\ud83d\\ude00'", "'\uD83D\uDE00'"),
                constants.stream().map(c -> c.repr(99)).toList());
        assertEquals(2, ((Constant.Str) constants.get(0)).length());
    }

    /** A tuple takes its number before what is in it, a text when it comes; None takes none. */
    @Test
    void should_follow_references_by_the_numbers_that_cpython_gives() throws Exception {
        Code code = new Code("f");
        code.constants = new Marked(listOf(
                new Marked(null),
                new Marked("one"),
                new Marked(listOf(new Marked("two"), new Marked(3))),
                new Ref(1),
                new Ref(2),
                new Ref(3),
                new Ref(4)));
        code.names = listOf(new Ref(1), new Ref(3));
        code.filename = new Ref(3);

        CodeObjectWrapper found = first(13, code);

        assertEquals(List.of("None", "'one'", "('two', 3)", "'one'", "('two', 3)", "'two'", "3"), reprs(found));
        assertEquals(List.of("one", "two"), found.names());
        assertEquals("two", found.filename());
        assertSame(found.constants().get(2), ((Constant.Tuple) found.constants().get(4)), "decoded once");
    }

    @Test
    void should_number_code_objects_in_the_order_in_which_they_begin() throws Exception {
        Code inner = new Code("inner");
        Code outer = new Code("outer");
        outer.constants = listOf(inner);
        Code last = new Code("last");
        Code module = new Code("<module>");
        module.constants = listOf(new Marked(outer), null, last, listOf(new Ref(0)));

        PycFile file = PycFile.read("t", PycWriter.file(12, module));

        assertEquals(
                List.of("<module>", "outer", "inner", "last"),
                file.codes().stream().map(CodeObjectWrapper::name).toList());
        assertEquals(
                List.of(-1, 0, 1, 0),
                file.codes().stream().map(CodeObjectWrapper::parentIndex).toList());
        assertEquals(
                List.of(
                        new Constant.Code(1),
                        Constant.Singleton.NONE,
                        new Constant.Code(3),
                        new Constant.Tuple(List.of(new Constant.Code(1)))),
                file.codes().get(0).constants());
    }

    @Test
    void should_decode_each_part_once() throws Exception {
        CodeObjectWrapper code = first(13, new Code("f"));

        assertSame(code.constants(), code.constants());
        assertSame(code.names(), code.names());
        assertSame(code.cellVariableNames(), code.cellVariableNames());
        assertSame(code.freeVariableNames(), code.freeVariableNames());
        assertSame(code.exceptionTable(), code.exceptionTable());
        assertNotNull(code.constants());
    }

    @Test
    void should_give_equal_code_equal_digests_whatever_stands_around_it() throws Exception {
        Code code = new Code("f");
        code.constants = listOf(setOf("a", "b"), 1.0, -1);
        Code same = new Code("f");
        same.constants = listOf(setOf("b", "a"), 1.0, -1);
        Code module = new Code("<module>");
        module.constants = listOf("other", same);
        Code other = new Code("f");
        other.constants = listOf(setOf("a", "b"), -1.0, -1);

        String digest = first(13, code).identity().digest();

        assertEquals(
                digest,
                PycFile.read("t", PycWriter.file(13, module))
                        .codes()
                        .get(1)
                        .identity()
                        .digest());
        assertEquals(32, digest.length());
        assertEquals(false, digest.equals(first(13, other).identity().digest()));
    }
}
