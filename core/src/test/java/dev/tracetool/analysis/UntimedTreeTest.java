package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.CallTree.Weight;
import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Call trees of traces without times, in which line events take their place. */
class UntimedTreeTest {
    private static final int THREADS = 3;
    private static final int CODES = 6;

    private static Recording bare() {
        return new Recording(EventKind.PY_START, EventKind.PY_RETURN, EventKind.LINE).bare();
    }

    /** The same events for each recording of the same seed, whatever it can hold of them. */
    private static Recording random(Recording run, long seed, int steps) {
        Random random = new Random(seed);
        List<List<Integer>> stacks = new ArrayList<>();
        for (int c = 0; c < CODES; c++) {
            run.code("/p/" + c / 2 + ".py", "f" + c, c + 1);
        }
        for (int t = 0; t < THREADS; t++) {
            stacks.add(new ArrayList<>());
            run.thread(t, "T" + t);
        }
        for (int i = 0; i < steps; i++) {
            int thread = random.nextInt(THREADS);
            List<Integer> stack = stacks.get(thread);
            run.on(thread);
            int what = random.nextInt(9);
            if (!stack.isEmpty() && what < 5) {
                run.lines(stack.get(stack.size() - 1), 1 + random.nextInt(5));
            } else if (stack.isEmpty() || what < 7) {
                stack.add(random.nextInt(CODES));
                run.start(stack.get(stack.size() - 1), i);
            } else {
                run.leave(stack.remove(stack.size() - 1), i);
            }
        }
        return run.end(steps);
    }

    private static Map<String, String> calls(CallTree tree) {
        Map<String, String> calls = new TreeMap<>();
        TreeText.of(tree).forEach((way, figures) -> calls.put(way, figures.replaceAll(", self.*", "")));
        return calls;
    }

    /** Line events of each way from its thread: recursion is folded into the earlier place of a function. */
    private static Map<String, Long> linesByWay(Recording run) {
        Map<Integer, List<Integer>> stacks = new HashMap<>();
        Map<String, Long> lines = new TreeMap<>();
        for (Recording.Event e : run.events) {
            List<Integer> stack = stacks.computeIfAbsent(e.thread(), t -> new ArrayList<>());
            switch (e.kind()) {
                case PY_START -> stack.add(e.code());
                case PY_RETURN -> stack.remove(stack.size() - 1);
                default -> {
                    List<String> way = new ArrayList<>(List.of("T" + e.thread()));
                    for (int code : stack) {
                        int earlier = way.indexOf("f" + code);
                        if (earlier >= 0) {
                            way.subList(earlier + 1, way.size()).clear();
                        } else {
                            way.add("f" + code);
                        }
                    }
                    lines.merge(String.join("/", way), 1L, Long::sum);
                }
            }
        }
        return lines;
    }

    private static Map<String, Long> selfByWay(CallTree tree) {
        Map<String, Long> self = new TreeMap<>();
        String[] ways = new String[tree.size()];
        for (int node = 1; node < ways.length; node++) {
            String name = tree.frame(node).identity().qualname();
            ways[node] = tree.parent(node) == 0 ? name : ways[tree.parent(node)] + "/" + name;
            if (tree.selfNs(node) > 0) {
                self.put(ways[node], tree.selfNs(node));
            }
        }
        return self;
    }

    @Test
    void should_tell_the_same_calls_as_with_times_and_line_events_in_their_place() {
        for (int seed = 0; seed < 40; seed++) {
            Recording run = random(bare(), seed, 400);
            CallTree tree = run.tree();
            assertEquals(calls(random(new Recording(), seed, 400).tree()), calls(tree), "seed " + seed);
            assertEquals(linesByWay(run), selfByWay(tree), "seed " + seed);
            assertEquals(TreeText.of(tree), TreeText.of(run.tree(0, run.events.size(), 1, new int[0][])));
            assertEquals(TreeText.of(tree), TreeText.of(run.tree(0, run.events.size(), 7, new int[0][])));
        }
    }

    @Test
    void should_merge_parts_to_the_whole_wherever_it_is_cut() {
        Recording run = random(bare(), 5, 120);
        int end = run.events.size();
        Map<String, String> whole = TreeText.of(run.tree());
        for (int cut = 0; cut <= end; cut++) {
            int[][] frames = new int[THREADS][0];
            for (int t = 0; t < THREADS; t++) {
                List<Integer> stack = new ArrayList<>();
                for (Recording.Event e : run.events.subList(0, cut)) {
                    if (e.thread() == t && e.kind() == EventKind.PY_START) {
                        stack.add(e.code());
                    } else if (e.thread() == t && e.kind() == EventKind.PY_RETURN) {
                        stack.remove(stack.size() - 1);
                    }
                }
                frames[t] = stack.stream().mapToInt(Integer::intValue).toArray();
            }
            CallTree merged = run.tree(0, cut, 10, new int[0][]);
            merged.merge(run.tree(cut, end, 10, frames));
            assertEquals(whole, TreeText.of(merged), "cut at " + cut);
        }
    }

