package dev.tracetool.cli.report;

import static dev.tracetool.cli.HostileText.HOSTILE_FILE;
import static dev.tracetool.cli.HostileText.HOSTILE_NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.Report;
import dev.tracetool.trace.EventKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Whole outputs of small runs, in each format. */
class ReportRenderingTest {
    private static Recording small() {
        Recording run = new Recording();
        int module = run.code("/p/a.py", "<module>", 1, 0, 1, 5, 9);
        int f = run.code("/p/a.py", "f", 1, 1, 2, 3);
        int g = run.code("/p/lib/b.py", "Box.g", 7, 7, 8);
        run.code("/p/lib/b.py", "Box.never", 9, 9, 10, 11);
        run.thread(0, "MainThread").start(module, 1000).lines(module, 1, 5);
        run.start(f, 2000).lines(f, 2, 3, 2, 3).start(g, 5000).lines(g, 8).event(EventKind.PY_UNWIND, g, 4, 5_005_000);
        run.leave(f, 5_006_000).lines(module, 9).leave(module, 5_007_000).end(6_000_000);
        return run;
    }

    private static Report report(Summary summary, String... args) throws CommandException {
        return request(args).report(summary);
    }

    private static ReportRequest request(String... args) throws CommandException {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("trace.bin");
        return ReportRequest.of(new CommandLine(new ReportCommand().spec()).parseArgs(all.toArray(new String[0])));
    }

