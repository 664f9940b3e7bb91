package dev.tracetool.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DisplayWidthTest {
    @Test
    void counts_columns_not_characters() {
        assertEquals(0, DisplayWidth.of(""));
        assertEquals(3, DisplayWidth.of("abc"));
        assertEquals(3, DisplayWidth.of("äöü"));
        assertEquals(1, DisplayWidth.of("e\u0301"));
        assertEquals(4, DisplayWidth.of("数据"));
        assertEquals(2, DisplayWidth.of("한"));
        assertEquals(2, DisplayWidth.of("\u1112\u1161\u11ab"));
        assertEquals(2, DisplayWidth.of("👍"));
        assertEquals(1, DisplayWidth.of("ｱ"));
    }

    @Test
    void wide_ranges_end_where_they_should() {
        assertEquals(1, DisplayWidth.of("\u10ff"));
        assertEquals(2, DisplayWidth.of("\u1100"));
        assertEquals(2, DisplayWidth.of("\u115f"));
        assertEquals(0, DisplayWidth.of("\u1160"));
        assertEquals(2, DisplayWidth.of("\uff60"));
        assertEquals(1, DisplayWidth.of("\uff61"));
    }

    @Test
    void pads_to_a_width() {
        assertEquals("数 ", DisplayWidth.padRight("数", 3));
        assertEquals(" 数", DisplayWidth.padLeft("数", 3));
        assertEquals("abc", DisplayWidth.padLeft("abc", 2));
    }

    @Test
    void cuts_to_a_width_and_says_so() {
        assertEquals("abc", DisplayWidth.cutEnd("abc", 3));
        assertEquals("ab…", DisplayWidth.cutEnd("abcd", 3));
        assertEquals("数…", DisplayWidth.cutEnd("数据库", 4));
        assertEquals("数据库", DisplayWidth.cutEnd("数据库", 6));
        assertEquals("…cd", DisplayWidth.cutStart("abcd", 3));
        assertEquals("…库", DisplayWidth.cutStart("数据库", 4));
        assertEquals("…", DisplayWidth.cutStart("abcd", 1));
        assertEquals("", DisplayWidth.cutEnd("abcd", 0));
        assertEquals("…b", DisplayWidth.cutStart("xxa\u0301b", 2));
    }
}
