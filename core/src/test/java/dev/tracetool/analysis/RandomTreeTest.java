package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Call trees of random runs, against a simple account of the same events, the report, and themselves in parts. */
class RandomTreeTest {
    private static final int THREADS = 3;
    private static final int CODES = 7;

    /** What f0, f1 and so on are. */
    private static final int[] FLAGS = {
        0, 0, 0, CodeFlags.GENERATOR, CodeFlags.COROUTINE, CodeFlags.ASYNC_GENERATOR, CodeFlags.ITERABLE_COROUTINE
    };

    private final Recording run = new Recording();
    private long now;

    private RandomTreeTest record(long seed, int steps) {
        Random random = new Random(seed);
        List<List<Integer>> stacks = new ArrayList<>();
        for (int c = 0; c < CODES; c++) {
            run.code("/p/" + c / 2 + ".py", "f" + c, c + 1, 1, new int[] {c + 1}, FLAGS[c]);
        }
        for (int t = 0; t < THREADS; t++) {
            stacks.add(new ArrayList<>());
            run.thread(t, "T" + t / 2);
        }
        for (int i = 0; i < steps; i++) {
            int thread = random.nextInt(THREADS);
            List<Integer> stack = stacks.get(thread);
            run.on(thread);
            now += random.nextInt(100);
            if (stack.isEmpty() || random.nextInt(9) < 5) {
                EventKind[] ways = {EventKind.PY_START, EventKind.PY_START, EventKind.PY_RESUME, EventKind.PY_THROW};
                stack.add(random.nextInt(CODES));
                run.event(ways[random.nextInt(4)], stack.get(stack.size() - 1), 0, now);
            } else {
                EventKind[] ways = {EventKind.PY_RETURN, EventKind.PY_YIELD, EventKind.PY_UNWIND};
                run.event(ways[random.nextInt(3)], stack.remove(stack.size() - 1), 0, now);
            }
        }
        now += 10;
        run.end(now);
        return this;
    }

    @Test
    void trees_equal_those_of_a_simple_account() {
        for (int seed = 0; seed < 40; seed++) {
            RandomTreeTest test = new RandomTreeTest().record(seed, 300);
            assertEquals(test.simpleAccount(), ways(test.run.tree()), "seed " + seed);
        }
    }

    @Test
    void self_times_of_all_nodes_of_a_function_are_its_self_time_in_the_report_and_so_are_its_calls() {
        for (int seed = 0; seed < 40; seed++) {
            RandomTreeTest test = new RandomTreeTest().record(seed, 300);
            assertEquals(reported(test.run.activity()), sums(test.run.tree()), "seed " + seed);
            assertEquals(reported(test.run.activity()), sums(test.run.tree().withoutThreads()), "seed " + seed);
        }
    }

