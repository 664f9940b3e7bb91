package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.format.codetracer.EncodedTrace.Outcome;
import dev.tracetool.trace.Damage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** JSON that says something twice, more than there is room for, or more than all: the same is told by whoever reads it. */
class JsonTraceTest {
    private static final String TOO_LONG = "expected a text or a number that is not so long, found a longer one";
    private static final int LONG = 17 << 20;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> notes(Outcome found) {
        return notes(found.result().damage());
    }

    private static List<String> notes(Damage damage) {
        return damage.notes().stream()
                .map(note -> note.position() + ": " + note.message())
                .toList();
    }

    /** What is copied, without line ends. */
    private static String copy(Copied copied) {
        return new String(copied.json(), StandardCharsets.UTF_8).replace("\n", "");
    }

    /** Of 123 at the end of a file 12 would be left. */
    @Test
    void should_not_take_a_part_of_a_number_for_one() throws IOException {
        for (String cut : List.of("12", "-1", "1.5", "{\"Step\":{\"path_id\":0,\"line\":12", "{\"ThreadStart\":1")) {
            String json = "[{\"Path\":\"a\"}," + cut;
            Outcome found = EncodedTrace.read(bytes(json));
            List<String> told = List.of(json.length() + ": expected the rest of a JSON value, found the end");
            assertEquals(told, notes(found), cut);
            assertFalse(found.result().complete());
            Copied copied = Copied.of(bytes(json));
            assertEquals("[{\"Path\":\"a\"}]", copy(copied), cut);
            assertEquals(told, notes(copied.result().damage()));
        }
        String whole = "[{\"Path\":\"a\"},12,-1.5]";
        assertEquals(whole, copy(Copied.of(bytes(whole))));
        assertEquals(2, EncodedTrace.read(bytes(whole)).result().damage().places());
    }

    /** What it names keeps its id, and what is sound of it is kept. */
    @Test
    void should_tell_of_texts_that_are_none() throws IOException {
        String json = "[{\"Path\":\"a\"},{\"Path\":null},{\"Path\":7},{\"VariableName\":null},{\"Variable\":[\"x\"]},"
                + "{\"VariableName\":\"v\"},{\"Path\":\"b\"},{\"Step\":{\"path_id\":3,\"line\":1}},"
                + "{\"Function\":{\"path_id\":3,\"line\":5,\"name\":null}},{\"Function\":{\"line\":6,\"path_id\":3}},"
                + "{\"Call\":{\"function_id\":0}},{\"Return\":null}]";
        Outcome found = EncodedTrace.read(bytes(json));
        assertEquals(
                List.of(
                        json.indexOf("{\"Path\":n") + ": record 2: expected a text in 'Path', found null",
                        json.indexOf("{\"Path\":7") + ": record 3: expected a text in 'Path', found a number",
                        json.indexOf("{\"VariableName\":n")
                                + ": record 4: expected a text in 'VariableName', found null",
                        json.indexOf("{\"Variable\":[") + ": record 5: expected a text in 'Variable', found an array",
                        json.indexOf("{\"Function") + ": record 9: expected a name, found null",
                        json.lastIndexOf("{\"Function") + ": record 10: expected a name, found none"),
                notes(found));
        assertEquals(
                List.of("b:1 <unknown>", "PY_START <unknown> b:5", "PY_RETURN <unknown> b:5"),
                found.log().events());
        assertTrue(found.result().complete());
        assertEquals(0, found.result().damage().events());
    }

