package dev.tracetool.code;

import static dev.tracetool.testing.FakeCodeRecord.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineTableTest {
    private static final int NONE = LineTable.NO_LINE;

    /** Line 3 in [0, 4), none in [4, 6), line 2 in [6, 10), line 3 again in [10, 12). */
    private static final LineTable TABLE = new LineTable(new int[] {0, 4, 6, 10}, new int[] {3, NONE, 2, 3}, 12);

    @ParameterizedTest
    @CsvSource({
        "-2147483648, -1",
        "-1, -1",
        "0, 0",
        "1, 0",
        "3, 0",
        "4, 1",
        "5, 1",
        "6, 2",
        "7, 2",
        "9, 2",
        "10, 3",
        "11, 3",
        "12, -1",
        "13, -1",
        "2147483647, -1"
    })
    void a_range_holds_its_start_and_not_its_end(int offset, int range) {
        assertEquals(range, TABLE.rangeAt(offset));
    }

    @ParameterizedTest
    @CsvSource({"0, 3", "3, 3", "6, 2", "9, 2", "10, 3", "11, 3"})
    void an_offset_has_the_line_of_its_range(int offset, int line) {
        assertEquals(line, TABLE.lineAt(offset));
    }

    @ParameterizedTest
    @CsvSource({"-1", "4", "5", "12"})
    void there_is_no_line_outside_and_in_a_range_without_one(int offset) {
        assertEquals(NONE, TABLE.lineAt(offset));
    }

    @Test
    void a_range_ends_where_the_next_one_starts_and_the_last_one_with_the_code() {
        assertEquals(4, TABLE.size());
        assertEquals(6, TABLE.end(1));
        assertEquals(12, TABLE.end(3));
        assertEquals(12, TABLE.end());
    }

    @Test
    void distinct_lines_are_sorted_and_leave_out_none() {
        assertArrayEquals(new int[] {2, 3}, TABLE.distinctLines());
        assertArrayEquals(new int[0], LineTable.EMPTY.distinctLines());
        assertEquals(3, TABLE.line(0)); // and sorting was done on a copy
    }

    @Test
    void entries_are_a_read_only_view_with_ranges_without_a_line() {
        List<LineEntry> entries = TABLE.entries();
        assertEquals(
                List.of(new LineEntry(0, 3), new LineEntry(4, NONE), new LineEntry(6, 2), new LineEntry(10, 3)),
                entries);
        assertThrows(UnsupportedOperationException.class, () -> entries.remove(0));
        assertThrows(IndexOutOfBoundsException.class, () -> entries.get(4));
    }

    @ParameterizedTest
    @CsvSource({
        // offset, line; the pairs stand in the test
        "0, 10",
        "5, 10",
        "6, 12",
        "7, 12",
        "8, 5",
        "263, 5",
        "264, 5",
        "299, 5",
    })
    void lnotab_changes_the_line_at_the_new_offset(int offset, int line) {
        // 6 bytes on, 2 lines on; 2 bytes on, 7 lines back, in two steps; 255 and 1 bytes on, nothing.
        LineTable table =
                LineTable.decode(LineTableFormat.LNOTAB, bytes(6, 2, 2, 0xfb, 0, 0xfe, 255, 0, 1, 0), 10, 300);
        assertEquals(line, table.lineAt(offset));
        assertEquals(300, table.end());
    }

    @Test
    void an_empty_lnotab_gives_all_of_the_code_its_first_line() {
        LineTable table = LineTable.decode(LineTableFormat.LNOTAB, new byte[0], 7, 4);
        assertEquals(List.of(new LineEntry(0, 7)), table.entries());
        assertEquals(NONE, table.lineAt(4));
        assertEquals(
                7, LineTable.decode(LineTableFormat.LNOTAB, new byte[0], 7, -1).lineAt(1 << 30));
        assertEquals(
                0, LineTable.decode(LineTableFormat.LNOTAB, new byte[0], 7, 0).size());
    }

    @Test
    void lnotab_ignores_half_a_pair_as_cpython_does() {
        assertEquals(
                List.of(new LineEntry(0, 7), new LineEntry(2, 8)),
                LineTable.decode(LineTableFormat.LNOTAB, bytes(2, 1, 4), 7, 8).entries());
    }

    @Test
    void a_pair_of_3_10_opens_a_range_with_its_own_delta() {
        // [0, 4) line 11; [4, 6) none; a line change of its own; [6, 260) and [260, 266) line 10.
        LineTable table =
                LineTable.decode(LineTableFormat.LINES_3_10, bytes(4, 1, 2, 0x80, 0, 0xfd, 254, 2, 6, 0), 10, 266);
        assertEquals(List.of(new LineEntry(0, 11), new LineEntry(4, NONE), new LineEntry(6, 10)), table.entries());
        assertEquals(266, table.end());
    }

    @Test
    void half_a_pair_of_3_10_is_malformed() {
        MalformedLineTableException failure = assertThrows(
                MalformedLineTableException.class,
                () -> LineTable.decode(LineTableFormat.LINES_3_10, bytes(4, 1, 2), 10, 8));
        assertEquals(3, failure.position());
        assertEquals(
                "malformed line table at byte 3: expected a line delta, found the end of the table",
                failure.getMessage());
    }

    @Test
    void formats_before_3_11_know_only_the_line_of_a_position() {
        PositionTable table = PositionTable.decode(LineTableFormat.LINES_3_10, bytes(4, 1, 2, 0x80), 10, 6);
        assertEquals(new Position(11, NONE, -1, -1), table.positionAt(3));
        assertEquals(Position.UNKNOWN, table.positionAt(4));
    }
}
