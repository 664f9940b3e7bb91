package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Small Cap'n Proto messages in which many pointers go to one place, so that they say something of any size. */
class SharedPointersTest {
    private static final int FUNCTION = 6;
    private static final int VALUE = 5;
    private static final int VARIABLE_NAME = 2;
    private static final int PATH = 1;

    /** In front of the first event: the size of the segment, the root, the pointer to the list, and its tag. */
    private static final int HEAD = 4;

    private long[] words = new long[0];

    /** A message of so many events and so many words behind them. */
    private int message(int events, int more) {
        words = new long[HEAD + 2 * events + more];
        words[0] = (long) (words.length - 1) << 32;
        words[1] = 1L << 48;
        words[2] = 1 | (7L | 2L * events << 3) << 32;
        words[3] = (long) events << 2 | 1L << 32 | 1L << 48;
        return HEAD + 2 * events;
    }

    private void event(int number, int tag, int to, int pointers) {
        words[HEAD + 2 * number] = tag;
        struct(HEAD + 2 * number + 1, to, 0, pointers);
    }

    private void struct(int at, int to, int data, int pointers) {
        words[at] = (long) (to - at - 1) << 2 & 0xFFFFFFFFL | (long) data << 32 | (long) pointers << 48;
    }

    private void text(int at, int to, int length) {
        words[at] = (long) (to - at - 1) << 2 & 0xFFFFFFFFL | 1 | (2L | (length + 1L) << 3) << 32;
    }

    private byte[] file() {
        return CapnpRecordsWriter.file(words, 1);
    }

    /** Texts of pseudo-random letters, so that they do not pack to nothing. */
    private void letters(int at, int length) {
        long seed = 1;
        for (int i = 0; i < length; i++) {
            seed = seed * 6364136223846793005L + 1442695040888963407L;
            words[at + i / 8] |= ('a' + (seed >>> 60)) << 8 * (i % 8);
        }
    }

    private static String notes(EncodedTrace.Outcome found) {
        return found.result().damage().notes().stream()
                .map(note -> note.position() + ": " + note.message())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void should_not_read_one_long_name_over_and_over() throws IOException {
        int length = RecordSink.MAX_NAME - 8;
        int events = 5_000; // 320 MB, if each was read
        int at = message(events, 3 + length / 8 + 1);
        for (int i = 0; i < events; i++) {
            event(i, i == 0 ? PATH : FUNCTION, i == 0 ? at + 2 : at, i == 0 ? 1 : 3);
        }
        text(at + 2, at + 3, length);
        letters(at + 3, length);
        EncodedTrace.Outcome found = EncodedTrace.read(file());
        String notes = notes(found);
        long most = 8 * (words.length - 1 + (1L << 21));
        assertTrue(notes.startsWith("8: record "), notes);
        assertTrue(notes.contains("expected names that come to at most " + most + " bytes"), notes);
        assertTrue(notes.endsWith("found more: many pointers go to the same place"), notes);
    }

    @Test
    void should_not_copy_one_long_text_over_and_over() throws IOException {
        int length = 1 << 20;
        int events = 60;
        int at = message(events, 1 + length / 8 + 1);
        for (int i = 0; i < events; i++) {
            words[HEAD + 2 * i] = VARIABLE_NAME;
            text(HEAD + 2 * i + 1, at, length);
        }
        letters(at, length);
        long most = 8 * (4 * (words.length - 1) + (1L << 21));
        Copied bounded = Copied.of(file());
        assertEquals(20, bounded.records().size());
        assertEquals(
                List.of("record 21: expected records that come to at most " + most
                        + " bytes together, found more: many pointers go"
                        + " to the same place; --no-limits lifts this"),
                bounded.notes());
        assertTrue(!bounded.result().complete());
        Copied all = Copied.of(EncodedTrace.of(file()), false);
        assertEquals(60, all.records().size());
        assertEquals(List.of(), all.notes());
    }

    /** Each value is a sequence of two, both of which have one list of elements: 2 to the power of 40 values. */
    @Test
    void should_not_multiply_values_that_share_their_elements() throws IOException {
        int levels = 40;
        int at = message(2, 2 + 6 + levels * 13);
        event(0, VALUE, at, 2);
        event(1, PATH, at, 0);
        struct(at + 1, at + 2, 3, 3);
        sequence(at + 2, at + 8);
        for (int level = 0; level < levels; level++) {
            int list = at + 8 + 13 * level;
            words[list] = 2L << 2 | 3L << 32 | 3L << 48;
            for (int k = 0; k < 2; k++) {
                if (level + 1 < levels) {
                    sequence(list + 1 + 6 * k, list + 13);
                }
            }
        }
        for (boolean is : new boolean[] {true, false}) {
            Copied copied = Copied.of(EncodedTrace.of(file()), is);
            assertEquals(1, copied.result().damage().places(), copied.notes().toString());
            assertEquals(
                    is ? 0 : 1,
                    new String(copied.json(), StandardCharsets.UTF_8).lines().count() - 2);
            assertTrue(
                    copied.notes().get(0).contains(is ? "many pointers go" : "at most 67108864 bytes of JSON"),
                    copied.notes().toString());
        }
    }

    private void sequence(int at, int list) {
        words[at + 1] = 4;
        words[at + 3] = (long) (list - (at + 3) - 1) << 2 & 0xFFFFFFFFL | 1 | (7L | 12L << 3) << 32;
    }

    /** A variant that contains itself. */
    @Test
    void should_not_follow_values_in_circles() throws IOException {
        int at = message(2, 2 + 6);
        event(0, VALUE, at, 2);
        event(1, PATH, at, 0);
        int value = at + 2;
        struct(at + 1, value, 3, 3);
        words[value + 1] = 7;
        struct(value + 4, value, 3, 3);
        for (boolean is : new boolean[] {true, false}) {
            Copied copied = Copied.of(EncodedTrace.of(file()), is);
            assertEquals("[{Path='',},\n]", JsonTree.sorted(copied.records()));
            assertEquals(1, copied.notes().size());
            assertTrue(
                    copied.notes().get(0).startsWith("record 1: expected values nested at most"),
                    copied.notes().get(0));
        }
    }

    /** Elements without words, of which a list of no size has any number. */
    @Test
    void should_not_count_values_that_take_no_room() throws IOException {
        int at = message(1, 2 + 6 + 1);
        event(0, VALUE, at, 2);
        int value = at + 2;
        struct(at + 1, value, 3, 3);
        words[value + 1] = 5;
        int list = value + 6;
        words[value + 3] = (long) (list - (value + 3) - 1) << 2 & 0xFFFFFFFFL | 1 | 7L << 32;
        words[list] = 0x3FFFFFFFL << 2;
        for (boolean is : new boolean[] {true, false}) {
            Copied copied = Copied.of(EncodedTrace.of(file()), is);
            assertEquals(0, copied.records().size());
            assertEquals(1, copied.notes().size());
        }
    }

    @Test
    void should_leave_out_what_is_behind_a_pointer_that_is_none() throws IOException {
        int at = message(4, 2);
        event(0, PATH, at, 1);
        event(1, VALUE, at, 2);
        event(2, PATH, at + 1, 0);
        words[HEAD + 6] = 99;
        words[at] = 3; // a capability
        Copied copied = Copied.of(file());
        assertEquals("[{Path='<unknown>',},\n{Path='',},\n]", JsonTree.sorted(copied.records()));
        String expected = "expected a pointer to what the schema has there, found another one";
        assertEquals(
                List.of(
                        "record 4: expected a kind of record, found the number 99",
                        "record 1: " + expected,
                        "record 2: " + expected),
                copied.notes());
    }
}
