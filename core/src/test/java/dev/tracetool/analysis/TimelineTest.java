package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.EventKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
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
        return timeline.threads().entrySet().stream()
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
        timeline.functionsNs(from, to).forEach((identity, ns) -> times.merge(identity.qualname(), ns, Long::sum));
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
    }

    @Test
    void buckets_double_as_often_as_it_takes() {
        TimeBuckets buckets = new TimeBuckets(TimeBuckets.COUNT);
        buckets.addTime(10, 20);
        buckets.addTime(-5, 3);
        buckets.addTime(1L << 50, (1L << 50) + 7);
        buckets.add(1L << 50, 1);
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
    void what_was_not_asked_for_is_not_there() {
        Timeline timeline = run.start(f, 0).leave(f, 5).end(9).timeline("t");
        Timeline.Run of = timeline.threads().firstKey().run();
        assertTrue(timeline.has(of));
        assertFalse(new Timeline().has(of));
        timeline.merge(new Timeline());
        assertEquals(5, row(timeline, 0).busyNs().total());
    }

    /** Beside a tree, which follows the same stacks. */
    @Test
    void it_is_the_same_whatever_else_is_made() {
        TimelineTest test = new TimelineTest();
        test.record(new Random(3), 1L << 24);
        assertEquals(text(test.run.timeline("t")), text(test.run.timeline("t", EnumSet.allOf(Summary.Part.class), 3)));
    }

    /** Runs of one machine at several times, and of several machines; some of them so long that widths differ. */
    @Test
    void runs_merge_in_any_order_and_grouping() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<Timeline> runs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                TimelineTest test = new TimelineTest();
                test.record(random, 1L << 12 + random.nextInt(24));
                test.run
                        .pid(i)
                        .host(seed % 3 == 0 ? "host " + i % 2 : "host")
                        .startedAt(
                                "2026-11-01T10:00:0" + random.nextInt(9) + "." + random.nextInt(1_000_000_000) + "Z");
                if (seed % 7 == 1 && i == 3) {
                    test.run.startedAt(random.nextBoolean() ? null : "2026-12-01T10:00:00Z");
                }
                runs.add(test.run.timeline("t" + random.nextInt(3)));
            }
            String whole = text(merged(runs));
            Collections.shuffle(runs, random);
            while (runs.size() > 1) {
                int from = random.nextInt(runs.size() - 1);
                int to = from + 1 + random.nextInt(runs.size() - from);
                Timeline group = merged(runs.subList(from, to));
                runs.subList(from, to).clear();
                runs.add(from, group);
            }
            assertEquals(whole, text(runs.get(0)), "seed " + seed);
            assertEquals(seed % 3 != 0 && seed % 7 != 1, whole.contains(" true "), "seed " + seed);
        }
    }

    private static Timeline merged(List<Timeline> timelines) {
        Timeline merged = new Timeline();
        timelines.forEach(merged::merge);
        return merged;
    }

    /** Two runs of one second each, of which the other one begins half a second later. */
    @Test
    void runs_of_one_machine_stand_at_their_times_to_each_other() {
        long second = 1_000_000_000;
        Timeline timeline = new Timeline();
        for (int i = 0; i < 2; i++) {
            Recording one = new Recording().pid(i).startedAt("2026-11-01T10:00:00." + 5 * i + "Z");
            int code = one.code("/p/a.py", "f" + i, 1, 1);
            timeline.merge(one.thread(0, "")
                    .start(code, 0)
                    .leave(code, second)
                    .end(second)
                    .timeline("t" + i));
        }
        long start = Instant.parse("2026-11-01T10:00:00Z").getEpochSecond() * second;
        assertEquals(Map.of("f0", second, "f1", second), names(timeline.functionsAtNs(0, Long.MAX_VALUE)));
        Map<String, Long> half = names(timeline.functionsAtNs(start, start + second / 2));
        assertEquals(second / 2, half.get("f0"), second / 50.0);
        assertTrue(half.getOrDefault("f1", 0L) < second / 50, half.toString());
        assertEquals(Map.of("f0", second / 2, "f1", second / 2), rounded(timeline.functionsNs(0, second / 2)));
    }

    private static Map<String, Long> rounded(Map<CodeIdentity, Long> times) {
        Map<String, Long> rounded = names(times);
        rounded.replaceAll((name, ns) -> (ns + 50_000) / 100_000 * 100_000);
        return rounded;
    }

    private static Map<String, Long> names(Map<CodeIdentity, Long> times) {
        Map<String, Long> names = new TreeMap<>();
        times.forEach((identity, ns) -> names.put(identity.qualname(), ns));
        return names;
    }

    /** So many that there is room for few buckets of each; times are kept, only coarser. */
    @Test
    void very_many_threads_share_the_buckets() {
        int threads = 5000;
        List<Timeline> parts = new ArrayList<>();
        for (int part = 0; part < 2; part++) {
            Recording many = new Recording().pid(part);
            int code = many.code("/p/a.py", "f", 1, 1);
            for (int t = 0; t < threads; t++) {
                many.thread(t, "T" + t).start(code, 1000L * t).leave(code, 1000L * t + 1_000_000);
            }
            parts.add(many.end(1L << 30).timeline("t"));
        }
        assertEquals(32, parts.get(0).pieces());
        Timeline all = merged(parts);
        assertEquals(16, all.pieces());
        assertEquals(2 * threads, all.threads().size());
        all.threads().values().forEach(row -> {
            assertTrue(row.busyNs().sums().length <= 16);
            assertEquals(1_000_000, row.busyNs().total());
            assertEquals(1, row.calls().total());
        });
        Collections.reverse(parts);
        assertEquals(text(all), text(merged(parts)));
    }

    /** There is room for 65,536 pairs of function and span: with more functions, there are fewer spans. */
    @Test
    void very_many_functions_have_few_spans() {
        int count = 5000;
        List<Timeline> parts = new ArrayList<>();
        for (int part = 0; part < 3; part++) {
            Recording many = new Recording().pid(part);
            for (int c = 0; c < count; c++) {
                many.code("/p/a.py", "f" + part + "_" + c, 1, 1);
            }
            many.thread(0, "");
            for (int round = 0; round < 16; round++) {
                for (int c = 0; c < count; c++) {
                    long time = (round * count + c) * 100L;
                    many.start(c, time).leave(c, time + 60);
                }
            }
            parts.add(many.end(16 * count * 100L).timeline("t"));
        }
        Timeline all = merged(parts);
        assertTrue(text(all).lines().filter(line -> line.contains(" false ")).count() <= 1 << 16);
        Map<CodeIdentity, Long> times = all.functionsNs(0, 1L << 40);
        assertEquals(3 * count, times.size());
        times.values().forEach(ns -> assertEquals(16 * 60, ns));
        Collections.shuffle(parts, new Random(1));
        assertEquals(text(all), text(merged(parts)));
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

    /** All that is in it. */
    static String text(Timeline timeline) {
        List<String> text = new ArrayList<>();
        timeline.threads()
                .forEach((thread, row) -> text.add(thread + " " + row.busyNs().shift() + " "
                        + Arrays.toString(row.busyNs().sums()) + " "
                        + row.calls().shift() + " "
                        + Arrays.toString(row.calls().sums())));
        List<String> functions = new ArrayList<>();
        timeline.forEachFunction((function, timeOfDay, shift, spans, ns) -> {
            for (int i = 0; i < spans.length; i++) {
                functions.add(function + " " + timeOfDay + " " + shift + " " + spans[i] + " " + ns[i]);
            }
        });
        Collections.sort(functions);
        text.addAll(functions);
        return String.join("\n", text);
    }
}
