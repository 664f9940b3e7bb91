package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.format.codetracer.ctfs.CtRecording;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who called whom in traces that have calls and returns, and no times. */
class CodetracerCallersTest {
    private static final String TRACE = """
            [{"Path": "/p/a.py"},
             {"Function": {"path_id": 0, "line": 1, "name": "<toplevel>"}},
             {"Call": {"function_id": 0}},
             {"Step": {"path_id": 0, "line": 1}},
             {"Function": {"path_id": 0, "line": 5, "name": "walk"}},
             {"Step": {"path_id": 0, "line": 5}},
             {"Call": {"function_id": 1}},
             {"Step": {"path_id": 0, "line": 6}},
             {"Step": {"path_id": 0, "line": 7}},
             {"Step": {"path_id": 0, "line": 5}},
             {"Call": {"function_id": 1}},
             {"Step": {"path_id": 0, "line": 6}},
             {"Return": {"return_value": {"kind": "None"}}},
             {"Function": {"path_id": 0, "line": 9, "name": "gen"}},
             {"Step": {"path_id": 0, "line": 9}},
             {"Call": {"function_id": 2}},
             {"Step": {"path_id": 0, "line": 10}},
             {"Return": {"return_value": {"kind": "None"}}},
             {"Step": {"path_id": 0, "line": 9}},
             {"Call": {"function_id": 2}},
             {"Return": {"return_value": {"kind": "None"}}},
             {"Return": {"return_value": {"kind": "None"}}},
             {"Step": {"path_id": 0, "line": 2}}%s]
            """;

    @TempDir
    Path folder;

    private Path json(String more) throws IOException {
        return Files.writeString(folder.resolve("trace.json"), TRACE.formatted(more));
    }

    private Path write(String name, CtRecording recording) throws IOException {
        return Files.write(folder.resolve(name), recording.container().toBytes());
    }

    /** f calls g twice, all with a line. */
    private static CtRecording container() {
        CtRecording recording = new CtRecording();
        recording.path("/p/a.py");
        int f = recording.function("f", 0, 5);
        int g = recording.function("g", 0, 8);
        recording.step(0, 1);
        recording.call(f);
        recording.step(0, 5);
        recording.step(0, 6);
        for (int i = 0; i < 2; i++) {
            recording.call(g);
            recording.step(0, 8);
            recording.step(0, 9);
            recording.leave(i == 1);
        }
        recording.leave(false);
        return recording;
    }

    /** A run with a generator, which was called once and taken up once. */
    private Path recorded(boolean yields) throws IOException {
        Recording run = new Recording();
        int main = run.code("/p/a.py", "<module>", 1, 1);
        int gen = run.code("/p/a.py", "gen", 9, 9);
        run.thread(0, "").start(main, 0).start(gen, 1);
        if (yields) {
            run.event(EventKind.PY_YIELD, gen, 0, 2).event(EventKind.PY_RESUME, gen, 0, 3);
        }
        run.leave(gen, 4).leave(main, 5).end(6);
        return RecordingFile.write(run, folder.resolve("native" + yields + ".bin"));
    }

    @Test
    void should_show_a_tree_with_line_events_for_times() throws IOException {
        Path trace = json("");
        assertEquals(
                trace + ": codetracer json, 15 events\n" + """

                  6 line events in recorded functions; without times, shares are of line events

                  line events  share  self  calls  function
                            6   100%     2      1  <toplevel>  /p/a.py:1
                            4  66.7%     3      2  └─ walk (1 recursive)  /p/a.py:5
                            1  16.7%     1      2     └─ gen  /p/a.py:9
                """,
                Cli.run("tree", trace).ok());
        String threads = Cli.run("tree", "--threads", "--depth", "2", trace).ok();
        assertTrue(threads.endsWith("""
                  line events  share  self  calls  function
                            6   100%     -      -  thread 0 (thread)
                            6   100%     2      1  └─ <toplevel>  /p/a.py:1
                """), threads);
        String callers = Cli.run("tree", "--callers", "walk", trace).ok();
        assertTrue(callers.endsWith("""
                  6 line events in recorded functions; without times, shares are of line events of the function that is called

                  line events  share  self  calls  function
                            4   100%     3      2  walk (1 recursive)  /p/a.py:5
                            4   100%     3      1  ├─ <toplevel>  /p/a.py:1
                            -      -     -      1  └─ walk (1 recursive)  /p/a.py:5
                """), callers);
        String part = Cli.run("tree", "--function", "gen", trace).ok();
        assertTrue(part.contains("shares are of line events; here 1 line event, 16.7%\n"), part);
    }