    /** It has 64 bits without a sign. */
    @Test
    void should_tell_of_ids_of_threads_that_are_none() throws IOException {
        List<String> wrong = List.of(
                "-1",
                "18446744073709551616",
                "-18446744073709551616",
                "9".repeat(1_000_000),
                "1.0",
                "1e3",
                "\"7\"",
                "null",
                "true",
                "{\"id\":7}",
                "[7]",
                "NaN");
        List<String> found = List.of(
                "-1",
                "18446744073709551616",
                "a number of more than 64 bits",
                "a number of more than 64 bits",
                "a fraction",
                "a fraction",
                "a text",
                "null",
                "a boolean",
                "an object",
                "an array",
                "a fraction");
        for (String kind : List.of("ThreadStart", "ThreadExit", "ThreadSwitch")) {
            for (int i = 0; i < wrong.size(); i++) {
                String json = "[{\"Path\":\"a\"},{\"" + kind + "\":" + wrong.get(i)
                        + "},{\"Step\":{\"path_id\":0,\"line\":3}}]";
                Outcome outcome = EncodedTrace.read(bytes(json));
                assertEquals(
                        List.of("14: record 2: expected the id of a thread, found " + found.get(i)), notes(outcome));
                assertEquals(List.of("a:3 <unknown>"), outcome.log().events());
                assertTrue(outcome.result().complete());
            }
        }
    }

    @Test
    void should_take_no_member_that_stands_twice_for_any() throws IOException {
        String json = "[{\"Path\":\"a\"},{\"Step\":{\"path_id\":0,\"path_id\":0,\"line\":3}},"
                + "{\"Step\":{\"x\":1,\"path_id\":0,\"x\":2,\"line\":4}},"
                + "{\"Function\":{\"path_id\":0,\"line\":5,\"name\":\"f\",\"name\":\"g\"}},"
                + "{\"Function\":{\"path_id\":0,\"line\":6,\"name\":\"h\"}},{\"Call\":{\"function_id\":1,\"args\":[]}},"
                + "{\"Step\":{\"path_id\":0,\"line\":7}},{\"Step\":{\"path_id\":0,\"line\":8,\"line\":9}},"
                + "{\"Call\":{\"function_id\":0,\"function_id\":1}},{\"Return\":{\"return_value\":{\"i\":1,\"i\":2}}}]";
        Outcome found = EncodedTrace.read(bytes(json));
        String twice = ": expected each member of a record once, found ";
        List<String> told = List.of(
                json.indexOf("{\"Step") + ": record 2" + twice + "'path_id' again",
                json.indexOf("{\"Step\":{\"x") + ": record 3" + twice + "'x' again",
                json.indexOf("{\"Function") + ": record 4" + twice + "'name' again",
                json.lastIndexOf("{\"Step") + ": record 8" + twice + "'line' again",
                json.lastIndexOf("{\"Call") + ": record 9" + twice + "'function_id' again");
        assertEquals(told, notes(found));
        assertTrue(found.result().complete());
        assertEquals(3, found.result().damage().events());
        List<String> events = List.of("PY_START h a:6", "a:7 h");
        assertEquals(events, found.log().events());

        Copied copied = Copied.of(bytes(json));
        assertEquals(told, notes(copied.result().damage()));
        assertEquals(
                "[{\"Path\":\"a\"},{\"Function\":{\"path_id\":0,\"line\":-1,\"name\":\"<unknown>\"}},"
                        + "{\"Function\":{\"path_id\":0,\"line\":6,\"name\":\"h\"}},"
                        + "{\"Call\":{\"function_id\":1,\"args\":[]}},{\"Step\":{\"path_id\":0,\"line\":7}},"
                        + "{\"Return\":{\"return_value\":{\"i\":1,\"i\":2}}}]",
                copy(copied));
        assertEquals(
                List.of("PY_START h a:6", "a:7 h", "PY_RETURN h a:6"),
                EncodedTrace.read(copied.json()).log().events());
    }

