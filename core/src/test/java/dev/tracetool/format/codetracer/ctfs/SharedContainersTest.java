package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.input.FileInput;
import dev.tracetool.input.InputBytes;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Files that real recorders wrote, against what an independent decoder read from them. They are no part of the project. */
class SharedContainersTest {
    private static final Path SHARED = Path.of("../../shared/data/codetracer");

    @BeforeEach
    void needsTheFiles() {
        assumeTrue(Files.isDirectory(SHARED), "no files of other recorders in " + SHARED.toAbsolutePath());
    }

    private static Trace open(String name) throws IOException {
        return TraceFormats.open(SHARED.resolve("ct").resolve(name));
    }

    private static List<String> expected(String name) throws IOException {
        return Files.readAllLines(SHARED.resolve("expected").resolve(name));
    }

    /** Step by step: number, kind, address, file and line. The text has the first 40 of them. */
    @Test
    void should_find_the_steps_of_a_python_recording() throws IOException, MalformedContainerException {
        Pattern step = Pattern.compile(" +(\\d+) (abs|delta|dcol) (\\d+) \\((\\d+), (\\d+), (\\d+)\\)");
        try (InputBytes container =
                        new InputBytes(new FileInput(SHARED.resolve("ct").resolve("python_flask_serve.ct")));
                FrameUnpacker unpacker = new FrameUnpacker(container.unpacked())) {
            Directory directory = Directory.read(container, ContainerHeader.read(container));
            MetaData meta = MetaData.read(container, directory.file("meta.dat"));
            Locations locations = PathTable.read(directory, meta).locations();
            ChunkedStream chunks =
                    StepReader.open(directory.file("steps.dat"), directory.file("steps.idx"), false, unpacker);
            chunks.read(0);
            Cursor in = new Cursor(chunks.bytes(), 0, chunks.length(), 0, true);
            long address = 0;
            int number = 0;
            for (String line : expected("python_flask_serve.decoded.txt")) {
                Matcher match = step.matcher(line);
                if (match.matches()) {
                    int tag = in.u8();
                    address = tag == 0 ? in.varint() : address + in.signed();
                    assertEquals(Integer.parseInt(match.group(1)), number++);
                    assertEquals(Map.of("abs", 0, "delta", 1, "dcol", 7).get(match.group(2)), tag);
                    assertEquals(Long.parseLong(match.group(3)), address);
                    assertTrue(locations.find(address));
                    assertEquals(
                            match.group(4) + " " + match.group(5) + " " + match.group(6),
                            locations.file() + " " + locations.line() + " " + (address - locations.low() + 1));
                }
            }
            assertEquals(40, number);
        }
    }

    /** Call by call: function, caller, steps, and whether an exception left it. */
    @Test
    void should_find_the_calls_of_a_python_recording() throws IOException {
        Pattern call = Pattern.compile(
                " +call (\\d+) f (\\d+) b'(.*?)' parent (-?\\d+) entry (\\d+) exit (\\d+) .*? ex b'(.*?)' kids .*");
        Damage damage = new Damage();
        try (InputBytes container =
                        new InputBytes(new FileInput(SHARED.resolve("ct").resolve("python_flask_serve.ct")));
                FrameUnpacker unpacker = new FrameUnpacker(container.unpacked())) {
            Directory directory = Directory.read(container, ContainerHeader.read(container));
            MetaData meta = MetaData.read(container, directory.file("meta.dat"));
            NameTable names = NameTable.read(directory, meta);
            CallStream calls = new CallStream(directory, false, unpacker, damage);
            int number = 0;
            for (String line : expected("python_flask_serve.decoded.txt")) {
                Matcher match = call.matcher(line);
                if (match.matches()) {
                    assertTrue(calls.next());
                    assertEquals(Long.parseLong(match.group(1)), calls.key());
                    assertEquals(Long.parseLong(match.group(2)), calls.function());
                    assertEquals(match.group(3), names.name((int) calls.function()));
                    assertEquals(Long.parseLong(match.group(4)), calls.parent());
                    assertEquals(Long.parseLong(match.group(5)), calls.entry());
                    assertEquals(Long.parseLong(match.group(6)), calls.exit());
                    assertEquals(!match.group(7).isEmpty(), calls.exception());
                    number++;
                }
            }
            assertEquals(22, number);
            assertEquals(false, calls.next());
        }
        assertTrue(damage.isEmpty());
    }

