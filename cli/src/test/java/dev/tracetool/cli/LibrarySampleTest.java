package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that shows how to use core as a library, built and run as its documentation says. */
class LibrarySampleTest {
    private static final Path PROGRAM = Path.of("..", "samples", "library", "PrintLines.java");

    @TempDir
    Path folder;

    @Test
    void should_print_the_place_of_each_line_event() throws IOException, InterruptedException {
        Path trace = TinyTrace.sample().writeTo(folder.resolve("trace.bin"));
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PROGRAM.toString(),
                        trace.toString()))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals("/app/codec.py:1\n/app/codec.py:11\n/app/codec.py:12\n", printed);
        assertEquals(0, process.waitFor());
    }
}
