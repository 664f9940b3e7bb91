package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.Summary;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.testing.CPython;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Traces that CodeTracer's own recorders wrote, where they are at hand. */
class RealTracesTest {
    private static final Path DATA = checkout().resolveSibling("shared").resolve("data/codetracer");

    @TempDir
    Path temporary;

    /** The folder of the checkout: of tests, the working directory is that of their module. */
    private static Path checkout() {
        Path here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("core")) ? here : here.getParent();
    }

    private static Path data(String name) {
        assumeTrue(Files.isDirectory(DATA), "no traces of CodeTracer's recorders at " + DATA);
        return DATA.resolve(name);
    }

    private static List<Path> files(String suffix) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String folder : List.of("json", "derived")) {
            try (Stream<Path> all = Files.walk(data(folder))) {
                all.filter(p -> p.toString().endsWith(suffix))
                        .filter(p -> !p.toString().endsWith("_metadata.json"))
                        .filter(p -> !p.toString().endsWith("_paths.json"))
                        .forEach(found::add);
            }
        }
        return found.stream().sorted().toList();
    }

    private static EventLog read(Path path) throws IOException {
        try (Trace trace = TraceFormats.open(path)) {
            EventLog log = new EventLog();
            ReadResult result = trace.read(log);
            assertTrue(
                    result.complete() && result.damage().isEmpty(),
                    path + ": " + result.damage().notes());
            return log;
        }
    }

    @Test
    void should_open_all_but_the_one_that_is_another_format() throws IOException {
        List<Path> all = new ArrayList<>(files(".json"));
        all.addAll(files(".bin"));
        int opened = 0;
        for (Path path : all) {
            if (path.getFileName().toString().startsWith("not-this-format")) {
                TraceException e = assertThrows(TraceException.class, () -> read(path));
                assertTrue(e.getMessage().contains("CodeTracer's tracer for Noir"), e.getMessage());
            } else {
                assertFalse(read(path).events().isEmpty(), path.toString());
                opened++;
            }
        }
        assertTrue(opened >= 25, "files: " + opened);
    }

    /** Each run that exists as JSON, as Cap'n Proto and as CBOR says the same in all. */
    @Test
    void should_agree_in_all_encodings() throws IOException {
        int runs = 0;
        for (Path v0 : files(".v0.bin")) {
            Path v1 = v0.resolveSibling(v0.getFileName().toString().replace(".v0.", ".v1."));
            String stem = v0.getFileName().toString().replace(".v0.bin", "");
            List<Path> json = Stream.of(
                            v0.resolveSibling("trace.json"),
                            data("json").resolve(stem + ".json"),
                            data("json").resolve(stem.replace("_trace", "") + "/trace.json"))
                    .filter(Files::isRegularFile)
                    .limit(1)
                    .toList();
            List<Path> others = new ArrayList<>(json);
            others.add(v1);
            assertTrue(json.size() == 1 || stem.equals("trace"), stem);
            EventLog first = read(v0);
            for (Path other : others) {
                assertEquals(first.lines, read(other).lines, other.toString());
                assertEquals(summary(v0), summary(other), other.toString());
                assertEquals(report(v0), report(other), other.toString());
                assertEquals(tree(v0), tree(other), other.toString());
                runs++;
            }
        }
        assertTrue(runs >= 17, "pairs: " + runs);
    }

    /** All that inspect shows, but where in the file something is. */
    private static String summary(Path path) throws IOException {
        try (Trace trace = TraceFormats.open(path)) {
            TraceSummary summary = trace.summary();
            StringBuilder text = new StringBuilder();
            text.append(summary.eventsByKind()).append(summary.threads());
            for (DetailTable table : summary.details()) {
                int place = table.columns().indexOf("first_byte");
                table.rows().forEach(row -> {
                    List<Object> cells = new ArrayList<>(row);
                    if (place >= 0) {
                        cells.set(place, null);
                    }
                    text.append(table.name()).append(cells);
                });
            }
            return text.toString();
        }
    }

    private static List<String> tree(Path path) throws IOException {
        try (Trace trace = TraceFormats.open(path)) {
            List<String> lines = TreeLines.of(
                    Summary.of(trace, EnumSet.of(Summary.Part.TREE)).tree());
            assertTrue(lines.size() > 1, path + " has calls");
            return lines;
        }
    }

    private static String report(Path path) throws IOException {
        try (Trace trace = TraceFormats.open(path)) {
            Activity activity =
                    Summary.of(trace, EnumSet.noneOf(Summary.Part.class)).activity();
            StringBuilder text = new StringBuilder();
            activity.functions()
                    .forEach(f -> text.append(f.identity().filename())
                            .append(f.identity().qualname())
                            .append(f.calls())
                            .append('/')
                            .append(Arrays.toString(f.lines().lines()))
                            .append(f.lineEvents())
                            .append('\n'));
            return text.toString();
        }
    }

    /** Lines and calls are as sys.settrace counts them in the same program. */
    @ParameterizedTest
    @CsvSource({
        "json/purepy_calc.json, json/purepy_calc.py, calc.py",
        "json/purepy_array_sum.json, json/purepy_array_sum.py, array_sum.py",
        "derived/purepy_examples_basic_args/trace.json, derived/purepy_examples_basic_args/prog/basic_args.py, basic_args.py",
        "derived/purepy_examples_classes_methods/trace.v0.bin,"
                + " derived/purepy_examples_classes_methods/prog/classes_methods.py, classes_methods.py",
        "derived/purepy_examples_exceptions/trace.v1.bin,"
                + " derived/purepy_examples_exceptions/prog/exceptions.py, exceptions.py",
        "derived/purepy_examples_generators_async/trace.json,"
                + " derived/purepy_examples_generators_async/prog/generators_async.py, generators_async.py"
    })
    void should_count_what_ran(String trace, String program, String name) throws Exception {
        List<String> counted = new ArrayList<>();
        TreeMap<String, Integer> found = new TreeMap<>();
        EventLog log = read(data(trace));
        for (String event : log.events()) {
            String[] words = event.split(" ", -1);
            if (words[0].equals("PY_START")) {
                found.merge("call " + words[2] + ":" + words[1], 1, Integer::sum);
            } else if (!words[0].equals("PY_RETURN")) {
                found.merge("line " + words[0], 1, Integer::sum);
            }
        }
        found.forEach((key, count) -> counted.add(key + " " + count));
        assertEquals(String.join("\n", expected(data(program), name)), String.join("\n", counted));
    }

    private List<String> expected(Path program, String name)
            throws IOException, InterruptedException, URISyntaxException {
        Path copy = Files.copy(program, temporary.toRealPath().resolve(name));
        Path script = Path.of(RealTracesTest.class.getResource("count_lines.py").toURI());
        Path errors = temporary.resolve("errors");
        Process process = CPython.ofMatrix("3.12")
                .command(script.toString(), copy.getParent().toString(), copy.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        assertEquals(0, process.waitFor(), () -> "see " + errors);
        return Files.readString(errors, StandardCharsets.UTF_8).lines().sorted().toList();
    }
}
