package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a format does not store is null in documents and - in tables, in every command, and nothing false is said of it. */
class UnknownValuesTest {
    private static final Pattern MINUS_ONE = Pattern.compile("(?<![0-9.])-1(?![0-9.])");

    private static final List<List<String>> ANSWERS = List.of(
            List.of("inspect", "--codes"),
            List.of("report", "--by", "file,function,line,thread,test"),
            List.of("coverage"),
            List.of("annotate"),
            List.of("functions", "*"),
            List.of("tests"),
            List.of("events"));

    @TempDir
    Path folder;

    private Path bare;
    private Path summary;

    @BeforeEach
    void write() throws IOException {
        Path source = Files.writeString(
                folder.resolve("a.py"), "def f(x):\n    if x:\n        return 1\n    return 2\nf(1)\n");
        Recording run = new Recording(EventKind.PY_START, EventKind.PY_RETURN, EventKind.LINE)
                .bare()
                .cwd(folder.toString());
        int module = run.code(source.toString(), "<module>", 1);
        int f = run.code(source.toString(), "f", -1);
        bare = RecordingFile.write(ran(run, module, f, 0).end(), folder.resolve("bare.bin"));
        summary = folder.resolve("bare.summary");
        Cli.run("summarize", bare, "-o", summary);
    }

    /** The run of the program: its branch was taken. */
    private static Recording ran(Recording run, int module, int f, long tick) {
        run.thread(0, "");
        return run.start(module, 0)
                .lines(module, 1, 5)
                .start(f, tick)
                .lines(f, 2, 3)
                .leave(f, 2 * tick)
                .leave(module, 3 * tick);
    }

    /** A trace of records, and its summary: both tell the same. */
    private List<Path> bothOf(String records) throws IOException {
        Path trace = Files.writeString(folder.resolve("trace.json"), records);
        Path one = folder.resolve("one.summary");
        Cli.run("summarize", trace, "-o", one);
        return List.of(trace, one);
    }

    private static String out(List<String> words, Object... more) {
        Cli.Result result = Cli.runAll(words, more);
        assertEquals(0, result.exitCode(), words + result.err());
        return result.out();
    }

    private static final String CALLS = """
            [{"Path": "/src/f.py"}, {"Function": {"path_id": 0, "line": 3, "name": "f"}},
             {"Call": {"function_id": 0, "args": []}},
             {"Return": {"return_value": {"kind": "None", "type_id": 0}}}]
            """;

    private static final String STEPS = """
            [{"Path": "/src/a.py"}, {"Step": {"path_id": 0, "line": 4}}]
            """;

    /** A trace of a recorder that tells no steps. */
    @Test
    void should_not_tell_of_lines_that_were_not_recorded() throws IOException {
        List<Path> both = bothOf(CALLS);
        for (Path input : both) {
            String report = out(List.of("report"), input);
            assertTrue(report.contains("  functions     1 called in 1 file\n"), report);
            assertTrue(report.contains("  not recorded  times, exceptions, lines\n"), report);
            assertFalse(report.contains("hit") || report.contains("line events"), report);
            String json = out(List.of("report", "--format", "json"), input);
            assertTrue(json.contains("\"line_events\": null") && json.contains("\"lines_hit\": null"), json);
            assertTrue(json.contains("\"files\": 1,"), json);
            Cli.Result refused = Cli.run("check", "--min-total", "50", input);
            assertEquals(3, refused.exitCode());
            assertEquals(
                    "tracetool: cannot check statements hit: the traces have no lines\n",
                    refused.err().replaceAll("(?m)^tracetool: warning: .*\n", ""));
            assertEquals(0, Cli.run("check", "--max-calls", "*=1", input).exitCode());
            assertEquals(1, Cli.run("check", "--max-calls", "*=0", input).exitCode());
        }
        String inspect = out(List.of("inspect"), both.get(0));
        assertTrue(inspect.contains("\n  lines            none recorded\n"), inspect);
        assertTrue(inspect.contains("\n  code objects     1 of 1 file\n"), inspect);
        assertFalse(inspect.contains("asked for"), inspect);
    }

    @Test
    void should_not_hold_calls_to_a_gate_that_were_not_recorded() throws IOException {
        List<Path> both = bothOf(STEPS);
        for (Path input : both) {
            Cli.Result refused = Cli.run("check", "--max-calls", "*=100", input);
            assertEquals(3, refused.exitCode());
            assertEquals("tracetool: cannot check calls: the traces have no calls\n", refused.err());
            assertTrue(out(List.of("report", "--format", "json"), input).contains("\"calls\": null"), "report");
        }
        assertTrue(out(List.of("inspect"), both.get(0)).contains("\n  calls            none recorded\n"), "inspect");
    }

