package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.TraceThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Threads, generators, coroutines, tasks, exceptions: what happens in which order, and in which thread. */
class RecorderFlowIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    /** Every event belongs to the function on top of its thread's stack. */
    private static void assertBalanced(Recording recording) {
        Map<Integer, Deque<Integer>> stacks = new HashMap<>();
        for (Recording.Event event : recording.events()) {
            Deque<Integer> stack = stacks.computeIfAbsent(event.thread(), thread -> new ArrayDeque<>());
            int code = event.code().index();
            EventKind kind = EventKind.named(event.kind());
            if (kind.effect() == EventKind.Effect.PUSH) {
                stack.push(code);
            } else {
                assertEquals(stack.peek(), code, event::toString);
                if (kind.effect() == EventKind.Effect.POP) {
                    stack.pop();
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_balance_calls_in_every_program(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (Object program : List.of(
                Recorder.SAMPLES.resolve("tour.py"),
                Recorder.program("flow.py"),
                Recorder.program("coroutines.py"),
                Recorder.program("threads.py"))) {
            Recording recording = recorder.recorded("--mode", "full", program);
            assertTrue(recording.isWhole());
            assertBalanced(recording);
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_tell_threads_apart_although_the_system_uses_their_ids_again(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Recording recording = recorder.recorded(Recorder.program("threads.py"));
        Map<String, Integer> byName = new HashMap<>();
        for (TraceThread thread : recording.threads()) {
            byName.put(thread.name(), thread.number());
        }
        assertEquals(0, byName.get("MainThread"));
        assertTrue(byName.containsKey("ticker"));
        for (int n = 0; n < 60; n++) {
            int thread = byName.get("short " + n);
            int rounds = n;
            assertEquals(
                    rounds,
                    recording.count(event -> event.thread() == thread
                            && event.is(EventKind.LINE)
                            && event.code().qualname().equals("work")
                            && event.arg() == 11));
            assertEquals(
                    1,
                    recording.count(event ->
                            event.thread() == thread && event.toString().startsWith("PY_START short ")));
        }
        // The main thread, the ticker, 60 short ones, 4 together, and the one that died.
        assertEquals(67, recording.threads().size());
        assertEquals(1, recording.count(EventKind.PY_UNWIND, "die"));
        assertEquals(
                5,
                recording.events().stream()
                        .filter(event -> event.is(EventKind.PY_START)
                                        && event.code().qualname().equals("together")
                                || event.toString().startsWith("PY_START die"))
                        .map(Recording.Event::thread)
                        .distinct()
                        .count());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_the_life_of_a_generator(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("generator.py", """
                def numbers():
                    try:
                        yield 1
                        yield 2
                    except ValueError:
                        yield 3
                whole = numbers()
                print(next(whole), whole.send(None), whole.throw(ValueError), list(whole))
                """);
        Recording recording = recorder.recorded("--mode", "calls", script);
        assertEquals(
                List.of(
                        "PY_START",
                        "PY_YIELD",
                        "PY_RESUME",
                        "PY_YIELD",
                        "PY_THROW",
                        "PY_YIELD",
                        "PY_RESUME",
                        "PY_RETURN"),
                recording.kinds("numbers"));
        assertTrue(recording.events().stream()
                        .mapToLong(Recording.Event::time)
                        .reduce((before, after) -> before <= after ? after : Long.MAX_VALUE)
                        .orElseThrow()
                < Long.MAX_VALUE);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_tasks_as_they_take_turns(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("turns.py", """
                import asyncio
                async def turn(n):
                    await asyncio.sleep(0)
                    return n
                async def forever():
                    while True:
                        await asyncio.sleep(0)
                async def main():
                    endless = asyncio.create_task(forever())
                    print(await asyncio.gather(turn(1), turn(2)))
                    endless.cancel()
                asyncio.run(main())
                """);
        Recording recording = recorder.recorded("--mode", "calls", script);
        List<String> turns = recording.kinds("turn");
        assertEquals(
                List.of(
                        "PY_START",
                        "PY_YIELD",
                        "PY_START",
                        "PY_YIELD",
                        "PY_RESUME",
                        "PY_RETURN",
                        "PY_RESUME",
                        "PY_RETURN"),
                turns);
        List<String> forever = recording.kinds("forever");
        assertEquals(List.of("PY_THROW", "PY_UNWIND"), forever.subList(forever.size() - 2, forever.size()));
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_how_an_exception_travels(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("travels.py", """
                def throws():
                    raise LookupError
                def passes():
                    try:
                        throws()
                    finally:
                        x = 1
                def catches():
                    try:
                        passes()
                    except LookupError:
                        return len("ok"), len(())
                catches()
                """);
        Recording recording = recorder.recorded(
                "--events", "RAISE,RERAISE,EXCEPTION_HANDLED,PY_UNWIND,PY_RETURN,CALL,C_RETURN", script);
        assertEquals(List.of("RAISE", "PY_UNWIND"), recording.kinds("throws"));
        List<String> passes = recording.kinds("passes");
        assertEquals("CALL", passes.get(0));
        assertEquals("PY_UNWIND", passes.get(passes.size() - 1));
        assertTrue(passes.contains("RERAISE"), passes::toString);
        assertEquals(
                List.of("CALL", "RAISE", "EXCEPTION_HANDLED", "CALL", "C_RETURN", "CALL", "C_RETURN", "PY_RETURN"),
                recording.kinds("catches"));
    }

    /** A recording that begins in the middle of a program knows on which stack. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_begin_and_end_where_the_program_says(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("module.py", """
                import sys
                sys.dont_write_bytecode = True
                sys.path.append(sys.argv[1])
                import tracetool_recorder as r
                def f(n):
                    return n
                def inner():
                    r.start(sys.argv[2], force=True)
                    f(1)
                    f(2)
                def outer():
                    inner()
                    r.stop()
                    f(3)
                outer()
                f(4)
                r.start(sys.argv[2] + ".second", mode="calls", force=True)
                f(5)
                """);
        Recorder.Ended ended = recorder.plain(script, Recorder.FILE.getParent(), recorder.trace());
        assertEquals(new Recorder.Ended(0, "", ""), ended);
        Recording first = Recording.read(recorder.trace());
        assertTrue(first.isWhole());
        assertEquals(List.of(new Recording.Stack(0, List.of("<module>", "outer", "inner"))), first.stacks());
        assertEquals(2, first.count(EventKind.PY_START, "f"));
        assertEquals(List.of("LINE", "LINE", "PY_RETURN"), first.kinds("inner"));
        Recording second = Recording.read(folder.resolve("trace.bin.second"));
        assertTrue(second.isWhole());
        assertEquals(1, second.count(EventKind.PY_START, "f"));
        assertEquals(1, second.count(EventKind.PY_RETURN, "<module>"));
    }
}
