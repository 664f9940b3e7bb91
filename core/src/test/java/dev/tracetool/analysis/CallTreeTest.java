package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.EventKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallTreeTest {
    private final Recording run = new Recording();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2);
    private final int g = run.code("/p/b.py", "g", 5, 5, 6);
    private final int h = run.code("/p/b.py", "h", 8, 8, 9);
    private final int task = suspended("task", CodeFlags.COROUTINE);
    private final int sub = suspended("sub", CodeFlags.COROUTINE);
    private final int generator = suspended("generator", CodeFlags.GENERATOR);

    private int suspended(String name, int flags) {
        return run.code("/p/c.py", name, 1, 1, new int[] {1}, flags);
    }

    private CallTree tree() {
        return run.tree().withoutThreads();
    }

    private void assertTree(CallTree tree, String... expected) {
        assertEquals(lines(expected), TreeText.of(tree));
    }

    private static Map<String, String> lines(String... expected) {
        Map<String, String> lines = new HashMap<>();
        for (String line : expected) {
            lines.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 2));
        }
        return lines;
    }

    @Test
    void frames_hang_under_the_one_that_called_them() {
        run.start(f, 0).start(g, 10).leave(g, 30).start(g, 31).start(h, 32).leave(h, 40);
        run.leave(g, 41).leave(f, 50).start(g, 60).leave(g, 63).end(70);
        assertTree(
                tree(),
                "f: 1 calls, 0 recursive, self 20, total 50",
                "f/g: 2 calls, 0 recursive, self 22, total 30",
                "f/g/h: 1 calls, 0 recursive, self 8, total 8",
                "g: 1 calls, 0 recursive, self 3, total 3");
    }

    @Test
    void recursion_is_folded_into_the_earlier_node() {
        run.start(f, 0)
                .start(f, 10)
                .start(f, 20)
                .leave(f, 30)
                .leave(f, 40)
                .leave(f, 50)
                .end(50);
        assertTree(tree(), "f: 3 calls, 2 recursive, self 50, total 50");
    }

    @Test
    void what_is_called_by_a_recursive_frame_hangs_under_the_earlier_node() {
        run.start(f, 0).start(g, 10).start(f, 20).start(h, 30).leave(h, 34).leave(f, 40);
        run.leave(g, 50).leave(f, 60).end(60);
        assertTree(
                tree(),
                "f: 2 calls, 1 recursive, self 36, total 60",
                "f/g: 1 calls, 0 recursive, self 20, total 20",
                "f/h: 1 calls, 0 recursive, self 4, total 4");
    }

    @Test
    void a_generator_hangs_under_who_resumes_it_and_is_called_once() {
        run.start(f, 0)
                .start(generator, 10)
                .event(EventKind.PY_YIELD, generator, 0, 12)
                .start(g, 20)
                .event(EventKind.PY_RESUME, generator, 0, 25);
        run.event(EventKind.PY_YIELD, generator, 0, 28)
                .leave(g, 30)
                .leave(f, 40)
                .end(40);
        assertTree(
                tree(),
                "f: 1 calls, 0 recursive, self 28, total 40",
                "f/g: 1 calls, 0 recursive, self 7, total 10",
                "f/g/generator: 0 calls, 0 recursive, self 3, total 3",
                "f/generator: 1 calls, 0 recursive, self 2, total 2");
    }

    @Test
    void a_coroutine_that_no_coroutine_entered_is_a_root() {
        // f runs an event loop that is not recorded, with two tasks.
        run.start(f, 0).start(task, 10).start(sub, 12).event(EventKind.PY_YIELD, sub, 0, 15);
        run.event(EventKind.PY_YIELD, task, 0, 16).start(task, 20).leave(task, 21);
        run.event(EventKind.PY_RESUME, task, 0, 30).event(EventKind.PY_RESUME, sub, 0, 31);
        run.start(g, 32)
                .leave(g, 33)
                .leave(sub, 36)
                .leave(task, 38)
                .leave(f, 50)
                .end(50);
        assertTree(
                tree(),
                "f: 1 calls, 0 recursive, self 35, total 35",
                "task: 2 calls, 0 recursive, self 7, total 15",
                "task/sub: 1 calls, 0 recursive, self 7, total 8",
                "task/sub/g: 1 calls, 0 recursive, self 1, total 1");
    }

    @Test
    void a_generator_between_two_coroutines_is_awaited_and_one_above_a_function_drives() {
        run.start(f, 0).start(generator, 1).start(task, 2).leave(task, 4).leave(generator, 5);
        run.start(task, 6).start(generator, 7).start(sub, 8).leave(sub, 9).leave(generator, 10);
        run.leave(task, 11).leave(f, 12).end(12);
        assertTree(
                tree(),
                "f: 1 calls, 0 recursive, self 3, total 5",
                "f/generator: 1 calls, 0 recursive, self 2, total 2",
                "task: 2 calls, 0 recursive, self 4, total 7",
                "task/generator: 1 calls, 0 recursive, self 2, total 3",
                "task/generator/sub: 1 calls, 0 recursive, self 1, total 1");
    }

    @Test
    void threads_have_trees_of_their_own_that_can_be_made_one() {
        run.thread(0, "main")
                .start(f, 0)
                .leave(f, 5)
                .thread(1, "pool")
                .start(f, 1)
                .start(g, 2);
        run.leave(g, 4).leave(f, 6).thread(2, "pool").start(f, 3).leave(f, 4);
        run.thread(3, "").start(f, 3).leave(f, 4).end(7);
        assertTree(
                run.tree(),
                "main: 0 calls, 0 recursive, self 0, total 5",
                "main/f: 1 calls, 0 recursive, self 5, total 5",
                "pool: 0 calls, 0 recursive, self 0, total 6",
                "pool/f: 2 calls, 0 recursive, self 4, total 6",
                "pool/f/g: 1 calls, 0 recursive, self 2, total 2",
                "thread 3: 0 calls, 0 recursive, self 0, total 1",
                "thread 3/f: 1 calls, 0 recursive, self 1, total 1");
        assertTree(tree(), "f: 4 calls, 0 recursive, self 10, total 12", "f/g: 1 calls, 0 recursive, self 2, total 2");
    }

    @Test
    void frames_of_files_that_are_left_out_are_part_of_their_callers() {
        run.start(h, 0)
                .start(f, 10)
                .start(g, 20)
                .start(task, 30)
                .leave(task, 31)
                .leave(g, 40);
        run.start(task, 41).leave(task, 45).leave(f, 50).leave(h, 60).end(60);
        CallTree left = tree().onlyFiles(file -> !file.endsWith("b.py"));
        assertTree(left, "f: 1 calls, 0 recursive, self 35, total 35", "task: 2 calls, 0 recursive, self 5, total 5");
        assertEquals(20, left.selfNs(0));
        run.start(f, 60).start(g, 61).start(h, 62).start(f, 63).leave(f, 64).leave(h, 65);
        run.leave(g, 66).leave(f, 70);
        assertTree(tree().onlyFiles(file -> file.endsWith("a.py")), "f: 3 calls, 1 recursive, self 45, total 45");
    }

    @Test
    void what_is_under_a_function_can_be_looked_at_alone() {
        run.start(f, 0).start(g, 10).start(h, 20).leave(h, 25).leave(g, 30).leave(f, 50);
        run.start(g, 60)
                .leave(g, 61)
                .start(h, 70)
                .start(g, 71)
                .leave(g, 72)
                .leave(h, 73)
                .end(80);
        CallTree under = tree().under(name -> name.equals("g"));
        assertTree(under, "g: 3 calls, 0 recursive, self 17, total 22", "g/h: 1 calls, 0 recursive, self 5, total 5");
        assertEquals(32, under.selfNs(0));
    }

    @Test
    void callers_are_a_tree_upside_down() {
        run.start(f, 0).start(g, 10).start(h, 20).leave(h, 25).leave(g, 30).leave(f, 50);
        run.start(h, 60).start(g, 61).leave(g, 72).leave(h, 73).end(80);
        assertEquals(
                lines(
                        "h: 2 calls, 0 recursive, self 7, total 18",
                        "h/g: 1 calls, 0 recursive, self 5, total 5",
                        "h/g/f: 1 calls, 0 recursive, self 5, total 5"),
                TreeText.of(tree().callers(name -> name.equals("h"), 9)));
        assertEquals(
                lines(
                        "g: 2 calls, 0 recursive, self 26, total 31",
                        "g/f: 1 calls, 0 recursive, self 15, total 20",
                        "g/h: 1 calls, 0 recursive, self 11, total 11"),
                TreeText.of(tree().callers(name -> name.equals("g"), 2)));
    }

    @Test
    void recursive_callers_have_calls_and_no_time() {
        run.start(h, 0)
                .start(f, 10)
                .start(g, 20)
                .start(f, 30)
                .start(f, 40)
                .leave(f, 41)
                .leave(f, 42);
        run.leave(g, 43).leave(f, 44).leave(h, 45).end(45);
        assertEquals(
                lines(
                        "f: 3 calls, 2 recursive, self 23, total 34",
                        "f/h: 1 calls, 0 recursive, self 23, total 34",
                        "f/g: 1 calls, 1 recursive, self 0, total 0",
                        "f/g/f: 1 calls, 1 recursive, self 0, total 0",
                        "f/f: 1 calls, 1 recursive, self 0, total 0"),
                TreeText.of(tree().callers(name -> name.equals("f"), 9)));
    }

    @Test
    void frames_at_the_start_have_their_place_and_no_call() {
        run.frames(100, f, g)
                .leave(g, 110)
                .start(h, 111)
                .leave(h, 115)
                .leave(f, 130)
                .end(200);
        assertTree(
                tree(),
                "f: 0 calls, 0 recursive, self 16, total 30",
                "f/g: 0 calls, 0 recursive, self 10, total 10",
                "f/h: 1 calls, 0 recursive, self 4, total 4");
    }

    @Test
    void frames_in_between_go_on_where_they_are_the_same() {
        run.start(f, 0)
                .start(g, 10)
                .frames(20, f)
                .frames(30, f, g, h)
                .leave(h, 40)
                .leave(g, 45)
                .leave(f, 50)
                .end(50);
        assertTree(
                tree(),
                "f: 1 calls, 0 recursive, self 25, total 50",
                "f/g: 1 calls, 0 recursive, self 15, total 25",
                "f/g/h: 0 calls, 0 recursive, self 10, total 10");
    }

    @Test
    void unbalanced_frames_and_odd_times_are_taken_as_the_report_takes_them() {
        run.leave(g, 5).start(f, 10).start(g, 20).start(h, 15).leave(f, 30).leave(h, 31);
        run.start(f, 40).start(g, 41).end(60);
        assertTree(
                tree(),
                "f: 2 calls, 0 recursive, self 11, total 40",
                "f/g: 2 calls, 0 recursive, self 19, total 29",
                "f/g/h: 1 calls, 0 recursive, self 10, total 10");
    }

    @Test
    void code_that_was_loaded_twice_is_one_function() {
        int again = run.code("/p/a.py", "f", 1, 1, 2);
        run.start(f, 0).start(again, 1).leave(again, 2).leave(f, 3).end(3);
        assertTree(tree(), "f: 2 calls, 1 recursive, self 3, total 3");
    }

    @Test
    void a_tree_that_is_too_deep_ends_in_a_node_for_the_rest() {
        int depth = CallNodes.MAX_DEPTH + 50;
        int first = f;
        for (int i = 0; i < depth; i++) {
            int code = run.code("/p/d.py", "d" + i, i + 1, 1);
            first = i == 0 ? code : first;
            run.start(code, i);
        }
        for (int i = depth - 1; i >= 0; i--) {
            run.leave(first + i, 2L * depth - i);
        }
        run.end(2L * depth);
        CallTree tree = run.tree();
        assertTrue(tree.isFull());
        assertEquals(CallNodes.MAX_DEPTH + 2, tree.size());
        int last = tree.size() - 1;
        assertEquals(CallTree.Kind.MORE, tree.frame(last).kind());
        assertEquals(51, tree.calls(last));
        assertEquals(2L * depth, tree.totalsNs()[0]);
        assertTrue(tree.withoutThreads().isFull());
    }

    @Test
    void a_tree_that_is_too_large_keeps_its_times_and_calls() {
        CallTree tree = new CallTree();
        CallNodes nodes = tree.nodes();
        int calls = CallNodes.MAX_NODES + 5000;
        for (int i = 0; i < calls; i++) {
            int number = tree.number(
                    new CallTree.Frame(CallTree.Kind.FUNCTION, new CodeIdentity("/p/x.py", "x" + i, i, "")));
            int slot = nodes.edge(CallNodes.ROOT, number);
            nodes.calls[slot]++;
            nodes.self[nodes.targets[slot]] += 3;
            int inner = nodes.edge(nodes.targets[slot], number);
            nodes.calls[inner]++;
        }
        assertTrue(tree.isFull());
        CallTree merged = new CallTree();
        merged.merge(tree);
        assertTrue(merged.isFull());
        for (CallTree one : List.of(tree, merged)) {
            CallForest forest = one.forest();
            long sum = 0;
            for (int node = 1; node < forest.size(); node++) {
                sum += forest.calls(node);
            }
            assertEquals(2L * calls, sum);
            assertEquals(3L * calls, forest.totalNs(0));
            assertTrue(forest.size() <= CallNodes.MAX_NODES + 3);
        }
    }

    @Test
    void without_times_there_is_no_tree() {
        Recording untimed = new Recording(EventKind.PY_START, EventKind.PY_RETURN);
        int code = untimed.code("/p/a.py", "f", 1, 1);
        untimed.start(code, 1).leave(code, 2).end(3);
        assertEquals(1, untimed.tree().size());
        assertFalse(untimed.tree().isFull());
    }
}