    /** Events that no sound recording has: frames that were never entered, times that run backwards, new stacks. */
    @Test
    void they_are_so_too_where_events_make_no_sense() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Recording odd = new Recording();
            for (int c = 0; c < CODES; c++) {
                odd.code("/p/a.py", "f" + c, c + 1, 1, new int[] {c + 1}, FLAGS[c]);
            }
            for (int i = 0; i < 400; i++) {
                odd.on(random.nextInt(2));
                long time = 10L * i + random.nextInt(200) - 100;
                EventKind kind = EventKind.values()[random.nextInt(6)];
                if (random.nextInt(40) == 0) {
                    odd.frames(time, random.ints(random.nextInt(5), 0, CODES).toArray());
                } else {
                    odd.event(kind, random.nextInt(CODES), 0, time);
                }
            }
            if (seed % 2 == 0) {
                odd.end(5000);
            }
            assertEquals(reported(odd.activity()), sums(odd.tree()), "seed " + seed);
        }
    }

    @Test
    void parts_of_a_trace_merge_to_the_whole_wherever_it_is_cut() {
        RandomTreeTest test = new RandomTreeTest().record(3, 150);
        Map<String, String> whole = TreeText.of(test.run.tree());
        int end = test.run.events.size();
        for (int cut = 0; cut <= end; cut++) {
            CallTree merged = test.part(0, cut);
            merged.merge(test.part(cut, end));
            assertEquals(whole, TreeText.of(merged), "cut at " + cut);
        }
    }

    @Test
    void merging_is_associative_and_commutative() {
        for (int seed = 0; seed < 20; seed++) {
            RandomTreeTest test = new RandomTreeTest().record(seed, 300);
            int a = new Random(seed).nextInt(300);
            int b = a + new Random(seed).nextInt(300 - a);
            CallTree left = test.part(0, a);
            left.merge(test.part(a, b));
            left.merge(test.part(b, 300));
            CallTree right = test.part(b, 300);
            right.merge(test.part(a, b));
            right.merge(test.part(0, a));
            assertEquals(TreeText.of(test.run.tree()), TreeText.of(left), "seed " + seed);
            assertEquals(TreeText.of(left), TreeText.of(right), "seed " + seed);
            assertEquals(TreeText.of(left.callers(name -> true, 99)), TreeText.of(right.callers(name -> true, 99)));
        }
    }

    @Test
    void blocks_of_any_size_give_the_same() {
        RandomTreeTest test = new RandomTreeTest().record(7, 500);
        Map<String, String> whole = TreeText.of(test.run.tree(0, 500, 1, new int[0][]));
        for (int size : new int[] {2, 3, 7, 1000}) {
            assertEquals(whole, TreeText.of(test.run.tree(0, 500, size, new int[0][])));
        }
    }

    private CallTree part(int from, int to) {
        int[][] frames = new int[THREADS][0];
        for (int t = 0; t < THREADS; t++) {
            List<Integer> stack = new ArrayList<>();
            for (Recording.Event e : run.events.subList(0, from)) {
                if (e.thread() == t && e.kind().effect() == EventKind.Effect.PUSH) {
                    stack.add(e.code());
                } else if (e.thread() == t) {
                    stack.remove(stack.size() - 1);
                }
            }
            frames[t] = stack.stream().mapToInt(Integer::intValue).toArray();
        }
        return run.tree(from, to, 10, from == 0 ? new int[0][] : frames);
    }

    private static Map<String, List<Long>> reported(Activity activity) {
        Map<String, List<Long>> figures = new TreeMap<>();
        for (FunctionActivity f : activity.functions(x -> true, x -> true)) {
            if (f.calls() > 0 || f.selfNs() > 0) {
                figures.put(f.identity().qualname(), List.of(f.calls(), f.selfNs()));
            }
        }
        return figures;
    }

    private static Map<String, List<Long>> sums(CallTree tree) {
        CallForest forest = tree.forest();
        Map<String, List<Long>> sums = new TreeMap<>();
        for (int node = 1; node < forest.size(); node++) {
            if (forest.frame(node).isCode() && (forest.calls(node) > 0 || forest.selfNs(node) > 0)) {
                sums.merge(
                        forest.frame(node).identity().qualname(),
                        List.of(forest.calls(node), forest.selfNs(node)),
                        (a, b) -> List.of(a.get(0) + b.get(0), a.get(1) + b.get(1)));
            }
        }
        return sums;
    }

    /** Calls and self time of each way from the root; those that have none are left out. */
    private static Map<String, List<Long>> ways(CallTree tree) {
        CallForest forest = tree.forest();
        Map<String, List<Long>> ways = new TreeMap<>();
        String[] names = new String[forest.size()];
        names[0] = "";
        for (int node = 1; node < names.length; node++) {
            names[node] = names[forest.parent(node)] + "/"
                    + forest.frame(node).identity().qualname();
            if (forest.calls(node) > 0 || forest.selfNs(node) > 0) {
                ways.put(names[node], List.of(forest.calls(node), forest.selfNs(node)));
            }
        }
        return ways;
    }

    /** The way of each stack is worked out anew: by the rules, as they stand in the manual. */
    private static String way(int thread, List<Integer> stack) {
        List<String> way = new ArrayList<>();
        for (int i = 0; i < stack.size(); i++) {
            int code = stack.get(i);
            if ((FLAGS[code] & (CodeFlags.COROUTINE | CodeFlags.ASYNC_GENERATOR)) != 0) {
                int below = i - 1;
                while (below >= 0 && FLAGS[stack.get(below)] == CodeFlags.GENERATOR) {
                    below--;
                }
                if (below < 0 || FLAGS[stack.get(below)] == 0) {
                    way.clear();
                }
            }
            String name = "f" + code;
            int earlier = way.indexOf(name);
            if (earlier >= 0) {
                way.subList(earlier + 1, way.size()).clear();
            } else {
                way.add(name);
            }
        }
        return "/T" + thread / 2 + "/" + String.join("/", way);
    }

    private Map<String, List<Long>> simpleAccount() {
        Map<String, long[]> account = new TreeMap<>();
        Map<Integer, List<Integer>> stacks = new HashMap<>();
        Map<Integer, Long> last = new HashMap<>();
        List<Recording.Event> events = new ArrayList<>(run.events);
        for (int t = 0; t < THREADS; t++) {
            events.add(new Recording.Event(t, EventKind.LINE, 0, 0, now));
        }
        for (Recording.Event e : events) {
            if (e.time() == EventBlock.NO_TIME) {
                continue;
            }
            List<Integer> stack = stacks.computeIfAbsent(e.thread(), t -> new ArrayList<>());
            long passed = e.time() - last.getOrDefault(e.thread(), e.time());
            last.put(e.thread(), e.time());
            if (!stack.isEmpty()) {
                account.computeIfAbsent(way(e.thread(), stack), w -> new long[2])[1] += passed;
            }
            if (e.kind().effect() == EventKind.Effect.PUSH) {
                stack.add(e.code());
                long calls = e.kind() == EventKind.PY_START ? 1 : 0;
                account.computeIfAbsent(way(e.thread(), stack), w -> new long[2])[0] += calls;
            } else if (e.kind().effect() == EventKind.Effect.POP) {
                stack.remove(stack.size() - 1);
            }
        }
        Map<String, List<Long>> ways = new TreeMap<>();
        account.forEach((way, figures) -> {
            if (figures[0] > 0 || figures[1] > 0) {
                ways.put(way, List.of(figures[0], figures[1]));
            }
        });
        return ways;
    }
}
