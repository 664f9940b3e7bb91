package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.source.Exclusions;
import dev.tracetool.trace.EventKind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Traces of formats that store files, names, first lines and lines alone. */
class UnknownTablesTest {
    private static Recording bare() {
        Recording run = new Recording(EventKind.PY_START, EventKind.PY_RETURN, EventKind.LINE).bare();
        int module = run.code("/p/a.py", "<module>", 1);
        int f = run.code("/p/a.py", "f", -1);
        run.thread(0, "");
        run.start(module, 0)
                .lines(module, 1, 5)
                .start(f, 0)
                .lines(f, 2, 3, 3)
                .leave(f, 0)
                .leave(module, 0);
        return run.end();
    }

    private static Recording whole() {
        Recording run = new Recording();
        int module = run.code("/p/a.py", "<module>", 1, 1, 5, 6);
        run.code("/p/a.py", "f", 1, 2, 3, 4);
        run.thread(0, "");
        run.start(module, 0).lines(module, 1, 5, 6).leave(module, 9);
        return run.end(10);
    }

    private static FunctionActivity function(Activity activity, String name) {
        return activity.functions().stream()
                .filter(one -> one.identity().qualname().equals(name) && !one.hasTable())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void should_count_lines_and_calls_and_know_nothing_else() {
        Activity activity = bare().activity();
        FunctionActivity f = function(activity, "f");
        assertFalse(f.hasTable());
        assertFalse(f.body());
        assertTrue(function(activity, "<module>").body());
        assertEquals(2, f.linesHit());
        assertEquals(3, f.lineEvents());
        assertEquals(1, f.calls());
        assertEquals(0, f.lines().executable());
        InputActivity input = activity.inputs().get(0);
        assertEquals(0, input.problems().strayLines(), "no line is at odds with a table that there is not");
        assertFalse(input.hasTimes());
        assertNull(input.durationNs());
        assertNull(input.threads().get(0).durationNs());
        Recorded recorded = activity.recorded();
        assertFalse(recorded.times() || recorded.yields() || recorded.unwinds() || recorded.arcs());
        assertTrue(recorded.calls() && recorded.lines());
    }

    @Test
    void should_take_no_code_for_a_coroutine_of_which_flags_are_unknown() {
        Recording run = new Recording();
        int f = run.code("/p/a.py", "f", -1, 1, new int[] {2}, CodeFlags.UNKNOWN);
        run.thread(0, "");
        run.start(f, 1).leave(f, 5).end(6);
        CallTree tree = run.tree();
        for (int node = 1; node < tree.size(); node++) {
            assertNotEquals(CallTree.Kind.COROUTINE, tree.frame(node).kind());
        }
        assertEquals(3, tree.size(), "a thread and a function beside the root");
    }

    private static CoveredFile covered(Activity activity) {
        return CoveredFile.of("/p/a.py", null, activity.functions(), Exclusions.DEFAULT);
    }

    @Test
    void should_know_what_was_hit_of_a_file_and_not_what_was_missed() {
        CoveredFile file = covered(bare().activity());
        assertFalse(file.isCodeKnown());
        assertEquals(4, file.coverage().hit());
        assertEquals(0, file.coverage().missed());
    }

    @Test
    void should_take_the_tables_of_another_trace_of_the_same_file() {
        Activity activity = bare().activity();
        activity.merge(whole().activity());
        CoveredFile file = covered(activity);
        assertTrue(file.isCodeKnown());
        assertEquals(6, file.coverage().statements());
        assertEquals(List.of(4), toList(file.coverage().missingLines()));
        FileActivity all = Activity.files(activity.functions()).get(0);
        assertTrue(all.hasTable());
        assertEquals(5, all.linesHit());
        assertEquals(6, all.lines().executable());
    }

    private static List<Integer> toList(int[] lines) {
        return java.util.Arrays.stream(lines).boxed().toList();
    }
}
