package dev.tracetool.format.pyc;

import static dev.tracetool.testing.PycWriter.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import dev.tracetool.testing.PycWriter.Marked;
import dev.tracetool.testing.PycWriter.Raw;
import dev.tracetool.testing.PycWriter.Ref;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that nobody compiled: each is refused in one line, or read, in bounded time, memory and stack. */
class HostilePycTest {
    private static Code with(Object... constants) {
        Code code = new Code("f");
        code.constants = listOf(constants);
        return code;
    }

    private static Raw raw(int... bytes) {
        byte[] raw = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            raw[i] = (byte) bytes[i];
        }
        return new Raw(raw);
    }

    private static TraceException refusal(byte[] file) {
        return assertThrows(TraceException.class, () -> SmallPyc.readAll(file));
    }

    private static void assertRefused(String message, Code code) {
        TraceException refusal = refusal(PycWriter.file(13, code));
        assertEquals(message, refusal.getMessage());
        assertEquals("t", refusal.input());
        assertTrue(refusal.position() >= PycHeader.BYTES, () -> "byte " + refusal.position());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 13, 14})
    void should_refuse_a_file_that_is_cut_anywhere(int minor) throws Exception {
        byte[] whole = SmallPyc.of(minor);
        assertTrue(SmallPyc.readAll(whole) > 100);
        for (int size = 8; size < whole.length; size++) {
            byte[] cut = Arrays.copyOf(whole, size);
            TraceException refusal = refusal(cut);
            assertTrue(
                    refusal.position() >= 0 && refusal.position() <= size,
                    () -> cut.length + " bytes: " + refusal.position());
            assertOneLine(refusal);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 10, 13, 14})
    void should_read_or_refuse_a_file_of_which_any_byte_is_another(int minor) throws Exception {
        byte[] whole = SmallPyc.of(minor);
        for (int at = 0; at < whole.length; at++) {
            for (int value : new int[] {0, 1, 0x7F, 0x80, 0xFF, whole[at] ^ 0x80, whole[at] + 1, 'r', '(', 'c', 'N'}) {
                byte[] changed = whole.clone();
                changed[at] = (byte) value;
                try {
                    SmallPyc.readAll(changed);
                } catch (TraceException e) {
                    assertOneLine(e);
                    assertTrue(e.position() >= 0 && e.position() <= whole.length);
                }
            }
        }
    }

    private static void assertOneLine(TraceException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("expected ") && message.lines().count() == 1, message);
    }

    @Test
    void should_count_bytes_behind_the_end_as_damage() throws Exception {
        byte[] whole = SmallPyc.of(12);
        try (PycTrace trace = PycTrace.open(SmallPyc.input(Arrays.copyOf(whole, whole.length + 3)))) {
            assertEquals(3, trace.summary().result().damage().bytes());
            assertEquals(
                    whole.length,
                    trace.summary().result().damage().notes().get(0).position());
        }
    }

    @Test
    void should_refuse_objects_that_are_part_of_themselves() {
        assertRefused(
                "expected a reference to an object that is whole, found one to number 0, of which it is a part",
                with(new Marked(listOf(1, listOf(new Ref(0))))));
        Code self = new Code("f");
        self.constants = listOf(new Ref(0));
        TraceException refusal = refusal(PycWriter.file(13, new Marked(self)));
        assertTrue(refusal.getMessage().contains("of which it is a part"), refusal.getMessage());
    }

    @Test
    void should_refuse_references_to_what_is_not_there() {
        assertRefused(
                "expected a reference to one of 1 objects, found one to number 1", with(new Marked("x"), new Ref(1)));
        assertRefused("expected a reference to one of 0 objects, found one to number -1", with(new Ref(-1)));
    }

    @Test
    void should_refuse_lengths_that_lie_before_anything_is_allocated() {
        int[] huge = {0xFF, 0xFF, 0xFF, 0x7F};
        for (char type : "sutaA(>".toCharArray()) {
            assertRefused(
                    "expected a length that fits, found 2147483647",
                    with(raw(type, huge[0], huge[1], huge[2], huge[3])));
            assertRefused("expected a length that fits, found -1", with(raw(type, 255, 255, 255, 255)));
        }
        assertRefused("expected an int that fits, found one of 2147483648 digits", with(raw('l', 0, 0, 0, 0x80)));
        assertRefused("expected objects that fit, found a tuple of 200", with(raw(')', 200)));
    }

    @Test
    void should_refuse_numbers_that_cpython_refuses() {
        assertRefused("expected a digit of 15 bits, found 65535", with(raw('l', 1, 0, 0, 0, 255, 255)));
        assertRefused("expected the highest digit of an int, found 0", with(raw('l', 2, 0, 0, 0, 1, 0, 0, 0)));
        for (String text : List.of("", "x", "1.5f", "0x1p3", " 1", "infinity", "NaN", "1e")) {
            byte[] bytes = (" " + text).getBytes(StandardCharsets.ISO_8859_1);
            bytes[0] = (byte) text.length();
            byte[] raw = new byte[bytes.length + 1];
            raw[0] = 'f';
            System.arraycopy(bytes, 0, raw, 1, bytes.length);
            assertRefused("expected a float, found no number", with(new Raw(raw)));
        }
        Code negative = new Code("f");
        negative.stackSize = -1;
        assertRefused("expected a count of a code object, found -1", negative);
        Code few = new Code("f");
        few.argCount = 1;
        few.positionalOnly = 2;
        assertRefused("expected no more positional-only arguments than arguments, found more", few);
        Code flags = new Code("f");
        flags.flags = -1;
        assertRefused("expected the flags of a code object, found -1", flags);
    }

    /** Flipped bits of a real file made 16,711,680 arguments of two variables. */
    @Test
    void should_refuse_more_arguments_than_variables() {
        Code code = new Code("f");
        code.flags = 0x0F;
        code.argCount = 1;
        code.keywordOnly = 0xFF_0000;
        code.localsPlus = listOf("a", "b", "cell");
        code.kinds = new byte[] {0x26, 0x26, 0x40};
        assertRefused("expected a variable for each argument, 16711683 in all, found 2", code);
        code.argCount = Integer.MAX_VALUE;
        code.keywordOnly = Integer.MAX_VALUE;
        assertRefused("expected a variable for each argument, 4294967296 in all, found 2", code);
    }

    @Test
    void should_refuse_half_an_instruction() {
        Code code = new Code("f");
        code.bytecode = new byte[3];
        assertRefused("expected bytecode of an even number of bytes, found 3", code);
    }

    @Test
    void should_refuse_what_is_no_text() {
        for (int[] bytes : new int[][] {
            {'u', 1, 0, 0, 0, 0xFF},
            {'u', 1, 0, 0, 0, 0xC3},
            {'u', 2, 0, 0, 0, 0xC0, 0x80},
            {'u', 3, 0, 0, 0, 0xE0, 0x80, 0x80},
            {'u', 4, 0, 0, 0, 0xF0, 0x80, 0x80, 0x80},
            {'u', 4, 0, 0, 0, 0xF4, 0x90, 0x80, 0x80},
            {'u', 2, 0, 0, 0, 0xC3, 0x41}
        }) {
            assertRefused("expected UTF-8, found the byte 0x" + Integer.toHexString(bytes[5]), with(raw(bytes)));
        }
    }

    @Test
    void should_refuse_types_that_no_constant_has() {
        assertRefused("expected a constant, found a list", with(raw('[', 0, 0, 0, 0)));
        assertRefused("expected a constant, found a dict", with(raw('{', '0')));
        assertRefused("expected a constant, found a set", with(raw('<', 0, 0, 0, 0)));
        assertRefused("expected a constant, found the null object", with(raw('0')));
        assertRefused("expected a constant, found StopIteration", with(raw('S')));
        assertRefused("expected a constant, found a frozendict", with(raw('}', '0')));
        assertRefused("expected a constant, found the type 0x3f", with(raw('?')));
        assertRefused("expected an object of CPython 3.13, found a slice", with(new PycWriter.Slice(1, 2, 3)));
    }

    @Test
    void should_refuse_parts_of_the_wrong_type() {
        Code code = new Code("f");
        code.bytecode = "text";
        assertRefused("expected the code of a code object, found a text", code);
        code = new Code("f");
        code.constants = null;
        assertRefused("expected the consts of a code object, found None", code);
        code = new Code("f");
        code.names = listOf("a", 5);
        assertRefused("expected the names of a code object, found a tuple of other things than texts", code);
        code = new Code("f");
        code.name = new byte[1];
        assertRefused("expected the name of a code object, found bytes", code);
        code = new Code("f");
        code.localsPlus = listOf("a");
        assertRefused("expected the kinds of 1 variables, found those of 0", code);
        assertEquals(
                "expected a code object, found a tuple",
                refusal(PycWriter.file(13, listOf())).getMessage());
    }

    /** CPython's own limit, and twice that. The writer is recursive, so the nesting is written by hand. */
    @Test
    void should_refuse_what_is_nested_too_deep() throws Exception {
        assertRefused("expected objects nested at most 2000 deep, found a deeper one", with(nested(4000)));
        assertRefused("expected constants nested at most 400 deep, found a deeper one", with(nested(1990)));
        assertTrue(onSmallStack(PycWriter.file(13, with(nested(399)))) > 0);
    }

    private static Raw nested(int depth) {
        byte[] bytes = new byte[2 * depth + 1];
        for (int i = 0; i < depth; i++) {
            bytes[2 * i] = ')';
            bytes[2 * i + 1] = 1;
        }
        bytes[2 * depth] = 'N';
        return new Raw(bytes);
    }

    /** Each tuple holds the one before: no nesting in the file, but in what it says. */
    @Test
    void should_refuse_what_references_nest_too_deep() {
        List<Object> chain = new ArrayList<>(List.of(new Marked(listOf())));
        for (int i = 0; i < 1000; i++) {
            chain.add(new Marked(listOf(new Ref(i))));
        }
        assertRefused("expected constants nested at most 400 deep, found a deeper one", with(chain.toArray()));
    }

    /** Code in code: 900 of them are 1,800 levels. */
    @Test
    void should_survive_deeply_nested_code_on_a_small_stack() throws Exception {
        for (int minor : new int[] {9, 13}) {
            Code code = new Code("f");
            for (int i = 0; i < 900; i++) {
                Code outer = new Code("f");
                outer.constants = listOf(code);
                code = outer;
            }
            Code top = code;
            // The writer is recursive.
            byte[] file = onStack(64 << 20, () -> PycWriter.file(minor, top));
            assertTrue(onSmallStack(file) > 900);
        }
    }

    private static long onSmallStack(byte[] file) throws Exception {
        return onStack(512 << 10, () -> SmallPyc.readAll(file));
    }

    private static <T> T onStack(int bytes, Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(null, future, "with its own stack", bytes);
        thread.start();
        return future.get();
    }

    /** 2^100 elements in a few hundred bytes. */
    @Test
    void should_refuse_what_references_make_large() {
        List<Object> doubled = new ArrayList<>(List.of(new Marked(listOf(1, 2))));
        for (int i = 0; i < 100; i++) {
            doubled.add(new Marked(listOf(new Ref(i), new Ref(i))));
        }
        TraceException refusal = refusal(PycWriter.file(13, with(doubled.toArray())));
        assertEquals(
                "expected code objects of at most 16 times the size of the file, found more: it refers again and again to"
                        + " what is large",
                refusal.getMessage());
    }

    @Test
    void should_refuse_many_code_objects_that_share_what_is_large() {
        List<Object> constants = new ArrayList<>();
        constants.add(new Marked(new ArrayList<>(Collections.nCopies(100_000, 5))));
        for (int i = 0; i < 2_000; i++) {
            Code code = new Code("f");
            code.constants = new Ref(0);
            constants.add(code);
        }
        Code module = new Code("m");
        module.constants = constants;
        assertTrue(refusal(PycWriter.file(13, module)).getMessage().contains("16 times"));
    }

    @Test
    void should_read_large_constants_in_time() throws Exception {
        Code code = with(
                new Marked(BigInteger.ONE.shiftLeft(8_000_000)),
                "x".repeat(5_000_000),
                "\ud800\udc00".repeat(500_000),
                new ArrayList<>(Collections.nCopies(500_000, 1)));
        assertTrue(SmallPyc.readAll(PycWriter.file(13, code)) > 10_000);
    }

    @Test
    void should_refuse_a_file_that_is_too_large_without_reading_it() {
        byte[] head = SmallPyc.of(13);
        TraceException refusal = assertThrows(
                TraceException.class, () -> PycTrace.open(SmallPyc.input(Arrays.copyOf(head, Limits.FILE + 1))));
        assertEquals("expected compiled Python of at most 32 MiB, found more", refusal.getMessage());
    }

    /** What they become is many times as large. */
    @Test
    void should_refuse_tables_and_objects_that_would_take_much_memory() throws Exception {
        Code code = new Code("f");
        code.exceptionTable = new byte[Limits.TABLES];
        String tables = "expected line tables and exception tables of at most 8388608 bytes together, found more";
        assertRefused(tables, code);
        code.exceptionTable = new byte[0];
        code.lineTable = new byte[Limits.TABLES];
        assertTrue(SmallPyc.readAll(PycWriter.file(13, code)) > 0);
        code.lineTable = new byte[Limits.TABLES + 1];
        assertRefused(tables, code);
        assertEquals(tables, refusal(PycWriter.file(9, code)).getMessage());
        List<Object> sharing = new ArrayList<>(List.of(new Marked(new byte[1 << 20])));
        for (int i = 0; i < 9; i++) {
            Code one = new Code("f");
            one.lineTable = new Ref(0);
            sharing.add(one);
        }
        assertRefused(tables, with(sharing.toArray()));
        assertRefused(
                "expected at most 2097152 objects, found more",
                with(new ArrayList<>(Collections.nCopies(Limits.OBJECTS, null))));
    }

    @Test
    void should_take_a_negative_first_line_for_none() throws Exception {
        Code module = with(onLine(5), onLine(Integer.MIN_VALUE));
        module.firstLine = -2;
        byte[] file = PycWriter.file(12, module);
        try (PycTrace trace = PycTrace.open(SmallPyc.input(file))) {
            TraceSummary summary = trace.summary();
            for (CodeObjectWrapper code : summary.codes()) {
                boolean known = code.index() == 1;
                assertEquals(known ? 5 : CodeRecord.UNKNOWN, code.firstLine());
                assertEquals(!known, code.isLineTableMalformed());
                assertEquals(known ? 1 : 0, code.lineTableOrEmpty().size());
            }
            Damage damage = summary.result().damage();
            assertEquals(2, damage.places());
            Damage.Note note = damage.notes().get(0);
            assertEquals("expected a first line, found -2", note.message());
            assertEquals(-2, Marshal.i32(file, (int) note.position()));
            assertEquals(
                    "expected a first line, found -2147483648",
                    damage.notes().get(1).message());
        }
    }

    private static Code onLine(int firstLine) {
        Code code = new Code("f");
        code.firstLine = firstLine;
        return code;
    }
}
