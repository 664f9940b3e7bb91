package dev.tracetool.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Recording;
import dev.tracetool.testing.Packed;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import dev.tracetool.testing.RecordingFile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Traces in folders, archives and pipes, by every command. */
class InputPlacesTest {
    private static final int TRACES = 20;

    @TempDir
    Path folder;

    /** Twenty traces of twenty processes, in the files 00 to 19. */
    private Path traces;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @BeforeEach
    void writeTraces() throws IOException {
        traces = Files.createDirectory(folder.resolve("runs"));
        for (int i = 0; i < TRACES; i++) {
            Recording run = new Recording().pid(100 + i);
            int f = run.code("/p/a.py", "f", 1, 1, 2, 3);
            int g = run.code("/p/b.py", "g" + i % 2, 1, 1, 2);
            run.thread(0, "MainThread").beginTest("test " + i, 0);
            run.start(f, 1)
                    .lines(f, 2)
                    .start(g, 2 + i)
                    .lines(g, 2)
                    .leave(g, 5 + i)
                    .leave(f, 10 * i + 20);
            run.endTest("test " + i, "passed", 1000 * i + 50).end(10_000 + i);
            String name = i / 10 + "" + i % 10;
            Path file = RecordingFile.write(run, traces.resolve(name));
            files.put(name, Files.readAllBytes(file));
        }
    }

