package dev.tracetool.cli.coverage;

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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageCommandTest {
    private static final String CART = """
            "A cart."
            LIMIT = (
                7
            )
            def total(prices):
                if not prices:  # pragma: no cover
                    return 0
                return sum(prices)
            def clear(prices):
                prices.clear()
            """;

    @TempDir
    Path folder;

    private Path first = Path.of("unset");
    private Path second = Path.of("unset");

    @BeforeEach
    void writeShards() throws IOException {
        Files.writeString(folder.resolve("cart.py"), CART);
        Files.writeString(folder.resolve("done.py"), "x = 1\n");
        first = RecordingFile.write(
                shard().lines(0, 1, 2, 3, 5, 9).lines(3, 1).lines(4, 1).end(9), folder.resolve("1.bin"));
        second = RecordingFile.write(shard().lines(1, 6, 8).lines(4, 1).end(9), folder.resolve("2.bin"));
    }

    private Recording shard() {
        Recording run = new Recording().cwd(folder.toString());
        run.code(folder + "/cart.py", "<module>", 1, 1, 2, 3, 5, 9);
        run.code(folder + "/cart.py", "total", 5, 5, 6, 7, 8);
        run.code(folder + "/cart.py", "clear", 9, 9, 10);
        run.code("done.py", "<module>", 1, 1);
        run.code("<string>", "<module>", 1, 1);
        return run.thread(0, "MainThread");
    }

    private static String ok(Object... args) {
        return Cli.run(args).ok();
    }

    private static String body(String text) {
        return text.substring(text.indexOf("\n\n") + 1);
    }

    @Test
    void should_tell_statements_hit_and_missed_by_file() {
        assertEquals("""

                  files       2
                  statements  4 hit of 6, 67%
                  excluded    2 lines

                Files
                  statements  missed  excluded   hit  file     missing lines
                           5       2         2   60%  cart.py  8, 10
                           1       0         0  100%  done.py
                """, body(ok("coverage", first)));
    }

    private Path branching() throws IOException {
        Files.writeString(folder.resolve("cart.py"), """
                def total(prices):
                    for price in prices:
                        if price < 0:
                            return None
                    return 1
                def never(x):
                    if x:
                        x()
                """);
        Recording run = new Recording().cwd(folder.toString());
        run.code(folder + "/cart.py", "<module>", 1, 1, 6);
        run.code(folder + "/cart.py", "total", 1, 1, 2, 3, 4, 5);
        run.code(folder + "/cart.py", "never", 6, 6, 7, 8);
        run.thread(0, "MainThread").start(0, 0).lines(0, 1, 6);
        run.start(1, 1).lines(1, 2, 3, 2, 3, 4).leave(1, 2).leave(0, 3);
        return RecordingFile.write(run.end(4), folder.resolve("branching.bin"));
    }

    @Test
    void should_tell_branches_if_asked() throws IOException {
        Path trace = branching();
        String expected = """

                  files       1
                  statements  5 hit of 8, 63%
                  branches    3 taken of 6, 50%

                Files
                  statements  missed  hit  branches  untaken  file     missing lines and branches
                           8       3  63%         6        3  cart.py  5, 7-8, 2->5
                """;
        assertEquals(expected, body(ok("coverage", "--branch", trace)));
        Path summary = folder.resolve("all.summary");
        ok("summarize", "-o", summary, trace);
        assertEquals(expected, body(ok("coverage", "--branch", summary)));
        String csv = ok("coverage", "--branch", "--format", "csv", summary);
        assertTrue(csv.endsWith(",8,5,3,0,\"5, 7-8, 2->5\",6,3,3\n"), csv);
        String json = ok("coverage", "--branch", "--format", "json", trace).replaceAll("\\s+", "");
        assertTrue(json.contains("\"branches\":6,\"branches_hit\":3,\"branches_missed\":3},\"files\""), json);
        assertTrue(
                json.contains(
                        "\"missing_branches\":[{\"line\":2,\"to\":5},{\"line\":7,\"to\":8},{\"line\":7,\"to\":null}]"),
                json);
        assertTrue(json.contains("\"hit_branches\":[{\"line\":2,\"to\":3},"), json);
        assertFalse(ok("coverage", trace).contains("branches"));
        String markdown = ok("coverage", "--branch", "--format", "markdown", trace);
        assertTrue(markdown.contains("| 8 | 3 | 63% | 6 | 3 | `cart.py` | 5, 7-8, 2->5 |"), markdown);
        String annotated = ok("annotate", "--branch", "--missed", "--lines", "1-3", trace);
        assertTrue(annotated.endsWith("""
                  line    hits  untaken  calls  self  share  source
                     1       1               2  3 ns   100%  def total(prices):
                     2 >     2        5                          for price in prices:
                     3       2                                       if price < 0:
                """), annotated);
        String row = ok("annotate", "--branch", "--lines", "2", "--format", "csv", trace);
        assertTrue(row.endsWith(",2,hit,2,,,,,5,\"    for price in prices:\"\n"), row);
    }

    @Test
    void should_say_that_branches_are_not_known() {
        Cli.Result result = Cli.run("coverage", "--branch", "--include", "done.py", first);
        assertEquals("", result.err());
        Recording once = new Recording().once(EventKind.LINE).cwd(folder.toString());
        once.code("done.py", "<module>", 1, 1);
        try {
            RecordingFile.write(once.thread(0, "M").lines(0, 1).end(9), folder.resolve("once.bin"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        result = Cli.run("coverage", "--branch", folder.resolve("once.bin"));
        assertEquals(
                "tracetool: warning: not every line and call was recorded, so nothing is known of branches;"
                        + " record --mode lines does\n",
                result.err());
        assertFalse(result.out().contains("branch"), result.out());
    }

    @Test
    void should_exclude_what_options_say() {
        String[] options = {"coverage", "--include", "cart.py", "--format", "csv", first.toString()};
        assertTrue(ok((Object[]) options).endsWith(",5,3,2,2,\"8, 10\",,,\n"));
        assertTrue(ok((Object[]) plus(options, "--exclude-also", "def cl\\w+")).endsWith(",3,2,1,4,8,,,\n"));
        assertTrue(ok((Object[]) plus(options, "--exclude-lines", "def clear")).endsWith(",5,2,3,2,6-8,,,\n"));
        assertTrue(ok((Object[]) plus(options, "--exclude-lines", "clear", "--exclude-also", "no cover$"))
                .endsWith(",3,2,1,4,8,,,\n"));
        assertTrue(ok((Object[]) plus(options, "--exclude-lines", "")).endsWith(",0,0,0,8,,,,\n"));
        Cli.Result refused = Cli.run((Object[]) plus(options, "--exclude-also", "(\u001b["));
        assertEquals(2, refused.exitCode());
        assertEquals(
                "tracetool coverage: --exclude-also (\\x1b[: expected a regular expression: "
                        + "Unclosed character class (see 'tracetool coverage --help')\n",
                refused.err());
        for (String command : new String[] {"annotate", "check"}) {
            assertEquals(2, Cli.run(command, "--exclude-lines", "(", first).exitCode());
        }
        Cli.Result gate = Cli.run("check", "--min-file", "cart.py=67", "--exclude-also", "clear", first);
        assertTrue(gate.out().contains("2 of 3 statements hit, 66.6%"), gate.out() + gate.err());
    }

    /** A regular expression can go deeper into a line than the stack does. */
    @Test
    void should_survive_a_line_that_is_too_long_for_an_expression() throws IOException {
        Files.writeString(folder.resolve("cart.py"), CART + "# " + "ab".repeat(2_000_000) + "\n");
        Cli.Result result = Cli.run("coverage", "--exclude-lines", "#(a|b| )*$", first);
        assertEquals(0, result.exitCode());
        assertEquals(
                "tracetool: warning: " + folder
                        + "/cart.py: differs from what ran: line 11: expected a line that can be searched, found one"
                        + " too long\n",
                result.err());
    }

    private static String[] plus(String[] words, String... more) {
        return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void should_merge_shards() {
        assertEquals("""

                  files       2
                  statements  5 hit of 6, 83%
                  excluded    2 lines
                  not shown   1 file of which all statements were hit

                Files
                  statements  missed  excluded  hit  file     missing lines
                           5       1         2  80%  cart.py  10
                """, body(ok("coverage", "--skip-covered", second, first)).replace(second.toString(), ""));
        assertEquals(
                ok("coverage", "--format", "csv", first, second), ok("coverage", "--format", "csv", second, first));
    }

    @Test
    void should_write_csv_and_markdown_and_json() {
        assertEquals(
                "file,source,source_match,module,statements,statements_hit,statements_missed,excluded,"
                        + "missing,branches,branches_hit,branches_missed\n"
                        + folder + "/cart.py," + folder + "/cart.py,unchecked,recorded,5,3,2,2,\"8, 10\",,,\n",
                ok("coverage", "--include", "cart.py", "--format", "csv", first));
        assertTrue(ok("coverage", "--format", "markdown", first).endsWith("""
                - files: 2
                - statements: 4 hit of 6, 67%
                - excluded: 2 lines

                ### Files

                | statements | missed | excluded | hit | file | missing lines |
                | --: | --: | --: | --: | :-- | :-- |
                | 5 | 2 | 2 | 60% | `cart.py` | 8, 10 |
                | 1 | 0 | 0 | 100% | `done.py` |  |
                """));
        String json = ok("coverage", "--exclude", "done.py", "--format", "json", first);
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.coverage/1\",\n  \"inputs\": [\n"), json);
        assertTrue(json.endsWith("""
                  "totals": {
                    "files": 1,
                    "files_without_source": 0,
                    "files_loaded_before": 0,
                    "files_without_line_tables": 0,
                    "statements": 5,
                    "statements_hit": 3,
                    "statements_missed": 2,
                    "excluded": 2,
                    "branches": null,
                    "branches_hit": null,
                    "branches_missed": null
                  },
                  "files": [
                    {
                      "file": "FOLDER/cart.py",
                      "source": "FOLDER/cart.py",
                      "source_match": "unchecked",
                      "module": "recorded",
                      "statements": 5,
                      "statements_hit": 3,
                      "statements_missed": 2,
                      "excluded": 2,
                      "branches": null,
                      "branches_hit": null,
                      "branches_missed": null,
                      "hit_lines": [
                        2,
                        5,
                        9
                      ],
                      "missing_lines": [
                        8,
                        10
                      ],
                      "excluded_lines": [
                        6,
                        7
                      ],
                      "hit_branches": [],
                      "missing_branches": []
                    }
                  ]
                }
                """.replace("FOLDER", folder.toString())), json);
    }

    @Test
    void should_sort() throws IOException {
        Files.writeString(folder.resolve("none.py"), "# nothing\n");
        for (String[] expected : new String[][] {{"name", "cart"}, {"missed", "cart"}, {"cover", "cart"}}) {
            String out = ok("coverage", "--sort", expected[0], "--format", "csv", first);
            assertTrue(out.split("\n")[1].contains(expected[1]), out);
        }
        String out = ok("coverage", "--sort", "cover", "--format", "csv", "--include", "*", first, second);
        assertTrue(out.indexOf("cart") < out.indexOf("done"), out);
    }

    @Test
    void should_count_lines_with_code_where_the_source_is_not_what_ran() throws IOException {
        Files.writeString(folder.resolve("cart.py"), "def sum(): pass\n");
        Files.delete(folder.resolve("done.py"));
        Cli.Result result = Cli.run("coverage", first);
        assertEquals(0, result.exitCode());
        assertEquals(
                "tracetool: warning: " + folder
                        + "/cart.py: differs from what ran: it has 1 lines, and line 10 has code\n"
                        + "tracetool: warning: no source of 1 file, the first is done.py (--source and --map say where"
                        + " to look)\n",
                result.err());
        assertEquals("""

                  files       2
                  statements  6 hit of 10, 60%
                  no source   2 files, marked *: each line that has code counts there

                Files
                  statements  missed   hit  file       missing lines
                           9       4   56%  cart.py *  6-8, 10
                           1       0  100%  done.py *
                """, body(result.out()));
        assertTrue(Cli.run("coverage", "--format", "csv", first)
                .out()
                .contains(",different,recorded,9,5,4,0,\"6-8, 10\",,,\n"));
        assertTrue(Cli.run("coverage", "--format", "csv", first).out().contains("\ndone.py,,,recorded,1,1,0,0,,,,\n"));
    }

    @Test
    void should_say_that_a_module_was_loaded_before() throws IOException {
        Recording run = new Recording().cwd(folder.toString());
        run.code("cart.py", "total", 5, 5, 6, 7, 8);
        Path trace = RecordingFile.write(run.thread(0, "m").lines(0, 6, 8).end(3), folder.resolve("l.bin"));
        assertEquals("""

                  files          1
                  statements     1 hit of 2, 50%
                  excluded       2 lines
                  loaded before  1 file, marked +: only functions that ran since then are known of them

                Files
                  statements  missed  excluded  hit  file       missing lines
                           2       1         2  50%  cart.py +  5
                """, body(ok("coverage", trace)));
        assertTrue(ok("coverage", "--format", "csv", trace).contains(",unchecked,loaded before,2,1,1,2,5,,,\n"));
    }

    @Test
    void should_know_nothing_of_what_ran_where_lines_were_not_recorded() throws IOException {
        Recording run = new Recording(EventKind.PY_START, EventKind.PY_RETURN).cwd(folder.toString());
        run.code("done.py", "<module>", 1, 1);
        Path trace =
                RecordingFile.write(run.thread(0, "m").start(0, 1).leave(0, 2).end(3), folder.resolve("c.bin"));
        Cli.Result result = Cli.run("coverage", "--format", "csv", "--skip-covered", trace);
        assertEquals(
                "tracetool: warning: lines were not recorded, so nothing is known of what ran; record --mode coverage"
                        + " does\n",
                result.err());
        assertTrue(
                result.out().endsWith("\ndone.py," + folder + "/done.py,unchecked,recorded,1,,,0,,,,\n"), result.out());
        assertTrue(Cli.run("coverage", trace).out().contains("  statements  1\n"));
        assertTrue(Cli.run("coverage", "--format", "json", trace).out().contains("\"statements_hit\": null"));
    }

    @Test
    void should_take_files_of_several_names_that_are_one_source_for_one() throws IOException {
        Recording run = new Recording().cwd("/elsewhere");
        run.code("/elsewhere/cart.py", "total", 5, 5, 6, 7, 8);
        Path other = RecordingFile.write(run.thread(0, "MainThread").lines(0, 8).end(9), folder.resolve("other.bin"));
        String out = ok("coverage", "--map", "/elsewhere=" + folder, "--format", "csv", first, other);
        assertTrue(out.contains(folder + "/cart.py,unchecked,recorded,5,4,1,2,10,,,\n"), out);
        assertEquals(3, out.lines().count(), out);
    }

    @Test
    void should_say_when_nothing_matches_and_when_an_option_makes_no_sense() {
        Cli.Result result = Cli.run("coverage", "--include", "nothing.py", first);
        assertEquals("tracetool: warning: no file matches\n", result.err());
        assertTrue(result.out().contains("  statements  0 hit of 0, -\n"));
        for (Object[] args : new Object[][] {
            {"--source", folder.resolve("missing")},
            {"--source", first},
            {"--map", "x"},
            {"--map", "=x"},
            {"--map", "x="},
            {"--sort", "x"},
            {"--format", "xml"}
        }) {
            Cli.Result refused = Cli.run("coverage", args[0], args[1], first);
            assertEquals(2, refused.exitCode(), refused.err());
            assertEquals(1, refused.err().lines().count(), refused.err());
            assertFalse(refused.err().contains("Exception"), refused.err());
        }
    }

    @Test
    void should_make_hostile_names_harmless_in_each_format() throws IOException {
        String name = "=1+|`x`\u001b[31m\n::error::\u202e,\".py";
        Recording run = new Recording().cwd("/p");
        run.code(name, "<module>", 1, 1);
        Path trace = RecordingFile.write(run.thread(0, "m").lines(0, 1).end(1), folder.resolve("h.bin"));
        for (String format : new String[] {"table", "json", "csv", "markdown"}) {
            Cli.Result result = Cli.run("coverage", "--format", format, trace);
            assertEquals(0, result.exitCode());
            for (String text : new String[] {result.out(), result.err()}) {
                assertFalse(text.contains("\u001b") || text.contains("\u202e"), text);
                assertFalse(text.contains("\n::error"), text);
            }
            assertFalse(format.equals("csv") && result.out().contains("\n="), result.out());
            assertFalse(format.equals("csv") && result.out().contains("\n\"="), result.out());
            assertFalse(format.equals("markdown") && result.out().contains("+|"), result.out());
        }
    }
}
