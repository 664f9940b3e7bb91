package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tracetool.analysis.Summary;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads any bytes as a trace in each of the encodings. With the tests only what is in its corpus is read, and traces that
 * are made here. To look for more:
 *
 * <pre>JAZZER_FUZZ=1 mvn -Pfuzz -pl core test -Dtest=CodetracerFuzzTest#should_survive_any_json</pre>
 */
class CodetracerFuzzTest {
    private static final byte[] JSON = "[{\"Path\":\"a\"},".getBytes();

    /** What the targets are made for: behind what is put in front of them, sound traces and any bytes are read. */
    @Test
    void should_survive_what_was_written_and_what_was_not() throws IOException {
        Random random = new Random(8);
        for (int seed = 0; seed < 40; seed++) {
            byte[] any = new byte[random.nextInt(500)];
            random.nextBytes(any);
            byte[] content = CborRecordsWriter.content(Rec.random(seed, 20), seed);
            byte[] capnp = CapnpRecordsWriter.write(Rec.random(seed, 20), seed, 30);
            byte[] json = JsonRecords.write(Rec.random(seed, 20), seed, false);
            for (byte[] bytes : new byte[][] {any, content}) {
                should_survive_any_cbor(bytes);
            }
            for (byte[] bytes : new byte[][] {any, Arrays.copyOfRange(capnp, 8, capnp.length)}) {
                should_survive_any_packed_message(bytes);
                should_survive_any_message(bytes);
            }
            for (byte[] bytes : new byte[][] {any, Arrays.copyOfRange(json, 1, json.length)}) {
                should_survive_any_json(bytes);
            }
        }
    }

    @Test
    void should_survive_its_corpus() throws IOException, URISyntaxException {
        Path corpus = Path.of(
                CodetracerFuzzTest.class.getResource("CodetracerFuzzTestInputs").toURI());
        List<Path> files;
        try (Stream<Path> all = Files.walk(corpus)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            switch (file.getParent().getFileName().toString()) {
                case "should_survive_any_json" -> should_survive_any_json(bytes);
                case "should_survive_any_cbor" -> should_survive_any_cbor(bytes);
                case "should_survive_any_frames" -> should_survive_any_frames(bytes);
                case "should_survive_any_packed_message" -> should_survive_any_packed_message(bytes);
                case "should_survive_any_message" -> should_survive_any_message(bytes);
                default -> throw new AssertionError("no target for " + file);
            }
        }
        assertTrue(files.size() >= 5, "files in the corpus: " + files.size());
    }

    /** Behind the start of a trace. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_json(byte[] bytes) throws IOException {
        read(join(JSON, bytes));
    }

    /** The content of frames, which are sound. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_cbor(byte[] bytes) throws IOException {
        read(CborRecordsWriter.file(bytes, 100, true));
    }

    /** Frames. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_frames(byte[] bytes) throws IOException {
        read(join(new byte[] {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2, 1, 0, 0}, bytes));
    }

    /** A message as it stands in a file. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_packed_message(byte[] bytes) throws IOException {
        read(join(new byte[] {(byte) 0xC0, (byte) 0xDE, 0x72, (byte) 0xAC, (byte) 0xE2, 0, 0, 0}, bytes));
    }

    /** The words of a message of three segments, packed: so that the fuzzer gets to the pointers. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_message(byte[] bytes) throws IOException {
        int size = bytes.length / 8;
        long[] words = new long[2 + size];
        words[0] = 2 | (long) (size - size / 2) << 32;
        words[1] = size / 2 - size / 4 | (long) (size / 4) << 32;
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words, 2, size);
        read(CapnpRecordsWriter.file(words, 1));
    }

    private static byte[] join(byte[] start, byte[] rest) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(start);
        all.writeBytes(rest);
        return all.toByteArray();
    }

    private static void read(byte[] bytes) throws IOException {
        try (Trace trace = TraceFormats.open(EncodedTrace.of(bytes))) {
            EventLog log = new EventLog();
            ReadResult result = trace.read(log);
            DamagedCodetracerTest.check(result.damage(), bytes.length);
            Summary.of(trace, EnumSet.allOf(Summary.Part.class));
            TraceSummary summary = trace.summary();
            assertTrue(summary.events() == log.eventCount(), summary.events() + " and " + log.eventCount());
            Copied copied = Copied.of(EncodedTrace.of(bytes), true);
            DamagedCodetracerTest.check(copied.result().damage(), bytes.length);
            assertTrue(copied.result().damage().places() >= result.damage().places());
            JsonTree.check(copied.json());
        } catch (TraceException e) {
            DamagedCodetracerTest.check(e, bytes.length);
        }
    }
}