    /**
     * The events that must follow from the decoded text: of each call its start and its end; of its steps those of lines
     * but for the first, which is its definition.
     */
    @Test
    void should_tell_the_lines_of_a_python_recording_as_they_ran() throws IOException {
        List<String> lines;
        TraceSummary summary;
        try (Trace trace = open("python_flask_serve.ct")) {
            lines = EventText.of(trace);
            summary = trace.summary();
        }
        String app = "/home/zahary/m/php-support/codetracer-python-recorder/test-programs/web/flask/app.py";
        String users = "build_flask_app.<locals>.list_users " + app + ":28 ";
        String lambda = "build_flask_app.<locals>.list_users.<locals>.<lambda> " + app + ":30 ";
        String route = "build_flask_app.<locals>.publish_route " + app + ":64 ";
        assertEquals(
                List.of(
                        "0 PY_START " + users + 0,
                        "0 LINE " + users + 30,
                        "0 PY_START " + lambda + 0,
                        "0 LINE " + lambda + 30,
                        "0 PY_RETURN " + lambda + 0,
                        "0 PY_START " + lambda + 0,
                        "0 LINE " + lambda + 30,
                        "0 PY_RETURN " + lambda + 0,
                        "0 PY_RETURN " + users + 0,
                        "0 PY_START " + route + 0,
                        "0 LINE " + route + 69,
                        "0 LINE " + route + 70,
                        "0 LINE " + route + 71,
                        "0 PY_RETURN " + route + 0),
                lines.subList(0, 14));
        // 84 steps: 14 moves within a line, the first of the recording, and a definition for each of 22 calls.
        assertEquals(84 - 14 - 1 - 22, summary.eventsByKind().get("LINE"));
        assertEquals(22, summary.eventsByKind().get("PY_START"));
        assertEquals(22, summary.eventsByKind().get("PY_RETURN"));
        assertEquals(9, summary.codes().size());
        List<String> text = expected("python_flask_serve.decoded.txt");
        assertTrue(text.contains("steps 84 {'abs': 42, 'delta': 28, 'dcol': 14}"));
        assertEquals(
                List.of(List.of("absolute", 42L), List.of("delta", 28L), List.of("delta_column", 14L)),
                table(summary, "steps"));
        assertTrue(text.contains("value records 84 values 814 chunk 256 [0]"));
        assertEquals(84L, table(summary, "streams").get(2).get(1));
        assertEquals(814L, table(summary, "streams").get(2).get(2));
        assertTrue(text.contains("io 15"));
        assertEquals(15L, table(summary, "streams").get(3).get(1));
    }

    @Test
    void should_count_the_records_of_older_containers() throws IOException {
        Pattern count = Pattern.compile("'(\\w+)': (\\d+)");
        for (String name : List.of("spec_minimal_trace", "stylus_fund_tracking_demo")) {
            List<String> text = expected(name + ".eventslog.txt");
            String last = text.get(text.size() - 1);
            Map<String, Long> counts = new TreeMap<>();
            Matcher match = count.matcher(last.substring(last.lastIndexOf('{')));
            while (match.find()) {
                counts.put(match.group(1), Long.parseLong(match.group(2)));
            }
            try (Trace trace = open(name + ".ct")) {
                Map<String, Long> found = new TreeMap<>();
                TraceSummary summary = trace.summary();
                table(summary, "records").forEach(row -> found.put((String) row.get(0), (Long) row.get(1)));
                assertEquals(counts, found, name);
                assertTrue(summary.result().complete());
            }
        }
    }

    @Test
    void should_read_the_records_of_the_specification() throws IOException {
        try (Trace trace = open("spec_minimal_trace.ct")) {
            assertEquals(
                    List.of(
                            "0 LINE <unknown> /src/main.nim:-1 1",
                            "0 PY_START main /src/main.nim:1 0",
                            "0 LINE main /src/main.nim:1 3",
                            "0 LINE main /src/main.nim:1 4",
                            "0 LINE <unknown> /src/math_utils.nim:-1 10",
                            "0 PY_RETURN main /src/main.nim:1 0"),
                    EventText.of(trace));
        }
    }

    /** Its log has no steps, as the expected text shows; its streams have calls and threads. */
    @Test
    void should_prefer_the_streams_of_an_elixir_recording() throws IOException {
        List<String> log = expected("elixir_plug_app.eventslog.txt");
        assertEquals("122 {'VariableName': 3, 'Type': 26, 'Value': 93}", log.get(log.size() - 1));
        try (Trace trace = open("elixir_plug_app.ct")) {
            TraceSummary summary = trace.summary();
            assertEquals(47, summary.eventsByKind().get("PY_START"));
            assertEquals(0, summary.eventsByKind().get("LINE"));
            assertTrue(summary.threads().size() > 20);
        }
    }

    @Test
    void should_read_all_of_them_without_damage() throws IOException {
        List<String> names = new ArrayList<>();
        try (var files = Files.list(SHARED.resolve("ct"))) {
            for (Path file : files.sorted().toList()) {
                names.add(file.getFileName().toString());
                try (Trace trace = TraceFormats.open(file)) {
                    EventText.of(trace);
                    assertTrue(trace.summary().result().damage().isEmpty());
                }
            }
        }
        assertEquals(5, names.size());
    }

    private static List<List<Object>> table(TraceSummary summary, String name) {
        return summary.details().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow()
                .rows();
    }
}
