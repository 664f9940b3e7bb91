package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a real recording says of calls, returns and lines, its copies in other formats say too. */
class ConvertIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    private static final String PROGRAM = """
            import threading

            def generate(n):
                try:
                    for i in range(n):
                        yield i
                finally:
                    n = 0

            def fail(depth):
                if depth == 0:
                    raise KeyError(depth)
                fail(depth - 1)

            class Worker:
                def run(self):
                    for i in generate(3):
                        try:
                            fail(i)
                        except KeyError:
                            pass

            def main():
                threads = [threading.Thread(target=Worker().run) for _ in range(3)]
                for thread in threads:
                    thread.start()
                for thread in threads:
                    thread.join()
                one = generate(2)
                next(one)
                one.close()
                return sum(x for x in generate(4))

            main()
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_say_the_same_of_a_recording_in_every_format(String version) throws Exception {
        Recorder recorder = new Recorder(version, folder);
        recorder.recorded(recorder.write("program.py", PROGRAM));
        Path trace = recorder.trace();
        Path json = folder.resolve("trace.json");
        Cli.Result result = Cli.run("convert", "--to", "codetracer-json", trace, "-o", json);
        assertEquals(0, result.exitCode());
        assertFalse(result.err().contains(" frame"), "no call was made up: " + result.err());
        Path copy = folder.resolve("copy.bin");
        assertEquals("", Cli.run("convert", trace, "-o", copy).err());
        Path back = folder.resolve("back.bin");
        assertEquals(0, Cli.run("convert", json, "-o", back).exitCode());
        List<String> happened = happened(trace);
        assertTrue(happened.toString().contains("call generate"));
        assertEquals(happened, happened(copy));
        assertEquals(happened, happened(json));
        assertEquals(happened, happened(back));
        assertEquals(events(trace), events(copy));
    }

    private static String events(Path trace) {
        return Cli.run("events", "--format", "csv", trace).ok();
    }

    /** The calls, returns and lines of each thread. */
    private static List<String> happened(Path trace) {
        Map<String, StringBuilder> threads = new TreeMap<>();
        for (String row : events(trace).lines().skip(1).toList()) {
            String[] cells = row.split(",", -1); // time, thread, kind, code, file, line, qualname
            String what = switch (cells[2]) {
                case "PY_START", "PY_RESUME", "PY_THROW" -> "call ";
                case "PY_RETURN", "PY_YIELD", "PY_UNWIND" -> "return ";
                case "LINE" -> "line " + cells[5] + " ";
                default -> "";
            };
            if (!what.isEmpty()) {
                threads.computeIfAbsent(cells[1], thread -> new StringBuilder())
                        .append(what)
                        .append(cells[6])
                        .append('\n');
            }
        }
        List<String> all = new ArrayList<>();
        threads.values().forEach(thread -> all.add(thread.toString()));
        all.sort(null);
        return all;
    }
}
