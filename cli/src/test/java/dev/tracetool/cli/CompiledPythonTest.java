package dev.tracetool.cli;

import static dev.tracetool.testing.PycWriter.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.Packed;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What commands say of a {@code .pyc}: where its code is, and nothing of a run. */
class CompiledPythonTest {
    @TempDir
    Path folder;

    private Path pyc(String name) throws IOException {
        return Files.write(folder.resolve(name), pyc(name, 13, 2));
    }

    /** @param step from the first line of its function to the next one, doubled: a delta of a line table */
    private static byte[] pyc(String name, int minor, int step) {
        Code function = new Code("f");
        function.filename = "/src/" + name + ".py";
        function.firstLine = 3;
        // On lines 3 and 4.
        function.lineTable = new byte[] {(byte) (0x80 | 13 << 3), 0, (byte) (0x80 | 13 << 3), (byte) step};
        Code module = new Code("<module>");
        module.filename = "/src/" + name + ".py";
        module.flags = 0;
        module.constants = listOf(function);
        return PycWriter.file(minor, module);
    }

    @Test
    void should_report_executable_lines_and_leave_the_rest_unknown() throws IOException {
        Path a = pyc("a");
        Path b = pyc("b");

        Cli.Result result = Cli.run("report", a, b);

        assertEquals("", result.err());
        assertEquals("""
                %A%: cpython 3.13, 0 events
                %B%: cpython 3.13, 0 events

                  functions     4 in 2 files
                  lines         6
                  not recorded  times, calls, exceptions, lines

                Files
                  functions  lines  file
                        -/2    -/3  /src/a.py
                        -/2    -/3  /src/b.py

                Functions
                  lines  function  place
                    -/1  <module>  /src/a.py:1
                    -/2  f         /src/a.py:3
                    -/1  <module>  /src/b.py:1
                    -/2  f         /src/b.py:3
                """.replace("%A%", a.toString()).replace("%B%", b.toString()), result.out());
    }

    @Test
    void should_write_null_for_what_is_unknown() throws IOException {
        Path a = pyc("a");

        String report = Cli.run("report", "--by", "file,function,line", "--format", "json", a)
                .out();
        String coverage = Cli.run("coverage", "--format", "json", a).out();

        for (String member : new String[] {
            "calls",
            "line_events",
            "unwinds",
            "functions_called",
            "lines_hit",
            "duration_ns",
            "self_ns",
            "total_ns",
            "hits",
            "returns",
            "yields"
        }) {
            assertTrue(report.contains("\"" + member + "\": null"), member);
            assertFalse(report.contains("\"" + member + "\": 0"), member);
        }
        assertTrue(report.contains("\"lines\": 3"), report);
        assertFalse(coverage.contains("\"hit\": 0") || coverage.contains("\"percent\": 0"), coverage);
    }

    @Test
    void should_tell_lines_of_offsets() throws IOException {
        assertEquals(
                "/src/a.py:4 f\n",
                Cli.run("lines", "--code", "1", "--offset", "2", pyc("a")).out());
    }

    @Test
    void should_count_a_source_file_once_whatever_the_levels_of_optimisation() throws IOException {
        Path here = Files.createDirectories(folder.resolve("x/__pycache__"));
        byte[] pyc = Files.readAllBytes(pyc("a"));
        for (String end : new String[] {"", ".opt-1", ".opt-2"}) {
            Files.write(here.resolve("a.cpython-313" + end + ".pyc"), pyc);
        }
        Files.write(here.resolve("b.cpython-313.opt-1.pyc"), Files.readAllBytes(pyc("b")));
        Files.write(here.resolve("b.cpython-313.opt-2.pyc"), Files.readAllBytes(pyc("b")));
        Cli.Result result = Cli.run("report", folder.resolve("x"));
        assertEquals(
                "tracetool: note: " + folder.resolve("x")
                        + ": passed over 3 copies of compiled Python that is here without optimisation\n",
                result.err());
        assertTrue(result.out().contains("functions     4 in 2 files"), result.out());
    }

