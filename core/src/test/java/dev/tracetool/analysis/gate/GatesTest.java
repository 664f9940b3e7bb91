package dev.tracetool.analysis.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CoveredFile;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.Recording;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestActivity;
import dev.tracetool.analysis.TestRecord;
import dev.tracetool.analysis.diff.ActivityDiff;
import dev.tracetool.analysis.diff.TimeThreshold;
import dev.tracetool.source.Exclusions;
import dev.tracetool.source.UnifiedDiff;
import dev.tracetool.trace.EventKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class GatesTest {
    @Test
    void should_compare_shares_exactly() {
        Threshold eighty = Threshold.of("80%");
        assertEquals(0, eighty.missing(80, 100));
        assertEquals(1, eighty.missing(7999, 10_000));
        assertEquals(1, eighty.missing(3, 5), "4 of 5 would do");
        assertEquals(0, eighty.missing(0, 0), "there is nothing to run");
        Threshold all = Threshold.of("100");
        assertEquals(1, all.missing(Long.MAX_VALUE - 1, Long.MAX_VALUE));
        assertEquals(0, all.missing(3, 3));
        assertEquals(0, Threshold.of("0").missing(0, 9));
        assertEquals(1, Threshold.of("0.000001").missing(0, 9), "anything but nothing");
        assertEquals("79.5", Threshold.of("79.50").toString());
        for (String wrong : List.of("", "-1", "101", "100.1", "1e1", "x", "٨٠", "80 %", "%")) {
            assertThrows(NumberFormatException.class, () -> Threshold.of(wrong), wrong);
        }
    }

    /** In each file, a function of ten lines, of which the first few ran. */
    private static Activity run(String... files) {
        Recording run = new Recording();
        for (String file : files) {
            String[] parts = file.split(" ");
            int[] lines = new int[10];
            for (int i = 0; i < 10; i++) {
                lines[i] = i + 1;
            }
            int code = run.code(parts[0], "f", 1, lines);
            for (int i = 0; i < Integer.parseInt(parts[1]); i++) {
                run.event(EventKind.LINE, code, i + 1, 0);
            }
        }
        return run.end(1).activity();
    }

    private static List<CoveredFile> covered(Activity activity) {
        List<CoveredFile> files = new ArrayList<>();
        for (FunctionActivity function : activity.functions()) {
            files.add(CoveredFile.of(function.identity().filename(), null, List.of(function), Exclusions.DEFAULT));
        }
        return files;
    }

    private static List<String> texts(List<GateResult> results) {
        return results.stream()
                .sorted(GateResult.WORST_FIRST)
                .map(r -> r.gate() + " " + r.subject() + " " + r.actual() + "/" + r.whole() + " " + r.limit() + " "
                        + r.by())
                .toList();
    }

    @Test
    void should_hold_files_together_and_each_to_their_shares() {
        List<CoveredFile> files = covered(run("/p/a.py 9", "/p/b.py 5", "/p/gen.py 0"));
        List<CoverageGates.Rule> rules = List.of(
                new CoverageGates.Rule("total", file -> true, Threshold.of("60"), Threshold.of("50")),
                new CoverageGates.Rule("a.py", file -> file.endsWith("a.py"), Threshold.of("95"), null),
                new CoverageGates.Rule("gen.py", file -> file.endsWith("gen.py"), Threshold.of("0"), null));
        assertEquals(
                List.of(
                        "TOTAL_COVERAGE total 14/30 50 1",
                        "FILE_COVERAGE /p/a.py 9/10 95 1",
                        "FILE_COVERAGE /p/b.py 5/10 60 1",
                        "FILE_COVERAGE /p/gen.py 0/10 0 0"),
                texts(CoverageGates.of(files, rules)));
        assertFalse(GateResult.allPassed(CoverageGates.of(files, rules)));
        assertTrue(GateResult.allPassed(CoverageGates.of(files, rules.subList(2, 3))));
    }

    @Test
    void should_hold_the_lines_of_a_diff_to_a_share() throws IOException {
        List<CoveredFile> files = covered(run("/ci/x/src/a.py 4", "/ci/x/src/b.py 10", "/ci/y/src/b.py 0"));
        String text = """
                --- a/src/a.py
                +++ b/src/a.py
                @@ -2,0 +3,3 @@
                +three
                +four
                +five
                --- a/src/b.py
                +++ b/src/b.py
                @@ -1 +1 @@
                -one
                +eins
                @@ -10,0 +11,2 @@
                +# a comment
                +# of two lines
                --- a/src/new.py
                +++ b/src/new.py
                @@ -0,0 +1 @@
                +x
                --- a/README
                +++ b/README
                @@ -0,0 +1 @@
                +x
                """;
        UnifiedDiff diff = UnifiedDiff.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        DiffCoverage coverage = DiffCoverage.of(diff, files);
        assertEquals(List.of("src/new.py"), coverage.unknown());
        assertEquals(List.of("src/b.py"), coverage.ambiguous());
        assertEquals("/ci/x/src/a.py", coverage.files().get(0).file());
        assertEquals(2, coverage.files().get(0).hit());
        assertArrayEquals(new int[] {5}, coverage.files().get(0).missing());
        assertEquals(List.of("DIFF_COVERAGE diff 3/5 80 1"), texts(List.of(coverage.gate(Threshold.of("80")))));
    }

    @Test
    void should_hold_functions_to_most_calls_and_time() {
        Recording run = new Recording();
        int f = run.code("/p/a.py", "f", 1, 1);
        int g = run.code("/p/a.py", "g", 5, 5);
        run.start(f, 0)
                .start(g, 10)
                .leave(g, 30)
                .start(g, 40)
                .leave(g, 45)
                .leave(f, 100)
                .end(100);
        List<FunctionActivity> functions = run.activity().functions();
        assertEquals(
                List.of("CALLS g 2/0 1 1", "CALLS f 1/0 1 0"),
                texts(new FunctionLimit(Gate.CALLS, function -> true, 1).of(functions)));
        assertEquals(
                List.of("SELF_TIME f 75/0 70 5"),
                texts(new FunctionLimit(
                                Gate.SELF_TIME,
                                function -> function.identity().qualname().equals("f"),
                                70)
                        .of(functions)));
        assertEquals(
                List.of("TOTAL_TIME f 100/0 100 0", "TOTAL_TIME g 25/0 100 0"),
                texts(new FunctionLimit(Gate.TOTAL_TIME, function -> true, 100).of(functions)));
        assertThrows(IllegalArgumentException.class, () -> new FunctionLimit(Gate.LOST_TESTS, function -> true, 1));
    }

    @Test
    void should_find_calls_that_did_not_end() {
        Recording run = new Recording();
        int f = run.code("/p/a.py", "f", 1, 1);
        int g = run.code("/p/a.py", "g", 5, 5);
        run.start(f, 0).start(g, 1).event(EventKind.PY_UNWIND, g, 0, 2);
        assertEquals(
                List.of("BALANCED_CALLS f 1/0 0 1"),
                texts(BalanceGate.of(run.activity().functions(), run.activity().inputs())));
        run.leave(f, 3);
        assertEquals(
                List.of("BALANCED_CALLS calls 0/0 0 0"),
                texts(BalanceGate.of(run.activity().functions(), run.activity().inputs())));
    }

    @Test
    void should_find_new_functions_that_nobody_calls() {
        Recording before = new Recording();
        before.code("/p/a.py", "old", 1, 1);
        Recording after = new Recording();
        after.code("/p/a.py", "old", 1, 1);
        after.code("/p/a.py", "idle", 3, 3);
        int busy = after.code("/p/a.py", "busy", 5, 5);
        after.start(busy, 1).leave(busy, 2);
        assertEquals(
                List.of("NEW_UNCALLED idle 1/0 0 1"),
                texts(ChangeGates.newUncalled(diff(before, after).functions())));
        assertEquals(
                List.of("NEW_UNCALLED new functions 0/0 0 0"),
                texts(ChangeGates.newUncalled(diff(after, after).functions())));
    }

    private static ActivityDiff diff(Recording before, Recording after) {
        return new ActivityDiff(
                List.of(before.activity()), List.of(after.activity()), UnaryOperator.identity(), TimeThreshold.DEFAULT);
    }

    private static TestActivity tests(String... labels) {
        TestActivity tests = new Summary(java.util.EnumSet.of(Summary.Part.TESTS)).tests();
        for (String label : labels) {
            tests.add(new TestRecord(label, new TreeMap<>(), null, 1));
        }
        return tests;
    }

    @Test
    void should_find_tests_that_are_lost() {
        assertEquals(
                List.of("LOST_TESTS a 1/0 0 1", "LOST_TESTS c 1/0 0 1"),
                texts(TestGates.lost(tests("c", "b", "a"), tests("b", "d"))));
        assertEquals(List.of("LOST_TESTS tests 0/0 0 0"), texts(TestGates.lost(tests("b"), tests("b", "d"))));
    }
}
