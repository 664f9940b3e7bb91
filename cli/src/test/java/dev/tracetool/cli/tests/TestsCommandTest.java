package dev.tracetool.cli.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.testing.RecordingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestsCommandTest {
    @TempDir
    Path folder;

    private Path first = Path.of("unset");
    private Path second = Path.of("unset");

    @BeforeEach
    void writeShards() throws IOException {
        Recording run = shard();
        run.beginTest("test_cart.py::test_add", 0)
                .start(0, 1)
                .lines(0, 2, 3, 2, 3)
                .leave(0, 4_000_000);
        run.endTest("test_cart.py::test_add", "passed", 5_000_000);
        run.beginTest("test_cart.py::test_sum", 6_000_000)
                .start(1, 6_000_001)
                .lines(1, 7)
                .leave(1, 6_500_000);
        run.endTest("test_cart.py::test_sum", "failed", 7_000_000).end(8_000_000);
        first = RecordingFile.write(run, folder.resolve("first.bin"));
        run = shard();
        run.beginTest("test_cart.py::test_more[a b]", 0)
                .start(0, 1)
                .lines(0, 2)
                .start(1, 2)
                .lines(1, 7);
        run.leave(1, 3)
                .leave(0, 4)
                .endTest("test_cart.py::test_more[a b]", "passed", 2_000_000)
                .end(3_000_000);
        second = RecordingFile.write(run, folder.resolve("second.bin"));
    }

    /** Code object 0 is Cart.add, 1 is Cart.sum. */
    private static Recording shard() {
        Recording run = new Recording();
        run.code("/p/shop/cart.py", "Cart.add", 1, 1, 2, 3);
        run.code("/p/shop/cart.py", "Cart.sum", 6, 6, 7);
        run.code("/p/shop/cart.py", "Cart.clear", 9, 9, 10);
        return run.thread(0, "MainThread");
    }

    private String tests(Object... options) {
        return run(options).ok();
    }

    private Cli.Result run(Object... options) {
        return Cli.runAll(List.of("tests", first, second), options);
    }

    @Test
    void should_list_all_tests_of_all_shards() {
        String text = tests();
        assertEquals("""

                Tests
                  hits  calls  duration  outcome  test
                     4      1   5.00 ms  passed   test_cart.py::test_add
                     2      2   2.00 ms  passed   test_cart.py::test_more[a b]
                     1      1   1.00 ms  failed   test_cart.py::test_sum
                """, text.substring(text.indexOf("\n\nTests") + 1));
    }

    @Test
    void should_tell_which_tests_reach_a_line() {
        assertEquals(
                "test_cart.py::test_add\ntest_cart.py::test_more[a b]\n",
                tests("--file", "shop/cart.py", "--line", "2", "--format", "list"));
        assertEquals("test_cart.py::test_add\n", tests("--file", "shop/cart.py", "--line", "3-5", "--format", "list"));
        assertEquals(
                "test_cart.py::test_add\ntest_cart.py::test_more[a b]\ntest_cart.py::test_sum\n",
                tests("--file", "cart.py", "--line", "3", "--line", "7", "--format", "list"));
    }

    @Test
    void should_count_the_line_of_def_as_reached_by_who_calls_the_function() {
        assertEquals("""
                label,outcome,runs,duration_ns,calls,hits
                test_cart.py::test_more[a b],passed,1,2000000,1,0
                test_cart.py::test_sum,failed,1,1000000,1,0
                """, tests("--file", "cart.py", "--line", "6", "--format", "csv", "--function", "Cart.sum"));
    }

    @Test
    void should_tell_which_tests_reach_a_function() {
        assertEquals(
                "test_cart.py::test_more[a b]\ntest_cart.py::test_sum\n",
                tests("--function", "*.sum", "--format", "list"));
        assertEquals("", tests("--function", "*.clear", "--format", "list"));
    }

    @Test
    void should_write_json() {
        String json = tests("--function", "Cart.sum", "--format", "json");
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.tests/1\",\n  \"inputs\": [\n"), json);
        assertTrue(json.endsWith("""
                  "tests": [
                    {
                      "label": "test_cart.py::test_more[a b]",
                      "outcome": "passed",
                      "runs": 1,
                      "duration_ns": 2000000,
                      "calls": 1,
                      "hits": 1
                    },
                    {
                      "label": "test_cart.py::test_sum",
                      "outcome": "failed",
                      "runs": 1,
                      "duration_ns": 1000000,
                      "calls": 1,
                      "hits": 1
                    }
                  ]
                }
                """), json);
    }

    @Test
    void should_say_when_the_place_is_none() {
        assertEquals(
                "tracetool: warning: no code object matches\n",
                run("--file", "nothing.py").err());
        assertEquals(
                "tracetool: warning: /p/shop/cart.py: line 4-5 is not executable\n",
                run("--file", "cart.py", "--line", "4-5").err());
        Cli.Result needsFile = run("--line", "4");
        assertEquals(2, needsFile.exitCode());
        assertTrue(needsFile.err().contains("--line needs --file"), needsFile.err());
        for (String wrong : new String[] {"0", "x", "5-3", "-2", "1-", "99999999999"}) {
            assertEquals(2, run("--file", "cart.py", "--line", wrong).exitCode(), wrong);
        }
    }

    @Test
    void should_say_when_no_test_is_marked() throws IOException {
        Recording plain = shard();
        plain.start(0, 1).lines(0, 2).leave(0, 2).end(3);
        Cli.Result result = Cli.run("tests", RecordingFile.write(plain, folder.resolve("plain.bin")));
        assertEquals(
                "tracetool: warning: no tests in what was recorded; record -m pytest or -m unittest marks them\n",
                result.err());
        assertEquals(0, result.exitCode());
    }

    @Test
    void should_leave_out_of_a_list_what_cannot_be_an_argument() throws IOException {
        String[] labels = {"::error::x", "-c evil", "two\nlines", "", "bell\u0007", "fine[\u00e9 ü]"};
        Recording run = shard();
        for (String label : labels) {
            run.beginTest(label, 0).lines(0, 2).endTest(label, "passed", 1);
        }
        Path hostile = RecordingFile.write(run.end(5), folder.resolve("hostile.bin"));
        Cli.Result list = Cli.run("tests", hostile, "--format", "list");
        assertEquals("fine[\u00e9 ü]\n", list.out());
        assertEquals(
                "tracetool: warning: 5 tests left out, whose names cannot be arguments of a command\n", list.err());
        for (String format : new String[] {"table", "json", "csv", "markdown"}) {
            String out = Cli.run("tests", hostile, "--format", format).out();
            assertFalse(out.contains("\u0007") || out.contains("\n::") || out.contains("\ntwo\n"), out);
        }
    }

    @Test
    void should_pick_the_tests_of_a_diff() throws IOException {
        Path diff = folder.resolve("d.diff");
        String head = "diff --git a/shop/cart.py b/shop/cart.py\n--- a/shop/cart.py\n+++ b/shop/cart.py\n";
        Files.writeString(diff, head + "@@ -3 +3 @@\n-a\n+b\n");
        Cli.Result picked = run("--changed", diff);
        assertEquals(
                "tracetool: warning: shop/cart.py changed outside of functions, at line 3\n"
                        + "tracetool: warning: which tests that changes is unknown: all are listed (--known lists the others)\n",
                picked.err());
        assertEquals("test_cart.py::test_add\ntest_cart.py::test_more[a b]\ntest_cart.py::test_sum\n", picked.out());
        assertEquals("", run("--changed", diff, "--known").out());
    }

    @Test
    void should_say_what_is_wrong_with_a_diff() throws IOException {
        Path diff = Files.writeString(folder.resolve("d.diff"), "no diff\u0007\n");
        Cli.Result result = run("--changed", diff);
        assertEquals(3, result.exitCode());
        assertTrue(result.err().startsWith("tracetool: " + diff + ": line 1: "), result.err());
        assertEquals(1, result.err().lines().count());
        assertFalse(result.err().contains("\u0007"));
        assertEquals(3, run("--changed", folder.resolve("missing")).exitCode());
        assertEquals(2, run("--known").exitCode());
        assertEquals(2, run("--changed", diff, "--function", "f").exitCode());
        assertEquals(2, run("--changed", diff, "--format", "json").exitCode());
    }
}