    @Test
    void should_have_no_times_in_json_and_csv() throws IOException {
        Path trace = json("");
        String json =
                Cli.run("tree", "--format", "json", "--function", "gen", trace).ok();
        assertTrue(json.endsWith("""
                  "totals": {
                    "functions_ns": null,
                    "shown_ns": null,
                    "functions_line_events": 6,
                    "shown_line_events": 1,
                    "calls": 5,
                    "whole": true
                  },
                  "nodes": [
                    {
                      "id": 0,
                      "parent": null,
                      "depth": 1,
                      "kind": "function",
                      "file": "/p/a.py",
                      "qualname": "gen",
                      "first_line": 9,
                      "digest": null,
                      "nodes": 1,
                      "calls": 2,
                      "recursive_calls": 0,
                      "self_ns": null,
                      "total_ns": null,
                      "self_line_events": 1,
                      "total_line_events": 1
                    }
                  ]
                }
                """), json);
        String csv = Cli.run("tree", "--format", "csv", trace).ok();
        assertTrue(csv.contains("\n1,0,2,function,/p/a.py,walk,5,,1,2,1,,,3,4\n"), csv);
    }

    @Test
    void should_weigh_by_calls_where_there_is_nothing_else() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/p/a.ex");
        int main = recording.function("main", 0, 1);
        int rare = recording.function("rare", 0, 2);
        int often = recording.function("often", 0, 3);
        recording.call(main);
        for (int i = 0; i < 8; i++) {
            recording.call(i == 0 ? rare : often);
            recording.leave(false);
        }
        recording.leave(false);
        Path trace = write("calls.ct", recording);
        String text = Cli.run("tree", trace).ok();
        assertTrue(text.endsWith("""
                  9 calls in recorded functions; without times, shares are of calls

                  total  share  self  calls  function
                      -   100%     -      1  main  -
                      -  77.8%     -      7  ├─ often  -
                      -  11.1%     -      1  └─ rare  -
                """), text);
        String callers = Cli.run("tree", "--callers", "often", trace).ok();
        assertTrue(callers.endsWith("""
                  total  share  self  calls  function
                      -   100%     -      7  often  -
                      -   100%     -      7  └─ main  -
                """), callers);
        String csv = Cli.run("tree", "--format", "csv", trace).ok();
        assertTrue(csv.contains("\n1,0,2,function,,often,,,1,7,0,,,,\n"), csv);
        assertTrue(Cli.run("tree", "--min-share", "20", trace).ok().contains("└─ rare"), "a single one takes no row");
    }

    @Test
    void should_be_the_same_from_a_summary() throws IOException {
        for (Path trace : List.of(json(""), write("a.ct", container()))) {
            Path summary = folder.resolve(trace.getFileName() + ".summary");
            Cli.run("summarize", "-o", summary, trace).ok();
            assertEquals(
                    Cli.run("tree", "--format", "csv", "--threads", trace).ok(),
                    Cli.run("tree", "--format", "csv", "--threads", summary).ok());
            assertEquals(
                    Cli.run("check", "--balanced-calls", trace).ok(),
                    Cli.run("check", "--balanced-calls", summary).ok());
        }
    }

    @Test
    void should_tell_callers_and_callees_of_a_function() throws IOException {
        Path trace = json("");
        String text = Cli.run("functions", "walk", trace).ok();
        assertTrue(text.contains("""
                  2 calls, 3 line events, 2 lines hit
                  times: not known, since calls were recorded without times

                Callers
                  line events  share  calls  recursive  function    place
                            4   100%      1          0  <toplevel>  /p/a.py:1
                            -      -      1          1  walk        /p/a.py:5

                Callees
                  line events  share  calls  recursive  function  place
                            1   100%      2          0  gen       /p/a.py:9
                            -      -      1          1  walk      /p/a.py:5
                """), text);
        String json = Cli.run("functions", "walk", "--format", "json", trace).ok();
        assertTrue(json.contains("\"slowest\": null"), json);
        assertTrue(json.contains("""
                          "self_ns": null,
                          "total_ns": null,
                          "self_line_events": 3,
                          "total_line_events": 4
                """), json);
        String csv = Cli.run("functions", "walk", "--format", "csv", trace).ok();
        assertTrue(csv.contains(",walk,5,1,1,,,,,,,,,,\n"), csv);
        assertTrue(csv.contains(",<toplevel>,1,1,0,,,,,,,,,3,4\n"), csv);
    }

    @Test
    void should_refuse_what_has_steps_and_no_calls() throws IOException {
        Path trace = Files.writeString(folder.resolve("steps.json"), """
                [{"Path": "/p/a.py"}, {"Step": {"path_id": 0, "line": 1}}, {"Step": {"path_id": 0, "line": 2}}]
                """);
        Cli.Result tree = Cli.run("tree", trace);
        assertEquals(3, tree.exitCode());
        assertEquals(
                "tracetool: " + trace
                        + ": holds lines that ran and no calls, of which a call tree is made; a trace"
                        + " of tracetool record has them\n",
                tree.err());
        assertEquals("", tree.out());
        Cli.Result check = Cli.run("check", "--balanced-calls", trace);
        assertEquals(3, check.exitCode());
        assertEquals(
                "tracetool: cannot check balanced calls: the traces have no calls with their ends, each by return, yield"
                        + " or exception\n",
                check.err());
        String text = Cli.run("functions", "*", trace).ok();
        assertTrue(text.contains("callers, callees, times: not known, since calls were not recorded\n"), text);
        assertTrue(Cli.run("functions", "*", "--format", "json", trace).ok().contains("\"callers\": null"));
    }

    @Test
    void should_hold_calls_to_their_ends() throws IOException {
        String passed = "passed  balanced calls  calls: all came to an end\n\n1 gate passed\n";
        assertEquals(passed, Cli.run("check", "--balanced-calls", json("")).ok());
        assertEquals(
                passed,
                Cli.run("check", "--balanced-calls", write("a.ct", container())).ok());

        Cli.Result open = Cli.run("check", "--balanced-calls", json(", {\"Call\": {\"function_id\": 1}}"));
        assertEquals(1, open.exitCode());
        assertTrue(open.out().contains("walk (/p/a.py:5): 1 call without an end"), open.out());

        String leave = ", {\"Return\": {\"return_value\": {\"kind\": \"None\"}}}";
        Cli.Result stray = Cli.run("check", "--balanced-calls", json(leave + leave + leave));
        assertEquals(1, stray.exitCode());
        assertTrue(stray.out().contains("trace.json: 2 calls without an end, or an end without a call"), stray.out());
        String problems =
                Cli.run("report", "--format", "json", json(leave + leave)).ok();
        assertTrue(problems.contains("\"unbalanced_frames\": 1"), problems);

        CtRecording misplaced = container();
        misplaced.call(1);
        misplaced.step(0, 8);
        misplaced.step(0, 9);
        misplaced.leave(false);
        misplaced.claimParent(0);
        Cli.Result ct = Cli.run("check", "--balanced-calls", write("misplaced.ct", misplaced));
        assertEquals(1, ct.exitCode());
        assertTrue(ct.out().contains("misplaced.ct: 1 call without an end, or an end without a call"), ct.out());
    }

    private static String warning(Object each, Object once) {
        return "tracetool: warning: a generator or coroutine counts as called each time it goes on in " + each
                + ", whose format tells no yields, and once in " + once + "; their calls cannot be compared\n";
    }

    /** These runs are of unlike sources, which is told too. */
    private static String ofCalls(String warnings) {
        return warnings.lines()
                .filter(line -> !line.contains("are not in the line tables"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    @Test
    void should_warn_once_where_calls_do_not_mean_the_same() throws IOException {
        Path trace = json("");
        Path container = write("a.ct", container());
        Path run = recorded(true);
        Path without = recorded(false);
        for (String command : List.of("report", "tree")) {
            assertEquals(
                    warning(trace, run),
                    ofCalls(Cli.run(command, run, trace, container).err()));
            assertEquals("", Cli.run(command, trace, container).err(), "of one kind");
            assertEquals("", Cli.run(command, run, without).err(), "of one kind");
            assertEquals("", ofCalls(Cli.run(command, without, trace).err()), "nothing yielded");
        }
        assertEquals(
                warning(trace, run),
                ofCalls(Cli.run("functions", "gen", run, trace).err()));
        Cli.Result diff = Cli.run("diff", "--force", run, trace);
        assertTrue(diff.err().endsWith(warning(trace, run)), diff.err());
        assertEquals("", Cli.run("diff", trace, container).err());
        assertFalse(Cli.run("diff", "--force", without, trace).err().contains("generator"));
        String mixed = Cli.run("tree", run, trace).out();
        assertTrue(mixed.contains("  7 calls in recorded functions; without times, shares are of calls\n"), mixed);
        assertTrue(mixed.contains("      -  14.3%     -      1  └─ gen  a.py:9\n"), mixed);
    }

    /** A native trace, and what convert makes of it; without generators. */
    @Test
    void should_show_the_same_tree_of_a_recording_and_of_what_it_was_converted_to() throws IOException {
        for (int seed = 0; seed < 10; seed++) {
            Path run = RecordingFile.write(random(seed), folder.resolve("run" + seed + ".bin"));
            Path json = folder.resolve("run" + seed + ".json");
            assertEquals(
                    0,
                    Cli.run("convert", "--to", "codetracer-json", run, "-o", json)
                            .exitCode());
            assertEquals(shape(run), shape(json), "seed " + seed);
            Path back = folder.resolve("back" + seed + ".bin");
            assertEquals(
                    0, Cli.run("convert", "--to", "tracetool", json, "-o", back).exitCode());
            assertEquals(shape(run), shape(back), "seed " + seed);
        }
    }

    private static Recording random(long seed) {
        Random random = new Random(seed);
        Recording run = new Recording();
        for (int i = 0; i < 5; i++) {
            run.code("/p/" + i / 2 + ".py", "f" + i, 10 * i + 1, 10 * i + 1, 10 * i + 2);
        }
        int[][] stacks = new int[2][100];
        int[] depths = new int[2];
        run.thread(0, "").thread(1, "");
        for (int i = 0; i < 400; i++) {
            int thread = random.nextInt(2);
            run.on(thread);
            int depth = depths[thread];
            if (depth == 0 || depth < 99 && random.nextBoolean()) {
                int code = random.nextInt(5);
                stacks[thread][depths[thread]++] = code;
                run.start(code, i).lines(code, 10 * code + 2);
            } else {
                int code = stacks[thread][--depths[thread]];
                run.event(random.nextInt(5) == 0 ? EventKind.PY_UNWIND : EventKind.PY_RETURN, code, 0, i);
            }
        }
        return run.end(400);
    }

    /** Each way from the top with its calls: the order of rows is by what there is to weigh them. */
    private static String shape(Path trace) {
        String csv = Cli.run("tree", "--format", "csv", trace).out();
        List<String[]> rows =
                csv.lines().skip(1).map(line -> line.split(",", -1)).toList();
        String[] ways = new String[rows.size()];
        return rows.stream()
                .map(row -> {
                    int id = Integer.parseInt(row[0]);
                    String name = row[4] + ":" + row[5] + ":" + row[6];
                    ways[id] = row[1].isEmpty() ? name : ways[Integer.parseInt(row[1])] + " > " + name;
                    return ways[id] + " " + row[9] + " " + row[10];
                })
                .sorted()
                .collect(Collectors.joining("\n"));
    }
}
