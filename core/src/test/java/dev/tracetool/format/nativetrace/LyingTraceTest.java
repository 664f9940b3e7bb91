package dev.tracetool.format.nativetrace;

import static dev.tracetool.format.nativetrace.RawTrace.ints;
import static dev.tracetool.format.nativetrace.RawTrace.join;
import static dev.tracetool.format.nativetrace.RawTrace.little;
import static dev.tracetool.format.nativetrace.RawTrace.section;
import static dev.tracetool.format.nativetrace.RawTrace.stored;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.Zstd;
import dev.tracetool.analysis.Summary;
import dev.tracetool.code.CodeObjectRegistry;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Traces whose checksums are right and whose content is not: a block that lies is left out, and that is told. */
class LyingTraceTest {
    private static final int MAX = 0xFFFF_FFFF;

    @TempDir
    Path folder;

    private final List<String> whole = SmallTrace.lines();

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("t"), bytes);
    }

    private ReadResult read(byte[] bytes, Transcript transcript) throws IOException {
        try (NativeTrace trace = NativeTrace.open("t", file(bytes), 0)) {
            return trace.read(transcript);
        }
    }

    private TraceSummary sumUp(byte[] bytes) throws IOException {
        try (NativeTrace trace = NativeTrace.open("t", file(bytes), 0)) {
            return trace.summary();
        }
    }

    private String refused(byte[] bytes) {
        TraceException e = assertThrows(TraceException.class, () -> read(bytes, new Transcript()));
        assertTrue(e.position() >= 0 && e.position() <= bytes.length, String.valueOf(e.position()));
        String message = String.valueOf(e.getMessage());
        assertEquals(1, message.lines().count());
        return message;
    }

    private static RawTrace small() {
        return RawTrace.of(SmallTrace.write(Compression.STORED)).withoutIndex();
    }

    /** Asserts that the frame, and what depends on it, is left out with a reason, and all else is there. */
    private void assertLeftOut(RawTrace trace, int frame, String reason, List<String> left) throws IOException {
        byte[] bytes = trace.bytes();
        Transcript transcript = new Transcript();
        Damage damage = read(bytes, transcript).damage();
        assertEquals(left, transcript.lines, reason);
        assertFalse(damage.isEmpty(), reason);
        Damage.Note note = damage.notes().get(0);
        assertTrue(note.message().contains(reason), note.message());
        int start = RawTrace.offsets(bytes).get(frame);
        int end = RawTrace.offsets(bytes).get(frame + 1);
        assertTrue(note.position() >= start + 20 && note.position() < end, reason + " at " + note.position());
        assertTrue(damage.bytes() >= end - start && damage.frames() >= 1, reason);
    }

    private void assertBlockLeftOut(Consumer<byte[]> lie, String reason) throws IOException {
        RawTrace trace = small();
        int frame = trace.first('E');
        lie.accept(trace.frames.get(frame).payload());
        List<String> left = new ArrayList<>(whole);
        left.remove(frame);
        assertLeftOut(trace, frame, reason, left);
    }

    /** Every number of a block's head and sections, as each of several lies. */
    @ParameterizedTest
    @CsvSource({
        "0, 4, -1, 'expected a thread below'",
        "4, 4, -1, 'ops of at most'",
        "4, 4, 0, 'codes of at most 0'",
        "4, 4, 3, 'times of at most 3'",
        "8, 4, -1, 'codes of at most'",
        "8, 4, 1, 'raw bytes by the head'",
        "12, 4, -1, 'times of at most'",
        "12, 4, 3, 'times for the timed kinds'",
        "16, 1, 3, 'a width of 1, 2 or 4'",
        "16, 1, 8, 'a width of 1, 2 or 4'",
        "16, 1, 2, 'raw bytes by the head'",
        "17, 1, 0, 'a width of 1, 2 or 4'",
        "18, 1, 4, 'raw bytes by the head'",
        "19, 1, 16, 'a width of 1, 2, 4 or 8'",
        "19, 1, 4, 'raw bytes by the head'",
        "20, 8, 5, 'times that end at'",
        "20, 8, 9223372036854775807, 'times that end at'",
        "28, 8, 0, 'times that end at'",
        "36, 4, -1, 'kinds of at most 4'",
        "36, 4, 5, 'kinds of at most 4'",
        "36, 4, 3, 'expected'",
        "40, 4, 0, 'another kind, found 0'",
        "40, 4, 5, 'kind of at most 4'",
        "40, 4, 2, 'another kind, found 2'",
        "44, 4, -1, 'events of at most'",
        "44, 4, 3, 'times for the timed kinds'",
        "72, 1, 9, 'codec 0 (stored), 1 (zlib) or 2 (zstd), found 9'",
        "72, 1, 1, 'zlib stream'",
        "72, 1, 2, 'zstd stream'",
        "76, 4, -1, 'raw bytes'",
        "76, 4, 67108864, 'raw bytes by the head'",
        "80, 4, -1, 'stored bytes, found 4294967295'",
        "80, 4, 1, 'stored bytes, found 1'",
        "84, 1, -1, 'code object first'",
        "84, 1, 0, 'code object first'",
        "86, 1, -128, 'a kind of event, found number 63'",
        "86, 1, -4, '2 ops of kind 1 by the head, found 3'",
        "97, 1, 99, 'code indices below 2, found 99'"
    })
    void should_leave_out_a_block_of_events_whose_numbers_lie(int at, int width, long value, String reason)
            throws IOException {
        assertBlockLeftOut(
                payload -> {
                    switch (width) {
                        case 1 -> payload[at] = (byte) value;
                        case 4 -> little(payload).putInt(at, (int) value);
                        default -> little(payload).putLong(at, value);
                    }
                },
                reason);
    }

    @Test
    void should_leave_out_a_block_that_ends_early() throws IOException {
        RawTrace sound = small();
        int frame = sound.first('E');
        byte[] payload = sound.frames.get(frame).payload();
        for (int length = 0; length < payload.length; length++) {
            RawTrace trace = small();
            trace.frames.set(frame, new RawTrace.Raw('E', Arrays.copyOf(payload, length)));
            List<String> left = new ArrayList<>(whole);
            left.remove(frame);
            Transcript transcript = new Transcript();
            assertFalse(read(trace.bytes(), transcript).damage().isEmpty());
            assertEquals(left, transcript.lines, "a block of " + length + " bytes");
        }
    }

    /** The first of the two has its name of 4 bytes at 48, and behind it its text of 162. */
    @ParameterizedTest
    @CsvSource({
        "0, 5, 'expected a text of 5 bytes, found 162'",
        "0, 16777217, 'expected at most 16777216 bytes, found 16777217'",
        "4, -1, 'expected a size below 2^63, found -'",
        "8, 0, 'expected the digest of the text, found another'",
        "44, -1, 'expected a name that fits, found 4294967295 bytes'",
        "44, 5000, 'expected a name that fits, found 5000 bytes'",
        "44, 3, 'expected'",
        "56, 163, 'expected a text of 162 bytes, found 163'",
        "56, 67108865, 'raw bytes, found 67108865'",
        "60, 5000, 'stored bytes, found 5000'"
    })
    void should_leave_out_sources_whose_numbers_lie(int at, int value, String reason) throws IOException {
        RawTrace trace = small();
        int frame = trace.first('s');
        little(trace.frames.get(frame).payload()).putInt(at, value);
        List<String> left = new ArrayList<>(whole);
        assertTrue(left.remove(frame).startsWith("source x.py 162 "));
        assertLeftOut(trace, frame, reason, left);
    }

    @Test
    void should_sum_up_sources_with_and_without_their_text() throws IOException {
        RawTrace trace = small();
        for (byte[] bytes : List.of(trace.bytes(), trace.withoutIndex().bytes(), SmallTrace.write(Compression.ZLIB))) {
            assertEquals(2, sumUp(bytes).sources());
            assertEquals(1, sumUp(bytes).sourceTexts());
        }
        little(trace.frames.get(trace.first('s')).payload()).putInt(44, -1);
        assertEquals(1, sumUp(trace.bytes()).sources());
        assertEquals(0, sumUp(trace.bytes()).sourceTexts());
        assertEquals(1, sumUp(trace.bytes()).result().damage().frames());
    }

    @Test
    void should_ignore_what_a_later_minor_version_appends() throws IOException {
        RawTrace trace = small();
        trace.minor = 7;
        for (int i = 1; i < trace.frames.size(); i++) {
            RawTrace.Raw frame = trace.frames.get(i);
            if (frame.type() != 'M' && frame.type() != 'X') { // JSON grows by members
                trace.frames.set(i, new RawTrace.Raw(frame.type(), join(frame.payload(), new byte[] {1, 2, 3})));
            }
        }
        trace.frames.add(2, new RawTrace.Raw('q', new byte[] {9}));
        trace.frames.add(4, new RawTrace.Raw('q', new byte[0]));
        Transcript transcript = new Transcript();
        Damage damage = read(trace.bytes(), transcript).damage();
        assertEquals(whole, transcript.lines);
        assertTrue(damage.isEmpty(), () -> damage.notes().toString());
        assertTrue(sumUp(trace.bytes()).result().damage().isEmpty());
    }

    @Test
    void should_refuse_a_newer_major_version_and_a_required_block_that_is_not_known() {
        RawTrace newer = small();
        newer.major = 2;
        assertEquals(
                "expected trace format version 1, found version 2.0, which needs a newer tracetool",
                refused(newer.bytes()));
        RawTrace required = small();
        required.frames.add(5, new RawTrace.Raw('Q', new byte[3]));
        String expected = "expected a known type of block, found the required type 'Q', which needs a newer tracetool";
        assertEquals(expected, refused(required.bytes()));
        assertEquals(
                expected,
                assertThrows(TraceException.class, () -> sumUp(required.bytes()))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "0, -1, 'first index 0, found 4294967295'",
        "0, 1, 'first index 0, found 1'",
        "4, -1, 'records, found 4294967295'",
        "4, 3, 'code object record, found the end'",
        "4, 1, 'expected records of'",
        "12, 67108865, 'raw bytes, found 67108865'",
        "12, 20, 'records, found 2'",
        "20, -1, 'record that fits, found 4294967299 bytes'",
        "20, 0, 'record that fits, found 4 bytes'",
        "60, -1, 'texts and tables within'",
        "64, 2147483647, 'texts and tables within'",
        "76, -1, 'texts and tables within'"
    })
    void should_leave_out_code_objects_whose_numbers_lie_and_all_that_names_them(int at, int value, String reason)
            throws IOException {
        RawTrace trace = small();
        little(trace.frames.get(1).payload()).putInt(at, value);
        List<String> left = whole.stream()
                .filter(line -> !line.startsWith("codes 0=")
                        && !line.startsWith("frames")
                        && !line.startsWith("events")
                        && !line.startsWith("ended"))
                .toList();
        assertLeftOut(trace, 1, reason, left);
    }

    @ParameterizedTest
    @CsvSource({
        "T, 0, -1, 'a thread below'",
        "T, 20, -1, 'name that fits'",
        "T, 20, 11, 'name that fits'",
        "F, 0, 2147483647, 'a thread below'",
        "F, 12, -1, 'frames that fit'",
        "F, 12, 2, 'frames that fit'",
        "F, 16, 2, 'index of a code object before it, found 2'",
        "F, 16, -1, 'index of a code object before it, found 4294967295'",
        "F, 20, -1, 'offset below'",
        "M, 0, -1, 'a thread below'",
        "M, 12, 0, 'expected JSON, found the character U+0000'",
        "D, 0, -1, 'indices that fit'",
        "D, 4, 3, 'index of a code object before it, found 3'",
        "X, 0, -1, 'expected JSON, found'"
    })
    void should_leave_out_small_blocks_whose_numbers_lie(char type, int at, int value, String reason)
            throws IOException {
        RawTrace trace = small();
        int frame = trace.first(type);
        little(trace.frames.get(frame).payload()).putInt(at, value);
        Transcript transcript = new Transcript();
        Damage damage = read(trace.bytes(), transcript).damage();
        assertTrue(
                damage.notes().get(0).message().contains(reason),
                () -> damage.notes().toString());
        List<String> left = new ArrayList<>(whole);
        left.remove(frame);
        transcript.lines.removeIf(line -> line.endsWith("name=]")); // a thread without its block
        assertEquals(left, transcript.lines);
    }

    @Test
    void should_tell_when_the_end_counts_other_events() throws IOException {
        for (long claimed : new long[] {29, 31, -1, Long.MAX_VALUE}) {
            RawTrace trace = small();
            little(trace.frames.get(trace.first('Z')).payload()).putLong(8, claimed);
            Transcript transcript = new Transcript();
            Damage damage = read(trace.bytes(), transcript).damage();
            assertEquals(whole, transcript.lines);
            assertEquals(
                    "expected " + claimed + " events in the file, found 30",
                    damage.notes().get(0).message());
            TraceSummary summary = sumUp(trace.bytes());
            assertEquals(30, summary.events());
            assertFalse(summary.result().damage().isEmpty());
        }
    }

    @Test
    void should_not_believe_an_index_that_contradicts_the_blocks() throws IOException {
        byte[] bytes = SmallTrace.write(Compression.STORED);
        RawTrace sound = RawTrace.of(bytes);
        int index = sound.first('i');
        int raw = sound.frames.get(index).payload().length;
        assertTrue(sumUp(bytes).indexed());
        for (int at = 12; at < raw; at++) {
            RawTrace trace = RawTrace.of(bytes);
            trace.frames.get(index).payload()[at]++;
            TraceSummary summary = sumUp(trace.bytes());
            assertEquals(30, summary.events(), "index changed at " + at);
            assertEquals(2, summary.threads().size());
            assertEquals(3, summary.codes().size());
            // Times and raw lengths are told by nothing else, and used for nothing but sizes.
            if (!summary.indexed()) {
                assertFalse(summary.result().damage().isEmpty(), "index changed at " + at);
            }
        }
        RawTrace forgetful = RawTrace.of(bytes);
        forgetful.frames.remove(forgetful.first('F'));
        assertFalse(sumUp(forgetful.bytes()).indexed());
    }

    @Test
    void should_refuse_metadata_that_contradict_themselves_or_are_none() {
        String rest = "\"line_table\":\"3.11\",\"clock\":{\"start\":1}";
        String[] wrong = {
            "",
            "null",
            "[]",
            "{",
            "{}",
            "\"x\"",
            "{" + rest + "}",
            "{\"kinds\":[],\"clock\":{\"start\":1}}",
            "{\"kinds\":[],\"line_table\":\"3.11\"}",
            "{\"kinds\":[],\"line_table\":\"3.12\",\"clock\":{\"start\":1}}",
            "{\"kinds\":[],\"line_table\":\"3.11\",\"clock\":1}",
            "{\"kinds\":[],\"line_table\":\"3.11\",\"clock\":{\"start\":1.5}}",
            "{\"kinds\":[],\"line_table\":\"3.11\",\"clock\":{\"start\":9223372036854775808}}",
            "{\"kinds\":[],\"line_table\":\"3.11\",\"clock\":{\"start\":" + "9".repeat(5000) + "}}",
            "{\"kinds\":[],\"pid\":1e400000000," + rest + "}",
            "{\"kinds\":{}," + rest + "}",
            "{\"kinds\":[1]," + rest + "}",
            "{\"kinds\":[{}]," + rest + "}",
            "{\"kinds\":[{\"name\":1}]," + rest + "}",
            "{\"kinds\":[{\"name\":\"A\"},{\"name\":\"A\"}]," + rest + "}",
            "{\"kinds\":[{\"name\":\"A\",\"args\":[\"offset\",\"offset\"]}]," + rest + "}",
            "{\"kinds\":[{\"name\":\"A\",\"args\":[\"line\"]}]," + rest + "}",
            "{\"kinds\":[{\"name\":\"A\",\"args\":[\"offset\",\"destination\",\"offset\"]}]," + rest + "}",
            "{\"kinds\":[{\"name\":\"LINE\"}]," + rest + "}",
            "{\"kinds\":[{\"name\":\"LINE\",\"args\":[\"offset\",\"destination\"]}]," + rest + "}",
            "{\"kinds\":[{\"name\":\"A\",\"timed\":1}]," + rest + "}",
            "{\"kinds\":[],\"kinds\":[{\"name\":\"A\"}]," + rest + "}",
            "{\"kinds\":[],\"clock\":{\"start\":1,\"start\":2},\"line_table\":\"3.11\"}",
            "{\"kinds\":[],\"argv\":\"x\"," + rest + "}",
            "{\"kinds\":[],\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "," + rest + "}",
            "{\"kinds\":[],\"x\":" + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000) + "," + rest + "}",
            "{\"kinds\":[" + "{\"name\":\"A\"},".repeat(100_000) + "1]," + rest + "}",
            "{\"kinds\":[]," + rest,
        };
        for (String json : wrong) {
            byte[] bytes = new RawTrace().add('H', json).bytes();
            String start = json.substring(0, Math.min(80, json.length()));
            String message = refused(bytes);
            assertTrue(message.startsWith("expected ") && message.length() < 400, start + " -> " + message);
        }
        StringBuilder kinds = new StringBuilder();
        for (int i = 0; i < 64; i++) {
            kinds.append(i == 0 ? "" : ",").append("{\"name\":\"K").append(i).append("\"}");
        }
        assertTrue(refused(new RawTrace()
                        .add('H', "{\"kinds\":[" + kinds + "]," + rest + "}")
                        .bytes())
                .contains("at most 63 kinds"));
        assertTrue(refused(new RawTrace().bytes()).contains("metadata block, found the end of the file"));
        assertTrue(refused(new RawTrace().add('C', new byte[8]).bytes()).contains("metadata block"));
        byte[] invalid = "{\"host\":\"\u00ff\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(refused(new RawTrace().add('H', invalid).bytes()).startsWith("expected UTF-8, found the byte 0xff"));
    }

    /** Of a parser's own words, and of what it cites, users know nothing. */
    @Test
    void should_tell_what_is_wrong_with_metadata_in_its_own_words() {
        String[][] wrong = {
            {"", "0: expected an object for the metadata, found the end"},
            {"[]", "0: expected an object for the metadata, found an array"},
            {"{\"pid\":\"x\"}", "7: expected a number for pid, found a text"},
            {"{\"pid\":1.5}", "7: expected a number for pid, found a fraction"},
            {"{\"pid\":9223372036854775808}", "7: expected a number of at most 64 bits for pid, found a larger one"},
            {"{\"line_times\":1}", "14: expected true or false as line_times, found a number"},
            {"{\"argv\":[\"a\",{}]}", "13: expected a text for argv, found an object"},
            {"{\"kinds\":7}", "9: expected an array for kinds, found a number"},
            {"{\"pid\":1,\"pid\":2}", "14: expected each name of an object once, found one again"},
            {"{\"host\":secret}", "8: expected JSON, found a word that is none"},
            {"{\"host\" 7}", "8: expected JSON, found '7'"},
            {"{\"host\":\"", "9: expected the rest of a JSON value, found the end"},
        };
        for (String[] each : wrong) {
            TraceException e = assertThrows(
                    TraceException.class,
                    () -> read(new RawTrace().add('H', each[0]).bytes(), new Transcript()));
            long payload = new RawTrace().add('H', "").bytes().length - 4;
            assertEquals(each[1], (e.position() - payload) + ": " + e.getMessage());
        }
    }

    @Test
    void should_leave_out_a_second_metadata_block() throws IOException {
        RawTrace trace = small();
        trace.frames.add(3, trace.frames.get(0));
        assertLeftOut(trace, 3, "expected one metadata block, found a second", whole);
    }

    /** Text of any kind is kept as it is, but for what is no UTF-8: that is for whoever shows it to make harmless. */
    @ParameterizedTest
    @ValueSource(
            strings = {"\u001b[2J", "a\nb\r\t\0", "\u202egnp.py\u2066", "::error::x", "\"'`$(x)", "\u2028", "\uffff"})
    void should_keep_names_of_any_kind(String name) throws IOException {
        RawTrace trace = small();
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        trace.frames.set(2, new RawTrace.Raw('T', join(ints(0, 11, 0), new byte[8], ints(bytes.length), bytes)));
        Transcript transcript = new Transcript();
        assertTrue(read(trace.bytes(), transcript).damage().isEmpty());
        assertTrue(transcript.lines.get(2).endsWith("name=" + name + "]"), transcript.lines.get(2));
    }

    @Test
    void should_show_what_is_no_utf8_as_replacement_characters() {
        byte[] bytes = {'a', (byte) 0xED, (byte) 0xA0, (byte) 0x80, 'b', (byte) 0xFF, (byte) 0xC0, 'c', (byte) 0xE2};
        String text = Utf8.decode(bytes, 0, bytes.length);
        assertTrue(text.matches("a\uFFFD{1,3}b\uFFFD{2}c\uFFFD"), text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void should_stop_at_the_claimed_length_of_a_section_that_unpacks_to_more(int codec) throws IOException {
        byte[] bomb = codec == 1 ? deflated(64 << 20) : Zstd.compress(new byte[64 << 20]);
        assertBlockLeftOutWith(section(codec, 14, bomb), "stream");
        assertBlockLeftOutWith(section(codec, 1 << 26, bomb), "raw bytes by the head");
        assertBlockLeftOutWith(section(codec, MAX, bomb), "raw bytes");
        byte[] tail = join(codec == 1 ? deflated(14) : Zstd.compress(new byte[14]), new byte[5]);
        assertBlockLeftOutWith(section(codec, 14, tail), "stream");
    }

    /** Two events of a block whose column section is the given one. */
    private void assertBlockLeftOutWith(byte[] columns, String reason) throws IOException {
        RawTrace trace = small();
        int frame = trace.first('E');
        byte[] head = Arrays.copyOf(trace.frames.get(frame).payload(), 72);
        // 11 ops and 2 codes of a byte each, no arguments: lines only, and one op that changes the code object.
        little(head)
                .putInt(4, 11)
                .putInt(8, 3)
                .putInt(12, 0)
                .putInt(36, 1)
                .putInt(40, 3)
                .putInt(44, 10);
        byte[] payload = join(Arrays.copyOf(head, 48), columns, stored(new byte[0]));
        trace.frames.set(frame, new RawTrace.Raw('E', payload));
        List<String> left = new ArrayList<>(whole);
        left.remove(frame);
        assertLeftOut(trace, frame, reason, left);
    }

    private static byte[] deflated(int zeros) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes)) {
            byte[] piece = new byte[Math.min(zeros, 1 << 16)];
            for (int left = zeros; left > 0; left -= piece.length) {
                out.write(piece, 0, Math.min(left, piece.length));
            }
        }
        return bytes.toByteArray();
    }

    /** A few kilobytes that unpack to code objects for which there is no memory: refused before they are made. */
    @Test
    void should_refuse_more_code_objects_than_there_is_memory_for() throws Exception {
        int count = 200_000;
        byte[] records = new byte[76 * count];
        for (int i = 0; i < count; i++) {
            records[76 * i] = 72;
        }
        byte[] payload = join(ints(0, count), section(2, records.length, Zstd.compress(records)));
        assertTrue(payload.length < 20_000);
        try (Unpacker unpacker = new Unpacker()) {
            CodeTable small =
                    new CodeTable("t", LineTableFormat.LOCATIONS_3_11, CodeObjectRegistry.unbounded(), 32L << 20);
            TraceException e = assertThrows(TraceException.class, () -> small.read(36, payload, unpacker, false));
            assertEquals(36, e.position());
            assertTrue(String.valueOf(e.getMessage()).startsWith("expected code objects of at most 32 MB"));
            CodeTable large =
                    new CodeTable("t", LineTableFormat.LOCATIONS_3_11, CodeObjectRegistry.unbounded(), 128L << 20);
            assertEquals(count, large.read(36, payload, unpacker, false).size());
        }
    }

    /** Missing indices need room in every table: after a loss some are believed, but not any number. */
    @Test
    void should_not_make_room_for_any_number_of_code_objects_that_were_lost() throws Exception {
        byte[] none = stored(new byte[0]);
        try (Unpacker unpacker = new Unpacker()) {
            CodeTable table = new CodeTable("t", LineTableFormat.LOCATIONS_3_11, CodeObjectRegistry.unbounded());
            assertThrows(MalformedBlockException.class, () -> table.read(0, join(ints(5, 0), none), unpacker, false));
            for (int first = 100_000; first <= 1_000_000; first += 100_000) {
                table.read(0, join(ints(first, 0), none), unpacker, true);
            }
            assertEquals(1_000_000, table.size());
            assertFalse(table.isDefined(999_999));
            assertThrows(
                    MalformedBlockException.class, () -> table.read(0, join(ints(1_100_000, 0), none), unpacker, true));
        }
    }

    /** A frame of four gigabytes is none; one of eight megabytes is cut by the end of the file. */
    @Test
    void should_not_believe_lengths_beyond_the_limit_or_the_file() throws IOException {
        byte[] bytes = small().bytes();
        int frame = RawTrace.offsets(bytes).get(4);
        little(bytes).putInt(frame + 12, MAX); // 4 GiB is more than a frame may have
        RawTrace.signHeader(bytes, frame);
        Transcript transcript = new Transcript();
        Damage damage = read(bytes, transcript).damage();
        assertEquals(29 - 9, SmallTrace.events(transcript.lines));
        assertTrue(damage.notes().get(0).message().contains("checksum or length is wrong"));
        little(bytes).putInt(frame + 12, 8 << 20); // as much as a block may have, and more than the file
        RawTrace.signHeader(bytes, frame);
        Damage cut = read(bytes, new Transcript()).damage();
        assertEquals(bytes.length - frame, cut.bytes());
    }

    /** Frames as large as they may be, which are holes in the file, and a smaller one behind them. */
    @Test
    void should_find_on_behind_the_largest_frames() throws IOException {
        RawTrace trace = small();
        trace.frames.remove(trace.first('Z'));
        int sequence = trace.frames.size();
        Path file = file(trace.bytes());
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            for (char type : new char[] {'E', 'M'}) {
                byte[] head = RawTrace.frame(type, sequence++, new byte[0]);
                int length = type == 'E' ? 8 << 20 : 64 << 20;
                little(head).putInt(12, length);
                RawTrace.signHeader(head, 0);
                out.seek(out.length());
                out.write(head, 0, 20);
                out.setLength(out.length() + length + 4); // zeros, whose checksum is another
            }
            out.seek(out.length());
            out.write(RawTrace.frame('X', sequence, "{\"message\":\"behind\"}".getBytes(StandardCharsets.UTF_8)));
        }
        try (NativeTrace read = NativeTrace.open("t", file, 1)) {
            Transcript transcript = new Transcript();
            Damage damage = read.read(transcript).damage();
            List<String> expected = new ArrayList<>(whole.subList(0, whole.size() - 1));
            expected.add("failure behind");
            assertEquals(expected, transcript.lines);
            assertEquals(2, damage.frames());
            assertEquals((72 << 20) + 2 * RawTrace.OVERHEAD, damage.bytes());
        }
    }

    /**
     * Random changes in payloads, in bytes and in whole numbers, with checksums made right: nothing may happen but
     * damage or a clear error, in the reader and in an analysis that believes it.
     */
    @Test
    void should_survive_random_lies() throws IOException {
        int errors = 0;
        int damaged = 0;
        for (int seed = 0; seed < 600; seed++) {
            Random random = new Random(seed);
            RawTrace trace = RawTrace.of(
                    seed % 3 == 0 ? TraceRecorder.write(new RandomTrace(seed)) : SmallTrace.write(Compression.STORED));
            for (int lies = 1 + random.nextInt(3); lies > 0; lies--) {
                byte[] payload =
                        trace.frames.get(random.nextInt(trace.frames.size())).payload();
                if (payload.length >= 8) {
                    lie(random, payload);
                }
            }
            byte[] bytes = trace.bytes();
            try (NativeTrace read = NativeTrace.open("t", file(bytes), 0)) {
                damaged += read.read(new Transcript()).damage().isEmpty() ? 0 : 1;
                Summary.of(read, EnumSet.allOf(Summary.Part.class));
                read.summary();
            } catch (TraceException e) {
                errors++;
                assertEquals(1, String.valueOf(e.getMessage()).lines().count());
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
        assertTrue(errors > 30 && damaged > 130, errors + " errors, " + damaged + " damaged");
    }

    private static void lie(Random random, byte[] payload) {
        int at = random.nextInt(payload.length - 7);
        switch (random.nextInt(4)) {
            case 0 -> payload[at] = (byte) random.nextInt();
            case 1 -> little(payload).putInt(at, random.nextInt(5) - 1);
            case 2 -> little(payload).putInt(at & ~3, random.nextInt() >>> random.nextInt(32));
            default -> little(payload).putLong(at, random.nextLong());
        }
    }
}
