package dev.tracetool.analysis.diff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.Recording;
import dev.tracetool.trace.EventKind;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ActivityDiffTest {
    private static final String FILE = "/p/a.py";

    private static ActivityDiff diff(List<Recording> base, List<Recording> head, UnaryOperator<String> map) {
        return new ActivityDiff(activities(base), activities(head), map, TimeThreshold.DEFAULT);
    }

    private static ActivityDiff diff(Recording base, Recording head) {
        return diff(List.of(base), List.of(head), UnaryOperator.identity());
    }

    private static List<Activity> activities(List<Recording> runs) {
        return runs.stream().map(Recording::activity).toList();
    }

    /** A run with a call of each function, which has two lines. */
    private static Recording run(String... functions) {
        Recording run = new Recording();
        for (String function : functions) {
            String[] parts = function.split(" ");
            add(run, FILE, parts[0], Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
        }
        return run.end(1000);
    }

    private static void add(Recording run, String file, String name, int line, int digest) {
        int code = run.code(file, name, line, digest, new int[] {line, line + 1});
        run.start(code, 1).lines(code, line + 1).leave(code, 2);
    }

    private static String states(ActivityDiff diff) {
        return String.join(
                ", ",
                diff.functions().stream()
                        .map(f -> f.identity().qualname() + " " + line(f, Side.BASE) + ">" + line(f, Side.HEAD) + " "
                                + f.code())
                        .toList());
    }

    private static String line(FunctionDiff function, Side side) {
        var identity = function.identity(side);
        return identity == null ? "-" : Integer.toString(identity.firstLine());
    }

    @Test
    void should_match_functions_by_file_and_name_and_say_what_became_of_the_code() {
        ActivityDiff diff = diff(
                run("same 1 1", "moved 5 1", "edited 9 1", "gone 13 1"),
                run("same 1 1", "moved 6 1", "edited 10 2", "new 14 1"));
        assertEquals("same 1>1 SAME, moved 5>6 MOVED, edited 9>10 CHANGED, gone 13>- GONE, new ->14 NEW", states(diff));
        assertEquals(
                List.of(false, false, true, true, true),
                diff.functions().stream().map(FunctionDiff::changed).toList());
    }

    @Test
    void should_pair_functions_of_one_name_those_that_are_the_same_first() {
        ActivityDiff diff = diff(run("f 1 1", "f 2 2", "f 3 3", "f 9 9"), run("f 1 2", "f 2 7", "f 3 3"));
        assertEquals("f 2>1 MOVED, f 1>2 CHANGED, f 3>3 SAME, f 9>- GONE", states(diff));
    }

    @Test
    void should_not_call_code_changed_that_another_python_compiled() {
        ActivityDiff diff = diff(
                run("f 1 1", "g 4 4").python("3.12.1"), run("f 1 2", "g 5 4").python("3.13.0"));
        assertEquals("f 1>1 UNKNOWN, g 4>5 MOVED", states(diff));
        assertFalse(diff.comparison().comparesCode());
        assertFalse(diff.functions().get(0).changed());
        assertTrue(diff(run("f 1 1").python("3.13.1"), run("f 1 2").python("3.13.9"))
                .comparison()
                .comparesCode());
    }

    @Test
    void should_count_exactly() {
        Recording base = new Recording();
        Recording head = new Recording();
        for (Recording run : List.of(base, head)) {
            int f = run.code(FILE, "f", 1, 1, 2, 3);
            for (int i = 0; i < (run == base ? 2 : 5); i++) {
                run.start(f, 10 * i).lines(f, 2);
                if (run == head) {
                    run.lines(f, 3).event(EventKind.PY_UNWIND, f, 0, 10 * i + 5);
                } else {
                    run.leave(f, 10 * i + 5);
                }
            }
            run.end(100);
        }
        ActivityDiff diff = diff(base, head);
        FunctionDiff f = diff.functions().get(0);
        assertTrue(f.changed());
        assertEquals("2 5 3 true", text(f.change(Metric.CALLS)));
        assertEquals("0 5 5 true", text(f.change(Metric.UNWINDS)));
        assertEquals("2 10 8 true", text(f.change(Metric.LINE_EVENTS)));
        assertEquals("2 3 1 true", text(f.change(Metric.LINES_HIT)));
        assertEquals("10 25 15 false", text(f.change(Metric.SELF)));
        List<FileDiff> files = diff.files(diff.functions());
        assertEquals("2 3 1 true", text(files.get(0).change(Metric.LINES_HIT)));
        assertEquals("2 5 3 true", text(diff.sum(files, Metric.CALLS)));
        assertEquals("6 20 14 true", text(diff.events()));
        assertEquals(2.5, known(f.change(Metric.CALLS)).ratio());
    }

    private static Change known(Change change) {
        assertNotNull(change);
        return change;
    }

    private static String text(Change change) {
        return change.base().median() + " " + change.head().median() + " " + change.delta() + " " + change.changed();
    }

    private static Recording calls(int calls) {
        return calls(calls, 1);
    }

    private static Recording calls(int calls, long ns) {
        Recording run = new Recording();
        int f = run.code(FILE, "f", 1, 1, 2);
        for (int i = 0; i < calls; i++) {
            run.start(f, 10 * i * ns).leave(f, (10 * i + 1) * ns);
        }
        return run.end(10 * calls * ns);
    }

    private static Change callsOf(List<Integer> base, List<Integer> head) {
        ActivityDiff diff = diff(
                base.stream().map(ActivityDiffTest::calls).toList(),
                head.stream().map(ActivityDiffTest::calls).toList(),
                UnaryOperator.identity());
        return known(diff.functions().get(0).change(Metric.CALLS));
    }

    @Test
    void should_take_counts_as_changed_only_if_every_run_of_one_side_is_beyond_the_other() {
        assertEquals("3 4 1 true", text(callsOf(List.of(3, 3), List.of(4, 4, 4))));
        assertEquals("3 5 2 true", text(callsOf(List.of(2, 3, 4), List.of(5, 5, 6))));
        assertEquals("3 5 2 false", text(callsOf(List.of(2, 3, 5), List.of(5, 5, 6))));
        assertTrue(callsOf(List.of(2, 3, 5), List.of(5)).varies());
        assertFalse(callsOf(List.of(2, 2), List.of(5)).varies());
    }

    @Test
    void should_judge_times_by_medians_of_several_runs() {
        List<Recording> base = List.of(calls(1, 5_000_000), calls(1, 5_100_000));
        List<Recording> head = List.of(calls(1, 9_000_000), calls(1, 9_200_000));
        ActivityDiff several = diff(base, head, UnaryOperator.identity());
        assertTrue(several.comparison().judgesTimes());
        assertEquals(
                "5050000 9100000 4050000 true", text(several.functions().get(0).change(Metric.SELF)));
        assertTrue(several.functions().get(0).changed());
        assertTrue(known(several.duration()).changed());
        ActivityDiff one = diff(base.get(0), head.get(0));
        assertFalse(one.comparison().judgesTimes());
        assertEquals(
                "5000000 9000000 4000000 false", text(one.functions().get(0).change(Metric.SELF)));
        assertFalse(one.functions().get(0).changed());
        assertFalse(known(one.duration()).changed());
    }

    @Test
    void should_not_judge_times_where_only_one_side_has_times_of_lines() {
        List<Recording> base = List.of(calls(1, 5_000_000), calls(1, 5_000_000));
        List<Recording> head =
                List.of(calls(1, 9_000_000).lineTimes(), calls(1, 9_000_000).lineTimes());
        Comparison comparison = diff(base, head, UnaryOperator.identity()).comparison();
        assertFalse(comparison.judgesTimes());
        assertFalse(comparison.isForbidden());
        assertTrue(comparison.isUnlike(Aspect.LINE_TIMES));
    }

    @Test
    void should_say_what_the_runs_have_not_in_common() {
        Recording calls = new Recording(EventKind.PY_START)
                .mode("calls")
                .include("b", "a")
                .host("x");
        calls.code(FILE, "f", 1, 1);
        Comparison comparison = diff(run("f 1 1").python("3.12.0"), calls).comparison();
        assertEquals(
                "[Unlike[aspect=EVENTS, base=[lines], head=[calls]], Unlike[aspect=SCOPE, base=[unknown], "
                        + "head=[own code +a +b]], Unlike[aspect=PYTHON, base=[cpython 3.12.0], head=[cpython 3.13.0]], "
                        + "Unlike[aspect=MACHINE, base=[host (linux)], head=[x (linux)]]]",
                comparison.unlike().toString());
        assertTrue(comparison.isForbidden());
        assertTrue(comparison.knows(Metric.CALLS));
        assertFalse(comparison.knows(Metric.LINES_HIT));
        assertFalse(comparison.knows(Metric.SELF));
        assertEquals(List.of(), diff(run("f 1 1"), run("f 1 1")).comparison().unlike());
        Comparison renamed = diff(run("f 1 1"), run("f 1 1").mode("custom")).comparison();
        assertFalse(renamed.isForbidden(), "the same events by another name");
    }

    @Test
    void should_not_compare_how_often_lines_ran_with_whether_they_did() {
        Recording once = new Recording(EventKind.LINE).mode("coverage").once(EventKind.LINE);
        once.lines(once.code(FILE, "f", 1, 1, 2), 2).end(9);
        Recording every = new Recording(EventKind.LINE).mode("custom");
        every.lines(every.code(FILE, "f", 1, 1, 2), 2, 2).end(9);
        ActivityDiff diff = diff(once, every);
        assertTrue(diff.comparison().isForbidden());
        assertNull(diff.functions().get(0).change(Metric.LINE_EVENTS));
        assertEquals("2 2 0 false", text(diff.functions().get(0).change(Metric.LINES_HIT)));
    }

    private static Recording in(String cwd, String... files) {
        Recording run = new Recording().cwd(cwd);
        for (String file : files) {
            add(run, file, "f", 1, 1);
        }
        return run.end(10);
    }

    private static List<String> files(ActivityDiff diff) {
        return diff.files(diff.functions()).stream()
                .map(file -> file.file() + " " + file.code())
                .toList();
    }

    @Test
    void should_match_files_of_several_checkouts_by_their_names_in_the_working_directory() {
        assertEquals(
                List.of("/lib/json.py SAME", "src/a.py SAME", "src/b.py GONE"),
                files(diff(
                        in("/ci/1", "/ci/1/src/a.py", "/ci/1/src/b.py", "/lib/json.py"),
                        in("/home/me", "/home/me/src/a.py", "/lib/json.py"))));
        FunctionDiff function = diff(in("/ci/1", "/ci/1/a.py"), in("/ci/2", "/ci/2/a.py"))
                .functions()
                .get(0);
        assertEquals("/ci/1/a.py", function.recordedFile(Side.BASE));
        assertEquals("/ci/2/a.py", function.recordedFile(Side.HEAD));
    }

    @Test
    void should_match_files_of_one_checkout_wherever_in_it_it_was_run() {
        assertEquals(
                List.of("/src/conftest.py SAME", "/src/tests/conftest.py SAME"),
                files(diff(
                        in("/src", "/src/conftest.py", "/src/tests/conftest.py"),
                        in("/src/tests", "/src/conftest.py", "/src/tests/conftest.py"))));
    }

    @Test
    void should_match_a_checkout_within_another_one() {
        assertEquals(
                List.of("src/a.py SAME"),
                files(diff(in("/repo", "/repo/src/a.py"), in("/repo/wt", "/repo/wt/src/a.py"))));
    }

    @Test
    void should_match_each_of_several_runs_in_folders_of_their_own() {
        List<Recording> base = List.of(in("/t/1", "/t/1/a.py"), in("/t/2", "/t/2/a.py"));
        List<Recording> head = List.of(in("/t/3", "/t/3/a.py"), in("/t/1", "/t/1/a.py"));
        ActivityDiff diff = diff(base, head, UnaryOperator.identity());
        assertEquals(List.of("/t/1/a.py SAME"), files(diff));
        assertFalse(diff.functions().get(0).changed());
    }

    @Test
    void should_match_files_as_the_user_says() {
        UnaryOperator<String> map = name -> name.replace("/ci/old", "/ci/new");
        assertEquals(
                List.of("/ci/new/a.py SAME"),
                files(diff(List.of(in("/x", "/ci/old/a.py")), List.of(in("/y", "/ci/new/a.py")), map)));
    }

    @Test
    void should_tell_lines_of_moved_code_from_lines_of_changed_code() {
        ActivityDiff diff =
                diff(run("moved 5 1", "edited 9 1", "gone 20 1"), run("moved 7 1", "edited 11 2", "new 22 1"));
        List<String> lines = diff.lines(diff.functions()).stream()
                .map(line -> line.line(Side.BASE) + ">" + line.line(Side.HEAD) + " " + line.ran(Side.BASE)
                        + line.ran(Side.HEAD) + " " + line.changed())
                .toList();
        assertEquals(
                List.of(
                        "5>7 falsefalse false",
                        "6>8 truetrue false",
                        "20>null falsefalse false",
                        "21>null truefalse true",
                        "null>22 falsefalse false",
                        "null>23 falsetrue true"),
                lines);
        assertEquals(3, ActivityDiff.withComparableLines(diff.functions()).size());
    }

    @Test
    void should_take_what_is_not_loaded_in_one_run_as_never_called() {
        Recording empty = new Recording().end(10);
        ActivityDiff diff = diff(List.of(run("f 1 1"), empty), List.of(run("f 1 1")), UnaryOperator.identity());
        assertEquals("0 1 1 false", text(diff.functions().get(0).change(Metric.CALLS)));
        assertFalse(diff.functions().get(0).changed());
        assertEquals(1, Stream.of(diff.functions()).count());
    }
}
