package dev.tracetool.cli.check;

import static dev.tracetool.cli.HostileText.HOSTILE_FILE;
import static dev.tracetool.cli.HostileText.HOSTILE_NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Element;

class CheckCommandTest {
    private static final String DIFF = """
            --- a/shop/cart.py
            +++ b/shop/cart.py
            @@ -2 +2 @@
            -a
            +b
            @@ -5,0 +6,2 @@
            +c
            +d
            --- a/shop/never.py
            +++ b/shop/never.py
            @@ -1 +1 @@
            -a
            +b
            """;

    @TempDir
    Path folder;

    private Path trace = Path.of("unset");
    private Path before = Path.of("unset");

    /** cart.py: 4 statements hit of 5, 6 is missed; pay.py: 2 of 2. */
    @BeforeEach
    void writeTraces() throws IOException {
        Files.createDirectories(folder.resolve("shop"));
        Files.writeString(
                folder.resolve("shop/cart.py"), "def add(a):\n    a()\n    return 1\n\ndef clear():\n    x()\n");
        Files.writeString(folder.resolve("shop/pay.py"), "def pay():\n    y()\n");
        Recording run = project();
        run.lines(0, 1, 5);
        run.beginTest("t.py::one", 0).start(1, 100).lines(1, 2, 3).leave(1, 2_000_100);
        run.start(1, 2_000_200).lines(1, 2, 3).leave(1, 2_000_300).endTest("t.py::one", "passed", 3_000_000);
        run.lines(3, 1).beginTest("t.py::two", 4_000_000).start(4, 4_000_001).lines(4, 2);
        run.leave(4, 4_000_002).endTest("t.py::two", "failed", 5_000_000).end(9_000_000);
        trace = RecordingFile.write(run, folder.resolve("trace.bin"));
        Recording old = new Recording().cwd(folder.toString());
        old.code(folder + "/shop/cart.py", "add", 1, 1, 2, 3);
        old.thread(0, "MainThread").beginTest("t.py::gone", 0).endTest("t.py::gone", "passed", 1);
        old.beginTest("t.py::one", 2).endTest("t.py::one", "passed", 3).end(4);
        before = RecordingFile.write(old, folder.resolve("before.bin"));
    }

    private Recording project() {
        Recording run = new Recording().cwd(folder.toString());
        run.code(folder + "/shop/cart.py", "<module>", 1, 1, 5);
        run.code(folder + "/shop/cart.py", "add", 1, 1, 2, 3);
        run.code(folder + "/shop/cart.py", "clear", 5, 5, 6);
        run.code(folder + "/shop/pay.py", "<module>", 1, 1);
        run.code(folder + "/shop/pay.py", "pay", 1, 1, 2);
        return run.thread(0, "MainThread");
    }

    private Cli.Result check(Object... options) {
        return Cli.runAll(List.of("check", trace), options);
    }

    private static void assertResult(int exitCode, String out, Cli.Result result) {
        assertEquals(out, result.out());
        assertEquals("", result.err());
        assertEquals(exitCode, result.exitCode());
    }

    @Test
    void should_hold_coverage_to_shares() {
        assertResult(0, """
                passed  total coverage  all files: 6 of 7 statements hit, 85.7%
                passed  file coverage   2 files

                2 gates passed
                """, check("--min-total", "85.7", "--min-file", "80%"));
        assertResult(1, """
                failed  total coverage  all files: 6 of 7 statements hit, 85.7%; 85.8% needs 1 more
                failed  total coverage  cart.py: 4 of 5 statements hit, 80.0%; 100% needs 1 more
                failed  file coverage   shop/cart.py: 4 of 5 statements hit, 80.0%; 81% needs 1 more
                passed  file coverage   shop/pay.py: 2 of 2 statements hit, 100%

                2 of 2 gates failed
                """, check("--min-total", "85.8", "--min-total", "cart.py=100", "--min-file", "81"));
    }

    @Test
    void should_take_the_last_rule_that_fits_a_file() {
        assertEquals(
                0, check("--min-file", "100", "--min-file", "shop/cart*=80").exitCode());
        assertEquals(
                1, check("--min-file", "shop/cart*=80", "--min-file", "100").exitCode());
        assertEquals(0, check("--min-file", "100", "--exclude", "cart.py").exitCode());
    }

