package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TestActivityTest {
    private final Recording run = new Recording();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2, 3, 4);
    private final int g = run.code("/p/a.py", "g", 6, 6, 7);
    private final int h = run.code("/p/b.py", "h", 1, 1, 2);

    /** What a test says of itself in every figure that it has. */
    private static String text(TestFigures test) {
        TestRecord about = test.test();
        return about.label() + " " + about.outcomes() + " " + about.durationNs() + " ns, " + about.events()
                + " events, "
                + test.functions() + " functions, " + test.calls() + " calls, " + test.lineEvents() + " line events, "
                + test.linesHit() + " lines, " + test.linesOnly() + " only";
    }

    private static List<String> figures(TestActivity tests, Activity activity) {
        return TestFigures.of(tests, activity.functions(x -> true, x -> true)).stream()
                .map(TestActivityTest::text)
                .toList();
    }

    private List<String> figures() {
        return figures(run.tests(), run.activity());
    }

    /** Each line that a test reached, by code object and label. */
    private static Map<String, Map<Integer, Long>> lines(TestActivity tests, Activity activity) {
        Map<String, Map<Integer, Long>> lines = new TreeMap<>();
        for (FunctionActivity function : activity.functions(x -> true, x -> true)) {
            for (TestReach reach : tests.reaches(function.identity())) {
                Map<Integer, Long> hits = new TreeMap<>();
                for (int line : reach.lines().lines()) {
                    hits.put(line, reach.lines().hits(line));
                }
                String label = tests.test(reach.test()).label();
                lines.put(function.identity().qualname() + " " + label + " " + reach.calls(), hits);
            }
        }
        return lines;
    }

    @Test
    void events_belong_to_the_test_that_is_open() {
        run.thread(0, "MainThread").start(g, 1).lines(g, 7).leave(g, 2);
        run.beginTest("one", 10).start(f, 11).lines(f, 2, 3, 2).leave(f, 12).endTest("one", "passed", 15);
        run.start(g, 16).leave(g, 17);
        run.beginTest("two", 20)
                .start(f, 21)
                .lines(f, 2, 4)
                .start(h, 22)
                .lines(h, 2)
                .leave(h, 23)
                .leave(f, 24);
        run.endTest("two", "failed", 29).end(30);
        assertEquals(
                List.of(
                        "one {passed=1} 5 ns, 5 events, 1 functions, 1 calls, 3 line events, 2 lines, 1 only",
                        "two {failed=1} 9 ns, 7 events, 2 functions, 2 calls, 3 line events, 3 lines, 2 only"),
                figures());
        assertEquals(
                Map.of(
                        "f one 1", Map.of(2, 2L, 3, 1L),
                        "f two 1", Map.of(2, 1L, 4, 1L),
                        "h two 1", Map.of(2, 1L)),
                lines(run.tests(), run.activity()));
    }

    /** The recorder begins what comes after a mark with the code object in which the block before it ended. */
    @Test
    void a_switch_without_an_event_reaches_nothing() {
        TestCounter counter = new TestCounter();
        run.thread(0, "MainThread").beginTest("one", 0).end(1);
        run.replay(counter);
        int[] ops = {EventBlock.SWITCH, EventBlock.SWITCH, 2, EventBlock.SWITCH};
        EventBlock block = new EventBlock(run.metadata().kinds());
        block.resetOps(0, ops.length, 3, 0, 1, 0, 0);
        System.arraycopy(ops, 0, block.ops(), 0, ops.length);
        System.arraycopy(new int[] {g, f, h}, 0, block.opCodes(), 0, 3);
        counter.events(block);
        assertEquals(Map.of("f one 0", Map.of(2, 1L)), lines(counter.finish(), run.activity()));
    }

    @Test
    void helper_threads_work_for_the_test_that_was_begun_last_and_is_still_open() {
        run.thread(0, "MainThread").thread(1, "helper").thread(2, "other");
        run.on(0).beginTest("outer", 0).on(2).beginTest("inner", 1);
        run.on(1).lines(f, 2).on(0).lines(f, 3).on(2).lines(f, 4);
        run.on(2).endTest("inner", "passed", 5).on(1).lines(g, 7);
        run.on(0).endTest("outer", "passed", 9).on(1).lines(h, 2).end(10);
        assertEquals(
                Map.of(
                        "f inner 0", Map.of(2, 1L, 4, 1L),
                        "f outer 0", Map.of(3, 1L),
                        "g outer 0", Map.of(7, 1L)),
                lines(run.tests(), run.activity()));
    }

    @Test
    void a_test_that_is_begun_ends_the_one_before_it_in_its_thread() {
        run.thread(0, "MainThread")
                .beginTest("one", 0)
                .lines(f, 2)
                .beginTest("two", 4)
                .lines(f, 3);
        run.endTest("two", "passed", 6).lines(f, 4).end(9);
        assertEquals(
                List.of(
                        "one {} null ns, 1 events, 1 functions, 0 calls, 1 line events, 1 lines, 1 only",
                        "two {passed=1} 2 ns, 1 events, 1 functions, 0 calls, 1 line events, 1 lines, 1 only"),
                figures());
        assertNull(run.tests().test(0).outcome());
    }

    @Test
    void several_runs_of_a_test_are_one_test_with_all_outcomes() {
        run.thread(0, "MainThread");
        run.beginTest("flaky", 0).lines(f, 2).endTest("flaky", "failed", 3);
        run.beginTest("flaky", 10).lines(f, 2, 3).endTest("flaky", "passed", 17).end(20);
        TestRecord test = run.tests().test(0);
        assertEquals("failed, passed", test.outcome());
        assertEquals(2, test.runs());
        assertEquals(10, test.durationNs());
        assertEquals(Map.of("f flaky 0", Map.of(2, 2L, 3, 1L)), lines(run.tests(), run.activity()));
    }

    @Test
    void an_end_without_a_begin_tells_the_outcome_and_no_duration() {
        run.thread(0, "MainThread").endTest("lost", "passed", 5).end(9);
        assertEquals(
                List.of("lost {passed=1} null ns, 0 events, 0 functions, 0 calls, 0 line events, 0 lines, 0 only"),
                figures());
    }

    @Test
    void lines_that_no_table_has_are_counted_but_not_as_lines_hit() {
        run.thread(0, "MainThread")
                .beginTest("t", 0)
                .lines(f, 2, 900, 901, 900)
                .endTest("t", "passed", 1)
                .end(2);
        assertEquals(
                List.of("t {passed=1} 1 ns, 4 events, 1 functions, 0 calls, 4 line events, 1 lines, 1 only"),
                figures());
        assertEquals(Map.of("f t 0", Map.of(2, 1L, 900, 2L, 901, 1L)), lines(run.tests(), run.activity()));
    }

    @Test
    void a_trace_without_marks_has_no_tests() {
        run.thread(0, "MainThread").start(f, 0).lines(f, 2).leave(f, 1).end(2);
        assertEquals(0, run.tests().size());
    }

    /** Events of several threads and tests, some of them open at once. */
    private static Recording random(long seed) {
        Random random = new Random(seed);
        Recording run = new Recording();
        for (int c = 0; c < 5; c++) {
            run.code("/p/" + c / 2 + ".py", "f" + c, 10 * c + 1, 10 * c + 1, 10 * c + 2, 10 * c + 4);
        }
        String[] open = new String[3];
        for (int t = 0; t < 3; t++) {
            run.thread(t, "T" + t);
        }
        for (int i = 0; i < 300; i++) {
            int thread = random.nextInt(3);
            run.on(thread);
            if (random.nextInt(6) == 0) {
                if (open[thread] == null) {
                    open[thread] = "test " + random.nextInt(8);
                    run.beginTest(open[thread], i);
                } else {
                    run.endTest(open[thread], random.nextBoolean() ? "passed" : "failed", i);
                    open[thread] = null;
                }
            } else {
                int code = random.nextInt(5);
                run.start(code, i).lines(code, 10 * code + 1 + random.nextInt(5), 10 * code + 2);
            }
        }
        return run.end(400);
    }

    @Test
    void merging_in_any_order_and_grouping_gives_the_same() {
        for (int seed = 0; seed < 20; seed++) {
            List<Recording> runs = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                runs.add(random(10 * seed + i));
            }
            Activity activity = new Activity();
            TestActivity inOrder = new TestActivity();
            for (Recording each : runs) {
                inOrder.merge(each.tests());
                activity.merge(each.activity());
            }
            Collections.shuffle(runs, new Random(seed));
            TestActivity left = new TestActivity();
            TestActivity right = new TestActivity();
            int half = seed % 6;
            runs.subList(0, half).forEach(each -> left.merge(each.tests()));
            runs.subList(half, 6).forEach(each -> right.merge(each.tests()));
            left.merge(right);
            assertEquals(figures(inOrder, activity), figures(left, activity));
            assertEquals(lines(inOrder, activity), lines(left, activity));
        }
    }

    @Test
    void parts_of_a_trace_merge_to_the_whole_wherever_no_test_is_open() {
        run.thread(0, "MainThread");
        List<Integer> cuts = new ArrayList<>(List.of(0));
        Random random = new Random(5);
        for (int i = 0; i < 40; i++) {
            String label = "test " + random.nextInt(10);
            run.beginTest(label, 10 * i).start(f, 10 * i + 1).lines(f, 2, 2 + random.nextInt(3));
            run.leave(f, 10 * i + 2).endTest(label, "passed", 10 * i + 3);
            cuts.add(run.events.size());
        }
        run.end(1000);
        for (int cut : cuts) {
            TestActivity merged = run.tests(0, cut);
            merged.merge(run.tests(cut, run.events.size()));
            assertEquals(figures(), figures(merged, run.activity()));
            assertEquals(lines(run.tests(), run.activity()), lines(merged, run.activity()));
        }
    }

    @Test
    void many_runs_of_few_tests_take_no_more_room_than_one() {
        TestHits hits = new TestHits();
        for (int i = 0; i < 100_000; i++) {
            hits.add(new TestReach(i % 3, 1, LineHits.events(new int[] {5, 900_000}, new long[] {1, 1L << 40})));
        }
        List<TestReach> reaches = hits.reaches();
        assertEquals(3, reaches.size());
        assertEquals(33_334, reaches.get(0).calls());
        assertEquals(33_334L << 40, reaches.get(0).lines().hits(900_000));
        assertEquals(true, hits.bytes() < 10_000, "bytes: " + hits.bytes());
    }

    @Test
    void events_without_calls_reach_a_function_too() {
        run.thread(0, "MainThread")
                .beginTest("t", 0)
                .event(EventKind.CALL, g, 4, 1)
                .endTest("t", "passed", 2)
                .end(3);
        assertEquals(
                List.of("t {passed=1} 2 ns, 1 events, 1 functions, 0 calls, 0 line events, 0 lines, 0 only"),
                figures());
    }
}
