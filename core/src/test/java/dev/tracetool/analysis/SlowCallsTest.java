package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SlowCallsTest {
    private final Recording run = new Recording();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2);
    private final int g = run.code("/p/a.py", "g", 5, 5, 6);

    private static CodeIdentity identity(Recording of, String qualname) {
        return of.activity().functions(x -> true, qualname::equals).get(0).identity();
    }

    private List<String> slowest(String qualname) {
        return run.slowCalls("t").of(identity(run, qualname)).stream()
                .map(call -> call.thread() + " " + call.threadName() + " " + call.startNs() + " " + call.durationNs())
                .toList();
    }

    @Test
    void activations_count_with_all_that_they_called_and_the_slowest_come_first() {
        run.thread(0, "main").start(f, 10).start(g, 20).leave(g, 50).leave(f, 60);
        run.thread(1, "pool").start(f, 100).leave(f, 200).end(300);
        assertEquals(List.of("1 pool 100 100", "0 main 10 50"), slowest("f"));
        assertEquals(List.of("0 main 20 30"), slowest("g"));
    }

    @Test
    void each_activation_counts_of_recursion_and_of_what_is_suspended() {
        run.start(f, 0).start(f, 10).event(EventKind.PY_YIELD, f, 0, 15).event(EventKind.PY_RESUME, f, 0, 20);
        run.event(EventKind.PY_UNWIND, f, 0, 27).leave(f, 30).end(30);
        assertEquals(List.of("0  0 30", "0  20 7", "0  10 5"), slowest("f"));
    }

    @Test
    void frames_that_were_never_left_last_as_long_as_is_known() {
        run.frames(5, f)
                .start(g, 10)
                .frames(20, f)
                .start(g, 30)
                .start(f, 31)
                .leave(g, 40)
                .start(g, 50)
                .end(70);
        assertEquals(List.of("0  5 65", "0  31 9"), slowest("f"));
        assertEquals(List.of("0  50 20", "0  10 10", "0  30 10"), slowest("g"));
    }

    @Test
    void only_the_slowest_are_kept_and_of_equal_ones_the_earliest() {
        for (int i = 0; i < 30; i++) {
            run.start(f, 100L * i).leave(f, 100L * i + (i % 3 == 0 ? 50 : 5));
        }
        List<String> slowest = slowest("f");
        assertEquals(SlowCalls.MAX_CALLS, slowest.size());
        assertEquals("0  0 50", slowest.get(0));
        assertEquals("0  2700 50", slowest.get(9));
        for (int i = 0; i < 30; i++) {
            run.start(g, 5000 + 10L * i).leave(g, 5004 + 10L * i);
        }
        assertEquals("0  5090 4", slowest("g").get(9));
    }

    /** Shards that each have whole calls, merged in any order, against one trace that has them all. */
    @Test
    void merging_is_associative_and_commutative() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Recording whole = new Recording();
            whole.code("/p/a.py", "f", 1, 1, 2);
            List<SlowCalls> parts = new ArrayList<>();
            long time = 0;
            for (int p = 0; p < 5; p++) {
                Recording part = new Recording();
                part.code("/p/a.py", "f", 1, 1, 2);
                for (int i = random.nextInt(20); i > 0; i--) {
                    long end = time + random.nextInt(6);
                    whole.start(0, time).leave(0, end);
                    part.start(0, time).leave(0, end);
                    time = end + random.nextInt(3);
                }
                parts.add(part.slowCalls("t"));
            }
            SlowCalls expected = whole.slowCalls("t");
            Collections.shuffle(parts, random);
            SlowCalls left = new SlowCalls();
            left.merge(parts.get(0));
            left.merge(parts.get(1));
            SlowCalls right = new SlowCalls();
            parts.subList(2, 5).forEach(right::merge);
            right.merge(left);
            assertEquals(expected.of(identity(whole, "f")), right.of(identity(whole, "f")), "seed " + seed);
        }
    }
}