    @Test
    void should_hold_the_lines_of_a_diff_to_a_share() {
        Cli.Result result = Cli.runWith(DIFF, Map.of(), "check", trace.toString(), "--diff", "-", "--min-diff", "100");
        assertResult(1, """
                failed  diff coverage  diff: 1 of 2 statements hit, 50.0%; 100% needs 1 more
                shop/cart.py:6 changed and did not run
                shop/never.py changed and was not recorded: its statements are not counted

                1 of 1 gate failed
                """, result);
        assertEquals(
                0,
                Cli.runWith(DIFF, Map.of(), "check", trace.toString(), "--diff", "-", "--min-diff", "50")
                        .exitCode());
    }

    @Test
    void should_hold_functions_to_limits() {
        assertResult(
                1,
                """
                failed  calls       add (shop/cart.py:1): 2 calls; at most 1: 1 too many
                failed  self time   add (shop/cart.py:1): 2.00 ms; at most 1.00 ms: 1.00 ms too long
                passed  calls       clear (shop/cart.py:5): 0 calls
                passed  total time  pay (shop/pay.py:1): 1 ns

                2 of 3 gates failed
                """,
                check(
                        "--max-calls",
                        "add=1",
                        "--max-calls",
                        "clear=0",
                        "--max-self",
                        "ad*=1ms",
                        "--max-total",
                        "pay=1s"));
        Cli.Result none = check("--max-calls", "sub=1");
        assertEquals("tracetool: warning: no function matches sub\n", none.err());
        assertEquals(0, none.exitCode());
    }

    @Test
    void should_compare_with_a_run_before() {
        assertResult(1, """
                failed  failed tests  t.py::two: failed, or did not come to its end
                failed  new uncalled  clear (shop/cart.py:5): is new, and was never called
                failed  lost tests    t.py::gone: ran in the base, and not here

                3 of 3 gates failed
                """, check("--no-failed-tests", "--no-lost-tests", "--no-new-uncalled", "--base", before));
        assertResult(0, """
                skipped    lost tests: there is no --base
                skipped    new functions that are never called: there is no --base

                nothing to check
                """, check("--no-lost-tests", "--no-new-uncalled"));
    }

    @Test
    void should_balance_calls() throws IOException {
        Recording run = project();
        run.start(1, 1).start(4, 2).event(EventKind.PY_YIELD, 4, 0, 3).end(9);
        Path open = RecordingFile.write(run, folder.resolve("open.bin"));
        assertResult(1, """
                failed  balanced calls  add (shop/cart.py:1): 1 call without an end, or an end without a call

                1 of 1 gate failed
                """, Cli.run("check", open, "--balanced-calls"));
        assertEquals(0, check("--balanced-calls").exitCode());
    }

    @Test
    void should_never_pass_for_want_of_data() throws IOException {
        Recording run = new Recording(EventKind.LINE).cwd(folder.toString());
        run.code(folder + "/shop/pay.py", "pay", 1, 1, 2);
        Path lines = RecordingFile.write(run.thread(0, "M").lines(0, 2).end(9), folder.resolve("lines.bin"));
        Recording calls = new Recording(EventKind.PY_START, EventKind.PY_RETURN).cwd(folder.toString());
        calls.code(folder + "/shop/pay.py", "pay", 1, 1, 2);
        Path only =
                RecordingFile.write(calls.thread(0, "M").start(0, 1).leave(0, 2).end(9), folder.resolve("only.bin"));
        Map<Object[], String> cases = Map.of(
                new Object[] {lines, "--max-calls", "*=1"}, "calls: the traces have no calls",
                new Object[] {lines, "--max-self", "*=1s"}, "self time: the traces have no times",
                new Object[] {lines, "--balanced-calls"},
                        "balanced calls: the traces have no calls with their ends, each by return, yield or exception",
                new Object[] {lines, "--no-failed-tests"}, "failed tests: the traces have no tests",
                new Object[] {only, "--min-total", "0"}, "statements hit: the traces have no lines");
        cases.forEach((words, message) -> {
            Cli.Result result = Cli.runAll(List.of("check"), words);
            assertEquals(3, result.exitCode(), message);
            assertEquals("tracetool: cannot check " + message + "\n", result.err());
        });
        Path nothing = RecordingFile.write(
                new Recording().cwd(folder.toString()).thread(0, "M").end(9), folder.resolve("nothing.bin"));
        cases = Map.of(
                new Object[] {nothing, "--min-total", "0"},
                        "statements hit: the traces have no code of a file that is meant",
                new Object[] {nothing, "--min-file", "90"},
                        "statements hit: the traces have no code of a file that is meant",
                new Object[] {trace, "--min-total", "90", "--include", "x/*"},
                        "statements hit: the traces have no code of a file that is meant",
                new Object[] {trace, "--min-total", "src/*=90"},
                        "total coverage of src/*: the traces have no file that matches",
                new Object[] {nothing, "--max-calls", "*=1"},
                        "functions: the traces have no code of a file that is meant",
                new Object[] {nothing, "--balanced-calls"},
                        "functions: the traces have no code of a file that is meant",
                new Object[] {trace, "--base", nothing, "--no-lost-tests"},
                        "lost tests: the traces have no tests in --base");
        cases.forEach((words, message) -> {
            Cli.Result result = Cli.runAll(List.of("check"), words);
            assertEquals("tracetool: cannot check " + message + "\n", result.err());
            assertEquals(3, result.exitCode(), message);
            assertEquals("", result.out());
        });
        Cli.Result unlike = Cli.run("check", trace, "--base", lines, "--no-new-uncalled");
        assertEquals(3, unlike.exitCode());
        assertTrue(unlike.err().contains("--base was recorded in another way"), unlike.err());
    }

