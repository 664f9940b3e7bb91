package dev.tracetool.cli.annotate;

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
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnotateCommandTest {
    private static final String SHOP = """
            def total(prices):
                result = 0
                for price in prices:
                    result += price
                return result


            def clear(prices):
                # nothing here
                prices.clear()
                return None


            def debug():  # pragma: no cover
                print("bug")
            """;

    @TempDir
    Path folder;

    private Path trace = Path.of("unset");

    @BeforeEach
    void writeTrace() throws IOException {
        Files.writeString(folder.resolve("shop.py"), SHOP.replace("    ", "\t"));
        trace = RecordingFile.write(run(new Recording()), folder.resolve("trace.bin"));
    }

    private Recording run(Recording run) {
        codes(run.cwd(folder.toString()));
        run.thread(0, "MainThread")
                .start(0, 0)
                .lines(0, 1, 8, 14)
                .start(1, 1_000_000)
                .lines(1, 2, 3, 4, 3, 4, 3, 5)
                .leave(1, 4_000_000)
                .leave(0, 5_000_000);
        return run.end(6_000_000);
    }

    private void codes(Recording run) {
        run.code(folder + "/shop.py", "<module>", 1, 1, 8, 14);
        run.code(folder + "/shop.py", "total", 1, 1, 2, 3, 4, 5);
        run.code(folder + "/shop.py", "clear", 8, 8, 10, 11);
        run.code(folder + "/shop.py", "debug", 14, 14, 15);
    }

    private static String ok(Object... args) {
        return Cli.run(args).ok();
    }

    private static String body(String text) {
        return text.substring(text.indexOf("\n\n") + 1);
    }

    @Test
    void should_show_hits_and_times_and_mark_what_was_missed_and_excluded() {
        assertEquals("""

                shop.py: 8 statements, 6 hit, 2 missed, 75%; 2 lines excluded
                  line    hits  calls     self  share  source
                     1       1      2  5.00 ms   100%  def total(prices):
                     2       1                                 result = 0
                     3       3                                 for price in prices:
                     4       2                                         result += price
                     5       1                                 return result
                     6
                     7
                     8       1                         def clear(prices):
                     9                                         # nothing here
                    10 !     0                                 prices.clear()
                    11 !     0                                 return None
                    12
                    13
                    14 -     1                         def debug():  # pragma: no cover
                    15 -                                       print("bug")
                """, body(ok("annotate", trace)));
    }

    @Test
    void should_show_only_regions_around_missed_lines() {
        String text = body(ok("annotate", "--missed", trace));
        assertTrue(text.contains("\n     7\n"), text);
        assertFalse(text.contains("\n     6"), text);
        assertFalse(text.contains("    15 "), text);
        text = body(ok("annotate", "--missed", "--lines", "1-8", "--lines", "11", trace));
        assertTrue(
                text.endsWith("     8       1  def clear(prices):\n     …\n    11 !     0          return None\n"),
                text);
        assertEquals("\nno missed lines\n", body(ok("annotate", "--missed", "--lines", "1-4", trace)));
    }

    @Test
    void should_show_the_time_of_each_line_where_lines_have_times() throws IOException {
        Recording run = new Recording().lineTimes();
        codes(run.cwd(folder.toString()));
        run.thread(0, "MainThread").start(1, 1_000_000).event(EventKind.LINE, 1, 2, 2_000_000);
        run.event(EventKind.LINE, 1, 3, 5_000_000).leave(1, 5_000_000).end(6_000_000);
        Path timed = RecordingFile.write(run, folder.resolve("timed.bin"));
        assertEquals(
                """
                  line    hits  calls     time  share  source
                     1 !     0      1  1.00 ms    25%  def total(prices):
                     2       1         3.00 ms    75%          result = 0
                     3       1                                 for price in prices:
                """, ok("annotate", "--lines", "1-3", timed).lines().skip(3).reduce("", (a, b) -> a + b + "\n"));
        Path summary = folder.resolve("timed.summary");
        ok("merge", "-o", summary, timed);
        for (String format : List.of("json", "csv", "table", "markdown")) {
            assertEquals(
                    ok("annotate", "--format", format, timed), ok("annotate", "--format", format, summary), format);
        }
        String mixed = Cli.run("annotate", "--lines", "1-3", timed, trace).out();
        assertTrue(mixed.contains("self  share"), mixed);
    }

    @Test
    void should_write_csv() throws IOException {
        String file = folder + "/shop.py";
        assertEquals(
                "file,line,state,hits,tests,calls,self_ns,time_ns,untaken,text\n"
                        + file + ",8,hit,1,,,,,,def clear(prices):\n"
                        + file + ",9,,,,,,,,\\t# nothing here\n"
                        + file + ",10,missed,0,,,,,,\\tprices.clear()\n",
                ok("annotate", "--lines", "8-10", "--format", "csv", trace));
        Files.writeString(folder.resolve("bad.py"), "x = 1\n-x  # =cmd()|\u202e, \"`\n");
        Recording run = new Recording().cwd(folder.toString());
        run.code(folder + "/bad.py", "<module>", 1, 1, 2);
        Path hostile = RecordingFile.write(run.thread(0, "M").lines(0, 1).end(9), folder.resolve("bad.bin"));
        String csv = ok("annotate", "--format", "csv", hostile);
        assertTrue(csv.endsWith(",\"'-x  # =cmd()|\\u202e, \"\"`\"\n"), csv);
    }

    @Test
    void should_write_json() {
        String json = ok("annotate", "--lines", "9-10", "--format", "json", trace);
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.annotate/1\",\n  \"inputs\": [\n"), json);
        assertTrue(json.endsWith("""
                  "files": [
                    {
                      "file": "FOLDER/shop.py",
                      "source": "FOLDER/shop.py",
                      "source_match": "unchecked",
                      "module": "recorded",
                      "statements": 8,
                      "statements_hit": 6,
                      "statements_missed": 2,
                      "excluded": 2,
                      "branches": null,
                      "branches_hit": null,
                      "branches_missed": null,
                      "lines": [
                        {
                          "line": 9,
                          "text": "\\t\\u0023 nothing here",
                          "state": null,
                          "hits": null,
                          "tests": null,
                          "calls": null,
                          "self_ns": null,
                          "time_ns": null,
                          "untaken": null
                        },
                        {
                          "line": 10,
                          "text": "\\tprices.clear()",
                          "state": "missed",
                          "hits": 0,
                          "tests": null,
                          "calls": null,
                          "self_ns": null,
                          "time_ns": null,
                          "untaken": null
                        }
                      ]
                    }
                  ]
                }
                """.replace("FOLDER", folder.toString())), json);
    }

    @Test
    void should_write_markdown_in_a_fence_that_the_source_cannot_close() throws IOException {
        Files.writeString(folder.resolve("shop.py"), SHOP.replace("# nothing", "# ````\u001b"));
        String text = ok("annotate", "--lines", "9", "--format", "markdown", trace);
        assertTrue(text.endsWith("""

                ### `shop.py`

                - 8 statements, 6 hit, 2 missed, 75%; 2 lines excluded

                `````text
                  line    source
                     9        # ````\\x1b here
                `````
                """), text);
    }

    @Test
    void should_count_the_tests_that_reach_each_line() throws IOException {
        Recording run = new Recording().cwd(folder.toString());
        codes(run);
        run.thread(0, "MainThread");
        run.beginTest("a", 0).start(1, 1).lines(1, 2, 3, 5).leave(1, 2).endTest("a", "passed", 3);
        run.beginTest("b", 4).start(1, 5).lines(1, 2, 3, 4).leave(1, 6).endTest("b", "passed", 7);
        Path tests = RecordingFile.write(run.end(9), folder.resolve("tests.bin"));
        assertEquals("""

                shop.py: 8 statements, 4 hit, 4 missed, 50%; 2 lines excluded
                  line    hits  tests  source
                     2       2      2          result = 0
                     3       2      2          for price in prices:
                     4       1      1                  result += price
                     5       1      1          return result
                """, body(ok("annotate", "--lines", "2-5", tests)));
        String json = ok("annotate", "--lines", "1", "--format", "json", tests);
        assertTrue(json.contains("\"tests\": 2,\n          \"calls\": 2,"), json);
    }

    @Test
    void should_not_tell_how_often_where_that_was_not_recorded() throws IOException {
        Path once = RecordingFile.write(run(new Recording().once(EventKind.LINE)), folder.resolve("once.bin"));
        String text = body(ok("annotate", "--lines", "4-10", once));
        assertTrue(text.contains("  line    ran  source\n     4    yes  "), text);
        assertTrue(text.contains("    10 !   no  "), text);
    }

    @Test
    void should_find_sources_beneath_a_folder_and_by_a_map() throws IOException {
        Path there = Files.createDirectories(folder.resolve("checkout/src"));
        Files.move(folder.resolve("shop.py"), there.resolve("shop.py"));
        for (String[] option : new String[][] {
            {"--source", there.getParent().toString()}, {"--source", there.toString()}, {"--map", folder + "=" + there}
        }) {
            if (option[1].endsWith("checkout")) {
                Cli.Result none = Cli.run("annotate", trace, option[0], option[1]);
                assertTrue(none.err().contains("no source of 1 file"), none.err());
                assertTrue(none.out().contains("  no source was found\n"), none.out());
                continue;
            }
            String text = body(ok("annotate", trace, option[0], option[1], "--lines", "1"));
            assertTrue(text.contains("  source: " + there + "/shop.py\n"), text);
            assertTrue(text.contains("def total"), text);
        }
    }

    @Test
    void should_say_when_the_source_is_not_what_ran() throws IOException {
        Files.writeString(folder.resolve("shop.py"), "import os\n" + SHOP);
        Cli.Result result = Cli.run("annotate", "--lines", "1-2", trace);
        assertEquals(0, result.exitCode());
        String doubt = "line 1 is not the start of the function that the trace has there";
        assertEquals(
                "tracetool: warning: " + folder + "/shop.py: differs from what ran: " + doubt + "\n", result.err());
        assertTrue(
                result.out().contains("  the source differs from what ran, which had other lines: " + doubt + "\n"),
                result.out());
        assertTrue(result.out().contains("shop.py: 10 lines with code, 7 hit, 3 missed, 70%\n"), result.out());
        Cli.Result json = Cli.run("annotate", "--format", "json", trace);
        assertTrue(json.out().contains("\"source_match\": \"different\""));
        assertTrue(Cli.run("annotate", "--format", "markdown", trace).out().contains("- **the source differs from"));
    }

    @Test
    void should_show_the_source_that_the_trace_carries() throws IOException {
        Recording run = new Recording().cwd(folder.toString());
        byte[] source = Files.readAllBytes(folder.resolve("shop.py"));
        String digest = HexFormat.of().formatHex(sha256(source));
        run.source(folder + "/shop.py", digest, source);
        Path carrying = RecordingFile.write(run(run), folder.resolve("carrying.bin"));
        String before = body(ok("annotate", carrying));
        assertTrue(ok("annotate", "--format", "json", carrying).contains("\"source_match\": \"same\""));
        Files.writeString(folder.resolve("shop.py"), "changed = True\n");
        assertEquals(before, body(ok("annotate", carrying)));
        Files.delete(folder.resolve("shop.py"));
        assertEquals(before, body(ok("annotate", carrying)));
        Path summary = folder.resolve("carrying.summary");
        ok("summarize", "-o", summary, carrying);
        Files.delete(carrying);
        for (String format : List.of("table", "json", "csv", "markdown")) {
            ok("annotate", "--format", format, summary);
        }
        assertEquals(before, body(ok("annotate", summary)));
    }

    @Test
    void should_say_by_the_digest_that_the_source_is_not_what_ran() throws IOException {
        Recording run = new Recording().cwd(folder.toString());
        run.source(folder + "/shop.py", "0".repeat(64), null);
        Path other = RecordingFile.write(run(run), folder.resolve("other.bin"));
        Path summary = folder.resolve("other.summary");
        ok("summarize", "-o", summary, other);
        for (Path input : new Path[] {other, summary}) {
            Cli.Result result = Cli.run("annotate", input);
            assertEquals(
                    "tracetool: warning: " + folder
                            + "/shop.py: differs from what ran: its content is not the recorded one\n",
                    result.err());
            assertTrue(result.out().contains("its content is not the recorded one"), result.out());
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void should_keep_hostile_source_harmless() throws IOException {
        Files.writeString(
                folder.resolve("shop.py"),
                SHOP.replace("# nothing here", "# \u001b[2J\u202e ##[group]x ::error::\u0007\u2028"));
        String text = ok("annotate", "--color", "never", trace);
        assertTrue(text.contains("# \\x1b[2J\\u202e #\\x23[group]x ::error::\\x07\\u2028\n"), text);
        assertFalse(text.contains("\u001b"), text);
        String json = ok("annotate", "--format", "json", trace);
        assertFalse(json.contains("\u001b") || json.contains("\u202e"), json);
    }

    @Test
    void should_colour_what_was_missed_if_asked() {
        String text = ok("annotate", "--color", "always", "--lines", "10", trace);
        assertTrue(text.contains("\u001b[31m    10 !     0          prices.clear()\u001b[0m\n"), text);
    }

    @Test
    void should_refuse_what_makes_no_sense_in_one_line() {
        Path source = folder.resolve("shop.py");
        Cli.Result result = Cli.run("annotate", source);
        assertEquals(2, result.exitCode());
        assertEquals(
                "tracetool annotate: " + source + ": is no trace; --file " + source
                        + " shows this source (see 'tracetool annotate --help')\n",
                result.err());
        assertEquals(2, Cli.run("annotate", "--lines", "0", trace).exitCode());
        assertEquals(2, Cli.run("annotate", "--lines", "5-2", trace).exitCode());
        assertEquals(2, Cli.run("annotate", "--format", "junit", trace).exitCode());
        assertEquals(3, Cli.run("annotate", folder.resolve("missing.bin")).exitCode());
        assertEquals(
                "tracetool: warning: no file matches\n",
                Cli.run("annotate", "--file", "x.py", trace).err());
    }
}
