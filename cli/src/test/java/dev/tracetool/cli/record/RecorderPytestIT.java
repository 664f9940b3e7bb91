package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** pytest as Debian has it, 7.2, which runs on CPython up to 3.13. */
class RecorderPytestIT {
    private static final Path PACKAGES = Path.of("/usr/lib/python3/dist-packages");
    private static final List<String> OUTCOMES = List.of(
            "test_all.py::test_passed passed",
            "test_all.py::test_failed failed",
            "test_all.py::test_failed_twice failed",
            "test_all.py::test_error error",
            "test_all.py::test_error_at_end error",
            "test_all.py::test_skipped skipped",
            "test_all.py::test_skips_itself skipped",
            "test_all.py::test_xfailed xfailed",
            "test_all.py::test_xpassed xpassed",
            "test_all.py::test_xpassed_strictly failed",
            "test_all.py::test_many[a b] passed",
            "test_all.py::test_many[\\n] passed",
            "test_all.py::TestUnit::test_unit passed",
            "test_all.py::test_last passed");

    @TempDir
    Path folder;

    @BeforeEach
    void should_have_pytest() throws IOException {
        assumeTrue(
                Files.isDirectory(PACKAGES.resolve("pytest")),
                "there is no pytest here: apt-get install python3-pytest");
        Files.writeString(folder.resolve("test_all.py"), """
                import threading, unittest, pytest
                def work(n):
                    return n
                @pytest.fixture(scope="module", autouse=True)
                def module():
                    work("begin")
                    yield
                    work("end")
                @pytest.fixture
                def thing():
                    work("set up")
                    yield 1
                    work("tear down")
                def test_passed(thing):
                    assert work(1) == 1
                def test_failed():
                    assert work(1) == 2
                def test_failed_twice(request):
                    request.addfinalizer(lambda: 1 / 0)
                    assert 0
                @pytest.fixture
                def broken():
                    raise ValueError
                def test_error(broken):
                    pass
                def test_error_at_end(request):
                    request.addfinalizer(lambda: 1 / 0)
                @pytest.mark.skip
                def test_skipped():
                    pass
                def test_skips_itself():
                    pytest.skip("not today")
                @pytest.mark.xfail
                def test_xfailed():
                    assert 0
                @pytest.mark.xfail
                def test_xpassed():
                    pass
                @pytest.mark.xfail(strict=True)
                def test_xpassed_strictly():
                    pass
                @pytest.mark.parametrize("value", ["a b", "\\n"])
                def test_many(value):
                    thread = threading.Thread(target=work, args=(value,))
                    thread.start()
                    thread.join()
                class TestUnit(unittest.TestCase):
                    def setUp(self):
                        work("set up")
                    def test_unit(self):
                        result = unittest.TestResult()
                        unittest.FunctionTestCase(lambda: work(1)).run(result)
                        self.assertEqual(result.errors, [])
                def test_last():
                    pass
                """);
    }

    private Recorder recorder(String version) {
        return new Recorder(version, folder);
    }

    private static ProcessBuilder withPytest(ProcessBuilder builder) {
        builder.environment().put("PYTHONPATH", PACKAGES.toString());
        builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
        builder.environment().put("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1");
        return builder;
    }

    private static Recorder.Ended record(Recorder recorder, Object... words) {
        return recorder.run(withPytest(recorder.recording(words)));
    }

    private static List<String> functions(List<Recording.Event> events) {
        return events.stream()
                .filter(event -> event.is(EventKind.PY_START))
                .map(event -> event.code().qualname())
                .toList();
    }

