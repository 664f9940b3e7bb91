package dev.tracetool.cli.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.cli.Cli;
import dev.tracetool.cli.Main;
import dev.tracetool.cli.TinyTrace;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputTest {
    @TempDir
    Path folder;

    private Path trace() throws IOException {
        return TinyTrace.sample().writeTo(folder.resolve("t"));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void should_leave_another_file_alone_unless_forced() throws IOException {
        Path trace = trace();
        Path target = Files.writeString(folder.resolve("target"), "precious");

        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "tracetool events: " + target
                                + ": exists already; --force overwrites it (see 'tracetool events --help')\n"),
                Cli.run("events", trace, "--limit=0", "--format=csv", "-o", target));
        assertEquals("precious", Files.readString(target));

        assertEquals(
                new Cli.Result(0, "", ""),
                Cli.run("events", trace, "--limit=0", "--format=csv", "-o", target, "--force"));
        assertEquals("time_ns,thread,kind,code,file,line,qualname,offset,destination\n", Files.readString(target));
        assertEquals(List.of("t", "target"), files());
    }

    @Test
    void should_never_overwrite_an_input_whatever_its_name() throws IOException {
        Path trace = trace();
        byte[] before = Files.readAllBytes(trace);
        Path link = Files.createSymbolicLink(folder.resolve("link"), trace);

        for (Object target : new Object[] {trace, link, folder + "/./t"}) {
            Cli.Result result = Cli.run("inspect", trace, "-o", target, "--force");
            assertEquals(2, result.exitCode());
            assertEquals(
                    "tracetool inspect: " + target
                            + ": is an input, and is never overwritten (see 'tracetool inspect --help')\n",
                    result.err());
        }
        assertArrayEquals(before, Files.readAllBytes(trace));
    }

    @Test
    void should_leave_nothing_behind_when_the_input_is_bad() throws IOException {
        Path text = Files.writeString(folder.resolve("text"), "hello");

        assertEquals(3, Cli.run("events", text, "-o", folder.resolve("target")).exitCode());
        assertEquals(3, Cli.run("inspect", text, "-o", folder.resolve("target")).exitCode());
        assertEquals(List.of("text"), files());
    }

    @Test
    void should_write_through_a_link() throws IOException {
        Path trace = trace();
        Path real = Files.writeString(folder.resolve("real"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        assertEquals(
                0,
                Cli.run("lines", trace, "--code=0", "--offset=0", "-o", link, "--force")
                        .exitCode());
        assertEquals("/app/codec.py:0 <module>\n", Files.readString(real));
        assertTrue(Files.isSymbolicLink(link));
    }

    @Test
    void should_say_in_one_line_that_an_output_cannot_be_written() throws IOException {
        Path trace = trace();
        assertEquals(
                new Cli.Result(3, "", "tracetool: " + folder + "/no/such: its folder does not exist\n"),
                Cli.run("inspect", trace, "-o", folder + "/no/such"));
        assertEquals(
                new Cli.Result(3, "", "tracetool: " + folder + ": is a directory\n"),
                Cli.run("inspect", trace, "-o", folder));
    }

    @Test
    void should_report_a_full_disk() throws IOException {
        assumeTrue(Files.exists(Path.of("/dev/full")), "there is no /dev/full here");
        Path trace = trace();
        for (String command : new String[] {"inspect", "lines", "events"}) {
            assertEquals(
                    new Cli.Result(3, "", "tracetool: /dev/full: cannot be written: no space left on device\n"),
                    Cli.run(command, trace, "-o", "/dev/full"));
        }
        for (String command : new String[] {"completion bash", "recorder"}) {
            Object[] args = (command + " -o /dev/full").split(" ");
            assertEquals(3, Cli.run(args).exitCode(), command);
        }
    }

    @Test
    void should_end_quietly_when_nobody_reads_any_more() throws IOException {
        assertEquals(new Cli.Result(0, "", ""), runOn("Broken pipe", trace()));
    }

    @Test
    void should_report_a_failure_of_standard_output() throws IOException {
        assertEquals(
                new Cli.Result(3, "", "tracetool: standard output: cannot be written: input/output error\n"),
                runOn("Input/output error", trace()));
    }

    private static Cli.Result runOn(String failure, Path trace) {
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(failure);
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(
                new String[] {"events", trace.toString()},
                InputStream.nullInputStream(),
                broken,
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Cli.Result(exitCode, "", err.toString(StandardCharsets.UTF_8));
    }
}
