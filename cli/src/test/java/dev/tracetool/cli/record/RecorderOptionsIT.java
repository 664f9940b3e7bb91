package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceMetadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is recorded of which code. */
class RecorderOptionsIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    @BeforeEach
    void write_a_program_with_parts() throws IOException {
        Files.createDirectories(folder.resolve("lib/site-packages"));
        Files.writeString(folder.resolve("lib/site-packages/installed.py"), "def g(n):\n    return n\n");
        Files.writeString(folder.resolve("part.py"), "def h(n):\n    return n\n");
        Files.writeString(folder.resolve("main.py"), """
                import sys
                sys.path.append("lib/site-packages")
                sys.dont_write_bytecode = True
                import installed, part, textwrap
                def loop():
                    for n in range(3):
                        installed.g(part.h(n))
                loop()
                textwrap.dedent("  x")
                exec("def made(): return 1\\nmade()")
                """);
    }

    /** The names of the files of which there are events. */
    private static Set<String> files(Recording recording) {
        return recording.events().stream()
                .map(event -> Path.of(event.code().filename()).getFileName().toString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_leave_out_what_is_installed_unless_told_otherwise(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        assertEquals(Set.of("<string>", "main.py", "part.py"), files(recorder.recorded("main.py")));
        assertEquals(Set.of("main.py", "part.py"), files(recorder.recorded("--exclude", "<*>", "main.py")));
        assertEquals(Set.of("<string>", "main.py"), files(recorder.recorded("--exclude", "p*.py", "main.py")));
        assertEquals(
                Set.of("<string>", "installed.py", "main.py", "part.py"),
                files(recorder.recorded("--include", "*/installed.py", "main.py")));
        assertEquals(
                Set.of("<string>", "main.py", "part.py", "textwrap.py"),
                files(recorder.recorded("--include=*/textwrap.py", "main.py")));
        Set<String> all = files(recorder.recorded("--all", "main.py"));
        assertTrue(
                all.containsAll(Set.of("<string>", "installed.py", "main.py", "part.py", "textwrap.py")),
                all::toString);
        assertTrue(!all.contains("tracetool_recorder.py"), all::toString);
        assertTrue(!files(recorder.recorded("--all", "--exclude=*/textwrap.py", "main.py"))
                .contains("textwrap.py"));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_know_functions_that_never_ran(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("idle.py", "class C:\n    def never(self):\n        return lambda: 0\n");
        Recording recording = recorder.recorded("idle.py");
        List<CodeObjectWrapper> codes = recording.codes();
        assertEquals(
                List.of("<module>", "C", "C.never", "C.never.<locals>.<lambda>"),
                codes.stream().map(CodeObjectWrapper::qualname).toList());
        assertEquals(
                List.of(-1, 0, 1, 2),
                codes.stream().map(CodeObjectWrapper::parentIndex).toList());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_exactly_the_events_that_were_asked_for(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Recording recording = recorder.recorded("--events", "instruction, LINE,JUMP", "main.py");
        assertEquals(
                List.of("INSTRUCTION", "LINE", "JUMP"), recording.metadata().events());
        assertEquals("custom", recording.metadata().mode());
        Set<String> kinds =
                recording.events().stream().map(Recording.Event::kind).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(Set.of("INSTRUCTION", "JUMP", "LINE"), kinds);
        assertEquals(3, recording.lines("h").get(2));
        // Every instruction is at the start of a unit of the code, and has the line that was told before it.
        int line = -1;
        for (Recording.Event event : recording.events()) {
            if (event.code().qualname().equals("h")) {
                if (event.is(EventKind.LINE)) {
                    line = event.arg();
                } else {
                    assertEquals(0, event.arg() % 2);
                    int of = event.code().lineForOffset(event.arg()).orElseThrow();
                    assertTrue(of == line || of == 1, event::toString);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_give_lines_a_time_only_when_asked(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (Recording.Event event : recorder.recorded("main.py").events()) {
            assertEquals(event.is(EventKind.LINE), event.time() == EventBlock.NO_TIME, event::toString);
        }
        Recording timed = recorder.recorded("--line-times", "main.py");
        assertTrue(timed.metadata().lineTimes());
        long before = timed.metadata().clockStart();
        for (Recording.Event event : timed.events()) {
            assertNotEquals(EventBlock.NO_TIME, event.time());
            assertTrue(before <= event.time());
            before = event.time();
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_say_what_was_recorded_and_how(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Recording recording = recorder.recorded("--mode=coverage", "--exclude=*x", "--", "main.py", "-a", "\u00fc\"");
        TraceMetadata metadata = recording.metadata();
        assertTrue(metadata.python().startsWith(version + "."));
        assertEquals("cpython", metadata.implementation());
        assertEquals(List.of("main.py", "-a", "\u00fc\""), metadata.argv());
        assertEquals(folder.toRealPath().toString(), metadata.cwd());
        assertEquals("coverage", metadata.mode());
        assertEquals(List.of("LINE"), metadata.once());
        assertEquals(new TraceMetadata.Scope(false, List.of(), List.of("*x")), metadata.scope());
        assertEquals(null, metadata.parentTrace());
        assertEquals(
                recording.events().size(),
                recording.events().stream()
                        .map(event -> event.code().index() + ":" + event.arg())
                        .distinct()
                        .count());
    }

    /** Of code that works, and does not just loop. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_write_at_most_a_byte_for_each_event(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("busy.py", """
                import json
                for n in range(600):
                    json.loads(json.dumps({"a": [1, 2.5, "x" * n, None, {"b": list(range(n % 17))}]}, indent=1))
                """);
        Recording recording = recorder.recorded("--include", "*/json/*", "busy.py");
        int events = recording.events().size();
        assertTrue(events > 40_000, () -> events + " events");
        long bytes = Files.size(recorder.trace());
        assertTrue(bytes <= events, () -> bytes + " bytes for " + events + " events");
    }

    /** The standard library compiles functions from strings in everybody's name; only what the program compiles is its own. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_leave_out_what_others_compile_from_strings(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Files.writeString(folder.resolve("made.py"), """
                import collections, dataclasses
                Point = collections.namedtuple("Point", "x y")
                @dataclasses.dataclass(order=True)
                class Item:
                    size: int = 3
                Item() < Item(4); repr(Item()); Point(1, 2)
                exec("def own():\\n    return [x for x in range(3)]\\nown()\\n")
                twice = eval("lambda n: 2 * n")
                twice(twice(4))
                """);
        assertEquals(Map.of("<module>", 2, "own", 1, "<lambda>", 2), starts(recorder.recorded("made.py"), "<string>"));
        Map<String, Integer> all = starts(recorder.recorded("--all", "made.py"), "<string>");
        assertTrue(
                all.keySet().containsAll(Set.of("own", "<lambda>", "Item.__lt__")) || all.containsKey("__lt__"),
                all::toString);
        Map<String, Integer> included = starts(recorder.recorded("--include", "<string>", "made.py"), "<string>");
        assertEquals(all.keySet(), included.keySet());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_leave_out_what_others_compile_without_a_name(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Files.createDirectory(folder.resolve("site-packages"));
        Files.writeString(folder.resolve("site-packages/maker.py"), """
                exec(compile("def made():\\n    pass\\nmade()", "", "exec"))
                """);
        Files.writeString(folder.resolve("unnamed.py"), """
                import sys
                sys.path.append("site-packages")
                import maker
                exec(compile("def own():\\n    pass\\nown()", "", "exec"))
                """);
        assertEquals(Map.of("<module>", 1, "own", 1), starts(recorder.recorded("unnamed.py"), ""));
    }

    private static Map<String, Integer> starts(Recording recording, String file) {
        Map<String, Integer> starts = new TreeMap<>();
        for (Recording.Event event : recording.events()) {
            if (event.kind().equals("PY_START") && event.code().filename().equals(file)) {
                String name = event.code().qualname();
                starts.merge(name.substring(name.lastIndexOf('.') + 1), 1, Integer::sum);
            }
        }
        return starts;
    }

    /** As in the tool's other commands. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_match_globs_with_the_last_names_of_a_path(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        assertTrue(files(recorder.recorded("--include=textwrap.py", "main.py")).contains("textwrap.py"));
        assertTrue(
                files(recorder.recorded("--include=site-packages/*", "main.py")).contains("installed.py"));
        assertTrue(
                !files(recorder.recorded("--include=/textwrap.py", "main.py")).contains("textwrap.py"));
    }

    /** 3.13 and later have no LINE for a function on one line if PY_START is switched off there. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_count_lines_of_functions_that_stand_on_one_line_without_calls(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Files.writeString(folder.resolve("one.py"), "def f(): return 2\nfor i in range(5): f()\n");
        assertEquals(
                Map.of(1, 5), recorder.recorded("--events", "LINE", "one.py").lines("f"));
        assertEquals(
                Map.of(1, 5),
                recorder.recorded("--events", "LINE,PY_RETURN", "one.py").lines("f"));
        assertEquals(
                Map.of(1, 1), recorder.recorded("--mode", "coverage", "one.py").lines("f"));
    }
}
