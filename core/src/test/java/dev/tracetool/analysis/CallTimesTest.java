package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallTimesTest {
    private final Recording run = new Recording();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2, 3);
    private final int g = run.code("/p/a.py", "g", 5, 5, 6);

    private FunctionActivity of(Activity activity, String qualname) {
        return activity.functions(file -> true, qualname::equals).get(0);
    }

    private void assertTimes(String qualname, long self, long total) {
        FunctionActivity function = of(run.activity(), qualname);
        assertEquals(List.of(self, total), List.of(function.selfNs(), function.totalNs()), qualname);
    }

    private void assertThread(long duration, long self) {
        ThreadActivity thread = run.activity().inputs().get(0).threads().get(0);
        assertEquals(duration, thread.durationNs());
        assertEquals(self, thread.selfNs());
    }

    @Test
    void self_time_excludes_callees_and_total_time_does_not() {
        run.start(f, 100).start(g, 110).leave(g, 140).leave(f, 150).end(200);
        assertTimes("f", 20, 50);
        assertTimes("g", 30, 30);
        assertThread(50, 50);
    }

    @Test
    void recursion_counts_once_from_the_outermost_activation() {
        run.start(f, 0)
                .start(f, 10)
                .start(f, 20)
                .leave(f, 30)
                .leave(f, 40)
                .leave(f, 50)
                .end(60);
        assertTimes("f", 50, 50);
    }

    @Test
    void mutual_recursion_counts_each_function_once() {
        run.start(f, 0)
                .start(g, 10)
                .start(f, 20)
                .start(g, 30)
                .leave(g, 40)
                .leave(f, 50)
                .leave(g, 60)
                .leave(f, 70);
        assertTimes("f", 40, 70);
        assertTimes("g", 30, 50);
    }

    @Test
    void time_while_a_generator_is_suspended_is_not_its_own() {
        run.start(f, 0)
                .start(g, 10)
                .event(EventKind.PY_YIELD, g, 0, 15)
                .event(EventKind.PY_RESUME, g, 0, 30)
                .event(EventKind.PY_YIELD, g, 0, 32)
                .event(EventKind.PY_THROW, g, 0, 40)
                .event(EventKind.PY_UNWIND, g, 0, 43)
                .leave(f, 50)
                .end(50);
        assertTimes("g", 10, 10);
        assertTimes("f", 40, 50);
        FunctionActivity generator = of(run.activity(), "g");
        assertEquals(1, generator.calls());
        assertEquals(2, generator.yields());
        assertEquals(1, generator.unwinds());
        assertEquals(0, generator.returns());
    }

    @Test
    void interleaved_activations_of_one_generator_count_once() {
        // Two generators of one function, the second resumed from within the first.
        run.start(g, 0)
                .start(g, 10)
                .event(EventKind.PY_YIELD, g, 0, 20)
                .event(EventKind.PY_YIELD, g, 0, 30)
                .event(EventKind.PY_RESUME, g, 0, 40)
                .leave(g, 50)
                .end(50);
        assertTimes("g", 40, 40);
        assertThread(50, 40);
    }

    @Test
    void an_exception_ends_a_frame_at_its_unwind() {
        run.start(f, 0)
                .start(g, 10)
                .event(EventKind.PY_UNWIND, g, 0, 25)
                .event(EventKind.PY_UNWIND, f, 0, 26)
                .end(30);
        assertTimes("f", 11, 26);
        assertTimes("g", 15, 15);
    }

    @Test
    void frames_at_the_start_are_entered_then() {
        run.frames(100, f, g).leave(g, 110).leave(f, 130).end(200);
        assertTimes("f", 20, 30);
        assertTimes("g", 10, 10);
        assertEquals(0, of(run.activity(), "f").calls());
        assertEquals(0, run.activity().inputs().get(0).problems().unbalanced());
    }

    @Test
    void frames_in_between_go_on_where_they_are_the_same() {
        run.start(f, 0)
                .start(g, 10)
                .frames(20, f)
                .frames(30, f, g)
                .leave(g, 40)
                .leave(f, 50)
                .end(50);
        assertTimes("f", 30, 50);
        assertTimes("g", 20, 20);
    }

    @Test
    void a_frame_that_leaves_takes_the_frames_within_it_along() {
        run.start(f, 0).start(g, 10).start(g, 15).leave(f, 30).end(40);
        assertTimes("f", 10, 30);
        assertTimes("g", 20, 20);
        assertEquals(1, run.activity().inputs().get(0).problems().unbalanced());
    }

    @Test
    void a_frame_that_was_never_entered_cannot_be_left() {
        run.leave(g, 5).start(f, 10).leave(g, 20).leave(f, 30).end(30);
        assertTimes("f", 20, 20);
        assertTimes("g", 0, 0);
        assertEquals(2, run.activity().inputs().get(0).problems().unbalanced());
        assertThread(25, 20);
    }

    @Test
    void a_frame_that_is_open_at_the_end_lasts_to_the_end_of_a_closed_recording() {
        run.start(f, 0).start(g, 10).leave(g, 20).end(100);
        assertTimes("f", 90, 100);
        assertThread(100, 100);
    }

    @Test
    void a_frame_that_is_open_where_a_recording_was_cut_off_lasts_to_the_last_time() {
        run.start(f, 0).start(g, 10).leave(g, 20).lines(f, 2, 3);
        assertTimes("f", 10, 20);
        assertThread(20, 20);
    }

    @Test
    void times_of_lines_change_nothing_but_the_last_time() {
        run.lineTimes().start(f, 0);
        run.event(EventKind.LINE, f, 2, 5)
                .event(EventKind.LINE, f, 3, 8)
                .start(g, 10)
                .leave(g, 20);
        run.event(EventKind.LINE, f, 2, 33);
        assertTimes("f", 23, 33);
        assertTimes("g", 10, 10);
    }

    @Test
    void threads_have_stacks_of_their_own() {
        run.on(0)
                .start(f, 0)
                .on(1)
                .start(f, 5)
                .on(0)
                .start(g, 10)
                .on(1)
                .leave(f, 25)
                .on(0)
                .leave(g, 30)
                .leave(f, 40);
        assertTimes("f", 40, 60);
        assertTimes("g", 20, 20);
    }

    @Test
    void gaps_are_no_functions_time() {
        run.start(f, 0).leave(f, 10).start(f, 100).leave(f, 110).end(1000);
        assertTimes("f", 20, 20);
        assertThread(110, 20);
    }

    @Test
    void times_that_run_backwards_count_as_none() {
        run.start(f, 100).start(g, 50).leave(g, 120).leave(f, 130).end(130);
        assertTimes("g", 20, 20);
        assertTimes("f", 10, 30);
        assertEquals(1, run.activity().inputs().get(0).problems().oddTimes());
    }

    @Test
    void absurd_times_stay_within_bounds() {
        run.start(f, Long.MIN_VALUE + 1).leave(f, Long.MAX_VALUE).end(Long.MAX_VALUE);
        assertTimes("f", 1L << 55, 1L << 55);
        assertTrue(run.activity().inputs().get(0).problems().oddTimes() > 0);
    }

    @Test
    void deep_recursion_in_two_threads_is_followed() {
        int depth = 100_000;
        for (int i = 0; i < depth; i++) {
            run.on(i % 2).start(f, i);
        }
        for (int i = 0; i < depth; i++) {
            run.on(i % 2).leave(f, depth + i);
        }
        run.end(2L * depth);
        FunctionActivity function = of(run.activity(8), "f");
        assertEquals(depth, function.calls());
        assertEquals(4L * (depth - 1), function.totalNs());
        assertEquals(4L * (depth - 1), function.selfNs());
    }

    @Test
    void thousands_of_threads_are_counted() {
        for (int t = 0; t < 5000; t++) {
            run.on(t).start(f, t).start(g, t + 1).leave(g, t + 3);
        }
        for (int t = 0; t < 5000; t++) {
            run.on(t).leave(f, 10_000);
        }
        run.end(10_000);
        assertTimes("g", 10_000, 10_000);
        assertEquals(5000, run.activity().inputs().get(0).threads().size());
    }
}
