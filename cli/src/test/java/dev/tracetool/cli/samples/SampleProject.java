package dev.tracetool.cli.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.CPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of {@code samples/project} as a repository of git, and an interpreter that has pytest. */
final class SampleProject {
    /** Debian's packages, with pytest 7.2 and coverage.py 6.5, which run on CPython up to 3.13. */
    static final Path PACKAGES = Path.of("/usr/lib/python3/dist-packages");

    static final Path RECORDER = Path.of("src/main/resources/dev/tracetool/cli/record/tracetool_recorder.py")
            .toAbsolutePath();

    static final String NEEDS_PYTEST = "there is no pytest here: apt-get install python3-pytest";
    private static final Path ORIGINAL =
            Path.of("../samples/project").toAbsolutePath().normalize();
    private static final Path PYTHON_TESTS = Path.of("src/test/python").toAbsolutePath();

    /** What a process came to. */
    record Ended(int status, String out) {}

    private final Path folder;
    private final CPython python;

    private SampleProject(Path folder, CPython python) {
        this.folder = folder;
        this.python = python;
    }

    static boolean hasPytest() {
        return Files.isDirectory(PACKAGES.resolve("pytest"));
    }

    /** Makes a repository with one commit, on the branch main. */
    static SampleProject copyTo(Path folder, String version) throws IOException {
        SampleProject project = new SampleProject(folder, CPython.ofMatrix(version));
        try (Stream<Path> all = Files.walk(ORIGINAL)) {
            for (Path path :
                    all.filter(p -> !p.toString().contains("__pycache__")).toList()) {
                Files.copy(path, folder.resolve(ORIGINAL.relativize(path).toString()));
            }
        }
        project.git("init", "-q", "-b", "main");
        project.commit("A shop");
        return project;
    }

    /** A script or another file of the tests that are in Python. */
    static Path tool(String name) {
        return PYTHON_TESTS.resolve(name);
    }

    Path folder() {
        return folder;
    }

    CPython python() {
        return python;
    }

    /** What pytest of {@link #PACKAGES} needs in its environment. */
    Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(python.environment());
        environment.put("PYTHONPATH", PACKAGES.toString());
        environment.put("PYTHONDONTWRITEBYTECODE", "1");
        environment.put("PYTHONWARNINGS", "ignore");
        environment.put("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1");
        return environment;
    }

    String git(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=x", "-c", "user.email=x@localhost"));
        command.addAll(List.of(words));
        return ok(run(new ProcessBuilder(command).directory(folder.toFile())));
    }

    void commit(String message) throws IOException {
        git("add", "-A");
        git("commit", "-q", "-m", message);
    }

    void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    String read(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    void replace(String file, String old, String text) throws IOException {
        String before = read(file);
        assertTrue(before.contains(old), before);
        write(file, before.replace(old, text));
    }

    /** Runs Python in a folder; more of the environment can stand in place of {@link #environment}. */
    Ended python(Path in, Map<String, String> more, Object... words) throws IOException {
        ProcessBuilder builder =
                python.command(Stream.of(words).map(Object::toString).toList()).directory(in.toFile());
        builder.environment().putAll(environment());
        builder.environment().putAll(more);
        return run(builder);
    }

    /** The same, where it has to end well. Returns what it said. */
    static String ok(Ended ended) {
        assertEquals(0, ended.status(), ended::out);
        return ended.out();
    }

    private static Ended run(ProcessBuilder builder) throws IOException {
        Path out = Files.createTempFile("out", "");
        try {
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            return new Ended(process.waitFor(), Files.readString(out));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } finally {
            Files.delete(out);
        }
    }
}
