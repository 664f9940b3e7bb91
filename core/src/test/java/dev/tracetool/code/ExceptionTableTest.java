package dev.tracetool.code;

import static dev.tracetool.testing.FakeCodeRecord.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.ExceptionTable.Entry;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExceptionTableTest {
    /** 4 to 24, handler at 100, depth 1 with lasti; then 200 to 4294, with numbers of two and three bytes. */
    private static final byte[] TABLE = bytes(0x82, 0x0A, 0x32, 0x03, 0xC1, 0x24, 0x5F, 0x3F, 0x41, 0x40, 0x00, 0x04);

    private static final List<Entry> ENTRIES =
            List.of(new Entry(4, 24, 100, 1, true), new Entry(200, 4294, 8192, 2, false));

    @Test
    void should_tell_ranges_in_bytes() {
        ExceptionTable table = ExceptionTable.decode(TABLE);
        assertEquals(ENTRIES, table.entries());
        assertTrue(!table.isMalformed());
        assertEquals(ExceptionTable.EMPTY, ExceptionTable.decode(new byte[0]));
    }

    @Test
    void should_tell_from_where_on_a_table_is_none() {
        for (int cut = 1; cut < TABLE.length; cut++) {
            ExceptionTable table = ExceptionTable.decode(Arrays.copyOf(TABLE, cut));
            assertEquals(cut < 4 ? List.of() : ENTRIES.subList(0, 1), table.entries());
            assertEquals(cut == 4 ? -1 : cut < 4 ? 0 : 4, table.malformedAt());
        }
        assertEquals(0, ExceptionTable.decode(bytes(0x02, 0, 0, 0)).malformedAt(), "does not begin with bit 7");
        assertEquals(0, ExceptionTable.decode(bytes(0x80, 0x80, 0, 0)).malformedAt(), "bit 7 inside");
        assertEquals(
                0,
                ExceptionTable.decode(bytes(0xFF, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x3F, 0, 0, 0))
                        .malformedAt(),
                "does not fit 31 bits");
        assertEquals(
                0,
                ExceptionTable.decode(bytes(0xFF, 0x7F, 0x7F, 0x7F, 0x3F, 0x7F, 0x7F, 0x7F, 0x7F, 0x3F, 0, 0))
                        .malformedAt(),
                "the end does not fit");
    }
}