    private static String rendered(Summary summary, int width, boolean color, String... args) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(new byte[0]),
                bytes,
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Map.of(),
                false);
        try (Output output = Output.standard(terminal)) {
            ReportRequest request = request(args);
            if (width > 0 || color) {
                new ReportText(output, width, color).write(request.report(summary));
            } else {
                ReportCommand.write(request, request.report(summary), output, terminal, false);
            }
            output.commit();
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static String rendered(Recording run, String... args) throws IOException {
        return rendered(run.summary(), 0, false, args);
    }

    @Test
    void tables_show_the_most_expensive_first() throws IOException {
        assertEquals("""
                trace.bin: cpython 3.13.0, mode lines, 14 events, 6.00 ms

                  functions    3 called of 4 in 2 files
                  lines        7 hit of 10, 70%
                  calls        3
                  exceptions   1
                  line events  8

                Files
                     self  calls  exceptions  line events  functions  lines   hit  file
                  5.00 ms      1           1            1        1/2    2/5   40%  lib/b.py
                  6.00 µs      2           0            7        2/2    5/5  100%  a.py

                Functions
                     self    total  calls  exceptions  line events  lines   hit  function   place
                  5.00 ms  5.00 ms      1           1            1    2/2  100%  Box.g      lib/b.py:7
                  4.00 µs  5.00 ms      1           0            4    3/3  100%  f          a.py:1
                  2.00 µs  5.01 ms      1           0            3    3/3  100%  <module>   a.py:1
                     0 ns     0 ns      0           0            0    0/3    0%  Box.never  lib/b.py:9
                """, rendered(small()));
    }

    @Test
    void lists_are_those_asked_for_cut_to_their_first_rows() throws IOException {
        assertEquals("""
                trace.bin: cpython 3.13.0, mode lines, 14 events, 6.00 ms

                  functions    3 called of 4 in 2 files
                  lines        7 hit of 10, 70%
                  calls        3
                  exceptions   1
                  line events  8

                Lines
                  line events  line
                            2  a.py:2
                            2  a.py:3
                  … and 8 more

                Threads
                  duration     self  calls  line events  events  thread  name
                   5.01 ms  5.01 ms      3            8      14       0  MainThread
                """, rendered(small(), "--by", "thread", "--by", "line", "--top", "2"));
    }

    @Test
    void top_is_20_rows_unless_asked_otherwise() throws IOException {
        Recording run = new Recording();
        for (int i = 0; i < 21; i++) {
            run.code("/p/f.py", "f" + i, 1 + i, 1 + i);
        }
        String text = rendered(run, "--by", "function");
        assertTrue(text.endsWith("f.py:20\n  … and 1 more\n"), text);
        assertTrue(rendered(run, "--by", "function", "--top", "21").endsWith("f.py:21\n"));
        assertTrue(rendered(run, "--by", "function", "--top", "0").endsWith("f.py:21\n"));
        assertEquals(22, rendered(run, "--format", "csv").lines().count());
        assertEquals(4, rendered(run, "--format", "csv", "--top", "3").lines().count());
    }

    @Test
    void lists_can_be_sorted_by_each_column() throws IOException {
        Map<String, String> first = Map.of(
                "self",
                "Box.g",
                "total",
                "<module>",
                "calls",
                "<module>",
                "lines",
                "<module>",
                "missed",
                "Box.never",
                "lines_hit",
                "<module>",
                "line_events",
                "f",
                "exceptions",
                "Box.g",
                "name",
                "<module>");
        for (Map.Entry<String, String> entry : first.entrySet()) {
            Report report = report(small().summary(), "--by", "function", "--sort", entry.getKey());
            assertEquals(
                    entry.getValue(),
                    report.functions().shown().get(0).identity().qualname(),
                    entry.getKey());
        }
        Report byName = report(small().summary(), "--sort", "name", "--by", "file,line,thread");
        assertEquals("/p/a.py", byName.files().shown().get(0).file());
        assertEquals(1, byName.lineHits().shown().get(0).line());
    }

    @Test
    void filters_take_files_and_functions_out_of_everything() throws IOException {
        assertEquals(2, report(small().summary(), "--include", "lib/*").functionCount());
        assertEquals(2, report(small().summary(), "--exclude", "*/b.py").functionCount());
        assertEquals(
                1,
                report(small().summary(), "--include", "lib/*", "--function", "*.g")
                        .functionCount());
        Report none = report(small().summary(), "--include", "nothing");
        assertEquals(0, none.fileCount());
        assertEquals(0L, none.calls());
        assertEquals(14, none.events());
    }

    @Test
    void what_was_not_recorded_is_left_out_and_named() throws IOException {
        Recording run = new Recording(EventKind.LINE).mode("coverage").once(EventKind.LINE);
        int f = run.code("/p/a.py", "f", 1, 1, 2, 3);
        run.lines(f, 2).end(10);
        assertEquals("""
                trace.bin: cpython 3.13.0, mode coverage, 1 event, 10 ns

                  functions     1 called of 1 in 1 file
                  lines         2 hit of 3, 67%
                  line events   1
                  not recorded  times, calls, exceptions
                  note          lines were recorded once each: a line event says that a line ran, not how often

                Functions
                  line events  lines  hit  function  place
                            1    2/3  67%  f         a.py:1
                """, rendered(run, "--by", "function"));
        assertEquals("""
                file,qualname,first_line,digest,calls,returns,yields,unwinds,line_events,lines,lines_hit,self_ns,total_ns
                /p/a.py,f,1,00000001000000000000000000000000,,,,,1,3,2,,
                """, rendered(run, "--format", "csv"));
    }

    @Test
    void damage_is_in_the_header() throws IOException {
        Recording run = new Recording()
                .damage("expected a block, found \u001b[2J", 123, 2, 50)
                .failure("disk\nfull");
        int f = run.code("/p/a.py", "f", 1, 1, 2);
        run.start(f, 0).lines(f, 2, 77);
        String text = rendered(run, "--by", "file");
        assertTrue(text.startsWith("""
                        trace.bin: cpython 3.13.0, mode lines, 3 events, 0 ns
                          damaged: 123 bytes in 1 place could not be read; 2 blocks lost, 50 events lost; first at byte 100: expected a block, found \\x1b[2J
                          cut off: the recording was not closed, its last events may be missing
                          the recorder stopped: disk\\nfull
                          1 line event at lines that the line tables do not have

                        """), text);
    }

    @Test
    void per_cents_are_never_rounded_to_all_or_nothing() throws IOException {
        Recording run = new Recording();
        int[] many = new int[1000];
        for (int i = 0; i < many.length; i++) {
            many[i] = i + 1;
        }
        int nearlyAll = run.code("/p/all.py", "f", 1, many);
        int nearlyNone = run.code("/p/none.py", "g", 1, many);
        run.start(nearlyAll, 0);
        for (int line = 1; line < 1000; line++) {
            run.lines(nearlyAll, line);
        }
        run.leave(nearlyAll, 1)
                .start(nearlyNone, 1)
                .lines(nearlyNone, 5)
                .leave(nearlyNone, 2)
                .end(2);
        String text = rendered(run, "--by", "file");
        assertTrue(text.contains("999/1000  99%  all.py"), text);
        assertTrue(text.contains("2/1000   1%  none.py"), text);
    }

    @Test
    void a_narrow_terminal_costs_figures_before_it_costs_names() throws IOException {
        String narrow = rendered(small().summary(), 50, false, "--by", "function");
        assertTrue(
                narrow.lines().filter(line -> !line.startsWith("trace.bin")).allMatch(line -> line.length() <= 50),
                narrow);
        assertFalse(narrow.contains("hit  function"), narrow);
        assertTrue(narrow.contains("lib/b.py:"), narrow);
    }

    @Test
    void a_terminal_that_is_a_little_narrow_cuts_the_last_column_only() throws IOException {
        String text = rendered(small().summary(), 75, false, "--by", "file");
        assertTrue(text.lines().allMatch(line -> line.length() <= 75), text);
        assertTrue(text.contains("lib/b.py"), text);
    }

    @Test
    void colour_is_used_only_when_asked() throws IOException {
        assertFalse(rendered(small()).contains("\u001b"));
        assertTrue(rendered(small().summary(), 0, true).startsWith("\u001b[1mtrace.bin\u001b[0m: cpython"));
    }

    @Test
    void several_traces_are_named_and_added_up() throws IOException {
        Summary summary = small().summary();
        summary.merge(small().summary());
        String text = rendered(summary, 0, false, "--by", "thread");
        assertTrue(text.startsWith("trace.bin: cpython 3.13.0, mode lines, 14 events, 6.00 ms\ntrace.bin: "), text);
        assertTrue(text.contains("\n  calls        6\n"), text);
        assertTrue(text.contains("\n  duration     12.0 ms in 2 traces\n"), text);
        for (int i = 0; i < 10; i++) {
            summary.merge(small().summary());
        }
        assertTrue(rendered(summary, 0, false).contains("\nand 2 more traces, all of them whole\n"));
    }

    @Test
    void hostile_names_are_harmless_in_every_format() throws IOException {
        Recording run = new Recording();
        int f = run.code(HOSTILE_FILE, HOSTILE_NAME, 1, 1, 2);
        run.thread(0, "::stop\u0007").start(f, 0).lines(f, 2).leave(f, 5).end(5);
        for (String format : List.of("table", "json", "csv", "markdown")) {
            String by = format.equals("csv") ? "function" : "file,function,line,thread";
            String text = rendered(run, "--format", format, "--by", by);
            assertTrue(text.chars().allMatch(c -> c == '\n' || c >= ' ' && c != 0x202e && c != 0x7f), format);
            assertTrue(text.lines().noneMatch(line -> line.strip().startsWith("::")), format);
            assertFalse(text.contains("##["), format);
        }
        String csv = rendered(run, "--format", "csv");
        assertEquals(
                "\\x3a:error::\\x1b[31m\\u202e|`=1\\n.py,'=cmd()|@user `x` <b>\\r\\n::warning::#\\x23[group],1",
                csv.lines().skip(1).findFirst().orElseThrow().split(",0000")[0]);
        String markdown = rendered(run, "--format", "markdown", "--by", "function");
        String row = markdown.lines().reduce((a, b) -> b).orElseThrow();
        assertTrue(
                row.endsWith("| `=cmd()\\x7c@user \\x60x\\x60 <b>\\r\\n::warning::#\\x23[group]` "
                        + "| `\\x3a:error::\\x1b[31m\\u202e\\x7c\\x60=1\\n.py:1` |"),
                row);
    }

    @Test
    void json_has_the_fields_of_the_contract() throws IOException {
        String json = rendered(small(), "--format", "json", "--by", "file,line", "--top", "1");
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.report/1\",\n  \"inputs\": [\n"), json);
        assertTrue(json.endsWith("""
                          "totals": {
                            "events": 14,
                            "calls": 3,
                            "line_events": 8,
                            "unwinds": 1,
                            "functions": 4,
                            "functions_called": 3,
                            "files": 2,
                            "lines": 10,
                            "lines_hit": 7,
                            "duration_ns": 6000000
                          },
                          "files": [
                            {
                              "file": "/p/lib/b.py",
                              "functions": 2,
                              "functions_called": 1,
                              "lines": 5,
                              "lines_hit": 2,
                              "calls": 1,
                              "line_events": 1,
                              "unwinds": 1,
                              "self_ns": 5000000
                            }
                          ],
                          "line_hits": [
                            {
                              "file": "/p/a.py",
                              "line": 2,
                              "hits": 2
                            }
                          ]
                        }
                        """), json);
    }

    @Test
    void wrong_values_are_refused_with_the_right_ones() {
        Map<List<String>, String> wrong = Map.of(
                List.of("--by", "module"), "--by module: expected one of file, function, line, thread, test",
                List.of("--by", "file,"), "--by needs a name",
                List.of("--top", "-1"), "--top -1: expected a number of rows, 0 for all",
                List.of("--top", "x"), "--top x: expected a number of rows, 0 for all",
                List.of("--by", "line", "--sort", "total"),
                        "--sort total: no list that is shown has this; expected one of line_events, name",
                List.of("--format", "csv", "--by", "file,line"),
                        "--format csv has room for one list; name one with --by");
        wrong.forEach((args, message) -> {
            CommandException e = assertThrows(CommandException.class, () -> request(args.toArray(new String[0])));
            assertEquals(message, e.getMessage());
            assertEquals(2, e.exitCode());
        });
    }

    private static Recording withTests() {
        Recording run = new Recording();
        int f = run.code("/p/a.py", "f", 1, 1, 2, 3);
        int g = run.code("/p/a.py", "g", 5, 5, 6);
        run.thread(0, "MainThread");
        run.beginTest("test_a.py::test_f", 0).start(f, 1).lines(f, 2, 3).leave(f, 5_000_000);
        run.endTest("test_a.py::test_f", "passed", 6_000_000);
        run.beginTest("test_a.py::test_g", 7_000_000)
                .start(f, 7_000_000)
                .lines(f, 2)
                .start(g, 7_000_001)
                .lines(g, 6);
        run.leave(g, 8_000_000).leave(f, 8_000_001).endTest("test_a.py::test_g", "failed", 9_500_000);
        run.beginTest("test_a.py::test_cut", 10_000_000).start(g, 10_000_001).lines(g, 6);
        return run;
    }

    @Test
    void tests_tell_what_they_reached() throws IOException {
        assertEquals("""
                trace.bin: cpython 3.13.0, mode lines, 12 events, 10.0 ms
                  cut off: the recording was not closed, its last events may be missing

                  functions    2 called of 2 in 1 file
                  lines        5 hit of 5, 100%
                  tests        3: 1 failed, 1 passed
                  calls        4
                  exceptions   0
                  line events  5

                Tests
                  duration  calls  line events  functions  lines hit  only here  outcome  test
                   6.00 ms      1            2          1          2          1  passed   test_a.py::test_f
                   2.50 ms      2            2          2          2          0  failed   test_a.py::test_g
                         -      1            1          1          1          0  -        test_a.py::test_cut
                """, rendered(withTests(), "--by", "test"));
        assertEquals("""
                label,outcome,runs,duration_ns,events,functions,calls,line_events,lines_hit,lines_only
                test_a.py::test_cut,,0,,2,1,1,1,1,0
                test_a.py::test_f,passed,1,6000000,4,1,1,2,2,1
                test_a.py::test_g,failed,1,2500000,6,2,2,2,2,0
                """, rendered(withTests(), "--by", "test", "--sort", "name", "--format", "csv"));
        String json = rendered(withTests(), "--by", "test", "--top", "1", "--format", "json");
        assertTrue(json.contains("""
                  "tests": [
                    {
                      "label": "test_a.py::test_f",
                      "outcome": "passed",
                      "runs": 1,
                      "duration_ns": 6000000,
                      "events": 4,
                      "functions": 1,
                      "calls": 1,
                      "line_events": 2,
                      "lines_hit": 2,
                      "lines_only": 1
                    }
                  ]
                """.indent(0).stripTrailing()), json);
    }

    @Test
    void tests_can_be_sorted_and_show_only_what_they_reached_of_the_wanted_functions() throws IOException {
        Report report = report(withTests().summary(), "--by", "test", "--sort", "calls", "--function", "g");
        assertEquals(
                List.of("test_a.py::test_cut 1 1", "test_a.py::test_g 1 1", "test_a.py::test_f 0 0"),
                report.tests().shown().stream()
                        .map(t -> t.test().label() + " " + t.calls() + " " + t.functions())
                        .toList());
        assertThrows(CommandException.class, () -> request("--by", "file", "--sort", "lines_only"));
    }

    @Test
    void hostile_labels_and_outcomes_come_out_harmless() throws IOException {
        Recording run = new Recording();
        int f = run.code("/p/a.py", "f", 1, 1, 2);
        run.thread(0, "MainThread")
                .beginTest(HOSTILE_NAME, 0)
                .lines(f, 2)
                .endTest(HOSTILE_NAME, HOSTILE_FILE, 2)
                .end(3);
        String table = rendered(run, "--by", "test");
        assertFalse(table.contains("\u001b") || table.contains("\r") || table.contains("\n::"), table);
        String markdown = rendered(run, "--by", "test", "--format", "markdown");
        assertTrue(
                markdown.endsWith("| `\\x3a:error::\\x1b[31m\\u202e\\x7c\\x60=1\\n.py` |"
                        + " `=cmd()\\x7c@user \\x60x\\x60 <b>\\r\\n::warning::#\\x23[group]` |\n"),
                markdown);
        String csv = rendered(run, "--by", "test", "--format", "csv");
        assertTrue(csv.contains("\n\"'=cmd()") || csv.contains("\n'=cmd()"), csv);
        String json = rendered(run, "--by", "test", "--format", "json");
        assertFalse(json.contains("##") || json.contains("\u001b"), json);
    }
}
