package dev.tracetool.cli.tree;

import static dev.tracetool.cli.HostileText.HOSTILE_FILE;
import static dev.tracetool.cli.HostileText.HOSTILE_NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.code.CodeFlags;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TreeCommandTest {
    @TempDir
    Path folder;

    private final Recording run = new Recording();
    private Path trace = Path.of("unset");

    @BeforeEach
    void writeTrace() throws IOException {
        int module = run.code("/p/app.py", "<module>", 1, 1, 2);
        int walk = run.code("/p/app.py", "walk", 4, 4, 5);
        int load = run.code("/p/lib/io.py", "load", 7, 7, 8);
        int small = run.code("/p/lib/io.py", "small", 10, 10);
        int other = run.code("/p/lib/io.py", "other", 12, 12);
        int task = run.code("/p/app.py", "serve", 20, 1, new int[] {20}, CodeFlags.COROUTINE);
        run.thread(0, "MainThread").start(module, 0).start(walk, 1_000_000);
        run.start(walk, 2_000_000).start(load, 3_000_000).leave(load, 5_000_000).leave(walk, 6_000_000);
        run.leave(walk, 7_000_000).start(small, 7_001_000).leave(small, 7_002_000);
        run.start(other, 7_003_000)
                .leave(other, 7_004_000)
                .start(load, 8_000_000)
                .leave(load, 8_500_000);
        run.start(task, 8_500_000).leave(task, 9_000_000).leave(module, 10_000_000);
        run.thread(1, "pool").start(load, 4_000_000).leave(load, 4_500_000).end(10_000_000);
        trace = RecordingFile.write(run, folder.resolve("t.bin"));
    }

    private Cli.Result run(Object... options) {
        return Cli.runAll(List.of("tree", trace), options);
    }

    private String tree(Object... options) {
        return run(options).ok();
    }

    /** The lines of the tree itself. */
    private String rows(Object... options) {
        String text = tree(options);
        return text.substring(text.indexOf("\n\n", text.indexOf("recorded functions")) + 2);
    }

    @Test
    void should_show_who_called_whom() {
        assertEquals(trace + ": cpython 3.13.0, mode lines, 18 events, 10.0 ms\n" + """

                  10.5 ms in recorded functions

                    total  share     self  calls  function
                  9.50 ms  90.5%  3.00 ms      1  <module>  app.py:1
                  6.00 ms  57.1%  4.00 ms      2  ├─ walk (1 recursive)  app.py:4
                  2.00 ms  19.0%  2.00 ms      1  │  └─ load  lib/io.py:7
                   500 µs   4.8%   500 µs      1  ├─ load  lib/io.py:7
                  2.00 µs  <0.1%        -      2  └─ … 2 more
                   500 µs   4.8%   500 µs      1  load  lib/io.py:7
                   500 µs   4.8%   500 µs      1  serve (task)  app.py:20
                """, tree());
    }

    @Test
    void should_show_all_when_nothing_is_too_small() {
        String all = rows("--min-share", "0");
        assertTrue(all.contains("├─ small  lib/io.py:10\n"), all);
        assertTrue(all.contains("└─ other  lib/io.py:12\n"), all);
        assertFalse(all.contains("…"), all);
        assertTrue(rows("--min-share", "6%").contains("… 3 more"));
    }

    @Test
    void should_show_as_many_levels_as_asked_for() {
        assertEquals("""
                    total  share     self  calls  function
                  9.50 ms  90.5%  3.00 ms      1  <module>  app.py:1
                   500 µs   4.8%   500 µs      1  load  lib/io.py:7
                   500 µs   4.8%   500 µs      1  serve (task)  app.py:20
                """, rows("--depth", "1"));
    }

    @Test
    void should_show_a_tree_for_each_thread() {
        assertEquals("""
                    total  share     self  calls  function
                  10.0 ms  95.2%        -      -  MainThread (thread)
                  9.50 ms  90.5%  3.00 ms      1  ├─ <module>  app.py:1
                   500 µs   4.8%   500 µs      1  └─ serve (task)  app.py:20
                   500 µs   4.8%        -      -  pool (thread)
                   500 µs   4.8%   500 µs      1  └─ load  lib/io.py:7
                """, rows("--threads", "--depth", "2"));
    }

    @Test
    void should_show_who_called_a_function() {
        String text = tree("--callers", "load", "--callers", "walk");
        assertTrue(text.contains("  10.5 ms in recorded functions; shares are of the function that is called\n"), text);
        assertEquals("""
                    total  share     self  calls  function
                  6.00 ms   100%  4.00 ms      2  walk (1 recursive)  app.py:4
                  6.00 ms   100%  4.00 ms      1  ├─ <module>  app.py:1
                        -      -        -      1  └─ walk (1 recursive)  app.py:4
                  3.00 ms   100%  3.00 ms      3  load  lib/io.py:7
                  2.00 ms  66.7%  2.00 ms      1  ├─ walk  app.py:4
                  2.00 ms  66.7%  2.00 ms      1  │  └─ <module>  app.py:1
                   500 µs  16.7%   500 µs      1  └─ <module>  app.py:1
                """, rows("--callers", "load", "--callers", "walk"));
    }

    @Test
    void should_show_the_part_under_a_function() {
        assertTrue(tree("--function", "walk").contains("  10.5 ms in recorded functions; here 6.00 ms, 57.1%\n"));
        assertEquals("""
                    total  share     self  calls  function
                  6.00 ms   100%  4.00 ms      2  walk (1 recursive)  app.py:4
                  2.00 ms  33.3%  2.00 ms      1  └─ load  lib/io.py:7
                """, rows("--function", "walk"));
    }

    @Test
    void should_make_files_that_are_left_out_a_part_of_their_callers() {
        String expected = """
                    total  share     self  calls  function
                  9.50 ms  95.0%  3.50 ms      1  <module>  app.py:1
                  6.00 ms  60.0%  6.00 ms      2  └─ walk (1 recursive)  app.py:4
                   500 µs   5.0%   500 µs      1  serve (task)  app.py:20
                """;
        assertEquals(expected, rows("--exclude", "lib/*"));
        assertEquals(expected, rows("--include", "app.py"));
    }

    @Test
    void should_merge_traces() throws IOException {
        Path copy = RecordingFile.write(run.pid(8), folder.resolve("copy.bin"));
        String text = tree(copy, "--depth", "1");
        assertTrue(text.contains("21.0 ms in recorded functions"), text);
        assertTrue(text.contains("  19.0 ms  90.5%  6.00 ms      2  <module>  app.py:1\n"), text);
    }

    @Test
    void should_write_json() throws IOException {
        String json = tree("--format", "json", "--function", "walk");
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.tree/1\",\n  \"inputs\": [\n"), json);
        assertTrue(json.endsWith("""
                  "totals": {
                    "functions_ns": 10500000,
                    "shown_ns": 6000000,
                    "functions_line_events": null,
                    "shown_line_events": null,
                    "calls": 9,
                    "whole": true
                  },
                  "nodes": [
                    {
                      "id": 0,
                      "parent": null,
                      "depth": 1,
                      "kind": "function",
                      "file": "/p/app.py",
                      "qualname": "walk",
                      "first_line": 4,
                      "digest": "00000001000000000000000000000000",
                      "nodes": 1,
                      "calls": 2,
                      "recursive_calls": 1,
                      "self_ns": 4000000,
                      "total_ns": 6000000,
                      "self_line_events": null,
                      "total_line_events": null
                    },
                    {
                      "id": 1,
                      "parent": 0,
                      "depth": 2,
                      "kind": "function",
                      "file": "/p/lib/io.py",
                      "qualname": "load",
                      "first_line": 7,
                      "digest": "00000001000000000000000000000000",
                      "nodes": 1,
                      "calls": 1,
                      "recursive_calls": 0,
                      "self_ns": 2000000,
                      "total_ns": 2000000,
                      "self_line_events": null,
                      "total_line_events": null
                    }
                  ]
                }
                """), json);
    }

    @Test
    void should_write_csv_with_all_nodes() {
        assertEquals("""
                id,parent,depth,kind,file,qualname,first_line,digest,nodes,calls,recursive_calls,self_ns,total_ns,self_line_events,total_line_events
                0,,1,thread,,MainThread,,,1,,,,10000000,,
                1,0,2,function,/p/app.py,<module>,1,D,1,1,0,2998000,9500000,,
                2,1,3,function,/p/app.py,walk,4,D,1,2,1,4000000,6000000,,
                3,2,4,function,/p/lib/io.py,load,7,D,1,1,0,2000000,2000000,,
                4,1,3,function,/p/lib/io.py,load,7,D,1,1,0,500000,500000,,
                5,1,3,function,/p/lib/io.py,small,10,D,1,1,0,1000,1000,,
                6,1,3,function,/p/lib/io.py,other,12,D,1,1,0,1000,1000,,
                7,0,2,task,/p/app.py,serve,20,D,1,1,0,500000,500000,,
                8,,1,thread,,pool,,,1,,,,500000,,
                9,8,2,function,/p/lib/io.py,load,7,D,1,1,0,500000,500000,,
                """, tree("--threads", "--format", "csv").replaceAll("0000000100000000[0-9a-f]*", "D"));
    }

    @Test
    void should_write_markdown() {
        assertEquals(
                "- `" + trace + "`: `cpython 3.13.0, mode lines, 18 events, 10.0 ms`\n" + """
                - 10.5 ms in recorded functions; here 6.00 ms, 57.1%

                ```text
                  total  share     self  calls  function
                6.00 ms   100%  4.00 ms      2  walk (1 recursive)  app.py:4
                2.00 ms  33.3%  2.00 ms      1  └─ load  lib/io.py:7
                ```
                """,
                tree("--format", "markdown", "--function", "walk"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv", "markdown"})
    void should_make_hostile_names_harmless(String format) throws IOException {
        Recording run = new Recording();
        int code = run.code(HOSTILE_FILE, HOSTILE_NAME, 1, 1);
        run.thread(0, HOSTILE_NAME).start(code, 0).leave(code, 1000).end(2000);
        trace = RecordingFile.write(run, folder.resolve("hostile.bin"));
        for (String text : List.of(
                tree("--format", format, "--threads"), tree("--format", format, "--threads", "--callers", "*"))) {
            assertFalse(text.contains("\u001b") || text.contains("\u202e") || text.contains("\r"), text);
            assertFalse(text.contains("##["), text);
            for (String line : text.lines().toList()) {
                assertFalse(line.strip().startsWith("::"), line);
                assertFalse(format.equals("csv") && line.matches(".*(^|,)[=+@-].*"), line);
            }
            if (format.equals("markdown")) {
                String fenced = text.substring(text.indexOf("```text\n") + 8);
                assertEquals(fenced.length() - 4, fenced.indexOf("```"));
                assertEquals(fenced.length() - 4, fenced.indexOf("`"));
            }
        }
    }

    @Test
    void should_refuse_what_has_no_calls_and_returns() throws IOException {
        Recording run = new Recording(EventKind.PY_START, EventKind.LINE).mode("coverage");
        run.code("/p/a.py", "f", 1, 1);
        run.start(0, 1).end(2);
        trace = RecordingFile.write(run, folder.resolve("coverage.bin"));
        Cli.Result result = run();
        assertEquals(3, result.exitCode());
        assertEquals("", result.out());
        assertEquals(
                "tracetool: " + trace + ": has not every call and return, of which a call tree is made;"
                        + " it was recorded in mode coverage (record it in mode calls, lines or full)\n",
                result.err());
    }

    @Test
    void should_say_when_nothing_matches() {
        for (String option : List.of("--callers", "--function", "--include")) {
            Cli.Result result = run(option, "nobody");
            assertEquals("tracetool: warning: no function matches\n", result.err());
            assertEquals(0, result.exitCode());
        }
    }

    @Test
    void should_say_what_was_lost_and_fail_if_asked() throws IOException {
        byte[] whole = Files.readAllBytes(trace);
        Files.write(trace, java.util.Arrays.copyOf(whole, whole.length - 30));
        assertEquals(0, run().exitCode());
        assertTrue(run().err().contains("was not closed"), run().err());
        assertEquals(3, run("--strict").exitCode());
    }

    @ParameterizedTest
    @CsvSource({
        "--depth, 0, expected a number of levels",
        "--depth, -1, expected a number",
        "--min-share, 101, expected a per cent",
        "--min-share, 1e9, expected a per cent",
        "--min-share, -1, expected a per cent",
        "--format, xml, expected one of table"
    })
    void should_refuse_values_that_make_no_sense(String option, String value, String message) {
        Cli.Result result = run(option + "=" + value);
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains(message), result.err());
        assertEquals(1, result.err().lines().count());
    }
}