    /** Returns of what was not called, new stacks in the middle, lines of whatever code. */
    @Test
    void should_lose_no_call_and_no_line_where_events_make_no_sense() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Recording odd = bare();
            for (int c = 0; c < CODES; c++) {
                odd.code("/p/a.py", "f" + c, c + 1);
            }
            int outer = odd.code("/p/a.py", "outer", 99);
            odd.thread(0, "").thread(1, "");
            odd.on(0).frames(0, outer).on(1).frames(0, outer);
            int lines = 0;
            for (int i = 0; i < 400; i++) {
                int code = random.nextInt(CODES);
                odd.on(random.nextInt(2));
                switch (random.nextInt(8)) {
                    case 0, 1 -> odd.start(code, i);
                    case 2, 3 -> odd.leave(code, i);
                    case 4 -> odd.frames(i, outer, code, random.nextInt(CODES));
                    default -> {
                        odd.lines(code, 3);
                        lines++;
                    }
                }
            }
            CallTree tree = odd.tree();
            long calls = 0;
            long[] recursive = tree.recursiveCalls();
            for (int node = 1; node < tree.size(); node++) {
                calls += tree.calls(node) + recursive[node];
            }
            assertEquals(odd.activity().inputs().get(0).count(EventKind.PY_START), calls, "seed " + seed);
            assertEquals(lines, tree.totalsNs()[0], "the outermost frame is always there; seed " + seed);
        }
    }

    @Test
    void should_leave_times_unknown_everywhere_else() {
        Recording run = random(bare(), 1, 200);
        Activity activity = run.activity();
        assertFalse(activity.recorded().times());
        InputActivity input = activity.inputs().get(0);
        assertTrue(input.threads().stream().allMatch(t -> t.durationNs() == null && t.selfNs() == null));
        assertEquals(200L, input.durationNs(), "the end is that of the recording");
        assertNull(bare().activity().inputs().get(0).durationNs());
        assertEquals(0, input.problems().unbalanced() + input.problems().oddTimes());
        for (FunctionActivity function : activity.functions()) {
            assertEquals(List.of(), run.slowCalls("t").of(function.identity()), "no call is slow");
        }
        Summary all = run.summary();
        assertEquals(TreeText.of(run.tree()), TreeText.of(all.tree()));
    }

    private static Recorded recorded(Recording run) {
        return Recorded.of(run.metadata());
    }

    @Test
    void should_know_stacks_where_starts_and_returns_are_all_that_a_format_tells() {
        assertTrue(recorded(bare()).stacks() && recorded(bare()).countsResumptions());
        assertTrue(recorded(new Recording()).stacks());
        assertFalse(recorded(new Recording()).countsResumptions());
        assertTrue(recorded(new Recording().untimed()).stacks(), "all six kinds, without times");
        assertFalse(recorded(new Recording().untimed()).countsResumptions());
        EventKind start = EventKind.PY_START;
        EventKind leave = EventKind.PY_RETURN;
        assertFalse(recorded(new Recording(start, leave, EventKind.LINE)).stacks(), "others were not asked for");
        assertFalse(recorded(new Recording(start, EventKind.LINE).bare()).stacks());
        assertFalse(recorded(bare().once(start)).stacks());
        assertFalse(
                recorded(new Recording(start, leave, EventKind.PY_YIELD).bare().once(EventKind.PY_YIELD))
                        .stacks());
        assertFalse(recorded(new Recording(EventKind.LINE).bare()).stacks());
        assertFalse(
                recorded(new Recording(start, leave, EventKind.PY_YIELD).bare()).stacks(), "what goes on is untold");
    }

    private static Activity together(Recording... runs) {
        Activity all = new Activity();
        for (Recording run : runs) {
            all.merge(run.activity());
        }
        return all;
    }

    @Test
    void should_weigh_by_what_all_traces_tell() {
        Recording lines = random(bare(), 1, 50);
        Recording times = random(new Recording(), 1, 50);
        Recording calls = bare();
        int f = calls.code("/p/a.ex", "f", 1);
        calls.thread(0, "").start(f, 0).leave(f, 0);
        assertEquals(Weight.TIME, Weight.of(together(times, times)));
        assertEquals(Weight.LINE_EVENTS, Weight.of(together(lines, lines)));
        assertEquals(Weight.CALLS, Weight.of(together(lines, times)));
        assertEquals(Weight.CALLS, Weight.of(together(times, lines)));
        assertEquals(Weight.CALLS, Weight.of(together(calls)), "no line at all is none that is told");
        assertEquals(Weight.CALLS, Weight.of(together(lines, calls)));
        Recording once = random(bare().once(EventKind.LINE), 1, 50);
        assertEquals(Weight.CALLS, Weight.of(together(once)));
    }

    @Test
    void should_not_take_steps_without_calls_for_a_tree() {
        Recording steps = bare();
        int unknown = steps.code("/p/a.py", "<unknown>", -1);
        steps.thread(0, "").lines(unknown, 1, 2);
        assertFalse(steps.activity().tellsCallers());
        assertFalse(together(steps, random(new Recording(), 1, 50)).tellsCallers());
        assertTrue(bare().activity().tellsCallers(), "of nothing at all");
        assertTrue(
                together(random(bare(), 1, 50), random(new Recording(), 1, 50)).tellsCallers());
    }

    @Test
    void should_order_callers_by_calls_where_times_are_not_of_all() {
        Recording run = bare();
        int f = run.code("/p/a.py", "f", 1);
        int g = run.code("/p/a.py", "g", 2);
        int h = run.code("/p/a.py", "h", 3);
        run.thread(0, "").start(f, 0).start(h, 0).lines(h, 1, 1, 1).leave(h, 0).leave(f, 0);
        run.start(g, 0).start(h, 0).leave(h, 0).start(h, 0).leave(h, 0).leave(g, 0);
        assertEquals(List.of("f 1 3", "g 2 0"), callers(run, Weight.LINE_EVENTS));
        assertEquals(List.of("g 2 0", "f 1 0"), callers(run, Weight.CALLS));
    }

    private static List<String> callers(Recording run, Weight weight) {
        FunctionActivity h = run.activity().functions(x -> true, "h"::equals).get(0);
        return CallEdge.callers(run.tree().withoutThreads(), h.identity(), weight).stream()
                .map(e -> e.other().identity().qualname() + " " + e.calls() + " " + e.totalNs())
                .toList();
    }
}
