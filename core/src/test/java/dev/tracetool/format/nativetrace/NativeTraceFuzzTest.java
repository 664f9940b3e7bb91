package dev.tracetool.format.nativetrace;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tracetool.analysis.Summary;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads any bytes as a trace. With the tests it reads its corpus only: sound traces, and what the fuzzer found, in the
 * resources. To look for more, for as long as {@code maxDuration} says:
 *
 * <pre>JAZZER_FUZZ=1 mvn -Pfuzz -pl core test -Dtest=NativeTraceFuzzTest#should_survive_any_content</pre>
 */
class NativeTraceFuzzTest {
    @TempDir
    static Path folder;

    @Test
    void should_survive_its_corpus() throws Exception {
        URL corpus = NativeTraceFuzzTest.class.getResource("NativeTraceFuzzTestInputs");
        int files = 0;
        try (Stream<Path> inputs = Files.walk(Path.of(corpus.toURI()))) {
            for (Path input : inputs.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(input);
                read(bytes);
                read(RawTrace.signed(bytes));
                files++;
            }
        }
        assertTrue(files >= 8, "files in the corpus: " + files);
    }

    /** As they are: file header, frame headers, search for sync marks. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_bytes(byte[] bytes) throws IOException {
        read(bytes);
    }

    /** With every checksum made right, so that the fuzzer gets to what is behind them. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_content(byte[] bytes) throws IOException {
        read(RawTrace.signed(bytes));
    }

    private static void read(byte[] bytes) throws IOException {
        Path file = Files.write(folder.resolve("t"), bytes);
        try (NativeTrace trace = NativeTrace.open("t", file, 0)) {
            Transcript transcript = new Transcript();
            ReadResult result = trace.read(transcript);
            check(result.damage(), bytes.length);
            Summary.of(trace, EnumSet.allOf(Summary.Part.class));
            TraceSummary summary = trace.summary();
            check(summary.result().damage(), bytes.length);
            if (result.damage().isEmpty() && summary.events() != transcript.events) {
                throw new AssertionError(summary.events() + " events by the summary, " + transcript.events + " read");
            }
        } catch (TraceException e) {
            String message = String.valueOf(e.getMessage());
            if (e.position() < 0
                    || e.position() > bytes.length
                    || message.lines().count() != 1) {
                throw new AssertionError("byte " + e.position() + ": " + message, e);
            }
        }
    }

    private static void check(Damage damage, int size) {
        if (damage.bytes() < 0 || damage.bytes() > size || damage.frames() < 0 || damage.events() < 0) {
            throw new AssertionError(damage.bytes() + " bytes of " + size + ", " + damage.frames() + " frames, "
                    + damage.events() + " events lost");
        }
        for (Damage.Note note : damage.notes()) {
            if (note.position() < 0
                    || note.position() > size
                    || note.message().lines().count() != 1) {
                throw new AssertionError("byte " + note.position() + ": " + note.message());
            }
        }
    }
}
