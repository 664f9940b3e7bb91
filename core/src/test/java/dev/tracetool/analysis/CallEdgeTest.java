package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.analysis.CallTree.Weight;
import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeIdentity;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallEdgeTest {
    private final Recording run = new Recording();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2);
    private final int g = run.code("/p/a.py", "g", 5, 5, 6);
    private final int h = run.code("/p/a.py", "h", 8, 8, 9);
    private final int task = run.code("/p/a.py", "task", 20, 1, new int[] {20}, CodeFlags.COROUTINE);

    private CodeIdentity identity(String qualname) {
        return run.activity().functions(x -> true, qualname::equals).get(0).identity();
    }

    private static List<String> text(List<CallEdge> edges) {
        return edges.stream()
                .map(e -> (e.other() == null ? "-" : e.other().identity().qualname()) + " " + e.calls() + " "
                        + e.recursiveCalls() + " " + e.selfNs() + " " + e.totalNs())
                .toList();
    }

    private List<String> callers(String qualname) {
        return text(CallEdge.callers(run.tree(), identity(qualname), Weight.TIME));
    }

    private List<String> callees(String qualname) {
        return text(CallEdge.callees(run.tree(), identity(qualname), Weight.TIME));
    }

    @Test
    void callers_and_callees_are_summed_up_over_all_ways() {
        run.thread(0, "main")
                .start(f, 0)
                .start(g, 10)
                .start(h, 20)
                .leave(h, 25)
                .leave(g, 30)
                .leave(f, 50);
        run.start(g, 60)
                .start(h, 61)
                .leave(h, 72)
                .leave(g, 73)
                .start(h, 80)
                .leave(h, 82)
                .end(90);
        assertEquals(List.of("g 2 0 16 16", "- 1 0 2 2"), callers("h"));
        assertEquals(List.of("f 1 0 15 20", "- 1 0 2 13"), callers("g"));
        assertEquals(List.of("h 2 0 16 16"), callees("g"));
        assertEquals(List.of(), callees("h"));
    }

    @Test
    void recursive_calls_are_counted_at_their_caller_and_have_no_time() {
        run.start(f, 0)
                .start(g, 10)
                .start(f, 20)
                .start(f, 30)
                .start(h, 31)
                .leave(h, 33)
                .leave(f, 34);
        run.leave(f, 40).leave(g, 50).leave(f, 60).end(60);
        assertEquals(List.of("- 1 0 38 60", "f 1 1 0 0", "g 1 1 0 0"), callers("f"));
        assertEquals(List.of("g 1 0 20 20", "h 1 0 2 2", "f 1 1 0 0"), callees("f"));
        assertEquals(List.of("f 1 1 0 0"), callees("g"));
    }

    @Test
    void a_task_has_no_caller() {
        run.start(f, 0)
                .start(task, 10)
                .start(g, 11)
                .leave(g, 12)
                .leave(task, 15)
                .leave(f, 20)
                .end(20);
        assertEquals(List.of("- 1 0 4 5"), callers("task"));
        assertEquals(List.of(), callees("f"));
    }
}
