package dev.tracetool.format.pyc;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads any bytes as compiled Python. With the tests it reads its corpus only: sound files, and what the fuzzer found, in
 * the resources. To look for more, for as long as {@code maxDuration} says:
 *
 * <pre>JAZZER_FUZZ=1 mvn -Pfuzz -pl core test -Dtest=PycFuzzTest#should_survive_any_object</pre>
 */
class PycFuzzTest {
    @Test
    void should_survive_its_corpus() throws Exception {
        URL corpus = PycFuzzTest.class.getResource("PycFuzzTestInputs");
        int files = 0;
        try (Stream<Path> inputs = Files.walk(Path.of(corpus.toURI()))) {
            for (Path input : inputs.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(input);
                read(bytes);
                should_survive_any_object(bytes);
                files++;
            }
        }
        assertTrue(files >= 4, "files in the corpus: " + files);
    }

    /** As they are. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_bytes(byte[] bytes) throws IOException {
        read(bytes);
    }

    /** Behind a head that is sound, of a version that the first byte chooses. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_object(byte[] bytes) throws IOException {
        if (bytes.length < PycHeader.BYTES) {
            return;
        }
        byte[] head = SmallPyc.of(8 + (bytes[0] & 0xFF) % 7);
        byte[] file = bytes.clone();
        System.arraycopy(head, 0, file, 0, PycHeader.BYTES);
        read(file);
    }

    /** Written as the bytes choose. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_choice_of_objects(byte[] bytes) throws IOException {
        read(GuidedPyc.file(bytes));
    }

    /** Of these some are sound, so that the target reaches what it is made for. */
    @Test
    void should_read_what_is_chosen_at_random() throws IOException {
        Random random = new Random(5);
        int sound = 0;
        for (int i = 0; i < 3000; i++) {
            byte[] guide = new byte[random.nextInt(400)];
            random.nextBytes(guide);
            sound += read(GuidedPyc.file(guide)) ? 1 : 0;
        }
        assertTrue(sound > 100 && sound < 2900, "sound files: " + sound);
    }

    /** Whether it is a file that can be read. */
    private static boolean read(byte[] bytes) throws IOException {
        if (!new PycTraceFormat().matches(Arrays.copyOf(bytes, Math.min(bytes.length, 512)))) {
            return false;
        }
        try {
            SmallPyc.readAll(bytes);
            return true;
        } catch (TraceException e) {
            String message = String.valueOf(e.getMessage());
            if (e.position() < 0
                    || e.position() > bytes.length
                    || message.lines().count() != 1) {
                throw new AssertionError("byte " + e.position() + ": " + message, e);
            }
            return false;
        }
    }
}
