package dev.tracetool.cli.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tracetool.cli.Cli;
import dev.tracetool.cli.Main;
import dev.tracetool.cli.TinyTrace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LinesCommandTest {
    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void writeTrace() throws IOException {
        file = TinyTrace.sample().writeTo(folder.resolve("t"));
    }

    @Test
    void should_answer_offsets_at_both_sides_of_each_boundary() {
        Cli.Result result = Cli.run(
                "lines",
                file,
                "--function",
                "Decoder.*",
                "--offset",
                "0",
                "--offset",
                "3",
                "--offset",
                "4",
                "--offset=0x9",
                "--offset=10",
                "--offset=13",
                "--offset=14",
                "--offset",
                "9999999999");

        assertEquals("""
                /app/codec.py:11 Decoder.decode
                /app/codec.py:11 Decoder.decode
                /app/codec.py:12 Decoder.decode
                /app/codec.py:12 Decoder.decode
                /app/codec.py:?? Decoder.decode
                /app/codec.py:?? Decoder.decode
                /app/codec.py:?? Decoder.decode
                /app/codec.py:?? Decoder.decode
                """, result.out());
        assertEquals("", result.err());
        assertEquals(0, result.exitCode());
    }

    @Test
    void should_find_code_objects_by_index_id_and_file() {
        String module = "/app/codec.py:0 <module>\n";
        assertEquals(
                module, Cli.run("lines", file, "--code", "0", "--offset", "0").out());
        assertEquals(
                module,
                Cli.run("lines", file, "--id", "0x7f00", "--offset", "0").out());
        assertEquals(
                module, Cli.run("lines", file, "--id", "32512", "--offset", "0").out());
        assertEquals(
                module + "/app/codec.py:11 Decoder.decode\n",
                Cli.run("lines", file, "--file", "codec.py", "--offset", "0").out());
    }

    @Test
    void should_answer_question_marks_and_warn_where_no_code_object_matches() {
        Cli.Result result = Cli.run("lines", file, "--code", "7", "--offset", "0");

        assertEquals("??:?? ??\n", result.out());
        assertEquals("tracetool: warning: " + file + ": no code object matches\n", result.err());
        assertEquals(0, result.exitCode());
    }

    @Test
    void should_tell_columns() {
        assertEquals(
                """
                /app/codec.py:11:4-11:17 Decoder.decode
                /app/codec.py:12:??-12:?? Decoder.decode
                /app/codec.py:??:??-??:?? Decoder.decode
                """,
                Cli.run("lines", file, "--code=1", "--columns", "--offset=2", "--offset=4", "--offset=10")
                        .out());
    }

    @Test
    void should_show_whole_tables() {
        assertEquals("""
                /app/codec.py:1 <module> (code 0)
                  start  end  line
                      0    4     0
                      4    8     2

                /app/codec.py:10 Decoder.decode (code 1)
                  start  end  line
                      0    4    11
                      4   10    12
                     10   14    ??
                """, Cli.run("lines", file).out());
        assertEquals("""
                /app/codec.py:10 Decoder.decode (code 1)
                  start  end  line  column  end line  end column
                      0    4    11       4        11          17
                      4   10    12      ??        12          ??
                     10   14    ??      ??        ??          ??
                """, Cli.run("lines", file, "--columns", "--code", "1").out());
    }

    @Test
    void should_write_the_documents_of_the_contract() {
        assertEquals(
                """
                {
                  "schema": "tracetool.lines/1",
                  "input": "%FILE%",
                  "complete": true,
                  "damage": {
                    "places": 0,
                    "bytes": 0,
                    "frames": 0,
                    "events": 0,
                    "notes": []
                  },
                  "results": [
                    {
                      "code": 1,
                      "file": "/app/codec.py",
                      "qualname": "Decoder.decode",
                      "offset": 3,
                      "start_offset": 0,
                      "end_offset": 4,
                      "line": 11,
                      "end_line": 11,
                      "column": 4,
                      "end_column": 17
                    },
                    {
                      "code": 1,
                      "file": "/app/codec.py",
                      "qualname": "Decoder.decode",
                      "offset": 11,
                      "start_offset": 10,
                      "end_offset": 14,
                      "line": null,
                      "end_line": null,
                      "column": null,
                      "end_column": null
                    },
                    {
                      "code": 1,
                      "file": "/app/codec.py",
                      "qualname": "Decoder.decode",
                      "offset": 14,
                      "start_offset": null,
                      "end_offset": null,
                      "line": null,
                      "end_line": null,
                      "column": null,
                      "end_column": null
                    }
                  ]
                }
                """.replace("%FILE%", file.toString()),
                Cli.run("lines", file, "--code=1", "--offset=3", "--offset=11", "--offset=14", "--format=json")
                        .out());
        assertEquals(
                """
                {
                  "schema": "tracetool.lines/1",
                  "input": "%FILE%",
                  "complete": true,
                  "damage": {
                    "places": 0,
                    "bytes": 0,
                    "frames": 0,
                    "events": 0,
                    "notes": []
                  },
                  "ranges": [
                    {
                      "code": 0,
                      "start_offset": 0,
                      "end_offset": 4,
                      "line": 0
                    },
                    {
                      "code": 0,
                      "start_offset": 4,
                      "end_offset": 8,
                      "line": 2
                    }
                  ]
                }
                """.replace("%FILE%", file.toString()),
                Cli.run("lines", file, "--code=0", "--format=json").out());
    }

    @Test
    void should_answer_each_line_of_the_input_with_one_line() {
        String reason = "\texpected CODE OFFSET, such as 12 42 or 0x7f32a6c01230 0x2a\n";
        String malformed = "??:?? ??" + reason;

        Cli.Result result = Cli.runWith("""
                1 2
                0x7f80 0x4
                  1\t12\t
                0 4\r
                2 0
                1 99999999999999999999999
                99999999999999999999999 1

                hello
                1
                1 x
                1 2 3
                -1 2
                1 -2
                0x 1
                1 0x
                12
                0 0""", Map.of(), "lines", "--stdin", file);

        assertEquals("""
                /app/codec.py:11 Decoder.decode
                /app/codec.py:12 Decoder.decode
                /app/codec.py:?? Decoder.decode
                /app/codec.py:2 <module>
                ??:?? ??
                /app/codec.py:?? Decoder.decode
                ??:?? ??
                """ + malformed.repeat(10) + "/app/codec.py:0 <module>\n", result.out());
        assertEquals("", result.err());
    }

    @Test
    void should_refuse_a_question_that_is_too_long_and_stay_in_step() {
        String blanks = " ".repeat(LineQuestions.LONGEST - 3);
        String much = "9".repeat(300_000);

        Cli.Result result = Cli.runWith(
                "1" + blanks + " 2\n" + "1" + blanks + "  2\n" + much + "\n1 2\n" + much,
                Map.of(),
                "lines",
                "--stdin",
                file);

        String tooLong = "??:?? ??\tquestion longer than 4096 bytes\n";
        String good = "/app/codec.py:11 Decoder.decode\n";
        assertEquals(good + tooLong + tooLong + good + tooLong, result.out());
    }

    @Test
    void should_keep_answers_in_step_when_names_hold_newlines() throws IOException {
        Path hostile = new TinyTrace()
                .code("a\nb\u001b[2J", "f\ng", 1, 5, 2, TinyTrace.line(1, 0))
                .writeTo(folder.resolve("hostile"));

        assertEquals(
                "a\\nb\\x1b[2J:1 f\\ng\n",
                Cli.runWith("0x5 0\n", Map.of(), "lines", "--stdin", hostile).out());
    }

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void should_answer_each_question_at_once_as_a_coprocess() throws Exception {
        try (PipedOutputStream questions = new PipedOutputStream();
                PipedInputStream in = new PipedInputStream(questions);
                PipedOutputStream out = new PipedOutputStream();
                BufferedReader answers =
                        new BufferedReader(new InputStreamReader(new PipedInputStream(out), StandardCharsets.UTF_8))) {
            Thread tool = new Thread(() -> {
                Main.run(new String[] {"lines", "--stdin", file.toString()}, in, out, new PrintStream(out));
                close(out);
            });
            tool.start();
            assertEquals("/app/codec.py:11 Decoder.decode", ask(questions, answers, "1 2"));
            assertEquals("??:?? ??", ask(questions, answers, "oops").substring(0, 8));
            assertEquals("/app/codec.py:12 Decoder.decode", ask(questions, answers, "1 4"));
            questions.write("1".getBytes(StandardCharsets.US_ASCII)); // Half a question is not answered yet.
            questions.flush();
            assertEquals("/app/codec.py:?? Decoder.decode", ask(questions, answers, " 10"));
            questions.close();
            assertNull(answers.readLine());
            tool.join();
        }
    }

    private static String ask(PipedOutputStream questions, BufferedReader answers, String question) throws IOException {
        questions.write((question + "\n").getBytes(StandardCharsets.UTF_8));
        questions.flush();
        return String.valueOf(answers.readLine());
    }

    private static void close(PipedOutputStream out) {
        try {
            out.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void should_warn_of_malformed_tables_and_go_on_without_lines() throws IOException {
        Path broken =
                new TinyTrace().code("a.py", "f", 1, 5, 2, new byte[] {0x05}).writeTo(folder.resolve("broken"));

        Cli.Result result = Cli.run("lines", broken, "--offset", "0");

        assertEquals("a.py:?? f\n", result.out());
        assertEquals(
                "tracetool: warning: " + broken
                        + ": the line tables of 1 code object are malformed, and their lines unknown; the first is"
                        + " code 0\n",
                result.err());
        assertEquals(0, result.exitCode());
        assertEquals(3, Cli.run("lines", "--strict", broken, "--offset", "0").exitCode());
        assertEquals(
                "a.py:?? f\n",
                Cli.runWith("0 0", Map.of(), "lines", "--stdin", broken).out());
    }

    @Test
    void should_write_to_a_file() throws IOException {
        Path target = folder.resolve("answers");

        Cli.Result result = Cli.run("lines", file, "--code=0", "--offset=0", "-o", target);

        assertEquals(new Cli.Result(0, "", ""), result);
        assertEquals("/app/codec.py:0 <module>\n", Files.readString(target));
    }
}
