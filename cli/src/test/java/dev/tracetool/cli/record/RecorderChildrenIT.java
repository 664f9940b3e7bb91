package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.CPython;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Python programs that a recorded one starts, and the tests that are open meanwhile. */
class RecorderChildrenIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    /** The traces of children that are not yet read, which are whole, by their processes; they are removed. */
    private static List<Recording> children(Recorder recorder) throws IOException {
        List<Recording> children = new ArrayList<>();
        for (Path file : recorder.childTraces()) {
            long pid = Long.parseLong(file.getFileName().toString().replaceAll("-\\d+|\\D", ""));
            Optional<ProcessHandle> process = ProcessHandle.of(pid);
            if (process.isPresent()) {
                process.get().onExit().orTimeout(60, TimeUnit.SECONDS).join();
            }
            Recording child = Recording.read(file);
            assertTrue(child.isWhole(), file::toString);
            children.add(child);
            Files.delete(file);
        }
        return children;
    }

    /** Starts a Python like that which runs it with the words of its command line, in many ways. */
    private static void writeStarter(Recorder recorder) throws IOException {
        recorder.write("start.py", """
                import asyncio, os, subprocess, sys
                how, *words = sys.argv[1:]
                sys.stdout.flush()
                if how == "run":
                    status = subprocess.run([sys.executable, *words]).returncode
                elif how == "name":
                    env = dict(os.environ, PATH=os.path.dirname(sys.executable))
                    name = os.path.basename(sys.executable)
                    status = subprocess.call([name, *words], env=env)
                elif how == "relative":
                    folder, name = os.path.split(sys.executable)
                    status = subprocess.call(["python", *map(os.path.abspath, words)], executable="./" + name, cwd=folder)
                elif how == "bytes":
                    status = subprocess.call(list(map(os.fsencode, [sys.executable, *words])), close_fds=False)
                elif how == "posix_spawn":
                    pid = os.posix_spawn(sys.executable, [sys.executable, *words], os.environ)
                    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
                elif how == "spawnv":
                    status = os.spawnv(os.P_WAIT, sys.executable, (sys.executable, *words))
                elif how == "asyncio":
                    async def run():
                        return await (await asyncio.create_subprocess_exec(sys.executable, *words)).wait()
                    status = asyncio.run(run())
                elif how == "exec":
                    os.execv(sys.executable, [sys.executable, *words])
                elif how == "shell":
                    status = subprocess.call(" ".join([sys.executable, *words]), shell=True)
                print(status)
                """);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_python_programs_however_they_are_started(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        writeStarter(recorder);
        recorder.write("child.py", """
                import sys
                def work():
                    return 3
                print(sys.argv, sys.path[0])
                sys.exit(work())
                """);
        for (String how : List.of("run", "name", "relative", "bytes", "posix_spawn", "spawnv", "asyncio", "exec")) {
            Recorder.Ended plain = recorder.plain("start.py", how, "child.py");
            Recorder.Ended recorded = recorder.record("--mode", "calls", "start.py", how, "child.py");
            assertEquals(plain, recorded, how);
            Recording parent = Recording.read(recorder.trace());
            assertTrue(parent.isWhole(), how);
            assertEquals(0, parent.count(EventKind.PY_START, "work"), how);
            List<Recording> children = children(recorder);
            assertEquals(1, children.size(), how);
            assertEquals(1, children.get(0).count(EventKind.PY_START, "work"), how);
            assertEquals(0, children.get(0).count(EventKind.LINE), how);
            assertEquals("trace.bin", children.get(0).metadata().parentTrace(), how);
            assertEquals(List.of(), children.get(0).markTexts(), how);
            boolean same =
                    children.get(0).metadata().pid().equals(parent.metadata().pid());
            assertEquals(how.equals("exec"), same, how);
        }
        // Not by way of another program.
        recorder.record("start.py", "shell", "child.py");
        assertEquals(List.of(), recorder.childTraces());
    }

    /** What the recorder does not understand runs as if it were not there. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_run_any_command_line_as_the_interpreter_does(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder).withInput("print('from stdin')\n");
        writeStarter(recorder);
        String code = """
                import sys
                def work():
                    return [sys.argv, sys.flags, sys.warnoptions, sys._xoptions, sys.path[0], __name__, sys.stdin.read(3)]
                print(work())
                """;
        recorder.write("child.py", code);
        recorder.write("-odd.py", code);
        recorder.write("package/__main__.py", code);
        List<List<String>> recorded = List.of(
                List.of("child.py"),
                List.of("child.py", "-c", "x", "--", "-m"),
                List.of("--", "child.py", "-i"),
                List.of("--", "-odd.py", "x"),
                List.of("-c", code),
                List.of("-c" + code, "a"),
                List.of("-uc", code, "-i"),
                List.of("-m", "child", "-m", "x"),
                List.of("-mpackage"),
                List.of("package", "a"),
                List.of("-B", "-s", "child.py"),
                List.of("-BsuOq", "child.py"),
                List.of("-W", "error", "-X", "dev", "child.py"),
                List.of("-Werror", "-Xdev", "-X", "utf8=1", "-bb", "child.py"),
                List.of("-BW", "error", "-Pm", "site"),
                List.of("-OO", "-sPXint_max_str_digits=1000", "child.py", ""),
                List.of("-c", code, "from multiprocessing.spawn import x"));
        List<List<String>> alone = List.of(
                List.of(),
                List.of("-"),
                List.of("-", "child.py"),
                List.of("-q"),
                List.of("--"),
                List.of("-V"),
                List.of("-VV", "child.py"),
                List.of("--version"),
                List.of("--help-xoptions"),
                List.of("-i", "-c", "1"),
                List.of("-x", "child.py"),
                List.of("-c"),
                List.of("-m"),
                List.of("-X"),
                List.of("-Z", "child.py"),
                List.of("--nonsense", "child.py"),
                List.of("missing.py"),
                List.of("-c", "from multiprocessing.resource_tracker import main"));
        for (List<String> words : recorded) {
            assertSame(recorder, words);
            boolean site = words.contains("site"); // all of it is the standard library's
            assertEquals(site ? 0 : 1, children(recorder).size(), words::toString);
        }
        for (List<String> words : alone) {
            assertSame(recorder, words);
            assertEquals(List.of(), recorder.childTraces(), words::toString);
        }
    }

    private static void assertSame(Recorder recorder, List<String> words) {
        List<Object> all = new ArrayList<>(List.of("start.py", "run"));
        all.addAll(words);
        Recorder.Ended plain = recorder.plain(all.toArray());
        Recorder.Ended recorded = recorder.record(all.toArray());
        if (words.contains("missing.py")) { // the recorder says so in words of its own
            assertEquals(plain.out(), recorded.out());
            assertTrue(recorded.err().contains("can't open file"), recorded::err);
            return;
        }
        assertEquals(plain, recorded, words::toString);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_leave_other_programs_alone_where_asked_or_where_they_are_others(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        writeStarter(recorder);
        recorder.write("child.py", "def f(): pass\nf()\nprint('ran')");
        for (String how : List.of("run", "posix_spawn", "exec")) {
            Recorder.Ended ended = recorder.record("--no-subprocesses", "start.py", how, "child.py");
            assertEquals(recorder.plain("start.py", how, "child.py"), ended, how);
        }
        recorder.write("other.py", """
                import os, shutil, subprocess, sys
                def try_to_run(*args, **options):
                    try:
                        return subprocess.run(args, **options).returncode
                    except Exception as error:
                        return error
                print(try_to_run("/bin/echo", "-c", "x"), try_to_run("/bin/sh", "-c", "exit 3"))
                print(try_to_run("missing", "child.py"), try_to_run(sys.executable, 5), try_to_run())
                print(try_to_run("echo", "child.py", executable="/bin/echo"))
                for wrong in ([(sys.executable, 5), os.environ], [5, 6]):
                    for function in (os.execve, os.posix_spawn):
                        try:
                            function(sys.executable, *wrong)
                        except (TypeError, ValueError, AttributeError) as error:
                            print(error)
                """);
        assertEquals(recorder.plain("other.py"), recorder.record("other.py"));
        assertTrue(Recording.read(recorder.trace()).isWhole());
        assertEquals(List.of(), recorder.childTraces());
        // Multiprocessing is another matter.
        String program = Recorder.program("processes.py");
        recorder.record("--no-subprocesses", "--include", program, program, "spawn");
        assertEquals(3, children(recorder).size());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_children_as_their_parent_was(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("nest.py", """
                import subprocess, sys
                def work(n):
                    if n:
                        subprocess.run([sys.executable, __file__, str(n - 1)])
                work(int(sys.argv[1]))
                """);
        recorder.recorded("--events", "PY_START,LINE", "--exclude", "no*", "--include", "a b*", "nest.py", 2);
        Recording first = Recording.read(recorder.trace());
        List<Recording> children = children(recorder);
        assertEquals(2, children.size());
        for (Recording child : children) {
            assertEquals(first.metadata().mode(), child.metadata().mode());
            assertEquals(first.metadata().events(), child.metadata().events());
            assertEquals(first.metadata().scope(), child.metadata().scope());
            assertEquals(1, child.count(EventKind.PY_START, "work"));
        }
        recorder.recorded("--no-subprocesses", "nest.py", 2);
        assertEquals(List.of(), recorder.childTraces());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_begin_a_child_with_the_test_that_is_open_in_its_parent(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("tests.py", """
                import os, subprocess, sys, threading, warnings
                warnings.simplefilter("ignore") # fork in a process with threads
                import tracetool_recorder as r
                def work():
                    return 1
                def child(label):
                    if os.fork() == 0:
                        work()
                        os._exit(0)
                    os.wait()
                    subprocess.run([sys.executable, "-c", "def work(): pass\\nwork()"], check=True)
                    os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", "def work(): pass\\nwork()"])
                child("none")
                odd = "\\ud800 \\xe4\\u20ac\\U0001f600 \\\\ \\x00\\n'\\""
                for label in ("a.py::test[1]", odd, "x" * 20_000):
                    r.begin(label)
                    child(label)
                    r.end("passed")
                child("none")
                r.begin("outer")
                def own():
                    r.begin("own")
                    child("own")
                thread = threading.Thread(target=own)
                thread.start()
                thread.join()
                thread = threading.Thread(target=child, args=("the latest",))
                thread.start()
                thread.join()
                child("outer")
                """);
        assertEquals(new Recorder.Ended(0, "", ""), recorder.record("tests.py"));
        List<String> begun = new ArrayList<>();
        for (Recording child : children(recorder)) {
            assertEquals(1, child.count(EventKind.PY_START, "work"));
            assertTrue(child.marks().size() <= 1);
            if (child.marks().isEmpty()) {
                begun.add("none");
            } else {
                assertEquals(0, child.marks().get(0).events());
                assertEquals("test_begin", child.marks().get(0).mark().kind());
                begun.add(child.marks().get(0).mark().values().get("label"));
            }
        }
        String odd = "\ud800 \u00e4\u20ac\ud83d\ude00 \\ \0\n'\"";
        List<String> expected = new ArrayList<>();
        for (String label :
                List.of("none", "none", "a.py::test[1]", odd, "x".repeat(1 << 14) + "...", "own", "own", "outer")) {
            expected.addAll(List.of(label, label, label));
        }
        Collections.sort(begun);
        Collections.sort(expected);
        assertEquals(expected, begun);
    }

    /** The server of forkserver lives longer than the test in which it starts. */
    @ParameterizedTest
    @ValueSource(strings = {"fork", "spawn", "forkserver"})
    void should_begin_a_child_of_multiprocessing_with_the_test_that_starts_it(String how) throws IOException {
        for (String version : CPython.MATRIX) {
            Recorder recorder = new Recorder(version, folder);
            recorder.write("tests.py", """
                    import multiprocessing, sys
                    def work(label):
                        return label
                    if __name__ == "__main__":
                        import tracetool_recorder as r
                        context = multiprocessing.get_context(sys.argv[1])
                        for label in ("one", "two", None):
                            if label:
                                r.begin(label)
                            process = context.Process(target=work, args=(label,))
                            process.start()
                            process.join()
                            if label:
                                r.end("passed")
                    """);
            assertEquals(new Recorder.Ended(0, "", ""), recorder.record("tests.py", how), version);
            List<String> begun = new ArrayList<>();
            for (Recording child : children(recorder)) {
                if (child.count(EventKind.PY_START, "work") > 0) {
                    List<Recording.Event> before = child.marks().isEmpty()
                            ? List.of()
                            : child.events().subList(0, child.marks().get(0).events());
                    assertEquals(0, before.size(), before::toString);
                    begun.add(String.join(",", child.markTexts()));
                }
            }
            Collections.sort(begun);
            assertEquals(List.of("", "test_begin one", "test_begin two"), begun, version);
        }
    }
}