    /** Which of two versions is meant nobody can tell: their code differs, and so do the traces of it. */
    @Test
    void should_count_lines_once_and_functions_of_each_where_the_code_of_a_file_differs() throws IOException {
        Path here = Files.createDirectories(folder.resolve("x/__pycache__"));
        byte[] older = pyc("a", 12, 2);
        byte[] newer = pyc("a", 13, 4);
        Files.write(here.resolve("a.cpython-312.pyc"), older);
        Files.write(here.resolve("a.cpython-313.pyc"), newer);
        Path tar = Files.write(
                folder.resolve("x.tar"),
                Packed.tar(Map.of("a.cpython-313.pyc", older, "a.cpython-313.opt-1.pyc", newer)));
        for (Path input : List.of(folder.resolve("x"), tar)) {
            Cli.Result result = Cli.run("report", input);
            assertEquals("", result.err());
            assertTrue(result.out().contains("""

                      functions     3 in 1 file
                      lines         4
                    """), result.out());
            assertTrue(result.out().contains("""

                    Files
                      functions  lines  file
                            -/3    -/4  /src/a.py
                    """), result.out());
            String coverage = Cli.run("coverage", input).out();
            assertTrue(coverage.contains("\n  statements  4\n"), coverage);
        }
    }

    @Test
    void should_say_that_there_are_no_events() throws IOException {
        Path a = pyc("a");

        Cli.Result result = Cli.run("events", a);

        assertEquals("", result.out());
        assertEquals(
                "tracetool: warning: " + a + ": holds code, and not a run of it: there are no events\n", result.err());
        assertEquals(0, result.exitCode());
    }

    @Test
    void should_say_what_cannot_be_made_of_it() throws IOException {
        Path a = pyc("a");
        Cli.Result json = Cli.run("convert", "--to", "codetracer-json", a, "-o", folder.resolve("a.json"));
        assertEquals(3, json.exitCode());
        assertEquals(
                "tracetool: " + a + ": holds code, and not a run of it, of which codetracer-json is made\n",
                json.err());
        assertFalse(Files.exists(folder.resolve("a.json")));
        for (String command : new String[] {"tree", "timeline"}) {
            Cli.Result result = Cli.run(command, a);
            assertEquals(3, result.exitCode());
            assertTrue(result.err().contains(": holds code, and not a run of it, of which a "), result.err());
        }
    }

    @Test
    void should_not_let_a_gate_pass_for_want_of_a_run() throws IOException {
        Path a = pyc("a");
        for (String[] gate : new String[][] {
            {"--min-total", "0"}, {"--max-calls", "*=5"}, {"--balanced-calls"}, {"--no-failed-tests"}
        }) {
            Object[] words = new Object[gate.length + 2];
            words[0] = "check";
            System.arraycopy(gate, 0, words, 1, gate.length);
            words[gate.length + 1] = a;
            assertFalse(Cli.run(words).exitCode() == 0, String.join(" ", gate));
        }
    }

    @Test
    void should_refuse_other_versions_in_one_line() throws IOException {
        byte[] bytes = PycWriter.file(3660, 13, 0, 0, new Code("f"));
        Path file = Files.write(folder.resolve("new.pyc"), bytes);

        Cli.Result result = Cli.run("inspect", file);

        assertEquals(3, result.exitCode());
        assertEquals(
                "tracetool: " + file
                        + ": byte 0: expected the magic number of CPython 3.8 to 3.14, found 3660, which is of 3.15\n",
                result.err());
    }

    /** Python leaves them in every folder that it runs in: they must not make unknown what the traces there tell. */
    @Test
    void should_not_be_looked_for_in_a_folder() throws IOException {
        pyc("a");
        TinyTrace.sample().writeTo(folder.resolve("trace.bin"));

        Cli.Result one = Cli.run("report", "--by", "file", folder);
        pyc("b");
        Cli.Result two = Cli.run("report", "--by", "file", folder);

        assertTrue(one.out().contains("/app/codec.py"), one.out());
        assertFalse(one.out().contains("/src/a.py"), one.out());
        String passed = "tracetool: note: " + folder + ": passed over ";
        assertTrue(
                one.err().contains(passed + "1 file of compiled Python, which beside traces counts if it is named\n"),
                one.err());
        assertTrue(two.err()
                .contains(passed + "2 files of compiled Python, which beside traces count if they are named\n"));
    }

