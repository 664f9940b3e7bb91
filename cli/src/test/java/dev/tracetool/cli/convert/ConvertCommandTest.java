package dev.tracetool.cli.convert;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.cli.HostileText;
import dev.tracetool.cli.TinyTrace;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvertCommandTest {
    @TempDir
    Path folder;

    private Path trace() throws IOException {
        Recording run = new Recording();
        int main = run.code("/p/a.py", "<module>", 1, 1, 2);
        int f = run.code("/p/a.py", "f", 3, 4, 5);
        int g = run.code("/p/b.py", "f", 7, 8);
        run.thread(0, "MainThread").beginTest("t", 1);
        run.start(main, 2).lines(main, 1, 2).start(f, 3).lines(f, 4).start(g, 4).lines(g, 8);
        run.event(EventKind.PY_YIELD, g, 4, 5)
                .event(EventKind.PY_UNWIND, f, 6, 6)
                .leave(main, 7);
        run.thread(1, "worker").start(f, 8).lines(f, 4, 5).leave(f, 9).on(0).endTest("t", "passed", 10);
        return RecordingFile.write(run.end(11), folder.resolve("in.bin"));
    }

    private static String out(Object... args) {
        Cli.Result result = Cli.run(args);
        assertEquals(0, result.exitCode(), result.err());
        return result.out();
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void should_copy_a_trace_of_the_same_format() throws IOException {
        Path in = trace();
        Path copy = folder.resolve("copy.bin");
        assertEquals("", Cli.run("convert", in, "-o", copy).ok());
        assertEquals(out("events", "--format", "csv", in), out("events", "--format", "csv", copy));
        assertEquals(
                out("report", "--format", "csv", "--by", "test", in),
                out("report", "--format", "csv", "--by", "test", copy));
        assertEquals(List.of("copy.bin", "in.bin"), files());
    }

    @Test
    void should_write_json_that_reads_as_the_same_lines_calls_and_returns_and_say_what_it_cannot_hold()
            throws IOException {
        Path in = trace();
        Path json = folder.resolve("out.json");
        Cli.Result result = Cli.run("convert", "--to", "codetracer-json", in, "-o", json);
        assertEquals(0, result.exitCode());
        assertEquals("", result.out());
        assertEquals(
                "tracetool: warning: " + json + ": the format codetracer-json cannot hold 8 times, 8 bytecode offsets,"
                        + " 1 PY_YIELD event (written as returns), 1 PY_UNWIND event (written as returns), 2 marks,"
                        + " 2 thread names, 3 line tables, 3 code objects (of which file, name and first line are held),"
                        + " the Python version, the implementation of Python, the path of the interpreter, the platform,"
                        + " the host, the process id, the parent's process id, the time of the start, the mode of recording\n",
                result.err());
        assertEquals(List.of("in.bin", "out.json", "out_metadata.json", "out_paths.json"), files());
        for (Path other : List.of(json, convertBack(json))) {
            assertEquals(
                    out("report", "--format", "csv", "--by", "line", "--top", "0", in)
                            .lines()
                            .filter(line -> !line.endsWith(",0"))
                            .toList(),
                    out("report", "--format", "csv", "--by", "line", "--top", "0", other)
                            .lines()
                            .toList());
            String functions = out("report", "--format", "csv", "--by", "function", "--sort", "name", other);
            assertEquals("""
                    file,qualname,first_line,digest,calls,returns,yields,unwinds,line_events,lines,lines_hit,self_ns,total_ns
                    /p/a.py,<module>,1,,1,1,,,2,,2,,
                    /p/a.py,f,3,,2,2,,,3,,2,,
                    /p/b.py,f,7,,1,1,,,1,,1,,
                    """, functions);
        }
    }

    private Path convertBack(Path json) {
        Path back = folder.resolve("back.bin");
        Cli.Result result = Cli.run("convert", json, "-o", back);
        assertEquals(0, result.exitCode());
        String warning = "tracetool: warning: " + Pattern.quote(back.toString())
                + ": the format tracetool cannot hold 1 Type record, \\d+ calls? \\(written without arguments\\),"
                + " \\d+ returned values?\n";
        assertTrue(result.err().matches(warning), result.err());
        return back;
    }

    @Test
    void should_never_overwrite_what_is_read_beside_the_input() throws IOException {
        Path json = folder.resolve("x.json");
        assertEquals(
                0,
                Cli.run("convert", "--to", "codetracer-json", trace(), "-o", json)
                        .exitCode());
        Path beside = folder.resolve("x_metadata.json");
        String before = Files.readString(beside);
        for (Object[] words : new Object[][] {
            {"convert", json, "-o", beside, "--force"},
            {"convert", "--to", "codetracer-json", json, "-o", folder.resolve("x.out"), "--force"}
        }) {
            Cli.Result result = Cli.run(words);
            assertEquals(2, result.exitCode());
            assertTrue(result.err().contains(beside + ": is an input, and is never overwritten"), result.err());
            assertEquals(before, Files.readString(beside));
        }
    }

    /** Nobody named them: what they lead to is not ours to change. */
    @Test
    void should_replace_links_in_the_place_of_files_beside_and_never_write_through_them() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "mine");
        Path paths = Files.createSymbolicLink(folder.resolve("x_paths.json"), precious);
        Path metadata = Files.createSymbolicLink(folder.resolve("x_metadata.json"), folder.resolve("nothing"));
        Object[] words = {"convert", "--to", "codetracer-json", trace(), "-o", folder.resolve("x.json")};

        Cli.Result refused = Cli.run(words);
        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().contains("_metadata.json: exists already; --force overwrites it"), refused.err());
        assertTrue(Files.notExists(folder.resolve("x.json")));

        assertEquals(0, Cli.runAll(List.of(words), "--force").exitCode());
        assertEquals("mine", Files.readString(precious));
        assertTrue(Files.notExists(folder.resolve("nothing")));
        for (Path beside : List.of(paths, metadata)) {
            assertTrue(Files.isRegularFile(beside, LinkOption.NOFOLLOW_LINKS), beside.toString());
        }
    }

    /** As the trees of build tools have them. */
    @Test
    void should_read_files_beside_through_links() throws IOException {
        Path json = folder.resolve("x.json");
        Cli.run("convert", "--to", "codetracer-json", trace(), "-o", json);
        Path links = Files.createDirectory(folder.resolve("links"));
        for (String name : List.of("x.json", "x_metadata.json", "x_paths.json")) {
            Files.createSymbolicLink(links.resolve(name), folder.resolve(name));
        }
        assertEquals(
                Cli.run("inspect", json).ok(),
                Cli.run("inspect", links.resolve("x.json")).ok().replace(links + "/", folder + "/"));
    }

    @Test
    void should_write_to_standard_output_without_files_beside_it() throws IOException {
        Cli.Result result = Cli.run("convert", "--to", "codetracer-json", trace(), "-o", "-");
        assertEquals(0, result.exitCode(), result.err());
        assertTrue(result.out().startsWith("[\n{\"Path\":\"x.py\"}"), result.out());
        assertTrue(result.err().startsWith("tracetool: warning: standard output: the format "), result.err());
        assertEquals(List.of("in.bin"), files());
    }

    @Test
    void should_overwrite_nothing_unless_told_to() throws IOException {
        Path in = trace();
        for (String other : List.of("out.json", "out_metadata.json", "out_paths.json")) {
            Path there = Files.writeString(folder.resolve(other), "mine");
            Cli.Result result = Cli.run("convert", "--to", "codetracer-json", in, "-o", folder.resolve("out.json"));
            assertEquals(2, result.exitCode());
            String expected = "tracetool convert: " + there + ": exists already; --force overwrites it";
            assertTrue(result.err().startsWith(expected), result.err());
            assertEquals(List.of("in.bin", other), files());
            assertEquals("mine", Files.readString(there));
            Files.delete(there);
        }
        Files.writeString(folder.resolve("out_paths.json"), "mine");
        out("convert", "--force", "--to", "codetracer-json", in, "-o", folder.resolve("out.json"));
        assertFalse(Files.readString(folder.resolve("out_paths.json")).contains("mine"));
        byte[] before = Files.readAllBytes(in);
        assertEquals(2, Cli.run("convert", "--force", in, "-o", in).exitCode());
        assertArrayEquals(before, Files.readAllBytes(in));
    }

    /** Names count up to their first dot, as readers look for these files. */
    @Test
    void should_not_take_what_stands_beside_another_trace() throws IOException {
        Path in = trace();
        Path first = folder.resolve("run.one.json");
        out("convert", "--to", "codetracer-json", in, "-o", first);
        out("convert", "--force", "--to", "codetracer-json", in, "-o", first);
        byte[] before = Files.readAllBytes(folder.resolve("run_metadata.json"));
        Path second = folder.resolve("run.two.json");
        Cli.Result refused = Cli.run("convert", "--force", "--to", "codetracer-json", in, "-o", second);
        assertEquals(2, refused.exitCode());
        String expected = "tracetool convert: " + folder.resolve("run_metadata.json") + " belongs to another trace: "
                + second + " would need a name that differs up to its first dot";
        assertTrue(refused.err().startsWith(expected), refused.err());
        assertArrayEquals(before, Files.readAllBytes(folder.resolve("run_metadata.json")));
        assertFalse(Files.exists(second));
    }

    @Test
    void should_convert_what_is_left_of_a_damaged_trace_and_keep_it_unfinished() throws IOException {
        byte[] whole = TinyTrace.sample().closed();
        Path file = folder.resolve("t");
        Path to = folder.resolve("copy");
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            Cli.Result events = Cli.run("events", "--format", "csv", file);
            Cli.Result result = Cli.run("convert", "--force", file, "-o", to);
            assertEquals(events.exitCode(), result.exitCode(), result.err());
            assertEquals(
                    3, Cli.run("convert", "--strict", "--force", file, "-o", to).exitCode());
            if (result.exitCode() == 0) {
                Cli.Result copy = Cli.run("events", "--format", "csv", to);
                assertEquals(events.out(), copy.out());
                assertTrue(copy.err().contains("was not closed"), copy.err());
            }
            Files.deleteIfExists(to);
        }
    }

    @Test
    void should_refuse_what_is_no_trace_and_what_has_no_events() throws IOException {
        Path in = trace();
        Path summary = folder.resolve("a.summary");
        out("summarize", in, "-o", summary);
        Cli.Result result = Cli.run("convert", summary, "-o", folder.resolve("x"));
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("is a summary; expected a trace"), result.err());
        assertEquals(2, Cli.run("convert", in).exitCode());
        assertEquals(2, Cli.run("convert", "--to", "csv", in, "-o", "x").exitCode());
        assertEquals(
                3,
                Cli.run("convert", folder.resolve("missing"), "-o", folder.resolve("x"))
                        .exitCode());
        assertEquals(List.of("a.summary", "in.bin"), files());
    }

    @Test
    void should_keep_hostile_names_as_they_are_and_say_none_of_them() throws IOException {
        Recording run = new Recording();
        int f = run.code(HostileText.HOSTILE_FILE, HostileText.HOSTILE_NAME, 3, 4);
        run.thread(0, HostileText.HOSTILE_NAME).start(f, 1).lines(f, 4).leave(f, 2);
        Path in = RecordingFile.write(run.end(3), folder.resolve("in.bin"));
        Path json = folder.resolve("h.json");
        Cli.Result result = Cli.run("convert", "--to", "codetracer-json", in, "-o", json);
        assertEquals(0, result.exitCode());
        assertEquals(1, result.err().lines().count());
        assertFalse(result.err().contains("cmd"), result.err());
        for (Path other : List.of(json, convertBack(json))) {
            assertEquals(
                    out("report", "--format", "csv", "--by", "line", in),
                    out("report", "--format", "csv", "--by", "line", other));
        }
    }

    private static final String VALUES = "[\n{\"Path\":\"a.py\"},\n{\"VariableName\":\"x\"},\n{\"ThreadStart\":77},\n"
            + "{\"Step\":{\"path_id\":0,\"line\":1}},\n{\"Value\":{\"variable_id\":0,\"value\":{\"kind\":\"Int\",\"i\":1}}},\n"
            + "{\"Event\":{\"kind\":0,\"metadata\":\"\",\"content\":\"out\"}}";

    @Test
    void should_copy_records_with_all_that_they_hold() throws IOException {
        Path json = Files.writeString(folder.resolve("t.json"), VALUES + "\n]\n");
        String about = "{\"program\":\"p\",\"args\":[],\"more\":1}";
        Files.writeString(folder.resolve("t_metadata.json"), about);
        Path copy = folder.resolve("copy.json");
        Cli.Result result = Cli.run("convert", "--to", "codetracer-json", json, "-o", copy);
        assertEquals(0, result.exitCode());
        assertEquals("", result.err());
        assertEquals(Files.readString(json), Files.readString(copy));
        assertEquals(about, Files.readString(folder.resolve("copy_metadata.json")));
        assertEquals("[\"a.py\"]\n", Files.readString(folder.resolve("copy_paths.json")));
    }

    @Test
    void should_write_whole_json_of_records_that_were_cut_off_and_say_so() throws IOException {
        Path json = Files.writeString(folder.resolve("t.json"), VALUES + ",\n{\"Step\":{\"path_id\":0,\"li");
        Path copy = folder.resolve("copy.json");
        Cli.Result result = Cli.run("convert", "--to", "codetracer-json", json, "-o", copy);
        assertEquals(0, result.exitCode());
        assertEquals(VALUES + "\n]\n", Files.readString(copy));
        List<String> lines = result.err().lines().toList();
        assertEquals(3, lines.size(), result.err());
        assertTrue(lines.get(0).contains(json + ": damaged in 1 place"), lines.get(0));
        assertTrue(lines.get(1).contains(json + ": was not closed"), lines.get(1));
        assertEquals(
                "tracetool: warning: " + copy
                        + ": the format codetracer-json cannot hold the mark of a recording that was cut off",
                lines.get(2));
        assertEquals(
                3,
                Cli.run("convert", "--strict", "--force", "--to", "codetracer-json", json, "-o", copy)
                        .exitCode());
    }
}