    private static void assertAll(Recording recording) {
        assertTrue(recording.isWhole());
        List<String> expected = new ArrayList<>();
        for (String outcome : OUTCOMES) {
            expected.add("test_begin " + outcome.substring(0, outcome.lastIndexOf(' ')));
            expected.add("test_end " + outcome);
        }
        List<String> marks = recording.markTexts();
        assertEquals(
                expected,
                marks.stream().filter(mark -> mark.startsWith("test_")).toList());
        // The set-up of the module's fixture in the first test, its tear-down in the last one.
        assertEquals(
                List.of("test_begin test_all.py::test_passed", "shared_begin module", "shared_end module"),
                marks.subList(0, 3));
        int end = marks.size();
        assertEquals(List.of("shared_begin module", "shared_end module"), marks.subList(end - 3, end - 1));
        assertFalse(marks.contains("shared_begin thing"));
        assertEquals(
                List.of("module", "work", "thing", "work", "test_passed", "work", "work"),
                functions(recording.eventsOf("test_all.py::test_passed")));
        assertEquals(List.of("test_many", "work"), functions(recording.eventsOf("test_all.py::test_many[a b]")));
        assertEquals(
                List.of("TestUnit.setUp", "work", "TestUnit.test_unit", "TestUnit.test_unit.<locals>.<lambda>", "work"),
                functions(recording.eventsOf("test_all.py::TestUnit::test_unit")));
        assertEquals(List.of("test_last", "work"), functions(recording.eventsOf("test_all.py::test_last")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.12", "3.13"})
    void should_mark_tests_of_pytest(String version) throws IOException {
        Recorder recorder = recorder(version);
        Object[] module = {"-m", "pytest", "-q", "-p", "no:cacheprovider", "-W", "ignore"};
        Recorder.Ended plain = recorder.run(withPytest(
                new ProcessBuilder(command(recorder.recording(module), Recorder.FILE)).directory(folder.toFile())));
        Recorder.Ended recorded = record(recorder, module);
        assertEquals(1, recorded.status(), recorded::err);
        assertEquals(timeless(plain.out()), timeless(recorded.out()));
        assertAll(Recording.read(recorder.trace()));

        // As the script that an installation has.
        recorder.write("bin/pytest", "import sys\nfrom pytest import console_main\nsys.exit(console_main())\n");
        assertEquals(
                1,
                record(recorder, folder.resolve("bin/pytest"), "-p", "no:cacheprovider", "test_all.py")
                        .status());
        assertAll(Recording.read(recorder.trace()));
        // Named as a plugin where it is one already.
        record(recorder, "-m", "pytest", "-p", "tracetool_recorder", "--tracetool", "no.bin", "-p", "no:cacheprovider");
        assertAll(Recording.read(recorder.trace()));
        assertFalse(Files.exists(folder.resolve("no.bin")));
        // And switched off.
        record(recorder, "-m", "pytest", "-p", "no:tracetool_recorder", "-p", "no:cacheprovider", "-k", "test_passed");
        assertEquals(List.of(), Recording.read(recorder.trace()).markTexts());
        assertEquals(List.of(), recorder.childTraces());
    }

    /** The same command line without the recorder and its options. */
    private static List<String> command(ProcessBuilder recording, Path recorder) {
        List<String> words = new ArrayList<>(recording.command());
        int from = words.indexOf(recorder.toString());
        words.subList(from, words.indexOf("-m")).clear();
        return words;
    }

    private static String timeless(String out) {
        return out.replaceAll(" in [\\d.]+s", "").replaceAll("0x[0-9a-f]+", "0x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.12", "3.13"})
    void should_record_as_a_plugin(String version) throws IOException {
        Recorder recorder = recorder(version);
        ProcessBuilder builder = withPytest(recorder.recording("-m", "pytest", "-p", "no:cacheprovider", "-p"));
        List<String> command = command(builder, Recorder.FILE);
        builder.environment().put("PYTHONPATH", PACKAGES + ":" + Recorder.FILE.getParent());
        command.addAll(List.of("tracetool_recorder", "-W", "error::pytest.PytestWarning"));
        builder.command(command);
        assertEquals(1, recorder.run(builder).status());
        assertFalse(Files.exists(recorder.trace()));

        for (int turn = 0; turn < 2; turn++) { // the second replaces what the first wrote
            command.addAll(List.of("--tracetool", "trace.bin", "--tracetool-mode=lines"));
            Recorder.Ended ended = recorder.run(builder.command(command));
            assertEquals(1, ended.status(), ended::err);
            assertAll(Recording.read(recorder.trace()));
        }
        for (Map.Entry<String, String> wrong : Map.of(
                        "test_all.py", "looks like a program", "no/folder.bin", "cannot write the trace")
                .entrySet()) {
            List<String> words = new ArrayList<>(command);
            words.addAll(List.of("--tracetool", wrong.getKey()));
            Recorder.Ended ended = recorder.run(builder.command(words));
            assertEquals(4, ended.status());
            assertTrue(ended.err().contains(wrong.getValue()), ended::err);
        }
        assertTrue(Files.readString(folder.resolve("test_all.py")).startsWith("import"));
        command.add("--tracetool-mode=slow");
        Recorder.Ended ended = recorder.run(builder.command(command));
        assertEquals(4, ended.status());
        assertTrue(ended.err().contains("ERROR: tracetool: unknown mode slow"), ended::err);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.12", "3.13"})
    void should_record_the_workers_of_xdist(String version) throws IOException {
        assumeTrue(Files.isDirectory(PACKAGES.resolve("xdist")), "there is no pytest-xdist here");
        Recorder recorder = recorder(version);
        Recorder.Ended ended =
                record(recorder, "-m", "pytest", "-p", "no:cacheprovider", "-p", "xdist.plugin", "-n", "2");
        assertEquals(1, ended.status(), ended::err);
        Recording first = Recording.read(recorder.trace());
        assertTrue(first.isWhole());
        assertEquals(List.of(), first.markTexts());
        assertWorkers(recorder);
        // With the plugin in a process that is not recorded otherwise.
        ProcessBuilder builder = withPytest(
                recorder.recording("-m", "pytest", "-p", "no:cacheprovider", "-p", "xdist.plugin", "-n", "2", "-p"));
        List<String> command = command(builder, Recorder.FILE);
        command.addAll(List.of("tracetool_recorder", "--tracetool=trace.bin"));
        builder.environment().put("PYTHONPATH", PACKAGES + ":" + Recorder.FILE.getParent());
        ended = recorder.run(builder.command(command));
        assertEquals(1, ended.status(), ended::err);
        assertWorkers(recorder);
    }

    private static void assertWorkers(Recorder recorder) throws IOException {
        List<String> ends = new ArrayList<>();
        assertEquals(2, recorder.childTraces().size());
        for (Path file : recorder.childTraces()) {
            Recording worker = Recording.read(file);
            assertTrue(worker.isWhole());
            assertEquals("trace.bin", worker.metadata().parentTrace());
            for (Recording.Mark mark : worker.marks()) {
                if (mark.mark().kind().equals("test_end")) {
                    ends.add(mark.text().substring("test_end ".length()));
                    assertFalse(
                            worker.eventsOf(mark.mark().values().get("label")).isEmpty()
                                    && !mark.text().endsWith("test_skipped skipped"),
                            mark::text);
                }
            }
            Files.delete(file);
        }
        List<String> expected = new ArrayList<>(OUTCOMES);
        Collections.sort(expected);
        Collections.sort(ends);
        assertEquals(expected, ends);
    }
}