    @Test
    void should_compare_members_of_one_record_only() throws IOException {
        String json =
                "[{\"Path\":\"a\"},{\"Step\":{\"path_id\":0,\"line\":1,\"v\":[{\"line\":1},{\"line\":2,\"line\":3}]}},"
                        + "{\"Step\":{\"path_id\":0,\"line\":2}},[{\"a\":1,\"a\":2}]]";
        Copied copied = Copied.of(bytes(json));
        assertEquals(json, copy(copied));
        assertEquals(1, copied.notes().size(), copied.notes().toString()); // that the last one is no record
        StringBuilder many = new StringBuilder("[{\"Path\":\"a\"},{\"Step\":{\"path_id\":0");
        for (int i = 0; i < 100_000; i++) {
            many.append(",\"m").append(i).append("\":0");
        }
        Outcome found = EncodedTrace.read(bytes(many.append(",\"line\":4}}]").toString()));
        assertEquals(List.of(), notes(found));
        assertEquals(List.of("a:4 <unknown>"), found.log().events());
    }

    @Test
    void should_tell_what_comes_behind_the_end_of_a_whole_trace() throws IOException {
        String trace = "[{\"Path\":\"a\"},{\"Step\":{\"path_id\":0,\"line\":1}}]";
        int end = trace.length();
        String[][] more = {
            {" garbage", end + 1 + ": expected the end of the file, found 'g'"},
            {"\n]", end + 1 + ": expected the end of the file, found ']'"},
            {"[{\"Path\":\"b\"}]", end + ": expected the end of the file, found '['"},
            {"\u00E9", end + ": expected the end of the file, found the byte 0xc3"},
            {"\u0000", end + ": expected the end of the file, found the character U+0000"},
            {"\n\u0000\u0000", end + 1 + ": expected the end of the file, found the character U+0000"},
            {"\u0000".repeat(5000), end + ": expected the end of the file, found the character U+0000"},
            {
                " ".repeat(100_000) + "\u0000",
                end + 100_000 + ": expected the end of the file, found the character U+0000"
            }
        };
        for (String[] each : more) {
            byte[] json = bytes(trace + each[0]);
            Outcome found = EncodedTrace.read(json);
            assertEquals(List.of(each[1]), notes(found));
            assertTrue(found.result().complete());
            long at = found.result().damage().notes().get(0).position();
            assertEquals(json.length - at, found.result().damage().bytes());
            Copied copied = Copied.of(json);
            assertEquals(trace, copy(copied));
            assertEquals(List.of(each[1]), notes(copied.result().damage()));
            assertEquals("", copied.lost());
        }
        assertEquals(List.of(), notes(EncodedTrace.read(bytes(trace + " \n\r\t".repeat(50_000)))));
    }

    /** Numbers as texts, wherever they stand. */
    @Test
    void should_go_on_behind_a_record_with_something_that_is_too_long() throws IOException {
        String digits = "9".repeat(LONG);
        String name = "\\\"]}\u00E9".repeat(LONG / 4);
        String[] records = {
            "{\"Path\":\"a\"}",
            "{\"Path\":\"" + name + "\"}",
            "{\"Function\":{\"path_id\":0,\"name\":\"" + name + "\",\"line\":1}}",
            "{\"Function\":{\"path_id\":0,\"name\":\"f\",\"line\":2}}",
            "{\"Value\":{\"value\":[{\"i\":" + digits + "}]}}",
            "{\"Step\":{\"path_id\":2,\"line\":-" + digits + "}}",
            "{\"Path\":\"c\"}",
            "{\"Call\":{\"function_id\":1}}",
            "{\"Step\":{\"path_id\":2,\"line\":3}}",
            "\"" + name + "\"",
            "{\"Step\":{\"path_id\":2,\"line\":4}}"
        };
        long[] starts = new long[records.length];
        StringBuilder json = new StringBuilder("\uFEFF [");
        for (int i = 0; i < records.length; i++) {
            json.append(i == 0 ? "\n" : " ,\n");
            starts[i] = bytes(json.toString()).length;
            json.append(records[i]);
        }
        byte[] bytes = bytes(json + " \n]\n");
        List<String> told = List.of(1, 2, 4, 5, 9).stream()
                .map(i -> starts[i] + ": record " + (i + 1) + ": " + TOO_LONG)
                .toList();
        Outcome found = EncodedTrace.read(bytes);
        assertEquals(told, notes(found));
        assertTrue(found.result().complete());
        assertEquals(1, found.result().damage().events());
        assertEquals(List.of("PY_START f c:-1", "c:3 f", "c:4 f"), found.log().events());

        Copied copied = Copied.of(bytes);
        assertEquals(told, notes(copied.result().damage()));
        assertEquals(
                "[{\"Path\":\"a\"},{\"Path\":\"<unknown>\"},{\"Function\":{\"path_id\":0,\"line\":-1,\"name\":\"<unknown>\"}},"
                        + records[3] + "," + records[6] + "," + records[7] + "," + records[8] + "," + records[10] + "]",
                copy(copied));
    }