    @Test
    void should_be_read_in_a_folder_that_has_nothing_else() throws IOException {
        pyc("a");
        Files.writeString(folder.resolve("notes.txt"), "none");

        Cli.Result one = Cli.run("lines", "--code", "1", "--offset", "2", folder);
        pyc("b");
        Cli.Result two = Cli.run("report", "--by", "file", folder);

        assertEquals("/src/a.py:4 f\n", one.out());
        assertTrue(two.out().contains("functions     4 in 2 files\n"), two.out());
        assertEquals("tracetool: note: " + folder + ": passed over 1 file that is no trace\n", two.err());
    }

    @Test
    void should_tell_what_never_ran_if_it_is_named_beside_a_trace() throws IOException {
        Path trace = TinyTrace.sample().writeTo(folder.resolve("trace.bin"));
        String alone =
                Cli.run("report", "--by", "function", "--format", "csv", trace).out();

        for (Object[] inputs : new Object[][] {{trace, pyc("a")}, {pyc("a"), trace}}) {
            String both = Cli.run("report", "--by", "function", "--format", "csv", inputs[0], inputs[1])
                    .out();

            for (String row : alone.split("\n")) {
                assertTrue(both.contains(row + "\n"), row);
            }
            assertTrue(both.contains("\n/src/a.py,f,3,40a870954aa23fcc0ca418a1f5acf405,0,,,,0,2,0,,\n"), both);
        }
    }

    /** Of a format that stores no digest and calls modules by their names. */
    @Test
    void should_be_the_code_of_a_run_that_tells_less_of_it() throws IOException {
        Path trace = Files.writeString(folder.resolve("trace.json"), """
                [{"Path": "/src/a.py"}, {"Function": {"path_id": 0, "line": 1, "name": "<__main__>"}},
                 {"Function": {"path_id": 0, "line": 3, "name": "f"}},
                 {"Call": {"function_id": 0, "args": []}}, {"Step": {"path_id": 0, "line": 3}},
                 {"Call": {"function_id": 1, "args": []}}, {"Step": {"path_id": 0, "line": 4}},
                 {"Return": {"return_value": {"kind": "None", "type_id": 0}}},
                 {"Return": {"return_value": {"kind": "None", "type_id": 0}}}]
                """);
        Path pyc = pyc("a");
        Path whole = folder.resolve("whole.summary");
        assertEquals(0, Cli.run("summarize", "-o", whole, pyc, trace).exitCode());

        for (Object[] inputs : new Object[][] {{trace, pyc}, {pyc, trace}, {whole, "--color=never"}}) {
            String out =
                    Cli.run("report", "--by", "function", inputs[0], inputs[1]).out();

            assertTrue(out.contains("functions     2 called of 2 in 1 file\n"), out);
            assertTrue(out.contains("<module>  /src/a.py:1\n") && out.contains("f         /src/a.py:3\n"), out);
            assertFalse(out.contains("__main__"), out);
        }
    }

    /** A trace whose function f, on line 3 of a file, is called and comes to line 4. */
    private Path trace(String file, String about) throws IOException {
        Files.writeString(folder.resolve("trace_metadata.json"), about);
        return Files.writeString(folder.resolve("trace.json"), """
                [{"Path": "%s"}, {"Function": {"path_id": 0, "line": 3, "name": "f"}},
                 {"Call": {"function_id": 0, "args": []}}, {"Step": {"path_id": 0, "line": 4}},
                 {"Return": {"return_value": {"kind": "None", "type_id": 0}}}]
                """.formatted(file));
    }

    private static void assertJoined(Object... words) {
        Cli.Result result = Cli.run(words);
        assertEquals("", result.err());
        assertTrue(result.out().matches("(?s).* f +(/src/)?a.py:3\n.*"), result.out());
        assertTrue(result.out().contains("functions     1 called of 2 in 1 file\n"), result.out());
    }

    @Test
    void should_be_the_code_of_a_run_that_names_the_file_from_its_folder() throws IOException {
        String here = "{\"program\": \"/bin/prog\", \"args\": [], \"workdir\": \"%s\"}";
        String beside = "{\"program\": \"/rec/trace.py\", \"args\": [\"%s\"], \"workdir\": \"/src/deep\"}";
        for (String[] run : new String[][] {
            {"a.py", here.formatted("/src")},
            {"./a.py", here.formatted("/src/")},
            {"../a.py", here.formatted("/src/deep")},
            {"a.py", beside.formatted("../run.py")},
            {"a.py", beside.formatted("/src/run.py")}
        }) {
            assertJoined("report", "--by", "function", "--strict", trace(run[0], run[1]), pyc("a"));
        }
    }

