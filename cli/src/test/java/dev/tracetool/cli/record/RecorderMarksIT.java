package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceMark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Where tests begin and end, and that what they did stands in between. */
class RecorderMarksIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    /** What was called, one thread after the other: which of them writes a block first depends on the time. */
    private static List<String> functions(List<Recording.Event> events) {
        return events.stream()
                .filter(event -> event.is(EventKind.PY_START))
                .sorted(Comparator.comparingInt(Recording.Event::thread))
                .map(event -> event.code().qualname())
                .toList();
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_write_the_marks_of_the_interface(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Recording recording = recorder.recorded(Recorder.program("marks.py"));
        assertTrue(recording.isWhole());
        String cut = "x".repeat(1 << 14) + "...";
        assertEquals(
                List.of(
                        "test_begin one",
                        "test_end one passed",
                        "test_begin left open",
                        "test_begin two",
                        "test_begin in a thread",
                        "test_end in a thread failed",
                        "test_end two",
                        "test_begin 7",
                        "test_end 7 skipped",
                        "test_begin None",
                        "test_end None skipped",
                        "test_begin Odd",
                        "test_end Odd skipped",
                        "test_begin \ud800\n\0\"",
                        "test_end \ud800\n\0\" skipped",
                        "test_begin " + cut,
                        "test_end " + cut + " skipped"),
                recording.markTexts());
        // All of a test stands between its marks: in threads that have none of their own, too.
        assertEquals(List.of("in_thread", "first", "work"), functions(recording.eventsOf("one")));
        assertEquals(
                List.of("in_thread", "own_test", "first", "work", "second", "work"),
                functions(recording.eventsOf("two")));
        assertEquals(List.of("first", "work"), functions(recording.eventsOf("in a thread")));
        Map<String, TraceMark> begun = recording.marks().stream()
                .map(Recording.Mark::mark)
                .filter(mark -> mark.kind().equals("test_begin"))
                .collect(Collectors.toMap(mark -> mark.values().get("label"), mark -> mark));
        int main = begun.get("two").thread();
        int own = begun.get("in a thread").thread();
        assertTrue(main != own);
        for (Recording.Event event : recording.eventsOf("in a thread")) {
            assertEquals(event.code().qualname().equals("in_thread") ? main : own, event.thread());
        }
    }

    /** The times of marks go with those of the events of their thread. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_give_marks_the_time_at_which_they_happened(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Recording recording = recorder.recorded("--mode", "calls", Recorder.program("marks.py"));
        Map<Integer, Long> latest = new TreeMap<>();
        int next = 0;
        for (Recording.Mark mark : recording.marks()) {
            for (Recording.Event event : recording.events().subList(next, mark.events())) {
                assertTrue(event.time() != EventBlock.NO_TIME);
                assertTrue(event.time() >= latest.getOrDefault(event.thread(), 0L));
                latest.put(event.thread(), event.time());
            }
            next = mark.events();
            int thread = mark.mark().thread();
            assertTrue(mark.mark().time() >= latest.getOrDefault(thread, 0L), mark::toString);
            latest.put(thread, mark.mark().time());
        }
        for (Recording.Event event :
                recording.events().subList(next, recording.events().size())) {
            assertTrue(event.time() >= latest.getOrDefault(event.thread(), 0L));
        }
    }

    /** A thread goes on while its events are written for a mark of another one. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_neither_lose_nor_double_events_of_a_thread_that_goes_on(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (String mode : List.of("lines", "full")) {
            Recorder.Ended ended = recorder.record("--mode", mode, Recorder.program("marks.py"), "busy");
            assertEquals(0, ended.status(), ended::err);
            Recording recording = Recording.read(recorder.trace());
            assertTrue(recording.isWhole());
            long busy = Long.parseLong(ended.out().strip());
            int thread = recording.events().stream()
                    .filter(event -> event.code().qualname().equals("busy"))
                    .findFirst()
                    .orElseThrow()
                    .thread();
            for (EventKind kind : List.of(EventKind.PY_START, EventKind.LINE, EventKind.PY_RETURN)) {
                assertEquals(
                        busy,
                        recording.count(event -> event.thread() == thread
                                && event.is(kind)
                                && event.code().qualname().equals("work")),
                        kind::name);
            }
            List<String> kinds = recording.events().stream()
                    .filter(event ->
                            event.thread() == thread && event.code().qualname().equals("work"))
                    .map(Recording.Event::kind)
                    .toList();
            for (int i = 0; i < kinds.size(); i++) {
                assertEquals(List.of("PY_START", "LINE", "PY_RETURN").get(i % 3), kinds.get(i));
            }
            for (int n = 0; n < 300; n++) {
                assertEquals(
                        List.of("first", "work"),
                        functions(recording.eventsOf("busy " + n).stream()
                                .filter(event -> event.thread() != thread)
                                .toList()));
            }
            Recorder.Ended read = recorder.plain(Recorder.tool("trace_reader.py"), recorder.trace());
            assertEquals(0, read.status(), read::err);
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_do_nothing_where_nothing_is_recorded(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("unrecorded.py", """
                import sys
                sys.path.insert(0, sys.argv[1])
                import tracetool_recorder as r
                def test():
                    pass
                for turn in range(2):
                    r.begin("no")
                    r.end("passed")
                    r.start("trace.bin", force=True)
                    r.begin("yes")
                    test()
                    r.end("passed")
                    r.stop()
                r.end()
                """);
        assertEquals(new Recorder.Ended(0, "", ""), recorder.plain("unrecorded.py", Recorder.FILE.getParent()));
        Recording recording = Recording.read(recorder.trace());
        assertEquals(List.of("test_begin yes", "test_end yes passed"), recording.markTexts());
        assertEquals(List.of("test"), functions(recording.eventsOf("yes")));
    }

    private static final List<String> OUTCOMES = List.of(
            "Named a name of its own passed",
            "Outcomes.test_error error",
            "Outcomes.test_failed failed",
            "Outcomes.test_passed passed",
            "Outcomes.test_skipped skipped",
            "Outcomes.test_skips_itself skipped",
            "Outcomes.test_xfailed xfailed",
            "Outcomes.test_xpassed xpassed",
            "Parts.test_clean_up_fails error",
            "Parts.test_parts passed",
            "Parts.test_parts_fail failed",
            "Parts.test_test passed",
            "Parts.test_thread passed",
            "Waits.test_waits passed");

    private static void assertUnit(Recording recording, String module) {
        assertTrue(recording.isWhole());
        List<String> expected = OUTCOMES.stream()
                .map(outcome -> outcome.startsWith("Named ") ? outcome.substring(6) : module + "." + outcome)
                .toList();
        List<Recording.Mark> marks = recording.marks();
        assertEquals(2 * expected.size(), marks.size());
        for (int n = 0; n < expected.size(); n++) {
            String label = marks.get(2 * n).mark().values().get("label");
            assertEquals("test_begin " + label, marks.get(2 * n).text());
            assertEquals("test_end " + expected.get(n), marks.get(2 * n + 1).text());
        }
        assertEquals(
                List.of("Outcomes.setUp", "work", "Outcomes.test_passed", "work", "Outcomes.tearDown", "work"),
                functions(recording.eventsOf(module + ".Outcomes.test_passed")));
        assertEquals(
                List.of("Parts.test_parts", "work", "work", "work"),
                functions(recording.eventsOf(module + ".Parts.test_parts")));
        assertEquals(
                List.of("Parts.test_thread", "work"), functions(recording.eventsOf(module + ".Parts.test_thread")));
        assertEquals(
                List.of("Waits.test_waits", "work"),
                functions(recording.eventsOf(module + ".Waits.test_waits")).stream()
                        .filter(name -> !name.startsWith("Waits._"))
                        .toList());
        assertFalse(
                functions(recording.eventsOf(module + ".Outcomes.test_error")).contains("setUpModule"));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_mark_tests_of_unittest(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        String program = Recorder.program("unit.py");
        Recorder.Ended script = recorder.record(program);
        assertEquals(recorder.plain(program).status(), script.status());
        assertTrue(script.err().contains("FAILED (failures=2, errors=2, "), script::err);
        assertUnit(Recording.read(recorder.trace()), "__main__");
        recorder.write("unit.py", java.nio.file.Files.readString(Path.of(program)));
        assertEquals(1, recorder.record("-m", "unittest", "unit").status());
        assertUnit(Recording.read(recorder.trace()), "unit");
        // A runner of the program's own, and unittest loaded before the recording begins.
        Recorder.Ended own = recorder.plain("-c", """
                import sys, unittest
                sys.path.insert(0, sys.argv[1])
                import tracetool_recorder as r
                r.start("trace.bin", force=True)
                unittest.defaultTestLoader.loadTestsFromName("unit").run(unittest.TestResult())
                """, Recorder.FILE.getParent());
        assertEquals(new Recorder.Ended(0, "", ""), own);
        assertUnit(Recording.read(recorder.trace()), "unit");
    }

    /** A result of another kind has none of the lists that tell how a test ended. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_leave_open_how_a_test_ended_where_its_result_does_not_tell(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("odd.py", """
                import unittest, unittest.mock
                class Test(unittest.TestCase):
                    def test(self):
                        pass
                    def id(self):
                        raise ValueError
                class Stops(unittest.TestCase):
                    def test(self):
                        raise KeyboardInterrupt
                class Result:
                    shouldStop = False
                    def __getattr__(self, name):
                        if name in ("errors", "failures", "skipped"):
                            raise AttributeError(name)
                        return lambda *_: None
                Test("test").run(Result())
                try:
                    Stops("test").run()
                except KeyboardInterrupt:
                    print("stopped")
                """);
        assertEquals(new Recorder.Ended(0, "stopped\n", ""), recorder.record("odd.py"));
        assertEquals(
                List.of(
                        "test_begin Test",
                        "test_end Test",
                        "test_begin __main__.Stops.test",
                        "test_end __main__.Stops.test"),
                Recording.read(recorder.trace()).markTexts());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_each_line_once_for_each_test_in_coverage_mode(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("cover.py", """
                import tracetool_recorder as r
                def work(n):
                    for i in range(n):
                        if i == 2:
                            break
                    return [lambda: i, n]
                small = lambda: 5
                def one(): return small()
                def outside():
                    work(1)
                    one()
                outside()
                outside()
                for n in (1, 9, 1):
                    r.begin(n)
                    work(n)[0]()
                    work(n)
                    one()
                    one()
                    r.end("passed")
                work(3)
                """);
        Recording recording = recorder.recorded("--mode", "coverage", "cover.py");
        Map<Integer, Integer> few = Map.of(3, 1, 4, 1, 6, 1);
        Map<Integer, Integer> all = Map.of(3, 1, 4, 1, 5, 1, 6, 1);
        List<Recording.Mark> marks = recording.marks();
        List<Map<Integer, Integer>> work = List.of(few, few, Map.of(), all, Map.of(), few, Map.of(5, 1));
        for (int part = 0; part <= marks.size(); part++) {
            int from = part == 0 ? 0 : marks.get(part - 1).events();
            int to = part == marks.size()
                    ? recording.events().size()
                    : marks.get(part).events();
            Map<String, Map<Integer, Integer>> lines = new TreeMap<>();
            for (Recording.Event event : recording.events().subList(from, to)) {
                lines.computeIfAbsent(event.code().qualname(), name -> new TreeMap<>())
                        .merge(event.arg(), 1, Integer::sum);
            }
            assertEquals(work.get(part), lines.getOrDefault("work", Map.of()), "part " + part);
            boolean test = part % 2 == 1;
            assertEquals(part == 0 || test ? Map.of(7, 1) : null, lines.get("<lambda>"), "part " + part);
            assertEquals(part == 0 || test ? Map.of(8, 1) : null, lines.get("one"), "part " + part);
            assertEquals(test ? Map.of(6, 1) : null, lines.get("work.<locals>.<lambda>"), "part " + part);
        }
        assertEquals(List.of("LINE"), recording.metadata().once());
    }
}