    /** What one of several was not recorded of is unknown of all; an empty one takes nothing from the others. */
    @Test
    void should_know_of_several_traces_what_each_of_them_tells() throws IOException {
        Path calls = Files.writeString(folder.resolve("calls.json"), CALLS);
        Path steps = Files.writeString(folder.resolve("steps.json"), STEPS);
        Path none = Files.writeString(folder.resolve("none.json"), "[{\"Path\": \"a\"}]");
        assertEquals(3, Cli.run("check", "--max-calls", "*=9", calls, steps).exitCode());
        assertEquals(0, Cli.run("check", "--max-calls", "*=9", calls, none).exitCode());
        String mixed = out(List.of("report"), calls, steps);
        assertTrue(mixed.contains("1 called in 2 files\n"), mixed); // lines of no function are none
        assertTrue(mixed.contains("times, calls (in 1 of 2 traces), exceptions, lines (in 1 of 2 traces)\n"), mixed);
    }

    /** Nor is a list that nobody can know an empty one. */
    @Test
    void should_have_no_empty_list_of_what_is_unknown() throws IOException {
        Path trace = Files.writeString(folder.resolve("trace.json"), """
                [{"Path": "/src/a.py"}, {"Function": {"path_id": 0, "line": 3, "name": "f"}},
                 {"Call": {"function_id": 0, "args": []}}, {"Step": {"path_id": 0, "line": 4}},
                 {"Return": {"return_value": {"kind": "None", "type_id": 0}}},
                 {"Function": {"path_id": 0, "line": 7, "name": "never"}}]
                """);
        assertTrue(out(List.of("functions", "never"), trace).contains("\n  0 calls\n"), "never");
        assertFalse(out(List.of("tests"), trace).contains("Tests"), "tests");
        String report = out(List.of("report", "--by", "test,file", "--format", "json"), trace);
        String functions = out(List.of("functions", "f", "--format", "json"), trace);
        String code = out(List.of("inspect", "--code", "0", "--format", "json"), trace);

        for (String member : List.of("tests", "functions", "argv")) {
            assertTrue(report.contains("\"" + member + "\": null"), member + report);
        }
        assertTrue(functions.contains("\"callees\": []"), functions); // it is known that it called nothing
        for (String member : List.of("tests", "slowest", "self_ns")) {
            assertTrue(functions.contains("\"" + member + "\": null"), member + functions);
        }
        for (String member : List.of("variables", "flag_names", "names", "cell_variables")) {
            assertTrue(code.contains("\"" + member + "\": null"), member + code);
        }
        assertEquals(
                "tracetool: " + trace + ": has events without times, of which --from and --to choose\n",
                Cli.run("events", "--from", "1s", trace).err());
        assertTrue(out(List.of("events", "--format", "ndjson"), trace).contains("\"clock_start_ns\":null}"), "ndjson");
        assertTrue(out(List.of("report"), trace).contains("functions       1 called in 1 file\n"), "text");
        String refused = "cannot check new uncalled: the traces have no functions that never ran";
        assertTrue(
                Cli.run("check", "--no-new-uncalled", "--base", trace, trace)
                        .err()
                        .contains(refused),
                refused);
    }

    @Test
    void should_print_no_number_for_what_is_unknown() {
        for (List<String> words : ANSWERS) {
            List<String> formats = new ArrayList<>();
            switch (words.get(0)) {
                case "inspect" -> formats.addAll(List.of("text", "json"));
                case "events" -> formats.addAll(List.of("text", "ndjson", "csv"));
                default -> formats.addAll(List.of("table", "json", "markdown"));
            }
            for (String format : formats) {
                for (Path file : words.get(0).equals("inspect") || words.get(0).equals("events")
                        ? List.of(bare)
                        : List.of(bare, summary)) {
                    String out = out(words, "--format", format, file);
                    assertFalse(MINUS_ONE.matcher(out).find(), words + " " + format + "\n" + out);
                    boolean shared = words.get(0).equals("functions"); // shares of line events, which are known
                    assertTrue(shared || !out.contains("100%"), out);
                    assertFalse(out.contains("-9223372036854775808"), out);
                }
            }
        }
        for (String list : List.of("file", "function", "line", "thread")) {
            String out = out(List.of("report", "--format", "csv", "--by", list), bare);
            assertFalse(MINUS_ONE.matcher(out).find(), out);
        }
        assertFalse(MINUS_ONE
                .matcher(out(List.of("diff", "--unchanged", "--format", "json"), bare, bare))
                .find());
        assertFalse(MINUS_ONE
                .matcher(out(List.of("diff", "--unchanged"), bare, bare))
                .find());
        assertFalse(MINUS_ONE
                .matcher(out(List.of("diff", "--unchanged", "--format", "csv", "--by", "function"), bare, bare))
                .find());
    }

