package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.format.codetracer.EncodedTrace.Outcome;
import dev.tracetool.input.FileInput;
import dev.tracetool.input.InputLimits;
import dev.tracetool.input.LimitException;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made by somebody who wants the reader to hang, to fill the memory, or to read another file's bytes. */
class HostileCodetracerTest {
    private static final String START = "[{\"Path\":\"a\"},";

    private static byte[] json(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> notes(Outcome found) {
        return found.result().damage().notes().stream()
                .map(Damage.Note::message)
                .toList();
    }

    private static byte[] capnp(long... words) {
        return CapnpRecordsWriter.file(words, 1);
    }

    private static String refused(byte[] bytes) {
        TraceException e = assertThrows(TraceException.class, () -> EncodedTrace.read(bytes));
        DamagedCodetracerTest.check(e, bytes.length);
        return e.getMessage();
    }

    @Test
    void should_recognise_records_and_no_other_json() {
        for (String yes : List.of(
                "[{\"Path\":\"a\"}]",
                "\uFEFF \n[ \r\n{ \"Type\" : {",
                "[\"DropLastStep\"",
                "[{\"ThreadStart\":1},{}]")) {
            assertTrue(TraceFormats.matches(json(yes)), yes);
        }
        for (String no : List.of(
                "",
                "[",
                "[]",
                "[1]",
                "[[]]",
                "[{}]",
                "[{\"Pat",
                "[{\"Paths\":[]}]",
                "[\"Path\"]",
                "{\"Path\":\"a\"}",
                "[{\"name\":\"x\"}]",
                "[ nothing",
                "{\"program\":\"x\",\"workdir\":\"y\",\"calls\":[",
                " ".repeat(600))) {
            assertFalse(TraceFormats.matches(json(no)), no);
        }
    }

    @Test
    void should_name_the_older_format_that_is_refused() {
        String noir = "{\"program\":\"p\",\"args\":[\"a\"],\"workdir\":\"/w\",\"calls\":[{\"key\":0,";
        assertTrue(refused(json(noir)).contains("CodeTracer's tracer for Noir"));
        assertFalse(refused(json("{\"program\":\"p\",\"args\":[],\"workdir\":\"/w\"}"))
                .contains("Noir"));
        assertFalse(refused(json("{\"calls\":[],\"steps\":[]}")).contains("Noir"));
    }

    @Test
    void should_note_what_is_no_record_and_go_on() throws IOException {
        Outcome found = EncodedTrace.read(json(START
                + "7,{\"Jump\":{\"x\":[1]}},\"Step\",{\"Step\":5},{\"Step\":{\"path_id\":\"0\",\"line\":1}},{},[],null,"
                + "{\"Step\":{\"path_id\":0,\"line\":2},\"Call\":1},{\"Step\":{\"line\":123456789012345678901234567890}},"
                + "{\"Path\":{}},{\"Step\":{\"line\":4,\"path_id\":1}}]"));
        assertEquals(List.of("<unknown>:4 <unknown>"), found.log().events());
        assertTrue(found.result().complete());
        assertEquals(
                List.of(
                        "record 2: expected a kind of record, found another value than an object with the name of one",
                        "record 3: expected a kind of record, found 'Jump'",
                        "record 4: expected a kind of record, found another text",
                        "record 5: expected a path below 1, found none, or one of more than 63 bits",
                        "record 6: expected a path below 1, found none, or one of more than 63 bits",
                        "record 7: expected a kind of record, found another value than an object with the name of one",
                        "record 8: expected a kind of record, found another value than an object with the name of one",
                        "record 9: expected a kind of record, found another value than an object with the name of one",
                        "record 10: expected a kind of record, found an object of several members",
                        "record 11: expected a path below 1, found none, or one of more than 63 bits",
                        "record 12: expected a text in 'Path', found an object"),
                notes(found));
        assertEquals(14, found.result().damage().notes().get(0).position());
    }

    @Test
    void should_stop_at_values_nested_without_end() throws IOException {
        String deep = "[".repeat(1_000_000);
        Outcome found = EncodedTrace.read(json(START + "{\"Step\":{\"path_id\":0,\"line\":1}},{\"Value\":" + deep));
        assertEquals(List.of("a:1 <unknown>"), found.log().events());
        assertEquals(1, notes(found).size());

        ByteArrayOutputStream cbor = new ByteArrayOutputStream();
        cbor.writeBytes(CborRecordsWriter.content(List.of(Rec.path("a"), Rec.step(0, 1)), 3));
        cbor.writeBytes(new byte[] {(byte) 0xA1, 0x65, 'V', 'a', 'l', 'u', 'e'});
        byte[] nested = new byte[1_000_000];
        Arrays.fill(nested, (byte) 0x81);
        cbor.writeBytes(nested);
        found = EncodedTrace.read(CborRecordsWriter.file(cbor.toByteArray(), 1 << 16, true));
        assertEquals(List.of("a:1 <unknown>"), found.log().events());
        assertTrue(
                notes(found).get(0).startsWith("expected values nested at most 10000 deep"),
                notes(found).toString());
    }

    /** Names that are looked up in a table: as many as one likes, and with the same hashes. */
    @Test
    void should_read_values_with_any_number_of_names() throws IOException {
        StringBuilder text = new StringBuilder(START).append("{\"Value\":{\"a\":1");
        for (int i = 0; i < 300_000; i++) {
            text.append(",\"").append("\\u0000".repeat(i % 7)).append(i).append("\":1");
        }
        text.append("}},{\"Step\":{\"path_id\":0,\"line\":1}}]");
        Outcome found = EncodedTrace.read(json(text.toString()));
        assertEquals(List.of("a:1 <unknown>"), found.log().events());
        assertEquals(List.of(), notes(found));
    }

    /** Arrays, maps, texts that claim to be longer than anything. */
    @Test
    void should_not_believe_lengths_of_cbor() throws IOException {
        for (int head : new int[] {0x5B, 0x7B, 0x9B, 0xBB}) {
            for (int top : new int[] {0x00, 0x3F, 0x7F, 0xFF}) {
                ByteArrayOutputStream cbor = new ByteArrayOutputStream();
                cbor.writeBytes(CborRecordsWriter.content(List.of(Rec.path("a"), Rec.step(0, 1)), 3));
                cbor.writeBytes(new byte[] {(byte) 0xA1, 0x64, 'P', 'a', 't', 'h', (byte) head, (byte) top});
                cbor.writeBytes(new byte[] {-1, -1, -1, -1, -1, -1, -1, 0, 0});
                Outcome found = EncodedTrace.read(CborRecordsWriter.file(cbor.toByteArray(), 50, true));
                assertEquals(List.of("a:1 <unknown>"), found.log().events());
                assertEquals(1, notes(found).size());
                assertFalse(found.result().complete());
            }
        }
    }

    @Test
    void should_not_read_names_that_are_too_long_but_count_them() throws IOException {
        String longest = "\u00E9".repeat(RecordSink.MAX_NAME / 2);
        List<Rec> records = List.of(
                Rec.path(longest),
                Rec.path(longest + "x"),
                Rec.path("b"),
                Rec.step(0, 1),
                Rec.step(1, 2),
                Rec.step(2, 3));
        for (EncodedTrace.Encoding encoding : EncodedTrace.Encoding.values()) {
            Outcome found = EncodedTrace.read(encoding.write(records, 5));
            assertEquals(
                    List.of(longest + ":1 <unknown>", "<unknown>:2 <unknown>", "b:3 <unknown>"),
                    found.log().events());
        }
    }

    @Test
    void should_tell_an_open_v1_file_from_a_closed_one() throws IOException {
        byte[] content = CborRecordsWriter.content(List.of(Rec.path("a"), Rec.step(0, 1)), 3);
        assertFalse(EncodedTrace.read(CborRecordsWriter.file(content, 100, false))
                .result()
                .complete());
        byte[] closed = CborRecordsWriter.file(content, 7, true);
        assertTrue(EncodedTrace.read(closed).result().complete());
        Outcome more = EncodedTrace.read(Arrays.copyOf(closed, closed.length + 5));
        assertEquals(List.of("expected a zstd frame, found another start"), notes(more));
        assertEquals(closed.length, more.result().damage().notes().get(0).position());
        assertEquals(5, more.result().damage().bytes());
        assertFalse(more.result().complete());
    }

    /** Frames without content do not hang, and other skippable frames are passed over. */
    @Test
    void should_pass_over_frames_that_hold_nothing() throws IOException {
        byte[] content = CborRecordsWriter.content(List.of(Rec.path("a"), Rec.step(0, 1)), 3);
        byte[] closed = CborRecordsWriter.file(content, 1000, true);
        byte[] empty = Zstd.compress(new byte[0]);
        byte[] skipped = {0x53, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3};
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write(closed, 0, 8);
        for (int i = 0; i < 10; i++) {
            file.writeBytes(empty);
            file.writeBytes(skipped);
        }
        file.write(closed, 8, closed.length - 8);
        Outcome found = EncodedTrace.read(file.toByteArray());
        assertEquals(List.of("a:1 <unknown>"), found.log().events());
        assertTrue(found.result().complete() && found.result().damage().isEmpty());
    }

    @Test
    void should_refuse_messages_larger_than_their_file_can_be() {
        assertTrue(refused(capnp(0xFFFFFFFFL)).contains("segments, found 4294967296"));
        assertTrue(refused(capnp(0xFFFFFFFFL << 32, 0)).contains("bytes can hold, found one of"));
        // All zeros: two bytes for 256 words.
        long[] zeros = new long[1 << 20];
        zeros[0] = (long) (zeros.length - 1) << 32;
        assertTrue(refused(capnp(zeros)).contains("at most 100 times its packed size"));
    }

    /** The root, and what it points to, is not what it has to be. */
    @Test
    void should_refuse_messages_without_a_list_of_records() {
        long one = 1L << 32;
        for (long[] words : new long[][] {
            {0},
            {one, 0}, // a null root
            {one, 1L << 48}, // outside of the segment
            {one, 0xFFFFFFFC | 1L << 48}, // at itself: a list that is a pointer to a struct
            {one, 2 | 5L << 32}, // in a segment that is not there
            {one, 2 | 7 << 3}, // far away in its own
            {one, 2}, // a far pointer to itself
            {one, 6}, // the same, double
            {one, 3}, // a capability
            {2 * one, 1L << 48, 1 | 2L << 32}, // a list of bytes
            {3 * one, 1L << 48, 1 | (7L | 1L << 3) << 32, 1L << 2 | 1L << 48}, // structs without data
            {3 * one, 1L << 48, 1 | (7L | 1L << 3) << 32, 5L << 2 | one}, // more structs than words
            {3 * one, 1L << 48, 1 | (7L | 1L << 3) << 32, 1 | 1L << 2 | one} // elements that are lists
        }) {
            assertTrue(refused(capnp(words)).contains("with a list of records"), Arrays.toString(words));
        }
    }

    /** A list of records in which all pointers go to one place, which is the list itself. */
    @Test
    void should_look_only_once_at_pointers_in_circles() throws IOException {
        int count = 5;
        long[] words = new long[4 + 2 * count];
        words[0] = (long) (words.length - 1) << 32;
        words[1] = 1L << 48; // root: a struct of one pointer
        words[2] = 1 | (7L | 2L * count << 3) << 32;
        words[3] = (long) count << 2 | 1L << 32 | 1L << 48;
        int[] tags = {1, 6, 0, 7, 21};
        for (int i = 0; i < count; i++) {
            words[4 + 2 * i] = tags[i];
            words[5 + 2 * i] =
                    (2L - (6 + 2 * i)) << 2 & 0xFFFFFFFFL | 3L << 48; // a struct of three pointers: the list's
        }
        Outcome found = EncodedTrace.read(capnp(words));
        assertTrue(found.result().complete());
        assertTrue(found.result().damage().places() > 0);
    }

    /** A frame of zstd can be 20,000 times smaller than what it holds. */
    @Test
    void should_keep_to_the_limits_of_what_version_1_unpacks_to(@TempDir Path folder) throws IOException {
        List<Rec> records = new ArrayList<>(Collections.nCopies(100_000, Rec.step(0, 7)));
        records.add(0, Rec.path("a"));
        byte[] content = CborRecordsWriter.content(records, 1);
        byte[] bytes = CborRecordsWriter.file(content, 1 << 20, true);
        Path file = Files.write(folder.resolve("trace.bin"), bytes);
        InputLimits sure = InputLimits.DEFAULT;
        long slack = content.length - 2L * bytes.length;
        assertEquals(100_000, events(file, limits(2, slack, sure.total())));
        assertLimit("is a trace that unpacks to over 2 times its size and ", file, limits(2, slack - 1, sure.total()));
        assertLimit("is a trace that unpacks to over 99,999 bytes", file, limits(100, sure.slack(), 99_999));
        assertEquals(100_000, events(file, InputLimits.NONE));
    }

    private static InputLimits limits(long ratio, long slack, long total) {
        return new InputLimits(ratio, slack, total, 1, 1, 1, 1, 1);
    }

    private static long events(Path file, InputLimits limits) throws IOException {
        try (Trace trace = TraceFormats.open(new FileInput("t", file, limits))) {
            return trace.summary().events();
        }
    }

    private static void assertLimit(String message, Path file, InputLimits limits) {
        LimitException e = assertThrows(LimitException.class, () -> events(file, limits));
        assertTrue(e.getMessage().startsWith(message), e.getMessage());
        assertEquals("t", e.input());
    }
}
