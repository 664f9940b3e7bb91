package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.codetracer.ctfs.CtRecording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CodeTracer's containers do not tell is unknown: no empty name, and no 0. */
class CodetracerUnknownsTest {
    @TempDir
    Path folder;

    private Path write(CtRecording recording) throws IOException {
        return Files.write(folder.resolve("trace.ct"), recording.container().toBytes());
    }

    /** Calls without any step, as recorders of other languages write them. */
    private Path withoutFile() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/p/a.ex");
        recording.function("g", 0, 5);
        recording.call(0);
        recording.leave(false);
        return write(recording);
    }

    private static String report(Path trace) {
        return Cli.run("report", "--format", "json", "--by", "file,function,line,thread", trace)
                .ok();
    }

    @Test
    void should_tell_that_the_file_of_a_function_is_unknown() throws IOException {
        Path trace = withoutFile();
        String text = Cli.run("report", "--by", "file,function", trace).ok();
        assertTrue(text.endsWith("""
                        Files
                          calls  functions  file
                              1        1/-  -

                        Functions
                          calls  function  place
                              1  g         -
                        """), text);
        assertFalse(text.contains("x3a"), text);
        String json = report(trace);
        assertTrue(json.contains("\"file\": null,\n      \"qualname\": \"g\""), json);
        assertFalse(json.contains("\"file\": \"\""), json);
        String codes = Cli.run("inspect", "--codes", trace).ok();
        assertTrue(codes.matches("(?s).* -  +g\n.*"), codes);
        String codesJson =
                Cli.run("inspect", "--codes", "--format", "json", trace).ok();
        assertFalse(codesJson.contains("\"file\": \"\""), codesJson);
        assertFalse(Cli.run("events", "--format", "ndjson", trace).ok().contains("\"file\": \"\""));
    }

    @Test
    void should_not_tell_0_of_what_a_recorder_does_not_write() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/p/a.py");
        recording.function("f", 0, 5);
        recording.step(0, 1);
        recording.call(0);
        recording.step(0, 5);
        recording.step(0, 6);
        recording.leave(false);
        Path trace = write(recording);
        assertFalse(report(trace).contains("PY_UNWIND"));
        assertTrue(report(trace).contains("\"unwinds\": null"));
        assertFalse(Cli.run("inspect", "--format", "json", trace).ok().contains("PY_UNWIND"));
    }

    /** As recorders of lines alone write them, and what is left of others if their calls are lost. */
    @Test
    void should_not_tell_0_functions_where_only_lines_are_known() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/p/a.php");
        recording.step(0, 1);
        recording.step(0, 2);
        Path trace = write(recording);
        String text = Cli.run("report", trace).ok();
        assertTrue(text.contains("\n\n  lines         2 hit\n"), text);
        assertTrue(text.contains("\n            2        -/-    2/-  /p/a.php\n"), text);
        String json = report(trace);
        assertEquals(2, json.split("\"functions_called\": null", -1).length - 1, json);
        assertEquals(2, json.split("\"functions\": null", -1).length - 1, json);
        Cli.Result check = Cli.run("check", "--no-new-uncalled", "--base", trace, trace);
        assertTrue(check.err().contains("functions that never ran"), check.err());
    }

    /** Where the steps and calls of a run are lost, what ran is unknown, and not nothing. */
    @Test
    void should_not_take_what_was_lost_for_nothing() throws IOException {
        CtRecording recording = new CtRecording();
        recording.path("/p/a.py");
        recording.step(0, 1);
        recording.call(recording.function("g", 0, 5));
        recording.step(0, 5);
        recording.step(0, 6);
        recording.leave(false);
        byte[] torn = recording
                .container()
                .file("steps.dat", new byte[] {1, 2, 3})
                .file("calls.dat", new byte[] {1, 2, 3})
                .toBytes();
        Path trace = Files.write(folder.resolve("torn.ct"), torn);
        String text = Cli.run("report", trace).out();
        assertTrue(text.contains("\n\n  not recorded  times, calls, exceptions, lines\n"), text);
        String json = Cli.run("report", "--format", "json", trace).out();
        for (String figure : List.of("functions", "functions_called", "calls", "lines", "lines_hit", "line_events")) {
            assertTrue(json.contains("\"" + figure + "\": null"), figure + " in " + json);
        }
        Cli.Result tree = Cli.run("tree", trace);
        assertEquals(3, tree.exitCode());
        assertTrue(tree.err().contains(": holds no calls, of which a call tree is made"), tree.err());
        assertTrue(Cli.run("coverage", "--format", "json", trace).out().contains("\"statements\": null"));
    }
}
