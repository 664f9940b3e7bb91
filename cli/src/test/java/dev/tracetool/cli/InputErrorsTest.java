package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
    void should_refuse_a_folder() {
        assertRefused(folder, "is a directory; expected a trace file");
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
}
