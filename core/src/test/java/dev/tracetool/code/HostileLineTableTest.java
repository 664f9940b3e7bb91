package dev.tracetool.code;

import static dev.tracetool.testing.FakeCodeRecord.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that no compiler writes: the answer is a table that keeps its promises, or {@code Malformed}. */
class HostileLineTableTest {
    @ParameterizedTest
    @CsvSource({
        "00,         0, an entry head (0x80 to 0xff),             0x00",
        "e80000,     2, an entry head (0x80 to 0xff),             0x00",
        "f8807f00,   3, an entry head (0x80 to 0xff),             0x00",
        "80,         1, the rest of an entry,                     the end of the table",
        "d000,       2, the rest of an entry,                     the end of the table",
        "f0000000,   4, the rest of an entry,                     the end of the table",
        "e841,       2, the rest of an entry,                     the end of the table",
        "d0f8,       1, the rest of an entry (0x00 to 0x7f),      0xf8",
        "e87f7f7f7f7f04, 6, a number of at most 32 bits,          more",
        "e84040404040400000, 6, a number of at most 32 bits,      more",
    })
    void what_is_no_table_of_3_11_is_malformed_where_it_stops_making_sense(
            String hex, int position, String expected, String found) {
        byte[] table = HexFormat.of().parseHex(hex);
        MalformedLineTableException lines = assertThrows(
                MalformedLineTableException.class,
                () -> LineTable.decode(LineTableFormat.LOCATIONS_3_11, table, 1, 100));
        assertEquals(position, lines.position());
        assertEquals(expected, lines.expected());
        assertEquals(found, lines.found());
        MalformedLineTableException positions = assertThrows(
                MalformedLineTableException.class,
                () -> PositionTable.decode(LineTableFormat.LOCATIONS_3_11, table, 1, 100));
        assertEquals(lines.getMessage(), positions.getMessage());
    }

    @Test
    void a_number_written_longer_than_it_needs_is_legal() {
        assertEquals(
                3,
                LineTable.decode(LineTableFormat.LOCATIONS_3_11, bytes(0xe8, 0x44, 0x40, 0x40, 0x40, 0x40, 0), 1, 2)
                        .lineAt(0));
    }

    @Test
    void a_table_is_malformed_or_not_whatever_the_length_of_the_code() {
        byte[] table = bytes(0xe8, 0x00, 0xe8); // cut behind the only unit of the code
        for (int codeLength = -1; codeLength <= 4; codeLength++) {
            int length = codeLength;
            assertThrows(
                    MalformedLineTableException.class,
                    () -> LineTable.decode(LineTableFormat.LOCATIONS_3_11, table, 1, length));
        }
    }

    @ParameterizedTest
    @EnumSource(LineTableFormat.class)
    void every_truncation_and_every_changed_byte_is_survived(LineTableFormat format) {
        byte[] table = sample();
        for (int length = 0; length <= table.length; length++) {
            survives(format, Arrays.copyOf(table, length));
        }
        for (int at = 0; at < table.length; at++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = table.clone();
                changed[at] = (byte) value;
                survives(format, changed);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(LineTableFormat.class)
    void random_bytes_are_survived(LineTableFormat format) {
        for (int seed = 0; seed < 5_000; seed++) {
            Random random = new Random(seed);
            byte[] table = new byte[random.nextInt(40)];
            random.nextBytes(table);
            survives(format, table);
        }
    }

    @ParameterizedTest
    @EnumSource(value = LineTableFormat.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void a_table_of_4_megabytes_is_decoded_in_proportion(LineTableFormat format) {
        byte[] units = new byte[1 << 22];
        Arrays.fill(units, (byte) 0xff); // 3.11: 8 units without location; others: 255 bytes, line delta -1
        byte[] changing = new byte[1 << 22];
        for (int i = 0; i < changing.length; i += 2) {
            changing[i] = (byte) 0xe8; // 3.11: 1 unit, then a line delta of 1; others: 232 bytes, line delta 2
            changing[i + 1] = 2;
        }
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            for (byte[] table : new byte[][] {units, changing}) {
                LineTable lines = LineTable.decode(format, table, 1, CodeRecord.UNKNOWN);
                assertTrue(lines.size() <= table.length);
                assertEquals(lines.line(lines.size() - 1), lines.lineAt(lines.end() - 1));
                assertTrue(PositionTable.decode(format, table, 1, CodeRecord.UNKNOWN)
                                .size()
                        <= table.length);
            }
        });
    }

    /** Decodes with several lengths of code; what is not malformed keeps the promises of a table. */
    private static void survives(LineTableFormat format, byte[] table) {
        for (int codeLength : new int[] {CodeRecord.UNKNOWN, 0, 7, 1 << 20}) {
            for (int firstLine : new int[] {1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
                LineTable lines;
                try {
                    lines = LineTable.decode(format, table, firstLine, codeLength);
                } catch (MalformedLineTableException e) {
                    assertTrue(e.position() >= 0 && e.position() <= table.length);
                    assertThrows(
                            MalformedLineTableException.class,
                            () -> PositionTable.decode(format, table, firstLine, codeLength));
                    continue;
                }
                keepsItsPromises(lines, PositionTable.decode(format, table, firstLine, codeLength), codeLength);
            }
        }
    }

    private static void keepsItsPromises(LineTable lines, PositionTable positions, int codeLength) {
        assertTrue(codeLength < 0 || lines.end() <= codeLength);
        int expectedStart = 0;
        for (int range = 0; range < lines.size(); range++) {
            assertEquals(expectedStart, lines.start(range));
            assertTrue(lines.start(range) < lines.end(range));
            assertTrue(lines.line(range) >= 0 || lines.line(range) == LineTable.NO_LINE);
            assertEquals(range, lines.rangeAt(lines.start(range)));
            assertEquals(range, lines.rangeAt(lines.end(range) - 1));
            assertEquals(
                    lines.line(range), positions.positionAt(lines.start(range)).line());
            assertEquals(
                    lines.line(range),
                    positions.positionAt(lines.end(range) - 1).line());
            expectedStart = lines.end(range);
        }
        assertEquals(expectedStart, lines.end());
        for (int range = 0; range < positions.size(); range++) {
            Position position = positions.position(range);
            assertTrue(position.endLine() >= 0 || position.endLine() == LineTable.NO_LINE);
            assertTrue(position.column() >= Position.UNKNOWN_COLUMN);
            assertTrue(position.endColumn() >= Position.UNKNOWN_COLUMN);
        }
    }

    private static byte[] sample() {
        return new LocationTable311Writer(1)
                .longForm(1, -1, 1, 0, 0)
                .oneLine(2, 1, 0, 12)
                .shortForm(8, 4, 9)
                .noLocation(3)
                .longForm(4, 70_000, 3, 300, 4_000)
                .noColumns(1, -60_000)
                .shortForm(1, 79, 15)
                .oneLine(8, 2, 127, 0)
                .noLocation(1)
                .table();
    }
}
