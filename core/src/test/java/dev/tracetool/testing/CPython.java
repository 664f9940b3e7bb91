package dev.tracetool.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * A real CPython for tests. {@link #MATRIX} comes as jars from Maven, the same on each machine; the build copies them as
 * {@code cpython-3.13.jar} and so on into the folder that the system property {@value #FOLDER_PROPERTY} names. Others
 * are used where they are installed.
 */
public final class CPython {
    /** The versions that every build tests with. */
    public static final List<String> MATRIX = List.of("3.12", "3.13", "3.14");

    public static final String FOLDER_PROPERTY = "tracetool.test.cpython";

    private static final String HOME_IN_JAR = "org/bytedeco/cpython/linux-x86_64/";
    private static final Map<String, CPython> UNPACKED = new ConcurrentHashMap<>();

    private final String version;
    private final Path executable;
    private final Map<String, String> environment;

    private CPython(String version, Path executable, Map<String, String> environment) {
        this.version = version;
        this.executable = executable;
        this.environment = environment;
    }

    /**
     * A CPython of the matrix, unpacked on first use into a folder beside its jar.
     *
     * @param version such as {@code 3.13}
     * @throws IllegalStateException if the build has not put the jar there: that is a broken build, not a reason to skip
     */
    public static CPython ofMatrix(String version) {
        return UNPACKED.computeIfAbsent(version, CPython::unpack);
    }

    /** A CPython that is installed on this machine: the one on the PATH, else the last that pyenv has. */
    public static Optional<CPython> installed(String version) {
        List<Path> candidates = new ArrayList<>();
        for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            candidates.add(Path.of(folder, "python" + version));
        }
        Path pyenv = Path.of(System.getProperty("user.home"), ".pyenv", "versions");
        if (Files.isDirectory(pyenv)) {
            try (Stream<Path> versions = Files.list(pyenv)) {
                versions.filter(v -> v.getFileName().toString().startsWith(version + "."))
                        .sorted(Comparator.reverseOrder())
                        .forEach(v -> candidates.add(v.resolve("bin/python")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        // A name alone does not prove it: pyenv puts scripts on the PATH for versions that are not there.
        return candidates.stream()
                .filter(Files::isExecutable)
                .map(executable -> new CPython(version, executable, Map.of()))
                .filter(CPython::answersItsVersion)
                .findFirst();
    }

    /** Such as {@code 3.13}. */
    public String version() {
        return version;
    }

    public Path executable() {
        return executable;
    }

    /** What the executable needs in its environment, for those who start it otherwise than by {@link #command}. */
    public Map<String, String> environment() {
        return environment;
    }

    /** Ready to start: this executable with the arguments, in an environment without settings of the caller's Python. */
    public ProcessBuilder command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("PYTHON"));
        builder.environment().putAll(environment);
        return builder;
    }

    public ProcessBuilder command(String... arguments) {
        return command(List.of(arguments));
    }

    @Override
    public String toString() {
        return "CPython " + version;
    }

    private boolean answersItsVersion() {
        try {
            Process process = command("-c", "import sys; print('%d.%d' % sys.version_info[:2])")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .equals(version);
        } catch (IOException e) {
            return false;
        }
    }

    private static CPython unpack(String version) {
        String folder = System.getProperty(FOLDER_PROPERTY);
        if (folder == null) {
            throw new IllegalStateException("-D" + FOLDER_PROPERTY + " does not say where the CPython jars are");
        }
        Path jar = Path.of(folder, "cpython-" + version + ".jar").toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("no " + jar);
        }
        try {
            // Named by the jar's size too, so that an update of the jar is not answered by what was unpacked before.
            Path target = jar.resolveSibling(version + "-" + Long.toHexString(Files.size(jar)));
            if (!Files.isDirectory(target)) {
                unpackOnce(jar, target);
            }
            Path home = target.resolve(HOME_IN_JAR);
            return new CPython(
                    version,
                    home.resolve("bin/python3"),
                    Map.of("LD_LIBRARY_PATH", home.toString(), "PYTHONHOME", home.toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Unpacks beside the target and renames: of several processes that do so at once, one wins and all see it whole. */
    private static void unpackOnce(Path jar, Path target) throws IOException {
        Path temporary = Files.createTempDirectory(target.getParent(), target.getFileName() + ".");
        try {
            copyHome(jar, temporary);
            if (!temporary.resolve(HOME_IN_JAR + "bin/python3").toFile().setExecutable(true)) {
                throw new IOException("cannot make python3 executable in " + temporary);
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(target)) { // Otherwise somebody else was first.
                throw e;
            }
        } finally {
            deleteTree(temporary);
        }
    }

    private static void copyHome(Path jar, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Path file = folder.resolve(entry.getName()).normalize();
                if (entry.isDirectory() || !entry.getName().startsWith(HOME_IN_JAR) || !file.startsWith(folder)) {
                    continue;
                }
                Files.createDirectories(file.getParent());
                try (InputStream content = zip.getInputStream(entry)) {
                    Files.copy(content, file);
                }
            }
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
