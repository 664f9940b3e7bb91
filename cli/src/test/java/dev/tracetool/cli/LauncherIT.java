package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, from the distribution as it is unpacked and from a clone, with the Java that runs the tests. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class LauncherIT {
    private static final Path JAR = Path.of("target", "tracetool.jar").toAbsolutePath();
    private static final Path SCRIPT = Path.of("..", "tracetool").toAbsolutePath();
    private static final String BUILDING = "tracetool: building (first use or sources changed)...\n";

    @TempDir
    Path temporary;

    private Path folder;
    private Path trace;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void prepare() throws IOException {
        folder = Files.createDirectory(temporary.resolve("a b"));
        trace = TinyTrace.sample().writeTo(folder.resolve("trace.bin"));
        environment.put("PATH", System.getenv("PATH"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
    }

    private Cli.Result run(List<?> command) throws Exception {
        List<String> words = command.stream().map(Object::toString).toList();
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .start();
        int exitCode = process.waitFor();
        return new Cli.Result(exitCode, Files.readString(out), Files.readString(err));
    }

    private Cli.Result launch(Path launcher, Object... args) throws Exception {
        List<Object> command = new ArrayList<>(List.of(launcher));
        command.addAll(List.of(args));
        return run(command);
    }

    /** Unpacks the distribution into a folder with a space in its path; its launcher. */
    private Path installed() throws Exception {
        return installed(Files.createDirectory(folder.resolve("installed")));
    }

    private Path installed(Path home) throws Exception {
        Path archive;
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            archive = files.filter(f -> f.getFileName().toString().matches("tracetool-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("mvn package has made no distribution"));
        }
        assertEquals(
                new Cli.Result(0, "", ""),
                run(List.of("tar", "-xzf", archive.toAbsolutePath(), "-C", home, "--strip-components=1")));
        return home.resolve("bin").resolve("tracetool");
    }

    private List<Path> archives() throws IOException {
        Path cache = folder.resolve("cache").resolve("tracetool");
        if (!Files.isDirectory(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(cache)) {
            return files.filter(f -> f.toString().contains(".jsa")).toList();
        }
    }

    /** What must come out: what the command itself prints, on both streams, and nothing of the JVM's. */
    private void assertWorks(Path launcher) throws Exception {
        for (String command : List.of("inspect", "report")) {
            assertEquals(Cli.run(command, trace), launch(launcher, command, trace));
        }
    }

    @Test
    void should_run_from_an_installation_and_make_one_archive_of_classes() throws Exception {
        Path launcher = installed();
        assertWorks(launcher);
        List<Path> archives = archives();
        assertEquals(1, archives.size(), archives.toString());
        FileTime made = Files.getLastModifiedTime(archives.get(0));
        assertWorks(launcher);
        assertEquals(archives, archives());
        assertEquals(made, Files.getLastModifiedTime(archives.get(0)));
    }

    /** Whether the JVM takes the archive is seen only by asking it: it works without, at twice the time. */
    @Test
    void should_load_classes_from_the_archive() throws Exception {
        // JDK 17 keeps no classes of a jar in whose path there is a space.
        Path home = Files.createDirectory(temporary.resolve("installed"));
        Path launcher = installed(home);
        assertWorks(launcher);
        Path log = temporary.resolve("log");
        environment.put("TRACETOOL_JAVA_OPTS", "-Xlog:class+load:file=" + log);
        Cli.Result result = launch(launcher, "inspect", trace);
        assertEquals(0, result.exitCode(), result.err());
        List<String> ours = Files.readAllLines(log, StandardCharsets.UTF_8).stream()
                .filter(line -> line.contains(" dev.tracetool.") && !line.contains("Lambda"))
                .toList();
        assertTrue(ours.size() > 20, ours.toString());
        for (String line : ours) {
            assertTrue(line.contains("shared objects file (top)"), line);
        }
    }

    @Test
    void should_run_through_symbolic_links() throws Exception {
        Path launcher = installed();
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("first"), Path.of("../installed/bin/tracetool"));
        Files.createSymbolicLink(bin.resolve("second"), Path.of("first"));
        Files.createSymbolicLink(folder.resolve("absolute"), launcher);
        assertWorks(bin.resolve("second"));
        assertWorks(folder.resolve("absolute"));
        environment.put("PATH", bin + ":" + environment.get("PATH"));
        assertEquals(Cli.run("--version"), run(List.of("sh", "-c", "second --version")));
        assertEquals(Cli.run("--version"), run(List.of("sh", "-c", "cd bin && sh second --version")));
    }

    @Test
    void should_work_where_no_archive_can_be() throws Exception {
        Path launcher = installed();
        environment.put(
                "XDG_CACHE_HOME", Files.createFile(folder.resolve("file")).toString());
        assertWorks(launcher);
        environment.put("XDG_CACHE_HOME", folder.resolve("a:b").toString());
        assertWorks(launcher);
        environment.remove("XDG_CACHE_HOME");
        assertWorks(launcher);
        assertEquals(List.of(), archives());
    }

    @Test
    void should_be_silent_about_an_archive_that_is_damaged() throws Exception {
        Path launcher = installed();
        assertWorks(launcher);
        Path archive = archives().get(0);
        for (int size : new int[] {0, 5000}) {
            Files.delete(archive);
            Files.write(archive, new byte[size]);
            assertWorks(launcher);
        }
    }

    /** Whatever ends soon is not worth a second compiler and a parallel collector; see the launcher for the others. */
    @Test
    void should_choose_options_of_the_jvm_by_command() throws Exception {
        Path launcher = installed();
        script("bin/java", "[ \"$1\" != -version ] || echo 'version \"17\"'; echo \"$@\"");
        environment.put("JAVA_HOME", folder.toString());
        for (String command : List.of("inspect x", "lines x", "report --help", "help", "--version", "record x.py")) {
            String said = launch(launcher, (Object[]) command.split(" ")).out();
            assertTrue(said.contains("-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"), said);
        }
        for (String command : List.of("events x", "lines x --stdin")) {
            String said = launch(launcher, (Object[]) command.split(" ")).out();
            assertTrue(said.contains("-XX:+UseParallelGC"), said);
            assertFalse(said.contains("TieredStopAtLevel"), said);
        }
        String said = launch(launcher, "report", "x").out();
        assertTrue(said.contains("-XX:TieredStopAtLevel=1 -XX:+UseParallelGC"), said);
    }

    /** The JVM would open a file of its own in the place of one that is closed, and the tool read it. */
    @Test
    void should_take_what_is_closed_for_empty() throws Exception {
        Path launcher = installed();
        String closed = "\"$1\" lines --stdin \"$2\" <&-";
        assertEquals(new Cli.Result(0, "", ""), run(List.of("sh", "-c", closed, "sh", launcher, trace)));
        Path nowhere = folder.resolve("nowhere");
        Cli.Result silent = run(List.of("sh", "-c", "\"$1\" report \"$2\" 2>&-", "sh", launcher, nowhere));
        assertEquals(new Cli.Result(3, "", ""), silent);
    }

    @Test
    void should_say_that_the_current_folder_is_gone() throws Exception {
        Path launcher = installed();
        String gone = "mkdir gone; cd gone; rmdir ../gone; \"$1\" inspect \"$2\"";
        Cli.Result result = run(List.of("sh", "-c", gone, "sh", launcher, trace));
        assertEquals(3, result.exitCode());
        assertEquals("", result.out());
        assertTrue(result.err().endsWith("tracetool: the current folder does not exist any more\n"), result.err());
    }

    @Test
    void should_leave_the_collector_to_the_user() throws Exception {
        environment.put("TRACETOOL_JAVA_OPTS", "-XX:+UseG1GC -Xmx200m");
        assertWorks(installed());
    }

    @Test
    void should_say_what_to_do_without_a_java_or_with_an_old_one() throws Exception {
        Path launcher = installed();
        String advice = "tracetool: install a JDK 17 or later (Debian, Ubuntu: openjdk-17-jdk-headless)"
                + " or set JAVA_HOME to one\n";
        environment.put("JAVA_HOME", folder.toString());
        assertEquals(
                new Cli.Result(4, "", "tracetool: JAVA_HOME is " + folder + ", where there is no bin/java\n" + advice),
                launch(launcher, "--version"));

        Path java = script("bin/java", "echo 'openjdk version \"11.0.2\" 2019-01-15' >&2");
        String old = "tracetool: " + java + " is version 11.0.2, too old\n" + advice;
        assertEquals(new Cli.Result(4, "", old), launch(launcher, "--version"));
        environment.remove("XDG_CACHE_HOME");
        assertEquals(new Cli.Result(4, "", old), launch(launcher, "--version"));
    }

    // --- From a clone, with a script in Maven's place -----------------------------------------------------------

    private Path script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path cloned() throws IOException {
        Path home = folder.resolve("clone");
        Files.createDirectories(home.resolve("cli/src/main/java"));
        Files.createDirectories(home.resolve("core/src/main/java"));
        for (String file : List.of("pom.xml", "cli/pom.xml", "core/pom.xml", "core/src/main/java/A.java")) {
            Files.createFile(home.resolve(file));
        }
        script("maven/mvn", "echo build >>../builds; mkdir -p cli/target; cp '" + JAR + "' cli/target");
        environment.put("PATH", folder.resolve("maven") + ":" + environment.get("PATH"));
        return Files.copy(SCRIPT, home.resolve("tracetool"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    private int builds() throws IOException {
        Path file = folder.resolve("builds");
        return Files.exists(file) ? Files.readAllLines(file).size() : 0;
    }

    private void makeNewer(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(5)));
    }

    @Test
    void should_build_a_clone_once_and_again_when_a_source_is_newer() throws Exception {
        Path launcher = cloned();
        String version = Cli.run("--version").out();
        assertEquals(new Cli.Result(0, version, BUILDING), launch(launcher, "--version"));
        assertEquals(new Cli.Result(0, version, ""), launch(launcher, "--version"));
        assertEquals(1, builds());

        makeNewer(launcher.resolveSibling("core/src/main/java/A.java"));
        assertEquals(new Cli.Result(0, version, BUILDING), launch(launcher, "--version"));
        assertEquals(2, builds());
    }

    @Test
    void should_build_once_for_two_that_start_together() throws Exception {
        Path launcher = cloned();
        Cli.Result both = run(List.of("sh", "-c", "\"$1\" --version & \"$1\" --version; wait", "sh", launcher));
        assertEquals(Cli.run("--version").out().repeat(2), both.out());
        assertEquals(1, builds());
        assertFalse(Files.exists(launcher.resolveSibling("target/launcher.lock")));
    }

    @Test
    void should_say_how_a_build_failed_and_try_again() throws Exception {
        Path launcher = cloned();
        script("maven/mvn", "echo '[ERROR] no'; exit 1");
        Cli.Result failed = launch(launcher, "--version");
        assertEquals(4, failed.exitCode());
        assertEquals("", failed.out());
        assertEquals(
                BUILDING + "[ERROR] no\ntracetool: the build failed; it was: cd " + launcher.getParent()
                        + " && mvn -DskipTests package\n",
                failed.err());
        assertEquals(failed, launch(launcher, "--version"));
    }
}
