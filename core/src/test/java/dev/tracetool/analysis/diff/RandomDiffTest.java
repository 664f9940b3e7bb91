package dev.tracetool.analysis.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.Recording;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What holds of all diffs, whatever ran. */
class RandomDiffTest {
    private static final int SEEDS = 200;

    /** Runs of a program that has a few names for many functions, so that names clash and code changes. */
    private static List<Activity> side(Random random, int runs) {
        List<Activity> side = new ArrayList<>();
        int functions = 1 + random.nextInt(12);
        List<int[]> program = new ArrayList<>();
        for (int i = 0; i < functions; i++) {
            program.add(new int[] {random.nextInt(3), random.nextInt(4), 1 + random.nextInt(6), random.nextInt(3)});
        }
        for (int r = 0; r < runs; r++) {
            String cwd = random.nextBoolean() ? "/p" : "/q" + random.nextInt(3);
            Recording run = new Recording().cwd(cwd);
            long now = 0;
            for (int[] f : program) {
                int line = f[2];
                int code = run.code(cwd + "/f" + f[0] + ".py", "n" + f[1], line, f[3], new int[] {line, line + 1});
                for (int calls = random.nextInt(3); calls > 0; calls--) {
                    run.start(code, now).lines(code, line + 1);
                    now += random.nextInt(4_000_000);
                    run.leave(code, now);
                }
            }
            side.add(run.end(now + 1).activity());
        }
        return side;
    }

    private static ActivityDiff diff(List<Activity> base, List<Activity> head) {
        return new ActivityDiff(base, head, UnaryOperator.identity(), TimeThreshold.DEFAULT);
    }

    @Test
    void a_side_differs_from_itself_in_nothing() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Activity> side = side(random, 1 + random.nextInt(4));
            ActivityDiff diff = diff(side, side);
            for (FunctionDiff function : diff.functions()) {
                assertFalse(function.changed(), "seed " + seed);
                assertEquals(CodeState.SAME, function.code(), "seed " + seed);
            }
            assertTrue(diff.files(diff.functions()).stream().noneMatch(FileDiff::changed), "seed " + seed);
            assertTrue(diff.lines(diff.functions()).stream().noneMatch(LineDiff::changed), "seed " + seed);
        }
    }

    @Test
    void with_the_sides_exchanged_everything_is_the_other_way_round() {
        int changes = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Activity> a = side(random, 1 + random.nextInt(4));
            List<Activity> b = side(random, 1 + random.nextInt(4));
            Map<String, Integer> there = texts(diff(a, b), Side.BASE, Side.HEAD);
            assertEquals(there, texts(diff(b, a), Side.HEAD, Side.BASE), "seed " + seed);
            changes += there.size();
        }
        assertTrue(changes > 1000, "runs that differ");
    }

    /** Each row with all its figures, as often as it is there. */
    private static Map<String, Integer> texts(ActivityDiff diff, Side first, Side second) {
        Map<String, Integer> texts = new TreeMap<>();
        for (FunctionDiff f : diff.functions()) {
            String text = f.identity(first) + " " + f.identity(second) + " " + state(f.code(), first);
            texts.merge(text + figures(f, Metric.OF_FUNCTIONS, first), 1, Integer::sum);
        }
        for (FileDiff f : diff.files(diff.functions())) {
            texts.merge(f.file() + " " + state(f.code(), first) + figures(f, Metric.OF_FILES, first), 1, Integer::sum);
        }
        for (LineDiff l : diff.lines(diff.functions())) {
            String text = l.file() + " " + l.line(first) + " " + l.line(second);
            texts.merge(text + figures(l, Metric.OF_LINES, first), 1, Integer::sum);
        }
        return texts;
    }

    private static CodeState state(CodeState state, Side first) {
        return switch (state) {
            case NEW -> first == Side.BASE ? CodeState.NEW : CodeState.GONE;
            case GONE -> first == Side.BASE ? CodeState.GONE : CodeState.NEW;
            default -> state;
        };
    }

    private static String figures(DiffRow row, List<Metric> metrics, Side first) {
        StringBuilder text = new StringBuilder(" " + row.changed());
        for (Metric metric : metrics) {
            Change change = row.change(metric);
            Sample before = first == Side.BASE ? change.base() : change.head();
            Sample after = first == Side.BASE ? change.head() : change.base();
            text.append(' ').append(before).append(after).append(change.changed());
        }
        return text.toString();
    }

    /** What a side is made of does not depend on the order of its runs, as medians do not. */
    @Test
    void the_order_of_runs_makes_no_difference() {
        for (int seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<Activity> a = side(random, 3);
            List<Activity> b = side(random, 3);
            List<Activity> turned = List.of(b.get(2), b.get(0), b.get(1));
            assertEquals(
                    texts(diff(a, b), Side.BASE, Side.HEAD),
                    texts(diff(a, turned), Side.BASE, Side.HEAD),
                    "seed " + seed);
        }
    }
}
