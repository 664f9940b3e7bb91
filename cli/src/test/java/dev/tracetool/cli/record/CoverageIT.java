package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** On the same run, {@code coverage} tells of each file, statement by statement, what coverage.py tells. */
class CoverageIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";
    private static final Path PACKAGES = Path.of("/usr/lib/python3/dist-packages");
    private static final String MAIN =
            "import sys; sys.path.append('" + PACKAGES + "'); from coverage.cmdline import main; sys.exit(main())";

    @TempDir
    Path folder;

    @BeforeEach
    void needCoverage() {
        assumeTrue(
                Files.isDirectory(PACKAGES.resolve("coverage")),
                "there is no coverage.py here: figures were not compared with its");
    }

    private static void ok(Recorder.Ended ended) {
        assertEquals(0, ended.status(), () -> ended.out() + ended.err());
    }

    /** coverage.py's account of the program, as JSON. */
    private Path coverage(Recorder recorder, List<Object> options, Object... program) {
        List<Object> run = new ArrayList<>(List.of("-W", "ignore", "-c", MAIN, "run", "--data-file=data"));
        run.addAll(options);
        Collections.addAll(run, program);
        ok(recorder.plain(run.toArray()));
        ok(recorder.plain("-W", "ignore", "-c", MAIN, "json", "-i", "--data-file=data", "-o", "coverage.json"));
        return folder.resolve("coverage.json");
    }

    private Path tool(Recorder recorder, String... options) throws IOException {
        Object[] words = Cli.words(List.of("coverage", "--strict", "--format", "json"), (Object[]) options);
        Cli.Result result = Cli.runAll(List.of(words), recorder.trace());
        assertEquals(0, result.exitCode(), result.err());
        return Files.writeString(folder.resolve("tool.json"), result.out());
    }

    private static void check(Recorder recorder, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of(Recorder.tool("figures/check_statements.py")));
        Collections.addAll(words, arguments);
        Recorder.Ended ended = recorder.plain(words.toArray());
        ok(ended);
        System.out.print(ended.out());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_agree_with_coverage_on_the_samples(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path tour = Recorder.SAMPLES.resolve("tour.py");
        recorder.recorded("--mode", "lines", tour);
        Path covered = coverage(recorder, List.of("--source=" + Recorder.SAMPLES), tour);
        check(recorder, tool(recorder), covered, 7);
    }

    /** A program with comments that exclude, statements of several lines, docstrings of all kinds, and each clause. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_agree_with_coverage_on_what_a_comment_excludes(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        String program = Recorder.program("excluded.py");
        recorder.recorded("--mode", "coverage", program);
        Path covered = coverage(recorder, List.of("--include=" + program), program);
        check(recorder, tool(recorder), covered, 1);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_agree_with_coverage_on_what_settings_exclude(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        String program = Recorder.program("excluded.py");
        recorder.recorded("--mode", "coverage", program);
        List<List<String>> settings = List.of(
                List.of("return \\d+"),
                List.of("^class ", "while\\s"),
                List.of("def (area|plain)", "@\\w+$"),
                List.of("."));
        for (List<String> regexes : settings) {
            recorder.write(".coveragerc", "[report]\nexclude_lines =\n    " + String.join("\n    ", regexes) + "\n");
            Path covered = coverage(recorder, List.of("--include=" + program), program);
            String[] options = regexes.stream()
                    .flatMap(regex -> Stream.of("--exclude-lines", regex))
                    .toArray(String[]::new);
            check(recorder, tool(recorder, options), covered, 1);
        }
    }

    /** A program with each kind of decision, taken this way, that way, both and not at all. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_agree_with_coverage_on_branches(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (String name : List.of("branches.py", "flow.py", "coroutines.py", "excluded.py")) {
            String program = Recorder.program(name);
            Path covered = coverage(recorder, List.of("--branch", "--include=" + program), program);
            for (String mode : List.of("lines", "full")) {
                recorder.recorded("--mode", mode, program);
                checkBranches(recorder, tool(recorder, "--branch"), covered, 1);
            }
        }
    }

    /** Statement by statement of some tests, and of what they test. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_agree_with_coverage_on_branches_of_the_standard_library(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        List<String> modules = List.of("textwrap", "sched", "graphlib", "colorsys", "with", "contextlib");
        List<Object> tests = new ArrayList<>(List.of("-m", "unittest", "-q"));
        modules.forEach(module -> tests.add("test.test_" + module));
        List<Object> words = new ArrayList<>(Arrays.asList("--mode", "lines", "--all"));
        words.addAll(tests);
        recorder.recorded(words.toArray());
        Path covered = coverage(recorder, List.of("-L", "--branch"), tests.toArray());
        checkBranches(
                recorder,
                tool(recorder, "--branch"),
                covered,
                100,
                "--library",
                "sched.py",
                "graphlib.py",
                "colorsys.py");
    }

    private static void checkBranches(Recorder recorder, Object... arguments) {
        List<Object> words = new ArrayList<>(List.of(Recorder.tool("figures/check_branches.py")));
        Collections.addAll(words, arguments);
        Recorder.Ended ended = recorder.plain(words.toArray());
        ok(ended);
        System.out.print(ended.out());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_agree_with_coverage_on_tests_of_the_standard_library(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        List<String> modules = List.of("textwrap", "sched", "graphlib", "colorsys", "with", "grammar", "contextlib");
        List<Object> tests = new ArrayList<>(List.of("-m", "unittest", "-q"));
        modules.forEach(module -> tests.add("test.test_" + module));
        List<Object> words = new ArrayList<>(Arrays.asList("--mode", "coverage", "--all"));
        words.addAll(tests);
        recorder.recorded(words.toArray());
        Path covered = coverage(recorder, List.of("-L"), tests.toArray());
        check(recorder, tool(recorder), covered, 8, "--library", "sched.py", "graphlib.py", "colorsys.py");
    }
}
