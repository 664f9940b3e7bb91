package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private static final int THREADS = 3;
    private static final long BUCKET = 1024;

    private final Recording run = new Recording();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2);
    private final int g = run.code("/p/a.py", "g", 5, 5, 6);

    private static Timeline.Row row(Timeline timeline, int thread) {
        return timeline.runs().get("t").threads().entrySet().stream()
                .filter(entry -> entry.getKey().number() == thread)
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    @Test
    void a_thread_is_busy_while_it_is_in_a_function() {
        run.start(f, BUCKET).start(g, 3 * BUCKET).leave(g, 3 * BUCKET + 100).leave(f, 4 * BUCKET);
        run.start(f, 9 * BUCKET + 10).leave(f, 9 * BUCKET + 30).end(20 * BUCKET);
        Timeline.Row row = row(run.timeline("t"), 0);
        assertEquals(0, row.busyNs().before(BUCKET));
        assertEquals(3 * BUCKET, row.busyNs().before(4 * BUCKET));
        assertEquals(3 * BUCKET, row.busyNs().before(9 * BUCKET));
        assertEquals(3 * BUCKET + 10, row.busyNs().before(9 * BUCKET + BUCKET / 2));
        assertEquals(3 * BUCKET + 20, row.busyNs().total());
        assertEquals(1, row.calls().before(2 * BUCKET));
        assertEquals(2, row.calls().before(4 * BUCKET));
        assertEquals(3, row.calls().total());
    }

    @Test
    void a_frame_that_is_never_left_is_busy_to_the_end() {
        run.frames(BUCKET, f).start(g, 2 * BUCKET).frames(3 * BUCKET, f).end(8 * BUCKET);
        Timeline timeline = run.timeline("t");
        assertEquals(7 * BUCKET, row(timeline, 0).busyNs().total());
        Map<String, Long> functions = functions(timeline, 0, 64 << 14);
        assertEquals(Map.of("f", 6 * BUCKET, "g", BUCKET), functions);
    }

    private static Map<String, Long> functions(Timeline timeline, long from, long to) {
        Map<String, Long> times = new TreeMap<>();
        timeline.runs()
                .values()
                .forEach(of -> of.functionsNs(from, to)
                        .forEach((identity, ns) -> times.merge(identity.qualname(), ns, Long::sum)));
        return times;
    }

    @Test
    void spans_tell_in_which_functions_the_time_went() {
        long span = 1 << 14;
        run.start(f, 0)
                .start(g, span)
                .leave(g, 2 * span)
                .leave(f, 2 * span + span / 2)
                .end(3 * span);
        Timeline timeline = run.timeline("t");
        assertEquals(Map.of("f", span), functions(timeline, 0, span));
        assertEquals(Map.of("g", span), functions(timeline, span, 2 * span));
        assertEquals(Map.of("f", span / 2), functions(timeline, 2 * span, 9 * span));
        assertEquals(Map.of("f", span / 2, "g", span / 2), functions(timeline, span / 2, span + span / 2));
        assertFalse(timeline.runs().get("t").isFull());
    }

    @Test
    void buckets_double_as_often_as_it_takes() {
        TimeBuckets buckets = new TimeBuckets();
        buckets.addTime(10, 20);
        buckets.addTime(-5, 3);
        buckets.addTime(1L << 50, (1L << 50) + 7);
        buckets.addOne(1L << 50);
        assertEquals(13 + 7 + 1, buckets.total());
        assertEquals(13, buckets.before(1L << 50));
    }

    @Test
    void odd_times_do_no_harm() {
        run.start(f, Long.MIN_VALUE + 1)
                .start(g, 5)
                .leave(g, Long.MAX_VALUE)
                .leave(f, 7)
                .end(Long.MAX_VALUE);
        assertTrue(row(run.timeline("t"), 0).busyNs().total() > 0);
    }

    /** Calls of random length in some threads; times up to the given one, so that buckets have to be folded. */
    private void record(Random random, long end) {
        List<List<Integer>> stacks = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            run.thread(t, "T" + t);
            stacks.add(new ArrayList<>());
        }
        int steps = 120;
        for (int i = 0; i < steps; i++) {
            long now = end / steps * i + random.nextInt((int) (end / steps));
            int thread = random.nextInt(THREADS);
            List<Integer> stack = stacks.get(thread);
            run.on(thread);
            if (stack.isEmpty() || random.nextInt(3) > 0) {
                stack.add(random.nextBoolean() ? f : g);
                run.start(stack.get(stack.size() - 1), now);
            } else {
                run.event(EventKind.PY_YIELD, stack.remove(stack.size() - 1), 0, now);
            }
        }
        run.end(end);
    }

    @Test
    void times_add_up_to_those_of_the_report() {
        for (int seed = 0; seed < 20; seed++) {
            TimelineTest test = new TimelineTest();
            test.record(new Random(seed), 1L << 10 + seed);
            Timeline timeline = test.run.timeline("t");
            Activity activity = test.run.activity();
            for (ThreadActivity thread : activity.inputs().get(0).threads()) {
                Timeline.Row row = row(timeline, thread.number());
                assertEquals(thread.selfNs(), row.busyNs().total());
                assertEquals(thread.calls(), row.calls().total());
            }
            Map<String, Long> functions = functions(timeline, 0, 1L << 40);
            for (FunctionActivity function : activity.functions()) {
                assertEquals(
                        function.selfNs(),
                        functions.getOrDefault(function.identity().qualname(), 0L));
            }
        }
    }

    @Test
    void parts_of_a_trace_merge_to_the_whole_in_any_order() {
        for (int seed = 0; seed < 10; seed++) {
            TimelineTest test = new TimelineTest();
            Random random = new Random(seed);
            test.record(random, 1L << 24);
            int end = test.run.events.size();
            int a = random.nextInt(end);
            int b = a + random.nextInt(end - a);
            Timeline left = test.part(0, a);
            left.merge(test.part(a, b));
            left.merge(test.part(b, end));
            Timeline right = test.part(b, end);
            right.merge(test.part(0, a));
            right.merge(test.part(a, b));
            assertEquals(text(test.run.timeline("t")), text(left), "seed " + seed);
            assertEquals(text(left), text(right), "seed " + seed);
        }
    }

    @Test
    void what_is_not_known_stays_unknown() {
        Timeline timeline = run.start(f, 0).leave(f, 5).end(9).timeline("t");
        assertTrue(timeline.isComplete());
        timeline.merge(Timeline.unknown());
        assertFalse(timeline.isComplete());
        assertEquals(5, row(timeline, 0).busyNs().total());
    }

    private Timeline part(int from, int to) {
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
        return run.timeline("t", from, to, from == 0 ? new int[0][] : frames);
    }

    private static List<String> text(Timeline timeline) {
        List<String> text = new ArrayList<>();
        timeline.runs().get("t").threads().forEach((thread, row) -> {
            for (long time = 0; time <= 1L << 24; time += 1L << 18) {
                text.add(thread + " " + row.busyNs().before(time) + " "
                        + row.calls().before(time));
            }
        });
        for (long time = 0; time < 1L << 24; time += 1L << 18) {
            text.add(new TreeMap<>(functions(timeline, time, time + (1L << 18))).toString());
        }
        return text;
    }
}
