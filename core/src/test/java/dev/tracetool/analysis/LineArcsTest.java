package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class LineArcsTest {
    private final Recording run = new Recording();
    private final int f = run.code("/p/a.py", "f", 1, 1, 2, 3, 4);
    private final int g = run.code("/p/a.py", "g", 11, 11, 12, 13, 14);

    private String arcs(int blockSize) {
        int end = run.events.size();
        return text(run.lineArcs(0, end, blockSize, new int[0][], new int[0][]));
    }

    private String text(LineArcs arcs) {
        List<String> all = new ArrayList<>();
        for (FunctionActivity function : run.activity().functions()) {
            Arcs of = arcs.of(function.identity());
            for (int i = 0; i < of.size(); i++) {
                all.add(of.from(i) + ">" + of.to(i));
            }
        }
        return String.join(" ", all);
    }

    @Test
    void a_line_follows_on_the_one_before_it_in_its_frame() {
        run.start(f, 1)
                .lines(f, 2)
                .start(g, 2)
                .lines(g, 12, 13)
                .leave(g, 3)
                .lines(f, 3, 2, 3)
                .leave(f, 4);
        for (int size : new int[] {1, 2, 1000}) {
            assertEquals("2>3 3>2 3>-1 12>13 13>-1", arcs(size));
        }
    }

    @Test
    void a_frame_that_an_exception_leaves_or_that_yields_does_not_return() {
        run.start(f, 1).lines(f, 2).event(EventKind.PY_YIELD, f, 4, 2); // suspended at line 3
        run.event(EventKind.PY_RESUME, f, 4, 3).lines(f, 4).event(EventKind.PY_UNWIND, f, 6, 4);
        assertEquals("3>4", arcs(1000));
    }

    @Test
    void threads_and_recursion_have_frames_of_their_own() {
        run.on(0).start(f, 1).lines(f, 2);
        run.on(1).start(f, 1).lines(f, 4);
        run.on(0).start(f, 2).lines(f, 1).leave(f, 3).lines(f, 3);
        run.on(1).lines(f, 2);
        assertEquals("1>-1 2>3 4>2", arcs(1000));
    }

    @Test
    void frames_that_were_there_before_are_at_the_line_of_their_offset() {
        run.lines(g, 14).leave(g, 5).lines(f, 4);
        LineArcs arcs = run.lineArcs(0, 3, 10, new int[][] {{f, g}}, new int[][] {{2, 4}});
        assertEquals("2>4 13>14 14>-1", text(arcs));
    }

    @Test
    void lines_that_are_not_in_the_table_and_events_out_of_place_make_none() {
        run.start(f, 1)
                .lines(f, 2, 99, 3)
                .lines(g, 12)
                .leave(g, 2)
                .lines(f, 4)
                .leave(f, 3)
                .leave(f, 4);
        assertEquals("3>4 4>-1", arcs(1000));
    }

    @Test
    void merging_is_that_of_sets_in_any_order_and_grouping() {
        for (int seed = 0; seed < 30; seed++) {
            Random random = new Random(seed);
            TreeSet<Long> whole = new TreeSet<>();
            List<Arcs> parts = new ArrayList<>();
            for (int part = 0; part < 6; part++) {
                long[] pairs = new long[random.nextInt(20)];
                for (int i = 0; i < pairs.length; i++) {
                    pairs[i] = Arcs.pair(random.nextInt(6), random.nextInt(7) - 1);
                    whole.add(pairs[i]);
                }
                parts.add(Arcs.of(pairs));
            }
            Collections.shuffle(parts, random);
            while (parts.size() > 1) {
                int at = random.nextInt(parts.size() - 1);
                parts.set(at, parts.get(at).plus(parts.remove(at + 1)));
            }
            Arcs merged = parts.get(0);
            TreeSet<Long> found = new TreeSet<>();
            for (int i = 0; i < merged.size(); i++) {
                found.add(Arcs.pair(merged.from(i), merged.to(i)));
            }
            assertEquals(whole, found, "seed " + seed);
            assertEquals(whole.size(), merged.size(), "seed " + seed);
        }
    }

    @Test
    void what_makes_no_sense_is_refused_and_what_is_unknown_stays_so() {
        assertThrows(IllegalArgumentException.class, () -> Arcs.pair(-1, 3));
        assertThrows(IllegalArgumentException.class, () -> Arcs.pair(1, -2));
        LineArcs arcs = new LineArcs();
        assertTrue(arcs.isKnown());
        arcs.merge(LineArcs.unknown());
        arcs.merge(new LineArcs());
        assertFalse(arcs.isKnown());
    }
}
