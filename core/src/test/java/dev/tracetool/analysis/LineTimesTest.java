package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineTimesTest {
    private static final int CODES = 6;

    private final Recording run = new Recording().lineTimes();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2, 3);
    private final int g = run.code("/p/a.py", "g", 6, 6, 7, 8);

    private static LineTimes times(Recording run) {
        return run.lineTimes(0, run.events.size(), 1000, new int[0][]);
    }

    /** Each line's time, by code object. */
    private static Map<String, Map<Integer, Long>> text(LineTimes times, Recording run) {
        Map<String, Map<Integer, Long>> text = new TreeMap<>();
        for (FunctionActivity function : run.activity().functions()) {
            Map<Integer, Long> ns = new TreeMap<>();
            for (int line : times.lines(function.identity())) {
                ns.put(line, times.ns(function.identity(), line));
            }
            text.put(function.identity().qualname(), ns);
        }
        return text;
    }

    private static void line(Recording run, int code, int line, long time) {
        run.event(EventKind.LINE, code, line, time);
    }

    @Test
    void a_line_has_the_time_until_the_next_one_without_what_it_calls() {
        run.thread(0, "MainThread").start(f, 10);
        line(run, f, 2, 15);
        run.start(g, 20);
        line(run, g, 7, 22);
        run.leave(g, 30);
        line(run, f, 3, 40);
        run.leave(f, 50).end(60);
        assertEquals(Map.of("f", Map.of(1, 5L, 2, 15L, 3, 10L), "g", Map.of(6, 2L, 7, 8L)), text(times(run), run));
    }

    @Test
    void a_generator_goes_on_at_the_line_where_it_stopped() {
        run.thread(0, "MainThread").start(g, 0);
        line(run, g, 7, 1);
        run.event(EventKind.PY_YIELD, g, 0, 3).event(EventKind.PY_RESUME, g, 0, 10);
        line(run, g, 8, 14);
        run.leave(g, 20).end(30);
        assertEquals(Map.of("f", Map.of(), "g", Map.of(6, 1L, 7, 6L, 8, 6L)), text(times(run), run));
    }

    @Test
    void a_thread_that_is_in_a_frame_at_the_end_is_there_until_then() {
        run.thread(0, "MainThread").start(f, 0).thread(1, "T").start(g, 5);
        line(run, g, 8, 6);
        run.end(10);
        assertEquals(Map.of("f", Map.of(1, 10L), "g", Map.of(6, 1L, 8, 4L)), text(times(run), run));
    }

    @Test
    void times_and_lines_that_cannot_be_do_no_harm() {
        run.thread(0, "MainThread").frames(0, f, 99, g).start(f, Long.MAX_VALUE);
        line(run, f, 900, 5);
        run.leave(g, 7).leave(g, 9).end(Long.MIN_VALUE + 1);
        assertEquals(Map.of("f", Map.of(1, 9L), "g", Map.of()), text(times(run), run));
    }

    @Test
    void without_times_of_lines_there_are_none() {
        Recording plain = new Recording();
        int code = plain.code("/p/a.py", "f", 1, 1, 2);
        plain.thread(0, "M").start(code, 0).lines(code, 2).leave(code, 5).end(6);
        assertEquals(Map.of("f", Map.of()), text(times(plain), plain));
    }

    private static Recording random(long seed) {
        Random random = new Random(seed);
        Recording run = new Recording().lineTimes();
        for (int c = 0; c < CODES; c++) {
            run.code("/p/" + c / 2 + ".py", "f" + c, 10 * c + 1, 10 * c + 1, 10 * c + 2, 10 * c + 3);
        }
        List<List<Integer>> stacks = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            stacks.add(new ArrayList<>());
            run.thread(t, "T" + t);
        }
        long now = 0;
        for (int i = 0; i < 300; i++) {
            int thread = random.nextInt(2);
            List<Integer> stack = stacks.get(thread);
            run.on(thread);
            now += random.nextInt(100);
            if (stack.isEmpty() || random.nextInt(4) == 0) {
                stack.add(random.nextInt(CODES));
                EventKind kind = random.nextInt(3) == 0 ? EventKind.PY_RESUME : EventKind.PY_START;
                run.event(kind, stack.get(stack.size() - 1), 0, now);
            } else if (random.nextInt(3) == 0) {
                EventKind[] ways = {EventKind.PY_RETURN, EventKind.PY_YIELD, EventKind.PY_UNWIND};
                run.event(ways[random.nextInt(3)], stack.remove(stack.size() - 1), 0, now);
            } else {
                int code = stack.get(stack.size() - 1);
                line(run, code, 10 * code + 1 + random.nextInt(3), now);
            }
        }
        return run.end(now + 10);
    }

    @Test
    void the_lines_of_a_code_object_add_up_to_its_self_time() {
        for (int seed = 0; seed < 60; seed++) {
            Recording run = random(seed);
            LineTimes times = times(run);
            for (FunctionActivity function : run.activity().functions()) {
                long sum = 0;
                for (int line : times.lines(function.identity())) {
                    sum += times.ns(function.identity(), line);
                }
                assertEquals(function.selfNs(), sum, function.identity() + ", seed " + seed);
            }
        }
    }

    @Test
    void blocks_of_any_size_give_the_same() {
        Recording run = random(7);
        for (int size : new int[] {1, 2, 3, 7}) {
            assertEquals(text(times(run), run), text(run.lineTimes(0, run.events.size(), size, new int[0][]), run));
        }
    }

    @Test
    void merging_is_associative_and_commutative() {
        for (int seed = 0; seed < 20; seed++) {
            Recording a = random(3L * seed);
            LineTimes left = times(a);
            left.merge(times(random(3L * seed + 1)));
            left.merge(times(random(3L * seed + 2)));
            LineTimes right = times(random(3L * seed + 2));
            LineTimes inner = times(random(3L * seed + 1));
            inner.merge(times(a));
            right.merge(inner);
            assertEquals(text(left, a), text(right, a));
        }
    }
}
