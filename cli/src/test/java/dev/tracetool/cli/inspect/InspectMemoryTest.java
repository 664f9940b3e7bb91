package dev.tracetool.cli.inspect;

import static dev.tracetool.testing.PycWriter.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Main;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code objects whose tables are larger, as text, than the memory of who shows them. */
class InspectMemoryTest {
    private static final int ROWS = 500_000;

    @TempDir
    Path folder;

    private static byte[] repeated(int count, int... part) {
        byte[] bytes = new byte[count * part.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) part[i % part.length];
        }
        return bytes;
    }

    private long lines(Path file, String... command) throws IOException, InterruptedException {
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx80m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(List.of(command));
        words.add(file.toString());
        int exitCode = new ProcessBuilder(words)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start()
                .waitFor();
        assertEquals("", Files.readString(err));
        assertEquals(0, exitCode);
        try (Stream<String> lines = Files.lines(out)) {
            return lines.count();
        }
    }

    @Test
    void should_show_tables_and_constants_that_are_larger_than_the_memory() throws Exception {
        Code code = new Code("f");
        code.bytecode = new byte[2 * ROWS];
        code.lineTable = repeated(ROWS / 2, 0x80 | 13 << 3, 2, 0x80 | 15 << 3); // the next line, none
        code.exceptionTable = repeated(ROWS, 0x80, 1, 2, 3);
        code.constants = listOf(1, new ArrayList<>(Collections.nCopies(1000, 5)));
        Path file = Files.write(folder.resolve("m.pyc"), PycWriter.file(13, code));

        long shown = lines(file, "inspect", "--code", "0");
        assertTrue(shown > 2 * ROWS && shown < 2 * ROWS + 50, "" + shown);
        shown = lines(file, "lines");
        assertTrue(shown > ROWS && shown < ROWS + 5, "" + shown);
        assertTrue(lines(file, "inspect", "--code", "0", "--format", "json") > 12 * ROWS);
    }
}
