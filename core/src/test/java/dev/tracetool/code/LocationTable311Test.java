package dev.tracetool.code;

import static dev.tracetool.testing.FakeCodeRecord.bytes;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of 3.11 and later, on tables made by hand and by chance; CPython's own are in {@link CPythonAgreementTest}. */
class LocationTable311Test {
    private static final int NONE = LineTable.NO_LINE;

    @Test
    void one_entry_without_columns_covers_all_its_units() { // test_code.test_code_new_empty
        PositionTable positions = positions(42, 6, 0x80 | 13 << 3 | 2, 0);
        for (int offset = 0; offset < 6; offset++) {
            assertEquals(new Position(42, 42, -1, -1), positions.positionAt(offset));
        }
        assertEquals(Position.UNKNOWN, positions.positionAt(6));
    }

    @Test
    void an_empty_table_has_no_line_anywhere() { // test_code.test_empty_linetable
        LineTable lines = lines(1, 4);
        assertEquals(0, lines.size());
        assertEquals(NONE, lines.lineAt(0));
        assertEquals(Position.UNKNOWN, positions(1, 4).positionAt(0));
    }

    @Test
    void behind_a_table_shorter_than_the_code_there_is_no_line() { // test_dis.bug42562
        LineTable lines = lines(1, 16, 0xf8);
        assertEquals(List.of(new LineEntry(0, NONE)), lines.entries());
        assertEquals(2, lines.end());
        assertEquals(NONE, lines.lineAt(1));
        assertEquals(NONE, lines.lineAt(2));
    }

    @Test
    void a_table_longer_than_the_code_is_cut_there() {
        LineTable lines = lines(3, 4, 0xef, 0x00, 0xef, 0x02);
        assertEquals(List.of(new LineEntry(0, 3)), lines.entries());
        assertEquals(4, lines.end());
        assertEquals(NONE, lines.lineAt(4));
        assertEquals(1, positions(3, 4, 0xef, 0x00, 0xef, 0x02).size());
    }

    @Test
    void entries_without_location_are_one_range() { // test_exceptions.test_missing_lineno_shows_as_none
        assertEquals(
                List.of(new LineEntry(0, NONE)),
                lines(1, 10, 0xf8, 0xf8, 0xf8, 0xf9).entries());
    }

    @Test
    void a_module_begins_at_line_0_which_is_a_line() {
        LineTable lines = lines(1, 4, 0xf0, 0x03, 0x01, 0x01, 0x01, 0xd8, 0x00, 0x00);
        assertEquals(List.of(new LineEntry(0, 0), new LineEntry(2, 1)), lines.entries());
        assertEquals(
                new Position(0, 1, 0, 0),
                positions(1, 2, 0xf0, 0x03, 0x01, 0x01, 0x01).positionAt(0));
        assertArrayEquals(new int[] {0, 1}, lines.distinctLines());
    }

    @Test
    void a_statement_after_256_blank_lines_is_far_from_the_first_line() { // test_compile.test_leading_newlines
        LocationTable311Writer table =
                new LocationTable311Writer(1).longForm(1, -1, 1, 0, 0).longForm(3, 257, 0, 0, 4);
        assertArrayEquals(new int[] {0, 257}, lines(table, 1).distinctLines());
    }

    @Test
    void lines_do_not_fit_16_bits() { // test_sys_settrace.test_very_large_function
        LocationTable311Writer table = new LocationTable311Writer(1).oneLine(1, 0, 0, 0);
        for (int i = 0; i < 65_536; i++) {
            table.oneLine(2, 1, 4, 9);
        }
        table.noColumns(1, 10);
        LineTable lines = lines(table, 1);
        assertEquals(65_538, lines.size());
        assertEquals(65_537, lines.lineAt(table.codeLength() - 3));
        assertEquals(65_547, lines.lineAt(table.codeLength() - 1));
    }

    @Test
    void the_running_line_goes_on_across_an_entry_without_location() {
        LocationTable311Writer table = new LocationTable311Writer(5)
                .noColumns(1, 3)
                .noLocation(1)
                .shortForm(1, 8, 15)
                .oneLine(1, 2, 0, 1);
        assertEquals(
                List.of(new LineEntry(0, 8), new LineEntry(2, NONE), new LineEntry(4, 8), new LineEntry(6, 10)),
                lines(table, 5).entries());
    }

    @Test
    void a_run_of_more_than_8_units_is_one_range() {
        LocationTable311Writer table = new LocationTable311Writer(5)
                .oneLine(8, 1, 4, 127)
                .oneLine(8, 0, 4, 127)
                .oneLine(3, 0, 4, 127)
                .shortForm(8, 4, 5);
        assertEquals(List.of(new LineEntry(0, 6)), lines(table, 5).entries());
        PositionTable positions = positions(table, 5);
        assertEquals(2, positions.size());
        assertEquals(38, positions.end(0));
    }

