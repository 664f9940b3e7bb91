package dev.tracetool.format.codetracer.ctfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads any bytes as a container. With the tests it reads its corpus only: sound containers, which the writers of these
 * tests wrote, and what the fuzzer found. To look for more:
 *
 * <pre>JAZZER_FUZZ=1 mvn -Pfuzz -pl core test -Dtest=CtfsFuzzTest#should_survive_any_bytes</pre>
 */
class CtfsFuzzTest {
    @Test
    void should_find_its_corpus_sound() throws Exception {
        URL corpus = CtfsFuzzTest.class.getResource("CtfsFuzzTestInputs");
        int files = 0;
        try (Stream<Path> inputs = Files.walk(Path.of(corpus.toURI()))) {
            for (Path input : inputs.filter(Files::isRegularFile).toList()) {
                assertNotNull(Robust.read(Files.readAllBytes(input)), input.toString());
                files++;
            }
        }
        assertEquals(4, files);
    }

    @FuzzTest(maxDuration = "5m")
    void should_survive_any_bytes(byte[] bytes) throws IOException {
        if (new CtfsTraceFormat().matches(bytes)) {
            Robust.read(bytes);
        }
    }
}