    @Test
    void should_tell_of_an_end_within_something_that_is_too_long_once() throws IOException {
        String step = "[{\"Path\":\"a\"},{\"Step\":{\"path_id\":0,\"line\":1}},";
        for (String start : List.of("{\"Value\":", "{\"Path\":\"", "{\"Value\":{\"i\":")) {
            String json = step + start + "9".repeat(LONG);
            Outcome found = EncodedTrace.read(bytes(json));
            assertEquals(
                    List.of(json.length() + ": expected the rest of a JSON value, found the end"), notes(found), start);
            assertFalse(found.result().complete());
            assertEquals(List.of("a:1 <unknown>"), found.log().events());
            Copied copied = Copied.of(bytes(json));
            assertEquals(step.substring(0, step.length() - 1) + "]", copy(copied));
            assertEquals(notes(found), notes(copied.result().damage()));
        }
    }

    /** What a number of many digits says is of no interest to who reads lines, and is copied digit by digit. */
    @Test
    void should_read_numbers_of_many_digits() throws IOException {
        for (int digits : new int[] {18, 19, 20, 1000, 1001, 1_000_000}) {
            String json = "[{\"Path\":\"a\"},{\"Value\":{\"i\":" + "9".repeat(digits) + ",\"f\":1." + "9".repeat(digits)
                    + "}},{\"Step\":{\"path_id\":0,\"line\":" + "9".repeat(digits) + "}},"
                    + "{\"Step\":{\"path_id\":0,\"line\":5}}]";
            Outcome found = EncodedTrace.read(bytes(json));
            assertEquals(List.of("a:5 <unknown>"), found.log().events(), digits + " digits");
            assertEquals(1, found.result().damage().places());
            assertEquals(json, copy(Copied.of(bytes(json))));
        }
    }

    /** In a file of any size: that one begins with records does not depend on it. */
    @Test
    void should_tell_of_a_zero_within_the_array() throws IOException {
        for (String space : List.of("", " ".repeat(10_000))) {
            String sound = "[{\"Path\":\"a\"}," + space + "{\"Step\":{\"path_id\":0,\"line\":1}}";
            Outcome found = EncodedTrace.read(bytes(sound + "\u0000\u0000"));
            assertEquals(List.of("a:1 <unknown>"), found.log().events());
            assertFalse(found.result().complete());
            assertEquals(List.of(sound.length() + ": expected JSON, found the character U+0000"), notes(found));
        }
    }

    @Test
    void should_not_claim_json_of_another_encoding() {
        String json = "[{\"Path\":\"a\"}]";
        assertTrue(TraceFormats.matches(bytes(json)));
        assertTrue(TraceFormats.matches(bytes(json + "\u0000")));
        assertFalse(TraceFormats.matches(json.getBytes(StandardCharsets.UTF_16LE)));
        assertFalse(TraceFormats.matches(json.getBytes(StandardCharsets.UTF_16BE)));
        assertFalse(TraceFormats.matches(json.getBytes(StandardCharsets.UTF_16)));
    }
}
