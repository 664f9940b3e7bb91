package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that are no traces: one line that names the file, exit code 3, nothing on standard output. */
class InputErrorsTest {
    private static final String[] COMMANDS = {"inspect", "lines", "events", "report"};

    @TempDir
    Path folder;

    private void assertRefused(Path file, String reason) {
        for (String command : COMMANDS) {
            Cli.Result result = Cli.run(command, file);
            assertEquals("", result.out(), command);
            assertEquals("tracetool: " + file + ": " + reason + "\n", result.err(), command);
            assertEquals(3, result.exitCode(), command);
        }
    }

    /** For messages whose words are the reader's: that they are one line of this form is what counts here. */
    private void assertRefusedInOneLine(Path file) {
        for (String command : COMMANDS) {
            Cli.Result result = Cli.run(command, file);
            assertEquals("", result.out(), command);
            assertTrue(result.err().startsWith("tracetool: " + file + ": "), result.err());
            assertEquals(result.err().length() - 1, result.err().indexOf('\n'), result.err());
            assertEquals(3, result.exitCode(), command);
        }
    }

    @Test
    void should_refuse_a_missing_file() {
        assertRefused(folder.resolve("missing"), "no such file");
    }

    @Test
    void should_refuse_a_folder_without_a_trace() {
        assertRefused(folder, "is a directory without a trace in it");
    }

    @Test
    void should_refuse_a_file_without_permission() throws IOException {
        Path file = TinyTrace.sample().writeTo(folder.resolve("secret"));
        Files.setPosixFilePermissions(file, Set.of());
        assumeFalse(Files.isReadable(file), "this user may read everything");
        assertRefused(file, "permission denied");
    }

    @Test
    void should_refuse_an_empty_file_a_text_and_a_newer_version() throws IOException {
        assertRefusedInOneLine(Files.createFile(folder.resolve("empty")));
        assertRefusedInOneLine(Files.writeString(folder.resolve("text"), "hello\n".repeat(100)));
        byte[] newer = TinyTrace.sample().closed();
        newer[8] = 2;
        assertRefusedInOneLine(Files.write(folder.resolve("newer"), newer));
    }

    @Test
    void should_name_a_hostile_file_name_harmlessly() {
        assertEquals(
                "tracetool: " + folder + "/a\\nb\\x1b[31m: no such file\n",
                Cli.run("inspect", folder + "/a\nb\u001b[31m").err());
        assertEquals(3, Cli.run("inspect", "a\0b").exitCode());
    }

    @Test
    void should_refuse_a_name_that_is_empty() {
        for (String command : COMMANDS) {
            Cli.Result result = Cli.run(command, "");
            assertEquals(2, result.exitCode());
            assertTrue(result.err().contains("expected a file name, found an empty one"), result.err());
        }
    }

    @Test
    void should_count_a_trace_once_that_is_given_twice() throws IOException {
        Path file = TinyTrace.sample().writeTo(folder.resolve("trace"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        Cli.Result once = Cli.run("report", file);
        Cli.Result twice = Cli.run("report", file, link, file);
        assertEquals(once.out(), twice.out());
        String again = "tracetool: warning: " + link + ": is the same file as " + file + ", and counted once";
        assertEquals(again + "; 1 more input is a copy, too: " + file + "\n" + once.err(), twice.err());
        assertEquals(
                again + "; 3 more inputs are copies, too, the next is " + file + "\n" + once.err(),
                Cli.run("report", file, link, file, link, file).err());
    }

    @Test
    void should_say_that_nothing_matches() throws IOException {
        Path file = TinyTrace.sample().writeTo(folder.resolve("trace"));
        String none = "tracetool: warning: no code object matches\n";
        for (String option : new String[] {"--include=nosuch", "--function=nosuch", "--exclude=*"}) {
            Cli.Result result = Cli.run("report", option, file);
            assertTrue(result.err().endsWith(none), result.err());
        }
        assertFalse(Cli.run("report", "--function=*decode", file).err().contains(none));
    }
}