    private Path write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static Cli.Result pipe(byte[] input, Object... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] words = Arrays.stream(args).map(Object::toString).toArray(String[]::new);
        int exitCode = Main.run(
                words, new ByteArrayInputStream(input), out, new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Cli.Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static String failure(Cli.Result result, int exitCode) {
        assertEquals("", result.out());
        assertEquals(exitCode, result.exitCode(), result.err());
        return result.err();
    }

    @Test
    void should_give_the_same_answers_by_every_command_wherever_the_traces_lie() throws IOException {
        byte[] tar = Packed.tar(files);
        List<Path> places = List.of(
                write("zip", Packed.zip(files)),
                write("stored", Packed.storedZip(files)),
                write("tar", tar),
                write("tar.gz", Packed.gzip(tar)),
                write("tar.bz2", Packed.bzip2(tar)),
                write("tar.xz", Packed.xz(tar)),
                write("tar.zst", Packed.zstd(tar)),
                write("nested", Packed.zip(Map.of("runs.tgz", Packed.gzip(tar)))));
        List<List<Object>> commands = List.of(
                List.of("report", "--format", "json", "--by", "file,function,line,test"),
                List.of("tests", "--format", "csv"),
                List.of("tree", "--format", "json"),
                List.of("functions", "--format", "json", "f"),
                List.of("timeline", "--format", "json"),
                List.of("coverage", "--format", "json"),
                List.of("annotate", "--format", "json"),
                List.of("check", "--format", "json", "--max-calls", "f=100"),
                List.of("inspect", "--format", "json", "--codes"));
        for (List<Object> command : commands) {
            Cli.Result expected = Cli.runAll(command, traces);
            assertTrue(expected.out().length() > 50, expected.err());
            for (Path place : places) {
                Cli.Result result = Cli.runAll(command, place);
                String prefix = place + (place.endsWith("nested") ? "!runs.tgz!" : "!");
                assertEquals(expected.out(), result.out().replace(prefix, traces + "/"), command + " of " + place);
                assertEquals(expected.err(), result.err().replace(prefix, traces + "/"));
                assertEquals(expected.exitCode(), result.exitCode());
                Cli.Result piped = pipe(Files.readAllBytes(place), Cli.words(command, "-"));
                assertEquals(
                        result.out(), piped.out().replace("\"standard input", "\"" + place), command + " of " + place);
            }
        }
    }

    @Test
    void should_merge_what_is_in_an_archive_to_the_same_bytes() throws IOException {
        Path zip = write("x", Packed.zip(files));
        Cli.run("merge", "-o", folder.resolve("a"), zip).ok();
        Path plain = folder.resolve("y");
        Files.delete(zip);
        Files.move(traces, zip);
        Cli.run("summarize", "-o", plain, zip).ok();
        byte[] bytes = Files.readAllBytes(folder.resolve("a"));
        // The names of the traces differ in one character.
        assertEquals(new String(Files.readAllBytes(plain), StandardCharsets.ISO_8859_1).length(), bytes.length, 40);
        String report =
                Cli.run("report", "--format", "json", folder.resolve("a")).ok();
        assertEquals(
                report.replace("x!", "x/"),
                Cli.run("report", "--format", "json", plain).ok());
    }

    @Test
    void should_compare_entries_of_archives() throws IOException {
        Path zip = write("runs.zip", Packed.zip(files));
        Cli.Result expected = Cli.run("diff", traces.resolve("00"), traces.resolve("01"), "--format", "json");
        Cli.Result result = Cli.run("diff", zip + "!00", zip + "!01", "--format", "json");
        assertEquals(expected.out(), result.out().replace(zip + "!", traces + "/"));
        assertEquals(expected.exitCode(), result.exitCode());
    }

    @Test
    void should_need_exactly_one_trace_for_events_and_lines() throws IOException {
        Path zip = write("runs.zip", Packed.zip(files));
        for (List<Object> command : List.<List<Object>>of(List.of("events"), List.of("lines"))) {
            String plain = Cli.runAll(command, traces.resolve("07")).ok();
            assertEquals(plain, Cli.runAll(command, zip + "!07").ok());
            assertEquals(
                    "tracetool: " + zip + ": expected one trace, found 20; name one, such as " + zip + "!00, " + zip
                            + "!01 or " + zip + "!02\n",
                    failure(Cli.runAll(command, zip), 3));
            assertEquals(
                    "tracetool: " + traces + ": expected one trace, found 20; name one, such as " + traces + "/00, "
                            + traces + "/01 or " + traces + "/02\n",
                    failure(Cli.runAll(command, traces), 3));
            assertTrue(failure(pipe(Files.readAllBytes(zip), Cli.words(command, "-")), 3)
                    .startsWith("tracetool: -: expected one trace, found 20; name one, such as -!00, "));
            for (byte[] one : List.of(
                    Packed.zip(Map.of("a/b", files.get("07"))),
                    Packed.gzip(Packed.tar(Map.of("a/b", files.get("07")))),
                    Packed.xz(files.get("07")))) {
                assertEquals(plain, Cli.runAll(command, write("one", one)).ok());
                assertEquals(plain, pipe(one, Cli.words(command, "-")).ok());
            }
            for (String entry : List.of("-!07", "standard input!07", "-!./07")) {
                assertEquals(
                        plain,
                        pipe(Files.readAllBytes(zip), Cli.words(command, entry)).ok());
            }
            assertEquals(
                    "tracetool: standard input: has no trace under the name 99\n",
                    failure(pipe(Files.readAllBytes(zip), Cli.words(command, "-!99")), 3));
            assertEquals(
                    "tracetool: " + zip + ": has no trace under the name 99\n",
                    failure(Cli.runAll(command, zip + "!99"), 3));
        }
    }

    @Test
    void should_name_the_entry_in_documents() throws IOException {
        Path zip = write("runs.zip", Packed.zip(files));
        String json = Cli.run("inspect", "--format", "json", zip + "!03").ok();
        assertTrue(json.startsWith("{") && json.contains("\"file\": \"" + zip + "!03\""), json);
        Path one = write("one.zip", Packed.zip(Map.of("a", files.get("03"))));
        assertTrue(Cli.run("inspect", "--format", "json", one).ok().startsWith("["));
        Path single = write("one.gz", Packed.gzip(files.get("03")));
        assertTrue(Cli.run("inspect", "--format", "json", single).ok().startsWith("{"));
    }

    @Test
    void should_take_a_file_with_an_exclamation_mark_for_what_it_is() throws IOException {
        write("runs.zip", Packed.zip(files));
        Path odd = write("runs.zip!00", files.get("05"));
        assertTrue(Cli.run("tests", "--format", "list", odd).ok().contains("test 5"));
        Path archive = write("odd!.zip", Packed.zip(files));
        assertTrue(Cli.run("tests", "--format", "list", archive + "!06").ok().contains("test 6"));
    }

    @Test
    void should_read_traces_and_summaries_from_standard_input() throws IOException {
        Path file = traces.resolve("03");
        String expected = Cli.run("report", "--format", "json", file).ok();
        assertEquals(
                expected.replace(file.toString(), "standard input"),
                pipe(files.get("03"), "report", "--format", "json", "-").ok());
        Path summary = folder.resolve("summary");
        Cli.run("summarize", "-o", summary, file).ok();
        byte[] bytes = Files.readAllBytes(summary);
        assertEquals(
                Cli.run("report", "--format", "json", summary).ok(),
                pipe(bytes, "report", "--format", "json", "-").ok());
        assertEquals(
                "tracetool: standard input: is a summary; expected a trace file, which has events\n",
                failure(pipe(bytes, "events", "-"), 3));
        assertEquals(
                "tracetool: standard input: byte 0: expected a trace file, found an empty file\n",
                failure(pipe(new byte[0], "report", "-"), 3));
        assertTrue(
                pipe(files.get("03"), "report", "-", "-").err().contains(" is the same file as -, and counted once\n"));
    }

    /** It is longer than what is looked at to recognise it. */
    @Test
    void should_read_compiled_python_from_standard_input() throws IOException {
        Code module = new Code("m");
        module.names = new ArrayList<>(Collections.nCopies(1000, "name"));
        byte[] pyc = PycWriter.file(13, module);
        String expected =
                Cli.run("report", "--format", "json", write("m.pyc", pyc)).ok();
        assertEquals(
                expected.replace(folder.resolve("m.pyc").toString(), "standard input"),
                pipe(pyc, "report", "--format", "json", "-").ok());
    }

    @Test
    void should_not_read_two_things_from_standard_input() {
        assertEquals(
                "tracetool lines: standard input can be the trace or the questions of --stdin, not both (see 'tracetool"
                        + " lines --help')\n",
                failure(pipe(files.get("03"), "lines", "-", "--stdin"), 2));
        String both = "standard input can be the diff or an input, not both";
        assertTrue(failure(pipe(new byte[0], "tests", "--changed", "-", "-"), 2).contains(both));
        assertTrue(failure(pipe(new byte[0], "check", "--min-diff", "1", "--diff", "-", "-"), 2)
                .contains(both));
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void should_read_a_pipe_by_its_name() throws Exception {
        Path pipe = folder.resolve("pipe");
        assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
        Thread writer = new Thread(() -> {
            try (OutputStream out = Files.newOutputStream(pipe)) {
                out.write(Packed.gzip(Packed.tar(files)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        writer.start();
        assertTrue(Cli.run("report", "--format", "json", pipe).ok().contains("\"" + pipe + "!19\""));
        writer.join();
    }

    @Test
    void should_refuse_a_device_without_end() {
        assertEquals(
                "tracetool: /dev/zero: byte 0: expected a trace file, found the bytes 00 00 00 00 00 00 00 00\n",
                failure(Cli.run("report", "/dev/zero"), 3));
    }

    private static byte[] withBrokenHead(byte[] trace) {
        byte[] broken = trace.clone();
        broken[9] = 9;
        return broken;
    }

    /** What of it can be read is shown; whoever wants to fail for the rest says so. */
    @Test
    void should_pass_over_what_cannot_be_read_in_folders_and_archives() throws IOException {
        byte[] broken = withBrokenHead(files.get("04"));
        files.put("04", broken);
        Files.write(traces.resolve("04"), broken);
        Path zip = write("runs.zip", Packed.zip(files));
        Path tar = write("runs.tgz", Packed.gzip(Packed.tar(files)));
        Path rest = Files.createDirectory(folder.resolve("rest"));
        for (String name : files.keySet()) {
            if (!name.equals("04")) {
                Files.copy(traces.resolve(name), rest.resolve(name));
            }
        }
        String expected = Cli.run("report", "--format", "json", rest).ok().replace(rest + "/", "");
        for (String place : List.of(traces + "/", zip + "!", tar + "!")) {
            String name = place.substring(0, place.length() - 1);
            Cli.Result result = Cli.run("report", "--format", "json", name);
            assertEquals(0, result.exitCode(), result.err());
            assertEquals(expected, result.out().replace(place, ""));
            assertEquals(1, result.err().lines().count(), result.err());
            String start = "tracetool: warning: " + place + "04: byte 12: expected ";
            assertTrue(result.err().startsWith(start) && result.err().endsWith("; passed over\n"), result.err());
            Cli.Result strict = Cli.run("report", "--format", "json", "--strict", name);
            assertEquals(3, strict.exitCode());
            assertEquals(result.out(), strict.out());
            assertEquals(
                    result.err(),
                    Cli.run("merge", "--force", "-o", folder.resolve("out"), name)
                            .err());
            // By its own name it is what was asked for.
            assertTrue(failure(Cli.run("report", place + "04"), 3).startsWith("tracetool: " + place + "04: byte 12: "));
            failure(Cli.run("report", place + "03", place + "04"), 3);
            Cli.Result inspected = Cli.run("inspect", name);
            assertEquals(3, inspected.exitCode());
            assertTrue(inspected.err().startsWith("tracetool: " + place + "04: byte "), inspected.err());
            assertEquals(1, inspected.err().lines().count());
            assertEquals(
                    19,
                    inspected
                            .out()
                            .lines()
                            .filter(line -> line.startsWith(place))
                            .count());
        }
    }

    @Test
    void should_name_the_first_of_what_cannot_be_read_if_there_is_nothing_else() throws IOException {
        for (String name : files.keySet()) {
            files.put(name, withBrokenHead(files.get(name)));
        }
        String message = failure(Cli.run("report", write("runs.zip", Packed.zip(files))), 3);
        assertTrue(message.startsWith("tracetool: " + folder + "/runs.zip!00: byte 12: expected "), message);
        assertEquals(1, message.lines().count(), message);
    }

    /** A summary is the whole file or nothing, also of what else is counted. */
    @Test
    void should_pass_over_a_damaged_summary_as_a_whole() throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));
        Cli.run("summarize", "-o", place.resolve("a"), traces.resolve("00"), traces.resolve("01"))
                .ok();
        byte[] whole = Files.readAllBytes(place.resolve("a"));
        Cli.run("summarize", "-o", place.resolve("b"), traces.resolve("02")).ok();
        String expected =
                Cli.run("report", "--format", "json", place.resolve("b")).ok();
        for (int length : new int[] {whole.length - 1, whole.length / 2, 40}) {
            Files.write(place.resolve("a"), Arrays.copyOf(whole, length));
            Cli.Result result = Cli.run("report", "--format", "json", place);
            assertEquals(expected, result.out(), "cut at " + length);
            assertTrue(
                    result.err().startsWith("tracetool: warning: " + place + "/a: byte ")
                                    && result.err().endsWith(", found the end of the file; passed over\n")
                            || result.err().contains("expected the lengths of a section"),
                    result.err());
            assertEquals(3, Cli.run("report", "--strict", place).exitCode());
        }
        Files.write(place.resolve("c"), whole);
        Cli.Result again = Cli.run("report", "--format", "json", place);
        assertEquals(3, again.out().split("\"format\": \"tracetool\"", -1).length - 1, "the copy of what is damaged");
        assertEquals(1, again.err().lines().count(), again.err());
    }

    @Test
    void should_pass_over_damaged_archives_in_a_folder_or_an_archive() throws IOException {
        byte[] tar = Packed.gzip(Packed.tar(files));
        byte[] zip = Packed.zip(files);
        Path place = Files.createDirectory(folder.resolve("place"));
        Files.write(place.resolve("a.tgz"), Arrays.copyOf(tar, tar.length / 2));
        Files.write(place.resolve("b.zip"), Arrays.copyOf(zip, zip.length / 2));
        Files.write(place.resolve("c"), files.get("19"));
        Map<String, byte[]> all = new LinkedHashMap<>();
        for (String name : List.of("a.tgz", "b.zip", "c")) {
            all.put(name, Files.readAllBytes(place.resolve(name)));
        }
        Path outer = write("outer.zip", Packed.zip(all));
        for (String start : List.of(place + "/", outer + "!")) {
            String name = start.substring(0, start.length() - 1);
            Cli.Result result = Cli.run("report", name);
            assertEquals(0, result.exitCode(), result.err());
            assertTrue(result.out().contains(start + "a.tgz!00") && result.out().contains(start + "c: "), result.out());
            for (String line : result.err().lines().toList()) {
                assertTrue(line.startsWith("tracetool: warning: " + start) && line.endsWith("; passed over"), line);
            }
            assertTrue(result.err().contains("a.tgz: byte ") && result.err().contains("b.zip: byte "), result.err());
            assertEquals(3, Cli.run("report", "--strict", name).exitCode());
            String named = failure(Cli.run("report", start + "b.zip"), 3);
            assertEquals(1, named.lines().count(), named);
            failure(Cli.run("report", start + "a.tgz"), 3);
        }
    }

    @Test
    void should_say_what_was_passed_over_and_fail_for_it_only_if_asked() throws IOException {
        files.keySet().removeIf(name -> !name.equals("00"));
        files.put("readme", "text".getBytes(StandardCharsets.UTF_8));
        files.put("a_paths.json", "[]".getBytes(StandardCharsets.UTF_8));
        Path zip = write("runs.zip", Packed.zip(files));
        String note = "tracetool: note: " + zip + ": passed over 1 file that is no trace\n";
        for (String command : new String[] {"report", "inspect", "events", "lines"}) {
            Cli.Result result = Cli.run(command, "--strict", zip);
            assertEquals(note, result.err());
            assertEquals(0, result.exitCode());
        }
        byte[] deep = Packed.zip(Map.of("inner.zip", Packed.zip(Map.of("deep.gz", Packed.gzip(files.get("00"))))));
        Files.delete(zip);
        Path outer = write("outer.zip", deep);
        for (String command : new String[] {"report", "inspect", "events", "lines"}) {
            assertEquals(
                    "tracetool: " + outer
                            + "!inner.zip!deep.gz: is an archive at depth 3; archives are opened to depth 2;"
                            + " --no-limits lifts that limit\n",
                    failure(Cli.run(command, outer), 3));
        }
        String inner = outer + "!inner.zip!deep.gz";
        assertTrue(Cli.run("report", "--no-limits", outer).ok().contains(inner));
        Path both = Files.createDirectory(folder.resolve("both"));
        Files.move(outer, both.resolve("outer.zip"));
        Files.write(both.resolve("a"), files.get("00"));
        for (String command : new String[] {"report", "inspect", "events", "lines"}) {
            assertEquals(0, Cli.run(command, both).exitCode());
            assertEquals(3, Cli.run(command, "--strict", both).exitCode());
        }
    }

    /** In a directory entry the method stands at 10. */
    @Test
    void should_tell_of_the_first_entry_that_cannot_be_read_if_nothing_can() throws IOException {
        byte[] zip = Packed.zip(files);
        int wrong = 0;
        for (int at = 0; at < zip.length - 12; at++) {
            if (zip[at] == 'P' && zip[at + 1] == 'K' && zip[at + 2] == 1 && zip[at + 3] == 2) {
                zip[at + 10] = 14;
                wrong++;
            }
        }
        assertEquals(files.size(), wrong);
        Path file = write("lzma.zip", zip);
        String first = file + "!" + files.keySet().iterator().next();
        for (String command : new String[] {"report", "inspect", "events", "lines"}) {
            assertEquals(
                    "tracetool: " + first + ": is packed by method 14 (LZMA), which is not known here\n",
                    failure(Cli.run(command, file), 3));
        }
    }

    @Test
    void should_name_archives_of_kinds_that_are_not_read() throws IOException {
        Path file = write("x.7z", new byte[] {'7', 'z', (byte) 0xBC, (byte) 0xAF, 0x27, 0x1C, 0, 4, 0, 0});
        String what = "a 7z archive, a kind that is not read\n";
        assertEquals(
                "tracetool: " + file + ": byte 0: expected a trace file, found " + what,
                failure(Cli.run("report", file), 3));
        Path place = Files.createDirectory(folder.resolve("place"));
        Files.move(file, place.resolve("x.7z"));
        assertEquals(
                "tracetool: " + place + ": is a directory without a trace in it; " + place + "/x.7z is " + what,
                failure(Cli.run("report", place), 3));
    }

    /** What CodeTracer's tracer for Noir wrote, and what stands beside a trace, given alone. */
    @Test
    void should_say_what_is_no_trace_if_that_is_known() throws IOException {
        byte[] noir = "{\"program\": \"p\", \"args\": [], \"workdir\": \"/\", \"calls\": [{}]}"
                .getBytes(StandardCharsets.UTF_8);
        String what =
                "what CodeTracer's tracer for Noir wrote before it wrote records: a JSON object of calls and steps";
        Path file = write("noir.json", noir);
        assertEquals(
                "tracetool: " + file + ": byte 0: expected a trace file, found " + what + "\n",
                failure(Cli.run("report", file), 3));
        Path place = Files.createDirectory(folder.resolve("place"));
        Files.move(file, place.resolve("noir.json"));
        String known = "; " + place + "/noir.json is " + what + "\n";
        assertEquals(
                "tracetool: " + place + ": is a directory without a trace in it" + known,
                failure(Cli.run("report", place), 3));
        Files.write(place.resolve("t"), files.get("00"));
        assertEquals(
                "tracetool: note: " + place + ": passed over 1 file that is no trace" + known,
                Cli.run("report", place).err());
        Path about =
                write("trace_metadata.json", "{\"args\": [], \"program\": \"p\"}".getBytes(StandardCharsets.UTF_8));
        assertEquals(
                "tracetool: " + about
                        + ": byte 0: expected a trace file, found what CodeTracer's recorders write beside a"
                        + " trace, about its run; name the trace itself\n",
                failure(Cli.run("report", about), 3));
        Path paths = write("trace_paths.json", "[\"/a.py\"]".getBytes(StandardCharsets.UTF_8));
        assertTrue(failure(Cli.run("report", paths), 3).contains("found a JSON array of texts, as CodeTracer's"));
    }

    @Test
    void should_make_hostile_names_of_entries_harmless() throws IOException {
        String hostile = "../../a\u001b[31m\n::error::";
        Path zip = write("runs.zip", Packed.zip(Map.of(hostile, files.get("00"))));
        for (String command : new String[] {"report", "inspect", "tree", "timeline"}) {
            String out = Cli.run(command, zip).ok();
            assertTrue(!out.contains("\u001b") && !out.contains("\n::error"), out);
        }
        Map<String, byte[]> two = new LinkedHashMap<>();
        two.put(hostile, new byte[] {(byte) 0x89, 'T', 'R', 'C'});
        two.put(hostile + "2", files.get("00"));
        Path broken = write("broken.zip", Packed.gzip(Packed.tar(two)));
        for (String command : new String[] {"report", "inspect", "events"}) {
            String err = Cli.run(command, broken).err();
            assertTrue(err.contains("../../a\\x1b[31m\\n"), err);
            assertEquals(1, err.lines().count(), err);
        }
    }

    @Test
    void should_never_overwrite_an_input_wherever_it_lies() throws IOException {
        Path zip = write("runs.zip", Packed.zip(files));
        List<Object[]> commands = new ArrayList<>();
        commands.add(new Object[] {"report", zip, "--force", "-o", zip});
        commands.add(new Object[] {"events", zip + "!00", "--force", "-o", zip});
        commands.add(new Object[] {"merge", traces, "--force", "-o", traces.resolve("00")});
        commands.add(new Object[] {"inspect", folder, "--force", "-o", zip});
        commands.add(new Object[] {"lines", traces.resolve("00"), "--force", "-o", traces.resolve("00")});
        byte[] before = Files.readAllBytes(zip);
        for (Object[] command : commands) {
            assertTrue(failure(Cli.run(command), 2).contains(": is an input, and is never overwritten"));
        }
        assertEquals(Arrays.hashCode(before), Arrays.hashCode(Files.readAllBytes(zip)));
        Path old = Files.writeString(traces.resolve("report.json"), "{}");
        Cli.Result again = Cli.run("report", traces, "--format", "json", "--force", "-o", old);
        assertEquals(0, again.exitCode(), again.err());
        assertTrue(Files.readString(old).contains("tracetool.report/1"));
    }
}