    @Test
    void should_show_dashes_in_a_report_and_nulls_in_its_document() {
        String text = out(List.of("report"), bare);
        assertTrue(text.contains("no line tables  of 1 file: which lines are executable there is unknown\n"), text);
        assertTrue(text.contains("not recorded    times, exceptions\n"), text);
        assertTrue(text.contains("      1            2    2/-  f         a.py:-\n"), text);
        String json = out(List.of("report", "--format", "json", "--by", "function"), bare);
        for (String field : List.of("first_line", "lines", "yields", "unwinds", "self_ns", "total_ns", "digest")) {
            assertTrue(json.contains("\"" + field + "\": null"), field + json);
        }
        assertTrue(json.contains("\"lines_hit\": 2"), json);
    }

    @Test
    void should_tell_hit_lines_and_no_share_where_there_are_no_line_tables() {
        String text = out(List.of("coverage"), bare);
        assertTrue(text.contains("statements      4 hit\n"), text);
        assertTrue(text.contains("no line tables  of 1 file: which lines have code there is unknown"), text);
        assertTrue(text.contains("         -       -  4 lines  a.py  -"), text);
        String json = out(List.of("coverage", "--format", "json"), bare);
        assertTrue(
                json.contains("\"statements\": null,\n      \"statements_hit\": 4,\n      \"statements_missed\": null"),
                json);
        String annotated = out(List.of("annotate", "--missed"), bare);
        assertTrue(annotated.contains("a.py: 4 lines hit; which others have code is unknown"), annotated);
        assertFalse(annotated.contains("no missed lines"), annotated);
    }

    @Test
    void should_refuse_gates_of_what_is_unknown() {
        for (String gate : List.of("--min-total", "--min-file")) {
            Cli.Result result = Cli.run("check", gate, "0", bare);
            assertEquals(3, result.exitCode(), result.out());
            assertEquals(
                    "tracetool: cannot check statements hit: the traces have no line tables of "
                            + folder.resolve("a.py") + ", so which of its lines have code is unknown\n",
                    result.err());
        }
    }

    @Test
    void should_say_in_one_sentence_what_cannot_be_answered() throws IOException {
        for (List<String> words :
                List.of(List.of("lines", "--offset", "4"), List.of("lines"), List.of("lines", "--stdin"))) {
            Cli.Result result = Cli.runAll(words, bare);
            assertEquals(3, result.exitCode());
            assertEquals(
                    "tracetool: " + bare
                            + ": holds no bytecode offsets and no line tables, which formats such as CodeTracer's"
                            + " do not store; a trace of tracetool record, or the .pyc of the file, has them\n",
                    result.err());
        }
        Path without = Files.writeString(folder.resolve("no-code.json"), "[{\"Path\":\"/a.py\"},{\"ThreadStart\":1}]");
        Cli.Result result = Cli.run("lines", "--offset", "4", without);
        assertEquals(3, result.exitCode());
        assertTrue(result.err().startsWith("tracetool: " + without + ": holds no bytecode offsets"), result.err());
        Cli.Result timeline = Cli.run("timeline", bare);
        assertEquals(3, timeline.exitCode());
        assertTrue(
                timeline.err().startsWith("tracetool: " + bare + ": holds no times of calls, of which a timeline"),
                timeline.err());
    }

    /** The run with line tables. */
    private Path whole() throws IOException {
        Recording run = new Recording().cwd(folder.toString());
        String source = folder.resolve("a.py").toString();
        int module = run.code(source, "<module>", 1, 1, 5);
        int f = run.code(source, "f", 1, 1, 2, 3, 4);
        return RecordingFile.write(ran(run, module, f, 1).end(4), folder.resolve("whole.bin"));
    }

    @Test
    void should_take_what_another_trace_of_the_run_knows() throws IOException {
        Path whole = whole();
        String text = out(List.of("coverage"), bare, whole);
        assertTrue(text.contains("statements  4 hit of 5, 80%\n"), text);
        assertFalse(text.contains("no line tables"), text);
        assertEquals(0, Cli.run("check", "--min-total", "80", bare, whole).exitCode());
        assertEquals(1, Cli.run("check", "--min-total", "81", bare, whole).exitCode());
        String diff = out(List.of("diff", "--force", "--format", "json"), bare, whole);
        assertTrue(diff.contains("\"lines_hit\": null"), "one side counts executable lines, the other any\n" + diff);
    }
}
