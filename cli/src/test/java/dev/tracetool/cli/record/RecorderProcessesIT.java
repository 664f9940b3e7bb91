package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.CPython;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A file for each process, named by its number, beside that of the first one. */
class RecorderProcessesIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    /** The traces of children, each whole, named by its process, and naming its parent. */
    private List<Recording> children(Recorder recorder) throws IOException {
        List<Recording> children = new ArrayList<>();
        for (Path file : recorder.childTraces()) {
            awaitEnd(Long.parseLong(file.getFileName().toString().replaceAll("\\D", "")));
            Recording child = Recording.read(file);
            assertTrue(child.isWhole(), file::toString);
            assertEquals(
                    "trace." + child.metadata().pid() + ".bin",
                    file.getFileName().toString());
            children.add(child);
        }
        return children;
    }

    /** The server of forkserver ends only after the first process has. */
    private static void awaitEnd(long pid) {
        Optional<ProcessHandle> process = ProcessHandle.of(pid);
        if (process.isPresent()) {
            process.get().onExit().orTimeout(60, TimeUnit.SECONDS).join();
        }
    }

    private void clear(Recorder recorder) throws IOException {
        for (Path file : recorder.childTraces()) {
            Files.delete(file);
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_write_a_file_for_each_fork(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        String program = Recorder.program("fork.py");
        Map<String, String> exits = Map.of("exit", "5\n", "_exit", "3\n", "exec", "4\n", "thread", "3\n");
        for (Map.Entry<String, String> exit : new TreeMap<>(exits).entrySet()) {
            clear(recorder);
            Recorder.Ended ended = recorder.record(program, exit.getKey());
            assertEquals(0, ended.status());
            assertEquals(exit.getValue(), ended.out(), exit.getKey());
            Recording parent = Recording.read(recorder.trace());
            assertTrue(parent.isWhole());
            assertEquals(Map.of(9, 1, 10, 8, 11, 7, 12, 1), parent.lines("work"), exit.getKey());

            List<Recording> children = children(recorder);
            assertEquals(1, children.size(), exit.getKey());
            Recording child = children.get(0);
            assertEquals("trace.bin", child.metadata().parentTrace());
            assertEquals(parent.metadata().pid(), child.metadata().parentPid());
            assertEquals(Map.of(9, 1, 10, 101, 11, 100, 12, 1), child.lines("work"), exit.getKey());
            // The child goes on in the functions that called fork, and knows that they had begun.
            List<String> stack =
                    exit.getKey().equals("thread") ? List.of("outer", "fork") : List.of("<module>", "outer", "fork");
            assertEquals(List.of(new Recording.Stack(0, stack)), child.stacks(), exit.getKey());
            assertEquals(0, child.count(EventKind.PY_START, "fork"));
            assertEquals(
                    exit.getKey().equals("thread") ? "forker" : "MainThread",
                    child.threads().get(0).name());
        }
    }

    /** What the recorder itself calls of the library in a child comes not before the head of its file. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_forks_with_the_library(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        String program = Recorder.program("fork.py");
        for (String mode : List.of("coverage", "calls", "lines", "full")) {
            clear(recorder);
            assertEquals(
                    "6\n",
                    recorder.record("--all", "--mode", mode, program, "nested").out());
            List<Recording> children = children(recorder);
            assertEquals(2, children.size(), mode);
            for (Recording child : children) {
                assertEquals(0, child.count(EventKind.PY_START, "basename"), mode);
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_name_the_parent_of_a_grandchild(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        assertEquals(
                "6\n", recorder.record(Recorder.program("fork.py"), "nested").out());
        List<Recording> children = children(recorder);
        assertEquals(2, children.size());
        Recording first = Recording.read(recorder.trace());
        for (Recording child : children) {
            boolean grandchild =
                    !child.metadata().parentPid().equals(first.metadata().pid());
            Long parent = grandchild ? child.metadata().parentPid() : null;
            assertEquals(
                    grandchild ? "trace." + parent + ".bin" : "trace.bin",
                    child.metadata().parentTrace());
            // Of its 100 rounds before, the grandchild has none: they are its parent's.
            assertEquals(grandchild ? 20 : 110, child.lines("work").get(11));
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_write_no_file_for_a_child_that_only_becomes_another_program(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        assertEquals(
                "0\n", recorder.record(Recorder.program("fork.py"), "quiet").out());
        assertTrue(Recording.read(recorder.trace()).isWhole());
        assertEquals(List.of(), recorder.childTraces());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fork", "spawn", "forkserver"})
    void should_record_multiprocessing(String how) throws IOException {
        for (String version : CPython.MATRIX) {
            Recorder recorder = new Recorder(version, folder);
            clear(recorder);
            String program = Recorder.program("processes.py");
            Recorder.Ended plain = recorder.plain(program, how);
            assertEquals(plain, recorder.record("--include", program, program, how), version);
            Recording parent = Recording.read(recorder.trace());
            assertTrue(parent.isWhole());
            assertEquals(0, parent.count(EventKind.PY_START, "square"));
            assertEquals(2, parent.count(EventKind.PY_START, "Item.__init__"));
            long squares = 0;
            long puts = 0;
            for (Recording child : children(recorder)) {
                squares += child.count(EventKind.PY_START, "square");
                puts += child.count(EventKind.PY_START, "put");
                assertTrue(child.metadata().parentTrace().startsWith("trace."), version);
            }
            assertEquals(11, squares, version);
            assertEquals(1, puts, version);
        }
    }

    /** A pool ends its processes by SIGTERM, mostly before they have filled a block. */
    @ParameterizedTest
    @ValueSource(strings = {"fork", "spawn", "forkserver"})
    void should_lose_nothing_of_a_pool(String how) throws IOException {
        for (String version : CPython.MATRIX) {
            Recorder recorder = new Recorder(version, folder);
            clear(recorder);
            recorder.write("pool.py", """
                    import multiprocessing, sys, time
                    def square(n):
                        time.sleep(0.01)
                        return n * n
                    if __name__ == "__main__":
                        multiprocessing.set_start_method(sys.argv[1])
                        with multiprocessing.Pool(2) as pool:
                            print(sum(pool.map(square, range(10))))
                    """);
            assertEquals(new Recorder.Ended(0, "285\n", ""), recorder.record("pool.py", how), version);
            long squares = 0;
            for (Path child : recorder.childTraces()) { // not closed, as they were killed
                squares += Recording.read(child).count(EventKind.PY_START, "square");
            }
            assertEquals(10, squares, version);
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_write_beside_the_first_trace_wherever_the_program_went(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("away.py", """
                import os
                def f():
                    return 1
                os.chdir("/")
                if os.fork() == 0:
                    f()
                    os._exit(0)
                os.wait()
                """);
        ProcessBuilder builder = recorder.recording("away.py");
        builder.command().set(builder.command().indexOf(recorder.trace().toString()), "trace.bin");
        assertEquals(new Recorder.Ended(0, "", ""), recorder.run(builder));
        assertEquals(1, children(recorder).size());
        assertEquals(1, children(recorder).get(0).count(EventKind.PY_START, "f"));
    }
}
