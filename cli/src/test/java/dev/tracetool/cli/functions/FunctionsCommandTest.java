package dev.tracetool.cli.functions;

import static dev.tracetool.cli.HostileText.HOSTILE_FILE;
import static dev.tracetool.cli.HostileText.HOSTILE_NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FunctionsCommandTest {
    @TempDir
    Path folder;

    private Path trace = Path.of("unset");

    @BeforeEach
    void writeTrace() throws IOException {
        Recording run = new Recording();
        int main = run.code("/p/app.py", "main", 1, 1, 2);
        int walk = run.code("/p/app.py", "Tree.walk", 4, 4, 5, 6);
        int leaf = run.code("/p/lib/tree.py", "leaf", 7, 7, 8);
        run.thread(0, "MainThread").start(main, 0).start(walk, 1_000_000).lines(walk, 5, 5);
        run.start(walk, 2_000_000).start(leaf, 3_000_000).lines(leaf, 8).leave(leaf, 5_000_000);
        run.leave(walk, 6_000_000).leave(walk, 7_000_000).start(leaf, 8_000_000).lines(leaf, 8);
        run.event(EventKind.PY_UNWIND, leaf, 0, 8_500_000)
                .leave(main, 9_000_000)
                .end(10_000_000);
        trace = RecordingFile.write(run, folder.resolve("t.bin"));
    }

    private Cli.Result run(String name, Object... options) {
        return Cli.runAll(List.of("functions", name, trace), options);
    }

    private String functions(String name, Object... options) {
        return run(name, options).ok();
    }

    @Test
    void should_tell_all_of_a_function() {
        assertEquals(trace + ": cpython 3.13.0, mode lines, 14 events, 10.0 ms\n" + """

                Tree.walk  app.py:4
                  self 4.00 ms, total 6.00 ms
                  2 calls, 2 line events, 2 of 3 lines hit

                Callers
                    total  share  calls  recursive  function   place
                  6.00 ms   100%      1          0  main       app.py:1
                        -      -      1          1  Tree.walk  app.py:4

                Callees
                    total  share  calls  recursive  function   place
                  2.00 ms   100%      1          0  leaf       lib/tree.py:7
                        -      -      1          1  Tree.walk  app.py:4

                Lines
                  hits  line
                     0     4
                     2     5
                     0     6

                Slowest calls
                  duration         start  thread  name
                   6.00 ms  0.001000000s       0  MainThread
                   4.00 ms  0.002000000s       0  MainThread
                """, functions("Tree.walk"));
    }

    @Test
    void should_give_times_that_find_the_call_among_the_events() {
        String events = Cli.run("events", trace, "--from", "0.002000000s", "--to", "0.002000001s", "--thread", "0")
                .out();
        assertTrue(events.startsWith("     0.002000000   0  PY_START"), events);
        assertTrue(events.contains("Tree.walk"), events);
    }

    @Test
    void should_tell_of_each_function_that_matches_the_most_expensive_first() {
        String text = functions("*", "--limit", "2");
        assertTrue(text.indexOf("\nmain  app.py:1\n") < text.indexOf("\nTree.walk  app.py:4\n"), text);
        assertTrue(text.endsWith("\n… and 1 more function: --limit 0 shows all\n"), text);
        assertTrue(functions("*", "--limit", "0").contains("\nleaf  lib/tree.py:7\n"));
        assertFalse(functions("*", "--file", "lib/*").contains("\nmain"));
    }

    @Test
    void should_show_as_many_rows_as_asked_for() {
        String text = functions("Tree.walk", "--top", "1");
        assertTrue(text.contains("  … and 1 more\n\nCallees"), text);
        assertTrue(text.contains("  … and 2 more\n\nSlowest calls"), text);
        assertFalse(functions("Tree.walk", "--top", "0").contains("more"));
    }

    @Test
    void should_write_json() {
        String json = functions("leaf", "--format", "json");
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.functions/1\",\n  \"inputs\": [\n"), json);
        assertTrue(json.endsWith("""
                  "matching": 1,
                  "functions": [
                    {
                      "file": "/p/lib/tree.py",
                      "qualname": "leaf",
                      "first_line": 7,
                      "digest": "00000001000000000000000000000000",
                      "calls": 2,
                      "returns": 1,
                      "yields": 0,
                      "unwinds": 1,
                      "line_events": 2,
                      "lines": 2,
                      "lines_hit": 2,
                      "self_ns": 2500000,
                      "total_ns": 2500000,
                      "callers": [
                        {
                          "file": "/p/app.py",
                          "qualname": "Tree.walk",
                          "first_line": 4,
                          "digest": "00000001000000000000000000000000",
                          "calls": 1,
                          "recursive_calls": 0,
                          "self_ns": 2000000,
                          "total_ns": 2000000,
                          "self_line_events": null,
                          "total_line_events": null
                        },
                        {
                          "file": "/p/app.py",
                          "qualname": "main",
                          "first_line": 1,
                          "digest": "00000001000000000000000000000000",
                          "calls": 1,
                          "recursive_calls": 0,
                          "self_ns": 500000,
                          "total_ns": 500000,
                          "self_line_events": null,
                          "total_line_events": null
                        }
                      ],
                      "callees": [],
                      "slowest": [
                        {
                          "input": "TRACE",
                          "thread": 0,
                          "thread_name": "MainThread",
                          "start_ns": 3000000,
                          "duration_ns": 2000000
                        },
                        {
                          "input": "TRACE",
                          "thread": 0,
                          "thread_name": "MainThread",
                          "start_ns": 8000000,
                          "duration_ns": 500000
                        }
                      ],
                      "line_hits": [
                        {
                          "line": 7,
                          "hits": 0
                        },
                        {
                          "line": 8,
                          "hits": 2
                        }
                      ],
                      "tests": []
                    }
                  ]
                }
                """.replace("TRACE", trace.toString())), json);
    }

    @Test
    void should_write_csv_with_all_lists_in_one() {
        assertEquals("""
                function,function_file,function_line,list,file,qualname,first_line,calls,recursive_calls,self_ns,\
                total_ns,line,hits,input,thread,start_ns,duration_ns,\
                self_line_events,total_line_events
                Tree.walk,/p/app.py,4,function,,,,2,,4000000,6000000,,,,,,,,
                Tree.walk,/p/app.py,4,caller,/p/app.py,main,1,1,0,4000000,6000000,,,,,,,,
                Tree.walk,/p/app.py,4,caller,/p/app.py,Tree.walk,4,1,1,,,,,,,,,,
                Tree.walk,/p/app.py,4,callee,/p/lib/tree.py,leaf,7,1,0,2000000,2000000,,,,,,,,
                Tree.walk,/p/app.py,4,callee,/p/app.py,Tree.walk,4,1,1,,,,,,,,,,
                Tree.walk,/p/app.py,4,line,,,,,,,,4,0,,,,,,
                Tree.walk,/p/app.py,4,line,,,,,,,,5,2,,,,,,
                Tree.walk,/p/app.py,4,line,,,,,,,,6,0,,,,,,
                Tree.walk,/p/app.py,4,slowest,,,,,,,,,,T,0,1000000,6000000,,
                Tree.walk,/p/app.py,4,slowest,,,,,,,,,,T,0,2000000,4000000,,
                """.replace(",T,", "," + trace + ","), functions("Tree.walk", "--format", "csv"));
    }

    @Test
    void should_write_markdown() {
        String text = functions("leaf", "--format", "markdown");
        assertTrue(text.contains("\n## `leaf`\n\n- `lib/tree.py:7`\n- self 2.50 ms, total 2.50 ms\n"), text);
        assertTrue(text.contains("| 2.00 ms | 80.0% | 1 | 0 | `Tree.walk` | `app.py:4` |\n"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv", "markdown"})
    void should_make_hostile_names_harmless(String format) throws IOException {
        Recording run = new Recording();
        int code = run.code(HOSTILE_FILE, HOSTILE_NAME, 1, 1);
        int inner = run.code(HOSTILE_FILE, HOSTILE_NAME + "2", 2, 2);
        run.thread(0, HOSTILE_NAME)
                .start(code, 0)
                .start(inner, 10)
                .leave(inner, 20)
                .leave(code, 1000);
        trace = RecordingFile.write(run.end(2000), folder.resolve("hostile.bin"));
        String text = functions("*", "--format", format);
        assertFalse(text.contains("\u001b") || text.contains("\u202e") || text.contains("\r"), text);
        assertFalse(text.contains("##["), text);
        for (String line : text.lines().toList()) {
            assertFalse(line.strip().startsWith("::"), line);
            assertFalse(format.equals("csv") && line.matches(".*(^|,)[=+@-].*"), line);
            assertFalse(format.equals("markdown") && line.contains("@user") && !line.contains("`"), line);
        }
    }

    @Test
    void should_tell_what_is_known_without_times() throws IOException {
        Recording run = new Recording(EventKind.PY_START, EventKind.LINE).mode("coverage");
        int code = run.code("/p/a.py", "f", 1, 1, 2);
        run.start(code, 1).lines(code, 2).end(2);
        trace = RecordingFile.write(run, folder.resolve("coverage.bin"));
        String text = functions("f");
        assertTrue(text.contains("  callers, callees, times: not known, since not every call was recorded"), text);
        assertTrue(text.contains("\nLines\n"), text);
        assertFalse(text.contains("\nCallers\n"), text);
        assertTrue(functions("f", "--format", "json").contains("\"callers\": null,"));
    }

    @Test
    void should_tell_the_same_of_a_summary() {
        Path summary = folder.resolve("s.summary");
        assertEquals(0, Cli.run("summarize", trace, "-o", summary).exitCode());
        String expected = functions("leaf", "--format", "json");
        trace = summary;
        assertEquals(expected, functions("leaf", "--format", "json"));
    }

    @Test
    void should_say_when_nothing_matches() {
        Cli.Result result = run("walk");
        assertEquals(0, result.exitCode());
        assertEquals(
                "tracetool: warning: no function matches; a NAME is a whole qualified name such as Decoder.decode, or a"
                        + " glob such as '*.decode'\n",
                result.err());
    }

    @Test
    void should_say_what_was_lost_and_fail_if_asked() throws IOException {
        byte[] whole = Files.readAllBytes(trace);
        Files.write(trace, Arrays.copyOf(whole, whole.length - 30));
        assertTrue(run("leaf").err().contains("was not closed"));
        assertEquals(3, run("leaf", "--strict").exitCode());
    }

    @Test
    void should_need_a_name_and_a_file() {
        assertEquals(2, Cli.run("functions").exitCode());
        Cli.Result result = Cli.run("functions", "f");
        assertEquals(2, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
        assertEquals(2, run("f", "--limit", "x").exitCode());
    }
}
