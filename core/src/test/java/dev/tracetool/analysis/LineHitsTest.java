package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class LineHitsTest {
    private static LineHits lines(int... lines) {
        return LineHits.untouched(lines);
    }

    private static LineHits events(int line, long hits) {
        return LineHits.events(new int[] {line}, new long[] {hits});
    }

    @Test
    void lines_of_both_are_executable_in_the_sum() {
        LineHits sum = lines(1, 3, 5).plus(lines(2, 3, 9));
        assertArrayEquals(new int[] {1, 2, 3, 5, 9}, sum.lines());
        assertEquals(0, sum.hit());
        assertEquals(0, sum.hits(3));
    }

    @Test
    void an_event_makes_no_line_executable() {
        LineHits sum = lines(1, 3).plus(events(3, 2)).plus(events(4, 7));
        assertEquals(2, sum.executable());
        assertEquals(1, sum.hit());
        assertEquals(1, sum.others());
        assertEquals(9, sum.events());
        assertEquals(7, sum.hits(4));
        assertFalse(sum.isExecutable(4));
        assertEquals(2, sum.plus(lines(4)).hit());
        assertEquals(0, sum.plus(lines(4)).others());
    }

    @Test
    void order_and_grouping_do_not_matter() {
        List<LineHits> parts = List.of(lines(1, 3), events(3, 2), lines(3, 4), events(9, 1), events(1, 5));
        for (int shift = 0; shift < parts.size(); shift++) {
            LineHits left = LineHits.NONE;
            LineHits right = LineHits.NONE;
            for (int i = 0; i < parts.size(); i++) {
                left = left.plus(parts.get((i + shift) % parts.size()));
                right = parts.get((i + shift) % parts.size()).plus(right);
            }
            for (LineHits sum : List.of(left, right, LineHits.sum(parts))) {
                assertArrayEquals(new int[] {1, 3, 4, 9}, sum.lines());
                assertEquals(List.of(5L, 2L, 0L, 1L), List.of(sum.hits(1), sum.hits(3), sum.hits(4), sum.hits(9)));
                assertEquals(3, sum.executable());
                assertEquals(2, sum.hit());
            }
        }
    }

    @Test
    void nothing_added_changes_nothing() {
        LineHits some = lines(1, 2).plus(events(2, 1));
        assertSame(some, some.plus(LineHits.NONE));
        assertSame(some, LineHits.NONE.plus(some));
    }

    @Test
    void lines_below_1_are_not_executable() {
        assertArrayEquals(new int[] {1, 2}, lines(-4, 0, 1, 2).lines());
        assertEquals(0, lines(0).executable());
    }

    @Test
    void counters_grow_up_to_their_limit() {
        LongCounter counter = new LongCounter(1000);
        for (int round = 0; round < 3; round++) {
            for (long key = 0; key < 1001; key++) {
                counter.add(key << 32 | 5);
            }
        }
        assertEquals(3, counter.dropped());
        assertEquals(1000, counter.sortedKeys().length);
        assertEquals(3, counter.get(999L << 32 | 5));
        assertEquals(0, counter.get(1000L << 32 | 5));
    }
}
