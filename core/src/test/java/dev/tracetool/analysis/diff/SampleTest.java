package dev.tracetool.analysis.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SampleTest {
    private static final long MS = 1_000_000;

    @Test
    void should_have_the_median_and_the_middle_half() {
        assertEquals(new Sample(1, 7, 7, 7, 7, 7), Sample.of(7));
        assertEquals(new Sample(2, 1, 1, 3, 6, 6), Sample.of(6, 1));
        assertEquals(new Sample(3, 1, 1, 5, 9, 9), Sample.of(9, 1, 5));
        assertEquals(new Sample(4, 1, 2, 5, 8, 90), Sample.of(90, 1, 8, 2));
        assertEquals(new Sample(5, 1, 2, 3, 4, 5), Sample.of(5, 4, 3, 2, 1));
        assertEquals(
                Long.MAX_VALUE - 1,
                Sample.of(Long.MAX_VALUE, Long.MAX_VALUE - 1).median());
    }

    private static boolean isPassed(long[] base, long[] head) {
        boolean passed = TimeThreshold.DEFAULT.isPassed(Sample.of(base), Sample.of(head));
        assertEquals(passed, TimeThreshold.DEFAULT.isPassed(Sample.of(head), Sample.of(base)), "the other way round");
        return passed;
    }

    private static long[] twice(long value) {
        return new long[] {value, value};
    }

    @Test
    void should_take_a_time_as_changed_only_past_per_cent_and_floor() {
        assertTrue(isPassed(twice(100 * MS), twice(110 * MS + 1)));
        assertFalse(isPassed(twice(100 * MS), twice(110 * MS)), "just 10%");
        assertTrue(isPassed(twice(MS), twice(2 * MS + 1)));
        assertFalse(isPassed(twice(MS), twice(2 * MS)), "just 1 ms");
        assertTrue(isPassed(twice(0), twice(MS + 1)), "something from nothing");
        assertFalse(isPassed(twice(5 * MS), twice(5 * MS)));
    }

    @Test
    void should_take_no_time_as_changed_without_several_runs_on_each_side() {
        assertFalse(isPassed(new long[] {MS}, new long[] {90 * MS}));
        assertFalse(isPassed(new long[] {MS}, twice(90 * MS)));
        assertTrue(isPassed(twice(MS), twice(90 * MS)));
    }

    @Test
    void should_take_a_median_that_a_usual_run_of_the_other_side_has_as_noise() {
        assertFalse(isPassed(new long[] {100 * MS, 110 * MS, 200 * MS}, new long[] {150 * MS, 150 * MS, 150 * MS}));
        assertTrue(isPassed(new long[] {100 * MS, 110 * MS, 140 * MS}, new long[] {150 * MS, 150 * MS, 150 * MS}));
        long[] withAnOutlier = {100 * MS, 101 * MS, 102 * MS, 900 * MS};
        assertTrue(isPassed(withAnOutlier, new long[] {150 * MS, 151 * MS, 152 * MS, 153 * MS}));
    }
}