    @Test
    void should_read_gates_from_a_file() throws IOException {
        Path toml = Files.writeString(folder.resolve("gates.toml"), """
                [other]
                x = 1
                [check]
                total = 85.5
                file = 100
                diff = 100
                no-failed-tests = false
                balanced-calls = true
                [[check.files]]
                glob = "shop/cart.py"
                file = 80
                [[check.functions]]
                name = "add"
                glob = "shop/*"
                calls = 2
                total = "1s"
                """);
        Path json = Files.writeString(folder.resolve("gates.json"), """
                {"check": {"total": 85.5, "file": 100, "diff": "100%", "no-failed-tests": false, "balanced-calls": true,
                 "files": [{"glob": "shop/cart.py", "file": 80}],
                 "functions": [{"name": "add", "glob": "shop/*", "calls": 2, "total": "1s"}]}}
                """);
        String expected = """
                passed   total coverage  all files: 6 of 7 statements hit, 85.7%
                passed   file coverage   2 files
                passed   calls           add (shop/cart.py:1): 2 calls
                passed   total time      add (shop/cart.py:1): 2.00 ms
                passed   balanced calls  calls: all came to an end
                skipped                  statements of a change: there is no --diff

                5 gates passed
                """;
        assertResult(0, expected, check("--config", toml));
        assertResult(0, expected, check("--config", json));
        Cli.Result stricter = check("--config", toml, "--min-total", "90", "--max-calls", "add=1");
        assertEquals(1, stricter.exitCode());
        assertTrue(stricter.out().contains("90% needs 1 more"), stricter.out());
        assertFalse(stricter.out().contains("85.5%"), stricter.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "toml | x = 1                                     | line 1, column 1: expected a table check, found none",
                "toml | check = 1                                 | line 1, column 1: expected a table, found 1",
                "toml | [check]\\ntotal = 101                     | line 2, column 1: expected per cent, from 0 to 100, found 101",
                "toml | [check]\\ntotal = nan                     | line 2, column 1: expected per cent, from 0 to 100, found NaN",
                "toml | [check]\\ntotal = true                    | line 2, column 1: expected per cent, from 0 to 100, found true",
                "toml | [check]\\n tottal = 1                     | line 2, column 2: unknown: tottal",
                "toml | [check]\\nfiles = 3                       | line 2, column 1: expected a list of tables, found 3",
                "toml | [[check.files]]\\nfile = 3                | line 1, column 1: expected glob, and total or file",
                "toml | [[check.files]]\\nglob = 3                | line 2, column 1: expected a text, found 3",
                "toml | [[check.functions]]\\nname = 'f'          | line 1, column 1: expected name, and calls, self or total",
                "toml | [[check.functions]]\\nname='f'\\ncalls=-1 | line 3, column 1: expected a whole number from 0 on, found -1",
                "toml | [[check.functions]]\\nname='f'\\nself='1' | ok",
                "toml | [[check.functions]]\\nname='f'\\nself=1   | line 3, column 1: expected a time such as \"20ms\", found 1",
                "toml | [[check.functions]]\\nname='f'\\nself='x' | line 3, column 1: expected a time such as \"20ms\", found \"x\"",
                "toml | [check]\\ndiff = '100                     | line 2, column",
                "toml | [check]\\ntotal = 1\\ntotal = 2           | line 3, column",
                "json | {\"check\": {\"total\": 1}                | line 1, column",
                "json | {\"check\": {\"total\": [1]}}             | line 1, column 21: expected per cent, from 0 to 100, found a list",
                "json | {\"check\": {\"total\": 1, \"total\": 2}} | line 1, column 33: twice: total",
                "json | {\"check\": {}} 1                         | line 1, column 15: expected the end of the file",
                "json | ''                                        | line 1, column",
            })
    void should_say_where_a_file_of_gates_is_wrong(String kind, String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("gates." + kind), content.replace("\\n", "\n"));
        Cli.Result result = check("--config", file);
        if (message.equals("ok")) {
            assertEquals(0, result.exitCode(), result.err());
            return;
        }
        assertEquals(3, result.exitCode(), result.err());
        assertEquals("", result.out());
        assertTrue(result.err().startsWith("tracetool: " + file + ": " + message), result.err());
        assertEquals(1, result.err().lines().count());
    }

    @Test
    void should_refuse_files_of_gates_that_nobody_wrote_by_hand() throws IOException {
        for (String kind : List.of("toml", "json")) {
            String begin = kind.equals("toml") ? "[check]\nfiles = " : "{\"check\": ";
            Path deep = Files.writeString(folder.resolve("deep." + kind), begin + "[".repeat(100_000));
            Cli.Result result = check("--config", deep);
            assertEquals(3, result.exitCode());
            assertTrue(result.err().matches("tracetool: .*deep.*: .*nested too deeply\n"), result.err());
            Path number = Files.writeString(folder.resolve("number." + kind), begin + "9".repeat(100_000));
            Cli.Result digits = check("--config", number);
            assertEquals(3, digits.exitCode());
            assertTrue(digits.err().startsWith("tracetool: " + number + ": line "), digits.err());
            assertEquals(1, digits.err().lines().count());
            Path large = Files.writeString(folder.resolve("large." + kind), " ".repeat((1 << 20) + 1));
            assertEquals(
                    "tracetool: " + large + ": larger than the 1 MiB that a file of gates can have\n",
                    check("--config", large).err());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--min-total=101    | --min-total 101: expected per cent, from 0 to 100, such as 79.5",
                "--min-file=a=      | --min-file : expected per cent, from 0 to 100, such as 79.5",
                "--min-diff=-1      | --min-diff -1: expected per cent",
                "--max-calls=5      | --max-calls 5: expected a pattern of functions, an equals sign and a limit",
                "--max-calls=f=x    | --max-calls x: expected a number",
                "--max-self=f=5x    | --max-self 5x: expected",
                "--strict           | expected a gate, such as --min-total 90, or a file of gates (--config)",
                "--diff=x           | expected a gate",
            })
    void should_refuse_options_that_make_no_sense(String option, String message) {
        Cli.Result result = check(option);
        assertEquals(2, result.exitCode());
        assertTrue(result.err().startsWith("tracetool check: " + message), result.err());
    }

    /** Every name in a trace can be hostile, and so can those of a diff. */
    private Path hostile() throws IOException {
        Recording run = new Recording().cwd(folder.toString());
        for (int i = 0; i < 25; i++) {
            run.code(HOSTILE_FILE + i, HOSTILE_NAME + "\uFFFE\uFFFF]]>" + i, 1, 1, 2);
        }
        run.thread(0, "M").beginTest("::error::x%0A\n]]>", 0).start(0, 1).lines(0, 2);
        return RecordingFile.write(run.end(9), folder.resolve("hostile.bin"));
    }

    @Test
    void should_write_annotations_that_names_cannot_break() throws IOException {
        Cli.Result result = Cli.run("check", hostile(), "--min-file", "100", "--no-failed-tests", "--format", "github");
        assertEquals(1, result.exitCode());
        List<String> lines = result.out().lines().toList();
        assertEquals(12, lines.size(), result.out());
        for (String line : lines.subList(0, 10)) {
            assertTrue(line.matches("::error file=[^:,\\p{Cntrl}]+,title=file coverage::[^\\p{Cntrl}]+"), line);
            assertFalse(line.matches(".*%(?!25|3A|2C).*"), line);
        }
        assertEquals("and 16 more errors", lines.get(10));
        assertEquals("2 of 2 gates failed", lines.get(11));
        String diff = "--- a/x,y:z.py\n+++ b/shop/cart.py\n@@ -5,0 +5,2 @@\n+a\n+b\n";
        result = Cli.runWith(
                diff, Map.of(), "check", trace.toString(), "--diff", "-", "--min-diff", "100", "--format", "github");
        assertEquals("""
                ::error title=diff coverage::diff: 1 of 2 statements hit, 50.0%25; 100%25 needs 1 more
                ::warning file=shop/cart.py,line=6,endLine=6,title=did not run::changed, and did not run
                1 of 1 gate failed
                """, result.out());
    }

    @Test
    void should_write_markdown_within_its_size() throws IOException {
        Cli.Result result = Cli.run("check", hostile(), "--min-file", "100", "--format", "markdown");
        assertEquals(1, result.exitCode());
        assertTrue(result.out().startsWith("## Check: 1 of 1 gate failed\n\n### Failed\n"), result.out());
        assertFalse(result.out().contains("\u001b") || result.out().contains("<b>`"), result.out());

        Recording run = new Recording().cwd("/p");
        for (int i = 0; i < 6000; i++) {
            run.code("/p/" + "\u6587".repeat(300) + i + ".py", "f", 1, 1, 2);
        }
        Path many = RecordingFile.write(run.thread(0, "M").lines(0, 2).end(9), folder.resolve("many.bin"));
        String markdown = Cli.run("check", many, "--min-file", "100", "--format", "markdown")
                .out();
        int bytes = markdown.getBytes(StandardCharsets.UTF_8).length;
        assertTrue(bytes < 1 << 20 && bytes > 1 << 17, () -> "bytes: " + bytes);
        assertTrue(markdown.contains(" more rows, for which there is no room\n"));
    }

    @Test
    void should_write_xml_that_names_cannot_break() throws Exception {
        Cli.Result result = Cli.run("check", hostile(), "--min-file", "100", "--no-failed-tests", "--format", "junit");
        assertEquals(1, result.exitCode());
        Element suite = (Element) DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(result.out().getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("testsuite")
                .item(0);
        assertEquals("26", suite.getAttribute("tests"));
        assertEquals("26", suite.getAttribute("failures"));
        assertEquals(26, suite.getElementsByTagName("failure").getLength());
        Element first = (Element) suite.getElementsByTagName("failure").item(0);
        assertTrue(first.getAttribute("message").contains("0 of 2 statements hit, 0%; 100% needs 2 more"));
    }

    @Test
    void should_write_json_and_csv() throws IOException {
        String json = check("--min-total", "90", "--max-calls", "add=1", "--no-lost-tests", "--format", "json")
                .out();
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.check/1\",\n  \"passed\": false,\n"), json);
        assertTrue(json.contains("\"skipped\": [\n    \"lost tests: there is no --base\"\n  ]"), json);
        assertEquals(
                "gate,outcome,subject,file,line,actual,whole,limit,by,unit\n"
                        + "total_coverage,failed,all files,,,6,7,90,1,statements\n"
                        + "calls,failed,add," + folder + "/shop/cart.py,1,2,,1,1,calls\n",
                check("--min-total", "90", "--max-calls", "add=1", "--format", "csv")
                        .out());
        String hostile = Cli.run("check", hostile(), "--min-file", "100", "--format", "csv")
                .out();
        assertTrue(hostile.lines().skip(1).allMatch(line -> line.startsWith("file_coverage,failed,")), hostile);
    }

    @Test
    void should_count_as_coverage_does() {
        String coverage = Cli.run("coverage", "--format", "csv", trace).out();
        String check = check("--min-file", "0", "--format", "csv").out();
        for (String line : coverage.lines().skip(1).toList()) {
            String[] cells = line.split(",");
            assertTrue(
                    check.contains(
                            "file_coverage,passed," + cells[0] + "," + cells[0] + ",," + cells[5] + "," + cells[4]),
                    check);
        }
    }
}
