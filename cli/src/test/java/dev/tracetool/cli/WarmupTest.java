package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.command.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmupTest {
    @TempDir
    Path folder;

    private Path trace;

    @BeforeEach
    void writeTrace() throws IOException {
        trace = folder.resolve("trace.bin");
        WarmupTrace.write(trace);
    }

    /** A trace that the commands refuse would leave most classes unseen, and nobody would be told. */
    @Test
    void should_have_a_trace_that_every_command_reads_without_a_warning() {
        for (String command : new String[] {"inspect", "lines", "report", "events"}) {
            Cli.Result result = Cli.run(command, "--strict", trace);
            assertEquals(0, result.exitCode(), command);
            assertEquals("", result.err(), command);
        }
        assertEquals(
                "/work/app.py:10 Decoder.decode\n",
                Cli.run("lines", trace, "--function", "*.decode", "--offset", "2")
                        .out());
        assertTrue(Cli.run("events", trace).out().contains("/work/app.py:11"));
    }

    @Test
    void should_have_a_source_that_fits_the_trace() throws IOException {
        Path source = Files.writeString(folder.resolve("app.py"), WarmupTrace.SOURCE);
        for (String command : new String[] {"coverage", "annotate"}) {
            Cli.Result result = Cli.run(command, "--strict", trace, "--map", "/work=" + folder);
            assertEquals(0, result.exitCode(), command);
            assertEquals("", result.err(), command);
        }
        assertTrue(Cli.run("coverage", trace, "--map", "/work=" + folder, "--format", "csv")
                .out()
                .contains(source.toString()));
    }

    @Test
    void should_run_commands_that_work_and_print_nothing() {
        assertEquals(0, Warmup.run("inspect", trace.toString()));
        assertEquals(0, Warmup.run("lines", trace.toString(), "--stdin"));
        assertEquals(ExitCode.DATA, Warmup.run("inspect", trace + ".missing"));
    }
}
