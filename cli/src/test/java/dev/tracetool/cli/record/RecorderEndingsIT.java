package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** However a program ends, it ends as it would without the recorder, and its trace can be read. */
class RecorderEndingsIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";
    private static final String ENDINGS = Recorder.program("endings.py");

    @TempDir
    Path folder;

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_end_as_the_program_does_with_a_whole_trace(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (String how : List.of(
                "normal",
                "exit",
                "exit_0",
                "exit_3",
                "exit_text",
                "exit_object",
                "_exit",
                "raise",
                "chain",
                "group",
                "interrupt",
                "interrupt_raise",
                "hook",
                "thread",
                "thread_exit",
                "generator_exit",
                "late")) {
            Recorder.Ended plain = recorder.plain(ENDINGS, how);
            assertEquals(plain, recorder.record(ENDINGS, how), how);
            Recording recording = Recording.read(recorder.trace());
            assertTrue(recording.isWhole(), how);
            assertEquals(how.equals("thread") ? 2 : 1, recording.count(EventKind.PY_START, "finish"), how);
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_leave_a_readable_file_when_a_signal_ends_the_process(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (String how : List.of("terminate", "kill", "crash")) {
            Recorder.Ended plain = recorder.plain(ENDINGS, how);
            assertTrue(plain.status() > 128, plain::toString);
            assertEquals(plain, recorder.record(ENDINGS, how));
            Recording recording = Recording.read(recorder.trace());
            assertFalse(recording.result().complete(), how);
            assertTrue(recording.result().damage().isEmpty(), how);
        }
    }

    /** Only the depth differs, by the recorder's own frames below the program's. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_show_the_same_traceback_of_endless_recursion(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Recorder.Ended plain = recorder.plain(ENDINGS, "recursion");
        Recorder.Ended recorded = recorder.record(ENDINGS, "recursion");
        assertEquals(plain.status(), recorded.status());
        String depth = "repeated \\d+ more";
        assertTrue(plain.err().matches("(?s).*" + depth + ".*"), plain.err());
        assertEquals(plain.err().replaceFirst(depth, ""), recorded.err().replaceFirst(depth, ""));
        assertTrue(Recording.read(recorder.trace()).isWhole());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_give_sigterm_to_the_handler_of_the_program(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("handler.py", """
                import signal, sys
                signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(40 + number))
                signal.raise_signal(signal.SIGTERM)
                """);
        assertEquals(40 + 15, recorder.record(script).status());
        Recording recording = Recording.read(recorder.trace());
        assertTrue(recording.isWhole());
        assertEquals(List.of("PY_START", "LINE", "PY_UNWIND"), recording.kinds("<lambda>"));
    }

    /** The program dies in the middle of the same work, each time a little later. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_keep_what_was_written_before_a_kill(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("killed.py", """
                import os, signal, sys
                def leaf(n):
                    return n % 3
                def work(end):
                    for n in range(20000):
                        if n == end:
                            os.kill(os.getpid(), signal.SIGKILL)
                        leaf(n)
                work(int(sys.argv[1]))
                """);
        List<String> all = texts(recorder.recorded(script, -1));
        for (int end : List.of(0, 1, 1365, 1366, 7777, 19_999)) {
            assertEquals(128 + 9, recorder.record(script, end).status());
            Recording recording = Recording.read(recorder.trace());
            assertFalse(recording.result().complete());
            assertTrue(recording.result().damage().isEmpty());
            List<String> events = texts(recording);
            assertEquals(all.subList(0, events.size()), events, () -> "killed at " + end);
            int happened = 5 * end;
            assertTrue(events.size() > happened - 8192, () -> events.size() + " of " + happened);
        }
    }

    /** Killed from outside, wherever it is: also in the middle of a block, which is then torn. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_be_readable_to_the_last_whole_block_whenever_it_is_killed(String version) throws Exception {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("endless.py", """
                def leaf(n):
                    return n
                n = 0
                while True:
                    n = leaf(n) + 1
                """);
        List<String> round = List.of("LINE <module> 5", "PY_START leaf 0", "LINE leaf 2", "PY_RETURN leaf 4");
        for (int kilobytes = 2; kilobytes <= 37; kilobytes += 7) {
            Files.deleteIfExists(recorder.trace());
            Process process = recorder.recording(script).start();
            try {
                while (!Files.exists(recorder.trace()) || Files.size(recorder.trace()) < kilobytes * 1024L) {
                    assertTrue(process.isAlive());
                    Thread.onSpinWait();
                }
            } finally {
                process.destroyForcibly();
            }
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            Recording recording = Recording.read(recorder.trace());
            assertFalse(recording.result().complete());
            assertTrue(recording.result().damage().places() <= 1);
            List<String> loop = new ArrayList<>();
            boolean begun = false;
            for (Recording.Event event : recording.events()) {
                begun |= event.toString().equals(round.get(0));
                if (begun && !event.toString().equals("LINE <module> 4")) {
                    loop.add(event.kind() + " " + event.code().qualname() + " "
                            + (event.kind().equals("PY_RETURN") ? 4 : event.arg()));
                }
            }
            for (int i = 0; i < loop.size(); i++) {
                assertEquals(round.get(i % round.size()), loop.get(i), "event " + i);
            }
        }
    }

    private static List<String> texts(Recording recording) {
        return recording.events().stream().map(Recording.Event::toString).toList();
    }
}
