package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What is recorded is what a tool that shares no code with the recorder counts in another run of the program. */
class RecorderCountsIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    /** Compares the trace by a reader of its own, which also checks the whole file against its specification. */
    private void assertCounted(Recorder recorder, Path counted) throws IOException {
        assertTrue(Recording.read(recorder.trace()).isWhole());
        Recorder.Ended compared = recorder.plain(Recorder.tool("oracle/compare.py"), recorder.trace(), counted);
        assertEquals(0, compared.status(), () -> compared.out() + compared.err());
    }

    private Path count(Recorder recorder, Path programs, Path script) {
        Path counted = folder.resolve("counted.json");
        Recorder.Ended ended =
                recorder.plain(Recorder.tool("oracle/count_events.py"), "monitoring", counted, programs, script);
        assertEquals(0, ended.status(), ended::err);
        return counted;
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_record_what_ran_as_often_as_it_ran(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (Path script : List.of(Recorder.SAMPLES.resolve("tour.py"), Path.of(Recorder.program("flow.py")))) {
            Path counted = count(recorder, script.getParent(), script);
            for (String mode : List.of("calls", "lines", "coverage", "full")) {
                assertEquals(0, recorder.record("--mode", mode, script).status());
                assertCounted(recorder, counted);
            }
        }
    }

    /** The tool's reader and one that was written from the specification alone. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_be_read_alike_by_two_readers(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Recording recording = recorder.recorded("--mode", "full", "--line-times", Recorder.program("coroutines.py"));
        StringBuilder expected = new StringBuilder();
        for (Recording.Event event : recording.events()) {
            String time = event.time() == EventBlock.NO_TIME ? "null" : "" + event.time();
            expected.append("{\"time\": %s, \"thread\": %d, \"kind\": \"%s\", \"code\": %d, \"%s\": %d,\n"
                    .formatted(
                            time,
                            event.thread(),
                            event.kind(),
                            event.code().index(),
                            event.is(EventKind.LINE) ? "line" : "offset",
                            event.arg()));
        }
        Recorder.Ended read = recorder.plain(Recorder.tool("trace_reader.py"), recorder.trace(), "events");
        assertEquals(expected.toString(), read.out().replaceAll("(?m)(\"(line|offset)\": \\d+,).*$", "$1"));
    }
}
