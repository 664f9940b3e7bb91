package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.source.UnifiedDiff;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChangedTestsTest {
    private static final String ADD = "tests/test_cart.py::test_add";
    private static final String SUM = "tests/test_cart.py::test_sum";
    private static final String OTHER = "tests/test_other.py::test_other";

    private final Recording run = new Recording();

    /** shop/cart.py: module 1-20, class Cart 2-12, add 3-6 (def, line 4, line 6), sum 8-12 with a lambda on line 10. */
    private ChangedTests changed(String diff, ChangedTests.Recorded recorded) throws IOException {
        code("/w/shop/cart.py", "<module>", 1, false, 1, 2, 15, 20);
        code("/w/shop/cart.py", "Cart", 2, false, 2, 3, 8);
        int add = code("/w/shop/cart.py", "Cart.add", 3, true, 3, 4, 6);
        int sum = code("/w/shop/cart.py", "Cart.sum", 8, true, 8, 9, 10, 12);
        int lambda = code("/w/shop/cart.py", "Cart.sum.<locals>.<lambda>", 10, true, 10);
        int test = code("/w/tests/test_cart.py", "test_add", 5, true, 5, 6);
        code("/w/tests/test_cart.py", "<module>", 1, false, 1, 5);
        run.thread(0, "MainThread");
        run.beginTest(ADD, 0)
                .start(test, 1)
                .lines(test, 6)
                .start(add, 1)
                .lines(add, 4, 6)
                .endTest(ADD, "passed", 2);
        run.beginTest(SUM, 3)
                .start(add, 3)
                .lines(add, 4)
                .start(sum, 3)
                .lines(sum, 9, 10, 12)
                .start(lambda, 4);
        run.lines(lambda, 10).endTest(SUM, "passed", 5);
        run.beginTest(OTHER, 6).endTest(OTHER, "passed", 7).end(9);
        ChangedTests tests = new ChangedTests(run.tests(), run.activity().functions(), recorded);
        tests.add(UnifiedDiff.read(new ByteArrayInputStream(diff.getBytes(StandardCharsets.UTF_8))));
        return tests;
    }

    private int code(String file, String name, int firstLine, boolean function, int... lines) {
        return run.code(file, name, firstLine, 1, lines, function ? CodeFlags.OPTIMIZED : 0);
    }

    private static String diff(String path, String hunk) {
        return "diff --git a/" + path + " b/" + path + "\n--- a/" + path + "\n+++ b/" + path + "\n" + hunk;
    }

    private void assertChosen(String diff, String unknown, String... arguments) throws IOException {
        ChangedTests changed = changed(diff, ChangedTests.Recorded.BEFORE);
        assertEquals(unknown, String.join("; ", changed.unknown()));
        assertEquals(List.of(arguments), changed.arguments(true));
    }

    @Test
    void an_executable_line_chooses_the_tests_that_reach_it() throws IOException {
        assertChosen(diff("shop/cart.py", "@@ -6 +6 @@\n-a\n+b\n"), "", ADD);
    }

    @Test
    void another_line_of_a_function_chooses_the_tests_that_reach_the_function() throws IOException {
        assertChosen(diff("shop/cart.py", "@@ -5 +5 @@\n-a\n+b\n"), "", ADD, SUM);
    }

    /** The definition runs where the function is made: a decorator can do anything there, another name be somebody's. */
    @Test
    void the_head_of_a_function_belongs_to_the_code_around_it() throws IOException {
        assertChosen(
                diff("shop/cart.py", "@@ -8 +8 @@\n-a\n+b\n"),
                "shop/cart.py changed outside of functions, at line 8",
                ADD,
                SUM,
                OTHER);
    }

    /** Between the decorator, on line 20, and the def, on line 22, which is the module's. */
    @Test
    void a_decorator_of_several_lines_is_head() throws IOException {
        code("/w/shop/cart.py", "<module>", 1, false, 1, 20, 22);
        code("/w/shop/cart.py", "decorated", 20, true, 20, 23);
        ChangedTests changed = new ChangedTests(run.tests(), run.activity().functions(), ChangedTests.Recorded.BEFORE);
        for (String hunk : List.of("@@ -21 +21 @@\n-a\n+b\n", "@@ -21,0 +22 @@\n+a\n", "@@ -23 +23 @@\n-a\n+b\n")) {
            changed.add(UnifiedDiff.read(
                    new ByteArrayInputStream(diff("shop/cart.py", hunk).getBytes(StandardCharsets.UTF_8))));
        }
        assertEquals(
                List.of(
                        "shop/cart.py changed outside of functions, at line 21",
                        "shop/cart.py changed outside of functions, at line 22"),
                changed.unknown());
    }

    @Test
    void the_head_of_an_inner_function_belongs_to_the_outer_one() throws IOException {
        int outer = code("/w/shop/a.py", "outer", 1, true, 1, 2, 5);
        int inner = code("/w/shop/a.py", "outer.<locals>.inner", 2, true, 2, 3);
        run.thread(0, "MainThread");
        run.beginTest(ADD, 0).start(outer, 1).lines(outer, 2, 5).endTest(ADD, "passed", 2);
        run.beginTest(SUM, 3).start(outer, 4).lines(outer, 2).start(inner, 5).lines(inner, 3);
        run.endTest(SUM, "passed", 6).end(9);
        ChangedTests changed = new ChangedTests(run.tests(), run.activity().functions(), ChangedTests.Recorded.BEFORE);
        changed.add(UnifiedDiff.read(new ByteArrayInputStream(
                diff("shop/a.py", "@@ -2 +2 @@\n-a\n+b\n").getBytes(StandardCharsets.UTF_8))));
        assertEquals(List.of(), changed.unknown());
        assertEquals(List.of(ADD, SUM), changed.arguments(true));
    }

    @Test
    void a_function_that_also_ran_outside_of_tests_chooses_all_tests() throws IOException {
        int table = code("/w/shop/a.py", "table", 1, true, 1, 2, 3);
        run.thread(0, "MainThread").start(table, 0).lines(table, 2);
        run.beginTest(ADD, 1).start(table, 2).lines(table, 2, 3).endTest(ADD, "passed", 4);
        run.beginTest(SUM, 5).endTest(SUM, "passed", 6).end(9);
        for (String line : List.of("2", "3")) {
            ChangedTests changed =
                    new ChangedTests(run.tests(), run.activity().functions(), ChangedTests.Recorded.BEFORE);
            changed.add(UnifiedDiff.read(new ByteArrayInputStream(
                    diff("shop/a.py", "@@ -" + line + " +2 @@\n-a\n+b\n").getBytes(StandardCharsets.UTF_8))));
            boolean both = line.equals("2");
            assertEquals(
                    both ? List.of("shop/a.py has a function that also ran outside of tests: table") : List.of(),
                    changed.unknown());
            assertEquals(both ? List.of(ADD, SUM) : List.of(ADD), changed.arguments(true));
        }
    }

    @Test
    void a_function_that_a_shared_fixture_ran_chooses_all_tests() throws IOException {
        int make = code("/w/shop/a.py", "make", 1, true, 1, 2);
        int inner = code("/w/shop/a.py", "inner", 4, true, 4, 5);
        int own = code("/w/shop/a.py", "own", 7, true, 7, 8);
        run.thread(1, "helper").thread(0, "MainThread").on(0).beginTest(ADD, 1).beginShared("a", 2);
        run.start(make, 2).lines(make, 2).beginShared("b", 3).endShared("b", 3);
        run.on(1).start(inner, 3).lines(inner, 5).on(0).leave(make, 4).endShared("a", 4);
        run.start(own, 5).lines(own, 8).endTest(ADD, "passed", 6);
        run.beginTest(SUM, 7).start(own, 7).lines(own, 8).endTest(SUM, "passed", 8);
        run.beginTest(OTHER, 8)
                .beginShared("lost", 8)
                .beginTest(OTHER, 9)
                .start(own, 9)
                .end(9);
        for (String function : List.of("2 make", "5 inner", "8 own")) {
            String line = function.substring(0, 1);
            ChangedTests changed =
                    new ChangedTests(run.tests(), run.activity().functions(), ChangedTests.Recorded.BEFORE);
            changed.add(UnifiedDiff.read(
                    new ByteArrayInputStream(diff("shop/a.py", "@@ -" + line + " +" + line + " @@\n-a\n+b\n")
                            .getBytes(StandardCharsets.UTF_8))));
            boolean shared = !line.equals("8");
            assertEquals(
                    shared
                            ? List.of("shop/a.py has a function that ran in a fixture that several tests can share: "
                                    + function.substring(2))
                            : List.of(),
                    changed.unknown());
            assertEquals(shared ? List.of(ADD) : List.of(ADD, SUM), changed.arguments(false));
            assertEquals(shared ? List.of(ADD, SUM, OTHER) : List.of(ADD, SUM), changed.arguments(true));
        }
    }

    /** A fixture of a module or a session runs in the first test that needs it, and is of use in all. */
    @Test
    void what_tests_share_chooses_all_that_may_share_it() throws IOException {
        int fixture = code("/w/tests/test_cart.py", "fixture", 1, true, 1, 2);
        int conftest = code("/w/tests/sub/conftest.py", "shared", 1, true, 1, 2);
        int inTest = code("/w/tests/test_cart.py", "test_add.<locals>.f", 8, true, 8, 9);
        run.thread(0, "MainThread")
                .beginTest(ADD + "[a::b]", 0)
                .start(fixture, 1)
                .lines(fixture, 2);
        run.start(inTest, 1).lines(inTest, 9).endTest(ADD + "[a::b]", "passed", 2);
        run.beginTest("tests/sub/test_a.py::test_a", 3).start(conftest, 4).lines(conftest, 2);
        run.endTest("tests/sub/test_a.py::test_a", "passed", 6);
        run.beginTest("tests/sub/test_b.py::test_b", 7)
                .endTest("tests/sub/test_b.py::test_b", "passed", 8)
                .end(9);
        List<List<String>> expected = List.of(
                List.of("tests/test_cart.py"),
                List.of("tests/sub/test_a.py::test_a", "tests/sub/test_b.py::test_b"),
                List.of(ADD + "[a::b]"));
        List<String> diffs = List.of(
                diff("tests/test_cart.py", "@@ -2 +2 @@\n-a\n+b\n"),
                diff("tests/sub/conftest.py", "@@ -2 +2 @@\n-a\n+b\n"),
                diff("tests/test_cart.py", "@@ -9 +9 @@\n-a\n+b\n"));
        for (int i = 0; i < 3; i++) {
            ChangedTests changed =
                    new ChangedTests(run.tests(), run.activity().functions(), ChangedTests.Recorded.BEFORE);
            changed.add(UnifiedDiff.read(new ByteArrayInputStream(diffs.get(i).getBytes(StandardCharsets.UTF_8))));
            assertEquals(expected.get(i), changed.arguments(true));
        }
    }

    @Test
    void lines_put_into_a_function_choose_the_tests_that_reach_it() throws IOException {
        assertChosen(diff("shop/cart.py", "@@ -5,0 +6,2 @@\n+a\n+b\n"), "", ADD, SUM);
    }

    @Test
    void a_line_of_an_inner_function_is_its_own() throws IOException {
        assertChosen(diff("shop/cart.py", "@@ -10 +10 @@\n-a\n+b\n"), "", SUM);
    }

    @Test
    void lines_outside_of_functions_choose_all_tests() throws IOException {
        assertChosen(
                diff("shop/cart.py", "@@ -15 +15 @@\n-a\n+b\n"),
                "shop/cart.py changed outside of functions, at line 15",
                ADD,
                SUM,
                OTHER);
    }

    @Test
    void lines_of_a_class_body_choose_all_tests() throws IOException {
        assertChosen(
                diff("shop/cart.py", "@@ -7,0 +8 @@\n+a\n"),
                "shop/cart.py changed outside of functions, at line 8",
                ADD,
                SUM,
                OTHER);
    }

    @Test
    void a_new_test_in_a_known_file_runs_the_file() throws IOException {
        assertChosen(diff("tests/test_cart.py", "@@ -6,0 +7,3 @@\n+a\n+b\n+c\n"), "", "tests/test_cart.py");
    }

    @Test
    void a_changed_test_is_chosen_itself() throws IOException {
        assertChosen(diff("tests/test_cart.py", "@@ -6 +6 @@\n-a\n+b\n"), "", ADD);
    }

    @Test
    void a_new_file_of_tests_is_run() throws IOException {
        String added = "diff --git a/tests/test_new.py b/tests/test_new.py\nnew file mode 100644\n--- /dev/null\n"
                + "+++ b/tests/test_new.py\n@@ -0,0 +1 @@\n+a\n";
        assertChosen(added, "", "tests/test_new.py");
    }

    @Test
    void what_cannot_be_known_chooses_all_tests_unless_only_the_known_are_wanted() throws IOException {
        String added = "diff --git a/shop/new.py b/shop/new.py\nnew file mode 100644\n--- /dev/null\n"
                + "+++ b/shop/new.py\n@@ -0,0 +1 @@\n+a\n";
        String text = diff("README.md", "@@ -1 +1 @@\n-a\n+b\n");
        String never = diff("setup.py", "@@ -1 +1 @@\n-a\n+b\n");
        String known = diff("shop/cart.py", "@@ -6 +6 @@\n-a\n+b\n");
        ChangedTests changed = changed(added + text + never + known, ChangedTests.Recorded.BEFORE);
        assertEquals(
                List.of("shop/new.py is new", "README.md is not a Python file", "setup.py is not in what was recorded"),
                changed.unknown());
        assertEquals(List.of(ADD, SUM, OTHER), changed.arguments(true));
        assertEquals(List.of(ADD), changed.arguments(false));
    }

    @Test
    void a_deleted_file_of_tests_takes_its_tests_along() throws IOException {
        String gone = "diff --git a/tests/test_cart.py b/tests/test_cart.py\ndeleted file mode 100644\n"
                + "--- a/tests/test_cart.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";
        assertChosen(gone, "");
        assertChosen(gone + diff("x.cfg", "@@ -1 +1 @@\n-a\n+b\n"), "x.cfg is not a Python file", OTHER);
    }

    @Test
    void a_run_of_the_changed_code_is_asked_by_its_own_lines() throws IOException {
        ChangedTests changed = changed(diff("shop/cart.py", "@@ -60 +6 @@\n-a\n+b\n"), ChangedTests.Recorded.AFTER);
        assertEquals(List.of(ADD), changed.arguments(true));
    }

    @Test
    void labels_of_unittest_name_modules() throws IOException {
        int f = code("/w/tests/test_u.py", "T.test", 3, true, 3, 4);
        run.thread(0, "M").beginTest("tests.test_u.T.test", 0).start(f, 1).lines(f, 4);
        run.endTest("tests.test_u.T.test", "passed", 3).end(4);
        ChangedTests changed = new ChangedTests(run.tests(), run.activity().functions(), ChangedTests.Recorded.BEFORE);
        String outside = diff("tests/test_u.py", "@@ -5,0 +6 @@\n+a\n");
        changed.add(UnifiedDiff.read(new ByteArrayInputStream(outside.getBytes(StandardCharsets.UTF_8))));
        assertEquals(List.of("tests.test_u"), changed.arguments(true));
    }
}
