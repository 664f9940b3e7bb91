package dev.tracetool.export;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PercentTest {
    @Test
    void only_all_is_100_and_only_nothing_is_0() {
        assertEquals("0%", Percent.of(0, 1000));
        assertEquals("1%", Percent.of(1, 1000));
        assertEquals("50%", Percent.of(1, 2));
        assertEquals("99%", Percent.of(999, 1000));
        assertEquals("100%", Percent.of(1000, 1000));
        assertEquals("-", Percent.of(0, 0));
    }

    @Test
    void with_one_place_it_is_the_same() {
        assertEquals("0%", Percent.fine(0, 1000));
        assertEquals("<0.1%", Percent.fine(4, 10_000));
        assertEquals("0.1%", Percent.fine(1, 1000));
        assertEquals("33.3%", Percent.fine(1, 3));
        assertEquals("99.9%", Percent.fine(99_999, 100_000));
        assertEquals("100%", Percent.fine(1000, 1000));
        assertEquals("-", Percent.fine(0, 0));
    }
}
