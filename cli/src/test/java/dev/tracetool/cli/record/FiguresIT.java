package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Each figure that the commands tell of a real run is the one that the interpreter itself, an independent counter and
 * coverage.py come to. The comparing is done by Python programs that share nothing with the tool but its output.
 */
class FiguresIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";
    private static final Path TOUR = Recorder.SAMPLES.resolve("tour.py");

    @TempDir
    Path folder;

    /** Runs a command of the tool in this process, with an empty standard error. Returns what it printed, as a file. */
    private Path tool(String name, Path input, String... words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        byte[] in = Files.readAllBytes(input);
        int status = Main.run(words, new ByteArrayInputStream(in), out, new PrintStream(err, true));
        assertEquals("", err.toString(StandardCharsets.UTF_8));
        assertEquals(0, status);
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    private Path tool(String name, String... words) throws IOException {
        return tool(name, Files.write(folder.resolve("nothing"), new byte[0]), words);
    }

    private static void check(Recorder recorder, String program, Object... arguments) {
        Object[] words = new Object[arguments.length + 1];
        words[0] = Recorder.tool("figures/" + program);
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        Recorder.Ended ended = recorder.plain(words);
        assertEquals(0, ended.status(), () -> ended.out() + ended.err());
    }

    private Path report(Recorder recorder) throws IOException {
        String trace = recorder.trace().toString();
        return tool("report.json", "report", "--by", "file,function,line,thread", "--format", "json", trace);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_report_what_an_independent_counter_and_an_independent_account_of_times_say(String version)
            throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path counted = folder.resolve("counted.json");
        String counter = Recorder.tool("oracle/count_events.py");
        assertEquals(
                0,
                recorder.plain(counter, "monitoring", counted, Recorder.SAMPLES, TOUR)
                        .status());
        for (List<Object> options :
                List.<List<Object>>of(List.of(), List.of("--line-times"), List.of("--mode", "full"))) {
            Object[] words = new Object[options.size() + 1];
            options.toArray(words);
            words[options.size()] = TOUR;
            assertEquals(0, recorder.record(words).status());
            Path events = tool(
                    "events.ndjson",
                    "events",
                    "--format",
                    "ndjson",
                    recorder.trace().toString());
            check(recorder, "check_report.py", report(recorder), events, counted);
        }
    }

    /** Recursion, generators, tasks, threads, exceptions: all of it is in the tour. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_tell_who_called_whom_as_the_frames_of_the_interpreter_do(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path coroutines = Path.of(Recorder.program("coroutines.py"));
        for (Path script : List.of(TOUR, coroutines, Path.of(Recorder.program("flow.py")))) {
            Path counted = folder.resolve("calls.json");
            String counter = Recorder.tool("oracle/count_calls.py");
            Recorder.Ended ended = recorder.plain(counter, counted, script.getParent(), script);
            assertEquals(0, ended.status(), ended::err);
            recorder.recorded("--mode", "calls", script);
            String trace = recorder.trace().toString();
            Path tree = tool("tree.json", "tree", "--format", "json", trace);
            Path callers = tool("callers.json", "tree", "--format", "json", "--callers", "*", "--depth", "2", trace);
            check(recorder, "check_tree.py", tree, callers, report(recorder), counted);
        }
    }

    /** An event loop that was recorded, too, changes nothing of the calls among the tasks. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_tell_the_same_of_tasks_whether_their_event_loop_was_recorded_or_not(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = Recorder.SAMPLES.resolve("tasks.py");
        Pattern figures = Pattern.compile("(?m)^(.*),[0-9]+,[0-9]+,,$");
        List<String> trees = new ArrayList<>();
        for (Object[] options : new Object[][] {{script}, {"--all", script}}) {
            recorder.recorded(options);
            Path csv = tool(
                    "tree.csv",
                    "tree",
                    "--format",
                    "csv",
                    "--include",
                    script.toString(),
                    recorder.trace().toString());
            trees.add(figures.matcher(Files.readString(csv))
                    .results()
                    .map(row -> row.group(1).replaceFirst("^[0-9]*,[0-9]*,", ""))
                    .sorted()
                    .collect(Collectors.joining("\n")));
        }
        assertEquals(trees.get(0), trees.get(1));
        assertTrue(trees.get(0).contains("task," + script + ",worker,"), trees.get(0));
        assertTrue(trees.get(0).contains("task," + script + ",main,"), trees.get(0));
        assertFalse(trees.get(0).contains("task," + script + ",Door.__aenter__,"), trees.get(0));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_tell_the_lines_and_columns_that_the_interpreter_tells(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.recorded("--mode", "calls", TOUR);
        String trace = recorder.trace().toString();
        Path codes = tool("codes.json", "inspect", "--codes", "--format", "json", trace);
        Recorder.Ended questions = recorder.plain(Recorder.tool("figures/check_lines.py"), "ask", codes);
        Path asked = recorder.write("questions", questions.out());
        Path answers = tool("answers", asked, "lines", "--stdin", "--columns", trace);
        check(recorder, "check_lines.py", "check", codes, answers);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_give_each_event_the_line_of_its_offset(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.recorded("--mode", "full", TOUR);
        String trace = recorder.trace().toString();
        Path codes = tool("codes.json", "inspect", "--codes", "--format", "json", trace);
        check(recorder, "check_events.py", codes, tool("events.ndjson", "events", "--format", "ndjson", trace));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_add_up_the_traces_of_several_processes(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.recorded(Recorder.program("fork.py"), "nested");
        List<Path> traces = new ArrayList<>(recorder.childTraces());
        traces.add(recorder.trace());
        assertEquals(3, traces.size());
        recorder.recorded("-o", recorder.trace().resolveSibling("tour.bin"), TOUR);
        traces.add(recorder.trace().resolveSibling("tour.bin"));
        List<Object> reports = new ArrayList<>();
        String[] together = {"report", "--by", "function,line", "--format", "json"};
        reports.add(tool("together.json", concat(together, traces)));
        for (Path trace : traces) {
            reports.add(tool(trace.getFileName() + ".json", concat(together, List.of(trace))));
        }
        check(recorder, "check_sum.py", reports.toArray());
    }

    private static String[] concat(String[] words, List<Path> files) {
        return Stream.concat(Stream.of(words), files.stream().map(Path::toString))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_agree_with_coverage_on_executable_lines_and_lines_hit(String version) throws IOException {
        Path packages = Path.of("/usr/lib/python3/dist-packages");
        assumeTrue(Files.isDirectory(packages.resolve("coverage")), "there is no coverage.py here");
        Recorder recorder = new Recorder(version, folder);
        recorder.recorded("--mode", "coverage", TOUR);
        String run =
                "import sys; sys.path.append('" + packages + "'); from coverage.cmdline import main; sys.exit(main())";
        Recorder.Ended covered =
                recorder.plain("-c", run, "run", "--data-file=data", "--source=" + Recorder.SAMPLES, TOUR);
        assertEquals(0, covered.status(), covered::err);
        Recorder.Ended written = recorder.plain("-c", run, "json", "--data-file=data", "-o", "coverage.json");
        assertEquals(0, written.status(), () -> written.out() + written.err());
        check(recorder, "check_coverage.py", report(recorder), folder.resolve("coverage.json"));
    }
}
