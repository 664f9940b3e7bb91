package dev.tracetool.cli.record;

import dev.tracetool.testing.CPython;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The recorder under one interpreter of the matrix, in a folder of the test's own. */
final class Recorder {
    /** What a process left behind; status is 128 + N for signal N, as a shell says it. */
    record Ended(int status, String out, String err) {}

    static final Path FILE = Path.of("src/main/resources/dev/tracetool/cli/record/tracetool_recorder.py")
            .toAbsolutePath();
    static final Path SAMPLES = Path.of("../samples/programs").toAbsolutePath().normalize();
    private static final Path TESTS = Path.of("src/test/python").toAbsolutePath();
    private static final long PATIENCE_SECONDS = 60;

    private final CPython python;
    private final Path folder;
    private String stdin = "";

    Recorder(String version, Path folder) {
        this.python = CPython.ofMatrix(version);
        this.folder = folder;
    }

    /** One of the programs that are there for these tests. */
    static String program(String name) {
        return TESTS.resolve("programs").resolve(name).toString();
    }

    static String tool(String name) {
        return TESTS.resolve(name).toString();
    }

    /** What later processes read from stdin. */
    Recorder withInput(String text) {
        stdin = text;
        return this;
    }

    Path trace() {
        return folder.resolve("trace.bin");
    }

    /** Runs Python as it is. */
    Ended plain(Object... arguments) {
        return run(command(List.of(arguments)));
    }

    /** Runs Python with the recorder, which writes {@link #trace()}; the arguments are the recorder's own. */
    Ended record(Object... arguments) {
        return run(recording(arguments));
    }

    /** The same, not yet started. */
    ProcessBuilder recording(Object... arguments) {
        List<Object> words = new ArrayList<>(List.of(FILE, "--force", "-o", trace()));
        words.addAll(Arrays.asList(arguments));
        return command(words);
    }

    /** Records, expects the program to end well, and reads the trace. */
    Recording recorded(Object... arguments) throws IOException {
        Ended ended = record(arguments);
        if (ended.status() != 0) {
            throw new AssertionError(ended);
        }
        return Recording.read(trace());
    }

    /** The traces that processes other than the first one wrote. */
    List<Path> childTraces() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches("trace\\.\\d+(-\\d+)?\\.bin"))
                    .sorted()
                    .toList();
        }
    }

    Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private ProcessBuilder command(List<Object> arguments) {
        return python.command(arguments.stream().map(Object::toString).toList()).directory(folder.toFile());
    }

    Ended run(ProcessBuilder builder) {
        try {
            // Files, because pipes that nobody reads would hold up a program that says much.
            Path in = Files.writeString(Files.createTempFile("stdin", ""), stdin);
            File out = Files.createTempFile("stdout", "").toFile();
            File err = Files.createTempFile("stderr", "").toFile();
            Process process = builder.redirectInput(in.toFile())
                    .redirectOutput(out)
                    .redirectError(err)
                    .start();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(builder.command() + " does not end: " + text(err));
                }
                return new Ended(process.exitValue(), text(out), text(err));
            } finally {
                process.destroyForcibly();
                for (Path file : List.of(in, out.toPath(), err.toPath())) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static String text(File file) throws IOException {
        return new String(Files.readAllBytes(file.toPath()), StandardCharsets.UTF_8);
    }
}