    @Test
    void columns_above_255_and_unknown_ones_come_in_the_long_form() { // test_compile.test_very_long_line_end_offset
        LocationTable311Writer table = new LocationTable311Writer(5)
                .longForm(1, 0, 0, 0, 1_000_000)
                .longForm(1, -4, 70, -1, 300)
                .longForm(1, 100, 0, 300, -1);
        PositionTable positions = positions(table, 5);
        assertEquals(new Position(5, 5, 0, 1_000_000), positions.positionAt(0));
        assertEquals(new Position(1, 71, -1, 300), positions.positionAt(2));
        assertEquals(new Position(101, 101, 300, -1), positions.positionAt(4));
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "100, 99", "2147483647, 2147483646"})
    void lines_count_from_the_first_line(int firstLine, int line) {
        assertEquals(line, lines(firstLine, 2, 0xe8, 0x03).lineAt(0));
    }

    @Test
    void a_computed_line_that_cannot_be_is_none() {
        assertEquals(NONE, lines(1, 2, 0xe8, 0x05).lineAt(0)); // 1 - 2, None in CPython
        assertEquals(NONE, lines(1, 2, 0xe8, 0x0b).lineAt(0)); // 1 - 5
        assertEquals(NONE, lines(Integer.MAX_VALUE, 2, 0xe8, 0x02).lineAt(0));
        assertEquals(NONE, lines(Integer.MIN_VALUE, 2, 0xe8, 0x00).lineAt(0));
        assertEquals(4, lines(1, 4, 0xe8, 0x0b, 0xe8, 0x10).lineAt(2)); // and the running line is as computed
    }

    @Test
    void numbers_of_32_bits_are_legal_and_what_is_no_line_or_column_is_unknown() {
        // Long form: line + 0, 2^32 - 1 lines, column 2^32 - 2, end column 2^31 - 1.
        PositionTable positions = positions(
                1, 2, 0xf0, 0, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 3, 0x7f, 0x7f, 0x7f, 0x7f, 0x7f, 3, 0x40, 0x40, 0x40, 0x40,
                0x40, 2);
        assertEquals(new Position(1, NONE, -1, Integer.MAX_VALUE), positions.positionAt(0));
    }

    @Test
    void without_a_code_length_the_table_says_where_the_code_ends() {
        LineTable lines = lines(1, CodeRecord.UNKNOWN, 0xef, 0x00, 0xe9, 0x02);
        assertEquals(20, lines.end());
        assertEquals(2, lines.lineAt(19));
        assertEquals(NONE, lines.lineAt(20));
    }

    @Test
    void every_table_that_is_written_is_read_back_at_every_offset() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            int firstLine = random.nextInt(2_000);
            LocationTable311Writer table = new LocationTable311Writer(firstLine);
            int entries = random.nextInt(60);
            int line = firstLine;
            for (int i = 0; i < entries; i++) {
                line = writeAny(table, random, line);
            }
            LineTable lines = lines(table, firstLine);
            PositionTable positions = positions(table, firstLine);
            for (int offset = -3; offset < table.codeLength() + 3; offset++) {
                Position expected = table.expectedAt(offset);
                assertEquals(expected.line(), lines.lineAt(offset), "line, seed " + seed + ", offset " + offset);
                assertEquals(expected, positions.positionAt(offset), "position, seed " + seed + ", offset " + offset);
            }
            for (int range = 1; range < lines.size(); range++) {
                assertEquals(lines.end(range - 1), lines.start(range));
                assertEquals(false, lines.line(range - 1) == lines.line(range), "unmerged, seed " + seed);
            }
        }
    }

    private static int writeAny(LocationTable311Writer table, Random random, int line) {
        int units = 1 + random.nextInt(8);
        int back = -random.nextInt(Math.min(line, 100_000) + 1);
        switch (random.nextInt(6)) {
            case 0 -> table.shortForm(units, random.nextInt(80), random.nextInt(16));
            case 1 -> {
                int delta = random.nextInt(3);
                table.oneLine(units, delta, random.nextInt(128), random.nextInt(128));
                return line + delta;
            }
            case 2 -> {
                table.noColumns(units, back);
                return line + back;
            }
            case 3 -> {
                int forward = random.nextInt(1 << random.nextInt(20));
                int column = random.nextInt(1 << random.nextInt(16)) - 1;
                table.longForm(units, forward, random.nextInt(100), column, random.nextInt(5_000) - 1);
                return line + forward;
            }
            default -> table.noLocation(units);
        }
        return line;
    }

    private static LineTable lines(int firstLine, int codeLength, int... table) {
        return LineTable.decode(LineTableFormat.LOCATIONS_3_11, bytes(table), firstLine, codeLength);
    }

    private static LineTable lines(LocationTable311Writer table, int firstLine) {
        return LineTable.decode(LineTableFormat.LOCATIONS_3_11, table.table(), firstLine, table.codeLength());
    }

    private static PositionTable positions(int firstLine, int codeLength, int... table) {
        return PositionTable.decode(LineTableFormat.LOCATIONS_3_11, bytes(table), firstLine, codeLength);
    }

    private static PositionTable positions(LocationTable311Writer table, int firstLine) {
        return PositionTable.decode(LineTableFormat.LOCATIONS_3_11, table.table(), firstLine, table.codeLength());
    }
}
