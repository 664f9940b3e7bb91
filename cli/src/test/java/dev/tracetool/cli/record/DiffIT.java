package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** A program is recorded, edited and recorded again: what {@code diff} tells is what was edited, by arithmetic. */
class DiffIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    /** Each loop of {@code often} is two line events, and its last look at the range one more. */
    private static final String BEFORE = """
            def same(n):
                return n + 1

            def edited(n):
                return n * 2

            def removed():
                return 3

            def often(n):
                for i in range(n):
                    same(i)

            often(10)
            edited(4)
            removed()
            """;

    private static final String AFTER = """
            def same(n):
                return n + 1

            def edited(n):
                return n * 3 - 1

            def added():
                return 4

            # A comment that moves what
            # stands below it.
            def often(n):
                for i in range(n):
                    same(i)

            often(25)
            edited(4)
            added()
            """;

    @TempDir
    Path folder;

    private Path record(String version, String name, String program) throws IOException {
        Path checkout = Files.createDirectories(folder.resolve(name));
        Recorder recorder = new Recorder(version, checkout);
        recorder.recorded(recorder.write("pkg/program.py", program));
        return recorder.trace();
    }

    private static String diff(int exitCode, Object... words) {
        Cli.Result result = Cli.runAll(List.of("diff"), words);
        assertEquals("", result.err());
        assertEquals(exitCode, result.exitCode());
        return result.out();
    }

    /** Of a CSV, the columns with these names. */
    private static List<String> columns(String csv, String... names) {
        List<String> heads = List.of(csv.lines().findFirst().orElseThrow().split(","));
        List<String> rows = new ArrayList<>();
        csv.lines().skip(1).forEach(line -> {
            String[] cells = line.split(",", -1);
            rows.add(String.join(
                    " ",
                    Stream.of(names).map(name -> cells[heads.indexOf(name)]).toList()));
        });
        return rows;
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_tell_what_was_edited_in_another_checkout(String version) throws IOException {
        Path base = record(version, "base", BEFORE);
        Path head = record(version, "head", AFTER);
        String csv = diff(1, base, head, "--format", "csv", "--exit-code");
        assertEquals(
                List.of(
                        "pkg/program.py often moved 10 12 1 1 0 21 51",
                        "pkg/program.py same same 1 1 10 25 15 10 25",
                        "pkg/program.py added new  7 0 1 1 0 1",
                        "pkg/program.py removed gone 7  1 0 -1 1 0",
                        "pkg/program.py <module> changed 1 1 1 1 0 7 7",
                        "pkg/program.py edited changed 4 4 1 1 0 1 1"),
                columns(
                        csv,
                        "file",
                        "qualname",
                        "code",
                        "base_first_line",
                        "head_first_line",
                        "base_calls",
                        "head_calls",
                        "calls_change",
                        "base_line_events",
                        "head_line_events"));
        String lines = diff(0, base, head, "--by", "line", "--format", "csv", "--sort", "name");
        assertEquals(
                List.of("2 2 10 25", " 8 0 1", "8  1 0", "11 13 11 26", "12 14 10 25"),
                columns(lines, "base_line", "head_line", "base_hits", "head_hits"));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_find_that_a_run_repeated_differs_in_nothing_that_is_counted(String version) throws IOException {
        Path first = record(version, "first", BEFORE);
        Path second = record(version, "second", BEFORE);
        assertTrue(diff(0, first, second, "--exit-code").endsWith("\nNothing changed.\n"));
        assertTrue(diff(0, first, first, "--exit-code").endsWith("\nNothing changed.\n"));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_count_processes_of_a_run_with_it(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.recorded(Recorder.program("fork.py"), "nested");
        List<Object> words = new ArrayList<>(List.of("--base", recorder.trace()));
        words.addAll(recorder.childTraces());
        words.addAll(List.of("--head", recorder.trace()));
        words.addAll(recorder.childTraces());
        String text = diff(0, words.toArray());
        assertTrue(text.startsWith("Base, 1 run\n") && text.contains("\nHead, 1 run\n"), text);
        assertTrue(text.endsWith("\nNothing changed.\n"), text);
    }
}
