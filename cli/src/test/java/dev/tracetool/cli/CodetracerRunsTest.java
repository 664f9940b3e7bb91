package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.codetracer.ctfs.CtRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces of CodeTracer name neither process nor start: copies are known by an id, or by what is in them. */
class CodetracerRunsTest {
    private static final String TRACE = """
            [{"Path": "/p/a.py"},
             {"Function": {"path_id": 0, "line": 5, "name": "f"}},
             {"Step": {"path_id": 0, "line": 1}},
             {"Call": {"function_id": 0}},
             {"Step": {"path_id": 0, "line": %d}},
             {"Return": {"return_value": {"kind": "None"}}}]
            """;

    @TempDir
    Path folder;

    private Path json(String name, int line) throws IOException {
        return Files.writeString(folder.resolve(name), String.format(TRACE, line));
    }

    private Path container(String name, int calls) throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/p/a.py");
        recording.function("f", 0, 5);
        recording.step(0, 1);
        for (int i = 0; i < calls; i++) {
            recording.call(0);
            recording.step(0, 5);
            recording.step(0, 6);
            recording.leave(false);
        }
        return Files.write(folder.resolve(name), recording.container().toBytes());
    }

    private static String report(Object... files) {
        Object[] args = new Object[files.length + 5];
        args[0] = "report";
        args[1] = "--format";
        args[2] = "json";
        args[3] = "--by";
        args[4] = "file,function,line,thread";
        System.arraycopy(files, 0, args, 5, files.length);
        return Cli.run(args).out();
    }

    private static void countsOnce(Path first, Path again) {
        Cli.Result result = Cli.run("report", first, again);
        assertEquals(0, result.exitCode());
        assertEquals(
                "tracetool: warning: " + again + ": is the same as what " + first + " holds, and counted once\n",
                result.err());
        assertEquals(report(first), report(first, again));
    }

    @Test
    void should_count_a_copy_once() throws IOException {
        countsOnce(json("one.json", 6), json("two.json", 6));
        countsOnce(container("one.ct", 3), container("two.ct", 3));
    }

    @Test
    void should_tell_of_many_copies_in_one_line() throws IOException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        for (int i = 10; i < 30; i++) {
            Files.copy(i == 10 ? json("one.json", 6) : folder.resolve("one.json"), runs.resolve(i + ".json"));
        }
        String first = "tracetool: warning: " + runs + "/11.json: is the same as what " + runs
                + "/10.json holds, and counted once; ";
        assertEquals(
                first + "18 more inputs are copies, too, the next is " + runs + "/12.json\n",
                Cli.run("report", runs).err());
        for (int i = 13; i < 30; i++) {
            Files.delete(runs.resolve(i + ".json"));
        }
        assertEquals(
                first + "1 more input is a copy, too: " + runs + "/12.json\n",
                Cli.run("report", runs).err());
    }

    /** What stands beside it is a part of what a copy is known by: runs can differ in nothing else. */
    @Test
    void should_count_a_copy_without_the_files_beside_it_as_another_run() throws IOException {
        Path bare = json("a.json", 6);
        Path told = json("b.json", 6);
        Files.writeString(folder.resolve("b_metadata.json"), "{\"program\": \"a.py\", \"args\": [\"1\"]}");
        Cli.Result result = Cli.run("report", "--format", "json", bare, told);
        assertTrue(result.ok().contains("\"calls\": 2"), result.out());
    }

    @Test
    void should_count_a_run_that_a_summary_holds_once() throws IOException {
        for (Path trace : new Path[] {json("trace.json", 6), container("trace.ct", 3)}) {
            Path summary = folder.resolve(trace.getFileName() + ".summary");
            Cli.run("summarize", "-o", summary, trace).ok();
            countsOnce(summary, trace);
            countsOnce(trace, summary);
        }
    }

    @Test
    void should_count_runs_of_another_command_line() throws IOException {
        Path one = json("one.json", 6);
        Path two = json("two.json", 6);
        Files.writeString(folder.resolve("one_metadata.json"), "{\"program\": \"a.py\", \"args\": [\"1\"]}");
        Files.writeString(folder.resolve("two_metadata.json"), "{\"program\": \"a.py\", \"args\": [\"2\"]}");
        assertEquals("", Cli.run("report", one, two).err());
    }

    @Test
    void should_count_runs_that_differ() throws IOException {
        Cli.Result result = Cli.run("report", json("one.json", 6), json("two.json", 7), container("one.ct", 3));
        assertEquals("", result.err());
        String out = report(json("one.json", 6), json("two.json", 7));
        assertTrue(out.contains("\"calls\": 2"), out);
        assertEquals(
                "",
                Cli.run("report", container("one.ct", 3), container("two.ct", 4))
                        .err());
    }
}
