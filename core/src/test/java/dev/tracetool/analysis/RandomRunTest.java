package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Random runs of several threads, against a simple account of the same events, and against themselves in parts. */
class RandomRunTest {
    private static final int THREADS = 3;
    private static final int CODES = 6;

    private final Recording run = new Recording();
    private final List<Deque<Integer>> stacks = new ArrayList<>();
    private long now;

    private void record(long seed, int steps) {
        Random random = new Random(seed);
        for (int c = 0; c < CODES; c++) {
            run.code("/p/" + c / 2 + ".py", "f" + c, 10 * c + 1, 10 * c + 1, 10 * c + 2, Recording.NONE, 10 * c + 4);
        }
        for (int t = 0; t < THREADS; t++) {
            stacks.add(new ArrayDeque<>());
            run.thread(t, "T" + t);
        }
        for (int i = 0; i < steps; i++) {
            int thread = random.nextInt(THREADS);
            Deque<Integer> stack = stacks.get(thread);
            run.on(thread);
            int choice = random.nextInt(10);
            if (stack.isEmpty() || choice < 2) {
                int code = random.nextInt(CODES);
                EventKind kind = random.nextBoolean() ? EventKind.PY_START : EventKind.PY_RESUME;
                now += random.nextInt(100);
                run.event(kind, code, 0, now);
                stack.push(code);
            } else if (choice < 4) {
                EventKind[] ways = {EventKind.PY_RETURN, EventKind.PY_YIELD, EventKind.PY_UNWIND};
                now += random.nextInt(100);
                run.event(ways[random.nextInt(3)], stack.pop(), 0, now);
            } else {
                run.lines(stack.peek(), 10 * stack.peek() + 1 + random.nextInt(5));
            }
        }
        now += 10;
        run.end(now);
    }

    @Test
    void times_equal_those_of_a_simple_account() {
        for (int seed = 0; seed < 30; seed++) {
            RandomRunTest test = new RandomRunTest();
            test.record(seed, 400);
            assertEquals(test.simpleAccount(), times(test.run.activity()), "seed " + seed);
        }
    }

    @Test
    void self_times_and_gaps_add_up_to_the_threads_times() {
        for (int seed = 0; seed < 30; seed++) {
            RandomRunTest test = new RandomRunTest();
            test.record(seed, 300);
            Activity activity = test.run.activity();
            long self = activity.functions(f -> true, q -> true).stream()
                    .mapToLong(FunctionActivity::selfNs)
                    .sum();
            long inThreads = activity.inputs().get(0).threads().stream()
                    .mapToLong(ThreadActivity::selfNs)
                    .sum();
            assertEquals(self, inThreads, "seed " + seed);
        }
    }

    @Test
    void blocks_of_any_size_give_the_same() {
        RandomRunTest test = new RandomRunTest();
        test.record(7, 500);
        Map<String, String> whole = text(test.run.activity(1));
        for (int size : new int[] {2, 3, 7, 1000}) {
            assertEquals(whole, text(test.run.activity(size)));
        }
    }

    @Test
    void parts_of_a_trace_merge_to_the_whole_wherever_it_is_cut() {
        RandomRunTest test = new RandomRunTest();
        test.record(3, 120);
        Map<String, String> whole = text(test.run.activity());
        for (int cut = 0; cut <= test.run.events.size(); cut++) {
            Activity merged = test.part(0, cut);
            merged.merge(test.part(cut, test.run.events.size()));
            assertEquals(whole, text(merged), "cut at " + cut);
            assertEquals(test.run.activity().events(), merged.events());
        }
    }

    @Test
    void merging_is_associative_and_commutative() {
        RandomRunTest test = new RandomRunTest();
        test.record(4, 300);
        int end = test.run.events.size();
        Activity left = test.part(0, 100);
        left.merge(test.part(100, 200));
        left.merge(test.part(200, end));
        Activity tail = test.part(200, end);
        tail.merge(test.part(100, 200));
        Activity right = test.part(0, 100);
        right.merge(tail);
        assertEquals(text(left), text(right));
    }

    private Activity part(int from, int to) {
        int[][] frames = new int[THREADS][0];
        for (int t = 0; t < THREADS; t++) {
            List<Integer> stack = new ArrayList<>();
            for (Recording.Event e : run.events.subList(0, from)) {
                if (e.thread() == t && e.kind().effect() == EventKind.Effect.PUSH) {
                    stack.add(e.code());
                } else if (e.thread() == t && e.kind().effect() == EventKind.Effect.POP) {
                    stack.remove(stack.size() - 1);
                }
            }
            frames[t] = stack.stream().mapToInt(Integer::intValue).toArray();
        }
        return run.finish(run.part(from, to, 10, from == 0 ? new int[0][] : frames), "part.bin");
    }

    private static Map<String, String> text(Activity activity) {
        Map<String, String> text = new TreeMap<>();
        for (FunctionActivity f : activity.functions(x -> true, x -> true)) {
            StringBuilder lines = new StringBuilder();
            for (int line : f.lines().lines()) {
                lines.append(' ').append(line).append(':').append(f.lines().hits(line));
            }
            text.put(
                    f.identity().qualname(),
                    List.of(f.calls(), f.returns(), f.yields(), f.unwinds(), f.selfNs(), f.totalNs(), f.called())
                            + lines.toString());
        }
        return text;
    }

    private static Map<String, List<Long>> times(Activity activity) {
        Map<String, List<Long>> times = new TreeMap<>();
        for (FunctionActivity f : activity.functions(x -> true, x -> true)) {
            times.put(f.identity().qualname(), List.of(f.selfNs(), f.totalNs()));
        }
        return times;
    }

    /** Each stretch of time between two events of a thread goes to the innermost frame, and to each code on the stack. */
    private Map<String, List<Long>> simpleAccount() {
        long[] self = new long[CODES];
        long[] total = new long[CODES];
        Map<Integer, Deque<Integer>> open = new HashMap<>();
        Map<Integer, Long> last = new HashMap<>();
        List<Recording.Event> events = new ArrayList<>(run.events);
        for (int t = 0; t < THREADS; t++) {
            events.add(new Recording.Event(t, EventKind.LINE, 0, 0, now));
        }
        for (Recording.Event e : events) {
            if (e.time() == EventBlock.NO_TIME) {
                continue;
            }
            Deque<Integer> stack = open.computeIfAbsent(e.thread(), t -> new ArrayDeque<>());
            long passed = e.time() - last.getOrDefault(e.thread(), e.time());
            last.put(e.thread(), e.time());
            if (!stack.isEmpty()) {
                self[stack.peek()] += passed;
            }
            for (Iterator<Integer> i = new HashSet<>(stack).iterator(); i.hasNext(); ) {
                total[i.next()] += passed;
            }
            if (e.kind().effect() == EventKind.Effect.PUSH) {
                stack.push(e.code());
            } else if (e.kind().effect() == EventKind.Effect.POP) {
                stack.pop();
            }
        }
        Map<String, List<Long>> times = new TreeMap<>();
        for (int c = 0; c < CODES; c++) {
            times.put("f" + c, List.of(self[c], total[c]));
        }
        return times;
    }
}
