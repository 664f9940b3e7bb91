package dev.tracetool.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs a program in a virtual machine of its own that has little memory, which it must not run out of. */
public final class LimitedMemory {
    private LimitedMemory() {}

    /**
     * Runs a program of the tests, which must end well.
     *
     * @param program has a {@code main}
     * @param megabytes of its heap
     * @param folder for its temporary files, and for what it says on standard error
     * @return what it printed
     */
    public static String run(Class<?> program, int megabytes, Path folder, Path file)
            throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + megabytes + "m",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.io.tmpdir=" + folder,
                        "-cp",
                        System.getProperty("java.class.path"),
                        program.getName(),
                        file.toString())
                .redirectError(errors.toFile())
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> firstLines(errors));
        return output.strip();
    }

    private static String firstLines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.limit(10).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
