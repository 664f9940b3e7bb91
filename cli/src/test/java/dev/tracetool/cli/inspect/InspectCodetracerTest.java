package dev.tracetool.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import dev.tracetool.cli.HostileText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a trace of another recorder. */
class InspectCodetracerTest {
    private static final String TRACE = """
            [{"Path": "/p/a.py"},
             {"Function": {"path_id": 0, "line": 1, "name": "<toplevel>"}},
             {"Call": {"function_id": 0, "args": []}},
             {"Function": {"path_id": 0, "line": 1, "name": "<__main__>"}},
             {"Step": {"path_id": 0, "line": 1}},
             {"Call": {"function_id": 1}},
             {"Step": {"path_id": 0, "line": 2}},
             {"Value": {"variable_id": 0, "value": {"kind": "Int", "i": 1, "type_id": 0}}},
             {"Function": {"path_id": 0, "line": 5, "name": "f"}},
             {"Step": {"path_id": 0, "line": 5}},
             {"Call": {"function_id": 2}},
             {"Step": {"path_id": 0, "line": 6}}]
            """;

    private static final String METADATA = """
            {"program": "a.py", "args": ["-v"], "workdir": "/p", "process_exit_status": {"code": 1, "label": null},
             "recorder": {"name": "rec", "version": "0.3.0"}}
            """;

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("trace.json"), TRACE);
    }

    /** What is told of a trace of these records. */
    private Cli.Result inspect(String records, String... options) throws IOException {
        Files.writeString(file, records);
        List<String> words = new ArrayList<>(List.of("inspect"));
        words.addAll(List.of(options));
        return Cli.runAll(words, file);
    }

    @Test
    void should_tell_records_the_balance_and_what_stands_beside() throws IOException {
        Files.writeString(folder.resolve("trace_metadata.json"), METADATA);
        assertEquals(file + """

                  format           codetracer json, complete
                  size             542 bytes
                  program          a.py -v
                  folder           /p
                  recorder         rec 0.3.0
                  events           4 in 1 block of 1 thread
                  bytes per event  136
                  code objects     2 of 1 file

                  kind      events   share
                  PY_START       2  50.0 %
                  LINE           2  50.0 %

                  thread  name  events
                       0             4

                  records
                  kind      count
                  Step          4
                  Path          1
                  Value         1
                  Function      3
                  Call          3

                  balance
                  calls  returns  open top levels  balanced  open calls  stray returns  first record  first byte  first function
                      3        0                1  no                 2              0             6         232  <__main__>

                  exit status
                  code  label
                     1  -
                """, Cli.run("inspect", file).ok());
    }

    @Test
    void should_say_none_of_what_is_empty_and_show_no_head_alone() throws IOException {
        String cut = "[{\"Path\": \"a";
        String out = inspect(cut).out();
        assertTrue(out.contains("\n\n  records\n  none\n\n  balance\n"), out);
        assertFalse(out.contains("kind"), out);
        String json = inspect(cut, "--format", "json").out();
        assertTrue(json.contains("\"records\": []"), json);
    }

    /** That a call is open which nobody closes shows in the figures. */
    @Test
    void should_tell_why_calls_balance() throws IOException {
        String trace = TRACE.replace("]\n", ",{\"Return\": {}}, {\"Return\": {}}, {\"Step\": {}}]");
        String out = inspect(trace).out();
        assertTrue(out.contains("""

                  balance
                  calls  returns  open top levels  balanced  open calls  stray returns  first record  first byte  first function
                      3        2                1  yes                0              0  -             -           -

                """), out);
        assertTrue(out.endsWith("\n  known to be lost: 1 event\n"), out);
        String json = inspect(trace, "--format", "json").out();
        assertTrue(json.contains("\"open_top_levels\": 1,"), json);
    }

    @Test
    void should_tell_damage_that_costs_nothing_without_figures() throws IOException {
        Cli.Result result = inspect(TRACE.replace("{\"Value\"", "{\"Other\""));
        assertEquals(
                "tracetool: warning: " + file + ": damaged in 1 place; first at byte " + TRACE.indexOf("{\"Value\"")
                        + ": record 8: expected a kind of record, found 'Other'\n",
                result.err());
        assertFalse(result.out().contains("to be lost"), result.out());
    }

    @Test
    void should_find_what_stands_beside_in_an_archive() throws IOException {
        Path zip = folder.resolve("runs.zip");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("one/trace.json"));
            entries.write(Files.readAllBytes(file));
            entries.putNextEntry(new ZipEntry("one/trace_metadata.json"));
            entries.write(METADATA.getBytes());
        }
        String out =
                Cli.run("inspect", "--format", "json", zip + "!one/trace.json").ok();
        assertTrue(out.contains("\"recorder\": \"rec 0.3.0\""), out);
    }

    @Test
    void should_read_what_is_before_a_cut_and_say_so() throws IOException {
        String cut = TRACE.substring(0, 300);
        Cli.Result result = inspect(cut, "--strict");
        assertEquals(3, result.exitCode());
        assertTrue(result.out().contains("codetracer json, cut off"), result.out());
        assertTrue(
                result.err().contains("first at byte 300: expected the rest of a JSON value, found the end"),
                result.err());
        assertTrue(result.err().contains("was not closed"), result.err());
        assertEquals(0, inspect(cut).exitCode());
    }

    @Test
    void should_make_hostile_names_harmless() throws IOException {
        String path = HostileText.HOSTILE_FILE.replace("\u001b", "\\u001b").replace("\n", "\\n");
        String name = HostileText.HOSTILE_NAME.replace("\r\n", "\\r\\n");
        Cli.Result result = inspect(
                "[{\"Path\":\"" + path + "\"},{\"Function\":{\"path_id\":0,\"line\":1,\"name\":\"" + name
                        + "\"}},{\"Call\":{\"function_id\":0}},{\"" + path + "\":1}]",
                "--codes");
        assertTrue(result.out().contains("=cmd()|@user `x` <b>\\r\\n::warning"), result.out());
        assertFalse(result.out().contains("\u001b") || result.out().contains("\n::"), result.out());
        assertFalse(result.err().contains("\u001b") || result.err().contains("\n::"), result.err());
    }

    @Test
    void should_name_the_older_format_in_its_refusal() throws IOException {
        Files.writeString(
                file, "{\"program\": \"p\", \"args\": [], \"workdir\": \"/w\", \"calls\": [], \"steps\": []}");
        Cli.Result result = Cli.run("report", file);
        assertEquals(3, result.exitCode());
        assertEquals(
                "tracetool: " + file + ": byte 0: expected a trace file, found what CodeTracer's tracer for Noir wrote"
                        + " before it wrote records: a JSON object of calls and steps\n",
                result.err());
    }
}
