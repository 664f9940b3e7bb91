package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivityTest {
    private final Recording run = new Recording();

    private static List<FunctionActivity> all(Activity activity) {
        return activity.functions(f -> true, q -> true);
    }

    private static FileActivity onlyFile(Activity activity) {
        List<FileActivity> files = Activity.files(all(activity));
        assertEquals(1, files.size());
        return files.get(0);
    }

    @Test
    void counts_line_events_by_line() {
        int f = run.code("/p/a.py", "f", 1, 1, 2, 3, 5);
        run.start(f, 0).lines(f, 2, 3, 2, 3, 2).leave(f, 1).end(2);
        LineHits lines = all(run.activity()).get(0).lines();
        assertEquals(List.of(0L, 3L, 2L, 0L), List.of(lines.hits(1), lines.hits(2), lines.hits(3), lines.hits(5)));
        assertEquals(4, lines.executable());
        assertEquals(2, lines.hit());
        assertEquals(5, lines.events());
    }

    @Test
    void the_line_of_def_is_reached_with_the_function() {
        int f = run.code("/p/a.py", "f", 1, 1, 2);
        run.start(f, 0).lines(f, 2).leave(f, 1).end(2);
        FunctionActivity function = all(run.activity()).get(0);
        assertEquals(2, function.linesHit());
        assertEquals(1, onlyFile(run.activity()).lines().hit());
    }

    @Test
    void a_function_that_never_ran_reached_nothing() {
        run.code("/p/a.py", "f", 1, 1, 2);
        FunctionActivity function = all(run.activity()).get(0);
        assertFalse(function.called());
        assertEquals(0, function.linesHit());
        assertEquals(2, function.lines().executable());
    }

    @Test
    void line_0_of_a_module_is_no_line_of_its_file() {
        int module = run.code("/p/a.py", "<module>", 1, 0, 1, 2);
        run.start(module, 0).lines(module, 0, 1).leave(module, 1).end(2);
        FileActivity file = onlyFile(run.activity());
        assertEquals(2, file.lines().executable());
        assertEquals(1, file.lines().hit());
        assertEquals(2, file.lineEvents());
        assertEquals(1, file.lines().hits(0));
        assertEquals(0, run.activity().inputs().get(0).problems().strayLines());
    }

    @Test
    void a_line_of_several_code_objects_is_one_line_of_the_file() {
        int module = run.code("/p/a.py", "<module>", 1, 0, 1, 3);
        int f = run.code("/p/a.py", "f", 1, 1, 2);
        run.start(module, 0)
                .lines(module, 1, 3)
                .start(f, 1)
                .lines(f, 1, 2)
                .leave(f, 2)
                .leave(module, 3)
                .end(3);
        FileActivity file = onlyFile(run.activity());
        assertEquals(3, file.lines().executable());
        assertEquals(3, file.lines().hit());
        assertEquals(2, file.lines().hits(1));
        assertEquals(2, file.functions());
        assertEquals(2, file.functionsCalled());
    }

    @Test
    void code_objects_of_one_identity_are_one_function() {
        int first = run.code("/p/a.py", "f", 1, 1, 2);
        int again = run.code("/p/a.py", "f", 1, 1, 2);
        run.start(first, 0)
                .lines(first, 2)
                .leave(first, 1)
                .start(again, 2)
                .lines(again, 2)
                .leave(again, 4)
                .end(4);
        List<FunctionActivity> functions = all(run.activity());
        assertEquals(1, functions.size());
        assertEquals(2, functions.get(0).calls());
        assertEquals(2, functions.get(0).lines().hits(2));
        assertEquals(3, functions.get(0).totalNs());
    }

    @Test
    void code_that_changed_is_another_function() {
        run.code("/p/a.py", "f", 1, 1, new int[] {1, 2});
        run.code("/p/a.py", "f", 1, 2, new int[] {1, 2, 3});
        assertEquals(2, all(run.activity()).size());
        assertEquals(3, onlyFile(run.activity()).lines().executable());
    }

    @Test
    void lines_that_the_table_does_not_have_are_counted_and_told() {
        int f = run.code("/p/a.py", "f", 1, 1, 2, 4);
        run.start(f, 0).lines(f, 2, 3, 3, 1000, 0).leave(f, 1).end(2);
        Activity activity = run.activity();
        FunctionActivity function = all(activity).get(0);
        assertEquals(3, function.lines().executable());
        assertEquals(1, function.lines().hit());
        assertEquals(5, function.lineEvents());
        assertEquals(1, function.lines().hits(1000));
        assertEquals(1, function.lines().hits(0));
        assertEquals(4, activity.inputs().get(0).problems().strayLines());
    }

    @Test
    void a_table_that_claims_two_billion_lines_takes_no_memory_for_them() {
        int f = run.code("/p/a.py", "f", 1, 1, 2, Integer.MAX_VALUE);
        run.start(f, 0).lines(f, 2, Integer.MAX_VALUE, 2, 7).leave(f, 1).end(2);
        FunctionActivity function = all(run.activity()).get(0);
        assertEquals(2, function.lines().hits(2));
        assertEquals(1, function.lines().hits(Integer.MAX_VALUE));
        assertEquals(3, function.lines().executable());
        assertEquals(1, run.activity().inputs().get(0).problems().strayLines());
    }

    @Test
    void events_of_unknown_code_objects_are_told() {
        int f = run.code("/p/a.py", "f", 1, 1, 2);
        run.start(f, 0).lines(f, 2).lines(77, 2).start(78, 1).leave(f, 2).end(2);
        Activity activity = run.activity();
        assertEquals(2, activity.inputs().get(0).problems().strayEvents());
        assertEquals(1, all(activity).size());
        assertEquals(2, all(activity).get(0).totalNs());
    }

    @Test
    void what_was_not_recorded_is_unknown() {
        Recording calls = new Recording(EventKind.PY_START, EventKind.PY_RETURN);
        Recorded recorded = calls.activity().recorded();
        assertTrue(recorded.calls());
        assertTrue(recorded.returns());
        assertFalse(recorded.yields());
        assertFalse(recorded.lines());
        assertFalse(recorded.times());

        Recorded coverage =
                new Recording(EventKind.LINE).once(EventKind.LINE).activity().recorded();
        assertTrue(coverage.lines());
        assertFalse(coverage.everyLine());
        assertFalse(coverage.calls());

        assertFalse(new Recording().untimed().activity().recorded().times());
        assertTrue(new Recording().activity().recorded().times());
    }

    @Test
    void a_merge_knows_what_each_of_its_traces_knows() {
        Activity merged = new Activity();
        merged.merge(run.activity());
        assertEquals(run.activity().recorded(), merged.recorded());
        merged.merge(new Recording(EventKind.PY_START).activity());
        assertTrue(merged.recorded().calls());
        assertFalse(merged.recorded().lines());
        assertEquals(2, merged.inputs().size());
    }

    @Test
    void durations_go_from_the_start_of_the_recording() {
        int f = run.code("/p/a.py", "f", 1, 1);
        assertNull(run.activity().durationNs());
        run.start(f, 50).leave(f, 60);
        assertEquals(60, run.activity().durationNs());
        assertEquals(90, run.end(90).activity().durationNs());
    }

    @Test
    void threads_are_counted_with_their_names() {
        int f = run.code("/p/a.py", "f", 1, 1, 2);
        run.thread(0, "MainThread").start(f, 0).lines(f, 2).leave(f, 10).thread(3, "worker");
        assertEquals(
                List.of(
                        new ThreadActivity(0, 1000, "MainThread", 3, 1L, 1L, 10L, 10L),
                        new ThreadActivity(3, 1003, "worker", 0, 0L, 0L, 0L, 0L)),
                run.activity().inputs().get(0).threads());
    }

    @Test
    void a_code_object_with_any_event_was_called() {
        int f = run.code("/p/a.py", "f", 1, 1, 2);
        run.event(EventKind.CALL, f, 2, 0);
        assertTrue(all(run.activity()).get(0).called());
    }
}