    @Test
    void should_not_be_the_code_of_a_run_that_could_have_had_another() throws IOException {
        Path one = trace("a.py", "{\"program\": \"p\", \"args\": [\"/lib/a.py\"], \"workdir\": \"/src\"}");
        Code other = new Code("f");
        other.filename = "/lib/a.py";
        other.firstLine = 3;
        Path lib = Files.write(folder.resolve("lib"), PycWriter.file(13, other));

        Cli.Result result = Cli.run("report", one, lib, pyc("a"));

        assertTrue(result.out().contains(" 1 called in 3 files\n"), result.out() + result.err());
        assertEquals(
                "tracetool: note: no executable lines are known of 1 file that ran, the first is a.py; the line tables of"
                        + " 2 files are of none that ran, the first is /lib/a.py (--map says which folder is which)\n",
                result.err());
        assertTrue(Cli.run("tests", one, pyc("a")).exitCode() == 0);
    }

    @Test
    void should_be_the_code_of_a_run_elsewhere_where_a_map_leads() throws IOException {
        Path trace = trace("/ci/work/a.py", "{}");
        Path pyc = pyc("a");

        assertJoined("report", "--by", "function", "--map", "/ci/work=/src", trace, pyc);
        String function =
                Cli.run("functions", "--map", "/ci/work=/src", "f", trace, pyc).ok();
        assertTrue(function.contains("/src/a.py"), function);
        String coverage = Cli.run("coverage", "--format", "csv", "--map", "/ci/work=/src", trace, pyc)
                .out();
        assertTrue(coverage.contains("/src/a.py,") && !coverage.contains("/ci/work"), coverage);
        String alone = Cli.run("report", "--map", "/ci/work=/src", trace).ok();
        assertTrue(alone.contains("/src/a.py") && !alone.contains("/ci/"), alone);
        assertEquals(2, Cli.run("report", "--map", "/ci/work", trace).exitCode());
    }

    @Test
    void should_say_that_its_tables_do_not_have_what_ran() throws IOException {
        Path trace = Files.writeString(folder.resolve("trace.json"), """
                [{"Path": "/src/a.py"}, {"Function": {"path_id": 0, "line": 3, "name": "f"}},
                 {"Call": {"function_id": 0, "args": []}}, {"Step": {"path_id": 0, "line": 4}},
                 {"Step": {"path_id": 0, "line": 70}}, {"Step": {"path_id": 0, "line": 60}},
                 {"Return": {"return_value": {"kind": "None", "type_id": 0}}}]
                """);

        Cli.Result result = Cli.run("report", trace, pyc("a"));

        assertEquals(
                "tracetool: warning: 2 lines that ran are not in the line tables that were read with the run, the first is"
                        + " /src/a.py:60: the tables are of another version of the source\n",
                result.err());
        assertEquals(0, result.exitCode());
        assertEquals(3, Cli.run("report", "--strict", trace, pyc("a")).exitCode());
    }

    /** As of a source that was changed meanwhile. */
    @Test
    void should_not_take_lines_for_code_that_its_tables_do_not_have() throws IOException {
        StringBuilder steps = new StringBuilder();
        for (int line = 100; line < 130; line++) {
            steps.append("{\"Step\": {\"path_id\": 0, \"line\": ").append(line).append("}},");
        }
        Path trace = Files.writeString(folder.resolve("trace.json"), """
                [{"Path": "/src/a.py"}, {"Function": {"path_id": 0, "line": 3, "name": "f"}},
                 {"Call": {"function_id": 0, "args": []}}, %s
                 {"Return": {"return_value": {"kind": "None", "type_id": 0}}}]
                """.formatted(steps));

        Cli.Result gate = Cli.run("check", "--min-total", "40", trace, pyc("a"));

        assertEquals(1, gate.exitCode(), gate.out());
        assertTrue(gate.out().contains(" of 3 statements hit"), gate.out());
    }

    @Test
    void should_be_kept_by_a_summary() throws IOException {
        Path summary = folder.resolve("s");

        assertEquals(0, Cli.run("merge", "-o", summary, pyc("a"), pyc("b")).exitCode());

        assertTrue(Cli.run("report", summary).out().contains("functions     4 in 2 files\n"));
    }
}
