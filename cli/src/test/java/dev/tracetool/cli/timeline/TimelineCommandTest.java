package dev.tracetool.cli.timeline;

import static dev.tracetool.cli.HostileText.HOSTILE_FILE;
import static dev.tracetool.cli.HostileText.HOSTILE_NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.testing.RecordingFile;
import dev.tracetool.trace.EventKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimelineCommandTest {
    /** A time that is a bucket's begin, so that charts are exact. */
    private static final long UNIT = 1 << 20;

    @TempDir
    Path folder;

    private Path trace = Path.of("unset");

    @BeforeEach
    void writeTrace() throws IOException {
        Recording run = new Recording();
        int main = run.code("/p/app.py", "main", 1, 1, 2);
        int work = run.code("/p/lib/work.py", "work", 4, 4, 5);
        run.thread(0, "MainThread").start(main, 0).leave(main, 8 * UNIT);
        run.thread(1, "pool").start(work, 4 * UNIT).leave(work, 4 * UNIT + UNIT / 2);
        for (int i = 0; i < 4; i++) {
            run.start(work, 6 * UNIT + i).leave(work, 6 * UNIT + i + 1);
        }
        trace = RecordingFile.write(run.end(16 * UNIT), folder.resolve("t.bin"));
    }

    private Cli.Result run(Object... options) {
        return Cli.runAll(List.of("timeline", trace), options);
    }

    private String timeline(Object... options) {
        return run(options).ok();
    }

    @Test
    void should_show_when_threads_were_busy() {
        assertEquals(trace + ": cpython 3.13.0, mode lines, 12 events, 16.8 ms\n" + """

                  16.8 ms, 1.05 ms a column; time in recorded functions, a full block being all of it

                   busy  thread  |0 s    |8.39 ms    name
                  50.0%       0  |████████        |  MainThread
                   3.1%       1  |    ▄ ▁         |  pool

                Where the time went
                     from       to  in functions  most of it in
                     0 ns  2.10 ms       2.10 ms  100% main app.py:1
                  2.10 ms  4.19 ms       2.10 ms  100% main app.py:1
                  4.19 ms  6.29 ms       2.62 ms  80% main app.py:1, 20% work lib/work.py:4
                  6.29 ms  8.39 ms       2.10 ms  99% main app.py:1, 1% work lib/work.py:4
                  8.39 ms  10.5 ms          0 ns
                  10.5 ms  12.6 ms          0 ns
                  12.6 ms  14.7 ms          0 ns
                  14.7 ms  16.8 ms          0 ns
                """, timeline("--width", "16"));
    }

    @Test
    void should_show_calls() {
        String text = timeline("--width", "16", "--show", "calls");
        assertTrue(text.contains("a column; calls, a full block being 4 calls\n"), text);
        assertTrue(text.contains("\n      1       0  |▂               |  MainThread\n"), text);
        assertTrue(text.contains("\n      5       1  |    ▂ █         |  pool\n"), text);
    }

    @Test
    void should_label_times_where_there_is_room() {
        for (int width = 1; width <= 100; width++) {
            String text = timeline("--width", width);
            String axis = text.lines()
                    .filter(line -> line.contains("thread  "))
                    .findFirst()
                    .orElseThrow();
            assertEquals(width >= 4, axis.contains("|0 s"), axis);
            assertTrue(axis.length() <= 25 + width, axis);
        }
        String axis = "|0 s      |4.19 ms  |8.39 ms  |12.6 ms  ";
        assertTrue(timeline("--width", "40").contains(axis));
    }

    @Test
    void should_draw_with_ascii() {
        String text = timeline("--width", "16", "--ascii");
        assertTrue(text.contains("|########        |"), text);
        assertTrue(text.contains("|    = .         |"), text);
        assertTrue(text.chars().allMatch(c -> c < 128), text);
    }

    @Test
    void should_show_the_busiest_threads() {
        String text = timeline("--top", "1");
        assertTrue(text.contains("MainThread\n  … and 1 more thread: --top 0 shows all\n"), text);
        assertFalse(text.contains("  pool\n"), text);
        assertTrue(timeline("--top", "0").contains("  pool\n"));
    }

    /** Both began at the same moment, as their metadata say. */
    @Test
    void should_show_several_runs() throws IOException {
        Path copy = folder.resolve("copy.bin");
        Recording other = new Recording();
        other.code("/p/other.py", "other", 1, 1);
        other.thread(0, "MainThread").start(0, 0).leave(0, UNIT).end(2 * UNIT);
        RecordingFile.write(other, copy);
        String text = timeline(copy, "--width", "16");
        assertTrue(text.contains("|█               |  MainThread  " + copy + "\n"), text);
        assertTrue(text.contains("|████████        |  MainThread  " + trace + "\n"), text);
    }

    @Test
    void should_write_json() {
        String json = timeline("--format", "json", "--width", "2");
        assertTrue(json.startsWith("{\n  \"schema\": \"tracetool.timeline/1\",\n  \"inputs\": [\n"), json);
        String expected = """
                  "end_ns": 16777216,
                  "pieces": 1024,
                  "columns_ns": [
                    0,
                    8388608
                  ],
                  "threads": [
                    {
                      "input": "TRACE",
                      "id": 0,
                      "name": "MainThread",
                      "offset_ns": 0,
                      "self_ns": 8388608,
                      "total_calls": 1,
                      "busy_ns": [
                        8388608,
                        0
                      ],
                      "calls": [
                        1,
                        0
                      ]
                    },
                """.replace("TRACE", trace.toString());
        assertTrue(json.contains(expected), json);
        assertTrue(json.contains("""
                  "spans": [
                    {
                      "from_ns": 0,
                      "to_ns": 2097152,
                      "self_ns": 2097152,
                      "functions": [
                        {
                          "file": "/p/app.py",
                          "qualname": "main",
                          "first_line": 1,
                          "self_ns": 2097152
                        }
                      ]
                    },
                """), json);
    }

    @Test
    void should_write_csv() {
        assertEquals("""
                input,id,name,from_ns,to_ns,busy_ns,calls
                T,0,MainThread,0,8388608,8388608,1
                T,0,MainThread,8388608,16777216,0,0
                T,1,pool,0,8388608,524292,5
                T,1,pool,8388608,16777216,0,0
                """.replace("T,", trace + ","), timeline("--format", "csv", "--width", "2"));
    }

    @Test
    void should_write_markdown() {
        String text = timeline("--format", "markdown", "--width", "16");
        assertTrue(text.contains("\n```text\n busy  thread  |0 s    |8.39 ms    name\n50.0%       0  |████████"), text);
        assertTrue(text.contains("\n### Where the time went\n"), text);
        assertTrue(text.contains("| 100% `main app.py:1` |\n"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"table", "json", "csv", "markdown"})
    void should_make_hostile_names_harmless(String format) throws IOException {
        Recording run = new Recording();
        int code = run.code(HOSTILE_FILE, HOSTILE_NAME, 1, 1);
        run.thread(0, HOSTILE_NAME).start(code, 0).leave(code, 1000).end(2000);
        trace = RecordingFile.write(run, folder.resolve("hostile.bin"));
        String text = timeline("--format", format, "--width", "10");
        assertFalse(text.contains("\u001b") || text.contains("\u202e") || text.contains("\r"), text);
        assertFalse(text.contains("##["), text);
        for (String line : text.lines().toList()) {
            assertFalse(line.strip().startsWith("::"), line);
            assertFalse(format.equals("csv") && line.matches(".*(^|,)[=+@-].*"), line);
        }
    }

    @Test
    void should_refuse_what_has_no_times() throws IOException {
        Recording run = new Recording(EventKind.PY_START, EventKind.LINE).mode("coverage");
        run.code("/p/a.py", "f", 1, 1);
        trace = RecordingFile.write(run.start(0, 1).end(2), folder.resolve("coverage.bin"));
        Cli.Result result = run();
        assertEquals(3, result.exitCode());
        assertEquals("", result.out());
        assertTrue(result.err().contains("has not every call and return with its time"), result.err());
    }

    /** Shards of several machines and times, merged in random groups: to the byte what their traces give. */
    @Test
    void should_take_summaries_for_their_traces() throws IOException {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            List<Path> traces = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Recording run = new Recording()
                        .pid(i)
                        .host(seed % 2 == 0 ? "host" : "host " + i)
                        .startedAt("2026-11-01T10:00:00." + random.nextInt(1_000_000_000) + "Z");
                traces.add(RecordingFile.write(shard(run, random), folder.resolve(seed + "-" + i + ".bin")));
            }
            List<Path> inputs = new ArrayList<>(traces);
            Collections.shuffle(inputs, random);
            while (inputs.size() > 1) {
                List<Path> group = inputs.subList(0, 1 + random.nextInt(inputs.size()));
                Path summary = folder.resolve(seed + "-" + random.nextInt() + ".summary");
                Cli.runAll(List.of("merge", "-o", summary), group.toArray()).ok();
                group.clear();
                inputs.add(summary);
            }
            for (String format : List.of("table", "json", "csv", "markdown")) {
                Object[] options = {"--format", format, "--width", 100};
                assertEquals(
                        Cli.runAll(with("timeline", traces), options).ok(),
                        Cli.runAll(with("timeline", inputs), options).ok(),
                        "seed " + seed + ", " + format);
            }
        }
    }

    private static List<Object> with(String command, List<Path> files) {
        List<Object> all = new ArrayList<>(List.of(command));
        all.addAll(files);
        return all;
    }

    private static Recording shard(Recording run, Random random) {
        for (int c = 0; c < 4; c++) {
            run.code("/p/" + random.nextInt(3) + ".py", "f" + c, 10 * c, 10 * c);
        }
        long time = 0;
        for (int i = 0; i < 60; i++) {
            int thread = random.nextInt(3);
            int code = random.nextInt(4);
            run.thread(thread, "T" + thread).start(code, time);
            time += random.nextInt(10_000_000);
            run.leave(code, time);
            time += random.nextInt(10_000_000);
        }
        return run.end(time);
    }

    /** As every job of a workflow calls its trace: they are several runs all the same. Pieces of time end with columns. */
    @Test
    void should_tell_runs_of_one_name_apart() throws IOException {
        Path all = folder.resolve("all.summary");
        List<Object> summaries = new ArrayList<>(List.of("merge", "-o", all));
        for (int i = 1; i <= 2; i++) {
            Recording run = new Recording()
                    .pid(i)
                    .startedAt(i == 1 ? "2026-11-01T10:00:00Z" : "2026-11-01T10:00:01.073741824Z");
            int code = run.code("/p/a.py", "f" + i, 1, 1);
            RecordingFile.write(
                    run.thread(0, "MainThread")
                            .start(code, 0)
                            .leave(code, 1 << 29)
                            .end(1 << 30),
                    trace);
            Path summary = folder.resolve(i + ".summary");
            Cli.run("summarize", trace, "-o", summary).ok();
            summaries.add(summary);
        }
        Cli.runAll(summaries).ok();
        String text = Cli.run("timeline", all, "--width", "8").ok();
        assertTrue(text.contains("|██      |  MainThread"), text);
        assertTrue(text.contains("|    ██  |  MainThread"), text);
    }

    @Test
    void should_refuse_a_summary_file_without_times() throws IOException {
        Path summary = folder.resolve("s.summary");
        Cli.run("summarize", trace, "-o", summary).ok();
        Files.write(summary, without(Files.readAllBytes(summary), 'm'));
        Cli.Result result = Cli.run("timeline", summary);
        assertEquals(3, result.exitCode());
        assertTrue(result.err().contains("summary file without times of threads"), result.err());
    }

    /** A summary without its sections of a type. */
    private static byte[] without(byte[] file, char type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(file, 0, 16);
        for (int at = 16; at < file.length; ) {
            int length =
                    16 + ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getInt(at + 8);
            if (file[at] != type) {
                out.write(file, at, length);
            }
            at += length;
        }
        return out.toByteArray();
    }

    @Test
    void should_say_what_was_lost_and_fail_if_asked() throws IOException {
        byte[] whole = Files.readAllBytes(trace);
        Files.write(trace, Arrays.copyOf(whole, whole.length - 30));
        assertTrue(run().err().contains("was not closed"));
        assertEquals(3, run("--strict").exitCode());
    }

    @ParameterizedTest
    @CsvSource({"--width, 0", "--width, 1001", "--width, x", "--top, -1", "--show, all", "--format, xml"})
    void should_refuse_values_that_make_no_sense(String option, String value) {
        Cli.Result result = run(option + "=" + value);
        assertEquals(2, result.exitCode());
        assertEquals(1, result.err().lines().count());
    }
}
