package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.tracetool.testing.Packed;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Reads any bytes as an archive of traces. With the tests only what is in its corpus is read, and archives that are made
 * here. To look for more:
 *
 * <pre>JAZZER_FUZZ=1 mvn -Pfuzz -pl core test -Dtest=ArchiveFuzzTest#should_survive_any_packed_tar</pre>
 */
class ArchiveFuzzTest {
    private static final InputLimits LIMITS = new InputLimits(100, 1 << 20, 1 << 22, 200, 2, 1 << 24, 1 << 16, 1 << 22);

    /** What the targets are made for: sound archives, with some bytes changed and without. */
    @Test
    void should_survive_what_was_packed_and_what_was_not() throws IOException {
        Random random = new Random(3);
        byte[] tar = Packed.tar(files());
        List<byte[]> all = List.of(
                Packed.zip(files()),
                Packed.storedZip(files()),
                tar,
                Packed.gzip(tar),
                Packed.bzip2(tar),
                Packed.xz(tar),
                Packed.zstd(tar),
                Packed.storedZip(Map.of("inner", Packed.gzip(tar))));
        for (byte[] sound : all) {
            assertTrue(read(sound) >= 2, "traces");
            for (int i = 0; i < 100; i++) {
                byte[] bytes = sound.clone();
                for (int changes = random.nextInt(6); changes >= 0; changes--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
                }
                should_survive_any_bytes(bytes);
                should_survive_any_entry(bytes);
            }
        }
        for (int i = 0; i < 300; i++) {
            byte[] bytes = Arrays.copyOf(tar, 512 * (1 + random.nextInt(8)));
            for (int changes = random.nextInt(6); changes >= 0; changes--) {
                bytes[random.nextInt(Math.min(bytes.length, 600))] = (byte) random.nextInt();
            }
            bytes[0] = (byte) i;
            should_survive_any_packed_tar(bytes);
        }
    }

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a", Found.trace("one, which repeats itself, repeats itself"));
        files.put("./b/" + "long".repeat(40), Found.trace("two"));
        files.put("b/c_paths.json", "[]".getBytes());
        files.put("code", "C!".getBytes());
        files.put("readme", "text".getBytes());
        return files;
    }

    @Test
    void should_survive_its_corpus() throws IOException, URISyntaxException {
        Path corpus = Path.of(
                ArchiveFuzzTest.class.getResource("ArchiveFuzzTestInputs").toURI());
        List<Path> files;
        try (Stream<Path> all = Files.walk(corpus)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            switch (file.getParent().getFileName().toString()) {
                case "should_survive_any_bytes" -> should_survive_any_bytes(bytes);
                case "should_survive_any_packed_tar" -> should_survive_any_packed_tar(bytes);
                case "should_survive_any_entry" -> should_survive_any_entry(bytes);
                default -> throw new AssertionError("no target for " + file);
            }
        }
        assertTrue(files.size() >= 8, "files in the corpus: " + files.size());
    }

    /** As they are. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_bytes(byte[] bytes) throws IOException {
        read(bytes);
    }

    /** A tar file behind a sound compression, which the first byte chooses: so that the fuzzer gets to the heads. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_packed_tar(byte[] bytes) throws IOException {
        if (bytes.length == 0) {
            return;
        }
        byte[] tar = Arrays.copyOfRange(bytes, 1, Math.max(bytes.length, 300));
        System.arraycopy("ustar".getBytes(), 0, tar, 257, 5);
        read(
                switch (bytes[0] & 3) {
                    case 0 -> tar;
                    case 1 -> Packed.gzip(tar);
                    case 2 -> Packed.zstd(tar);
                    default -> Packed.zip(Map.of("inner", Packed.gzip(tar)));
                });
    }

    /** An archive in a sound archive. */
    @FuzzTest(maxDuration = "5m")
    void should_survive_any_entry(byte[] bytes) throws IOException {
        read(Packed.storedZip(Map.of("x", bytes)));
        read(Packed.gzip(Packed.tar(Map.of("x", bytes))));
        read(Packed.gzip(bytes));
    }

    /** @return how many traces there are */
    private static int read(byte[] bytes) throws IOException {
        int traces = 0;
        InputRules rules = Found.rules(LIMITS);
        try (SpooledInput input = new SpooledInput("x", Spool.of(bytes), LIMITS);
                InputCursor cursor = InputCursor.of(input, null, rules)) {
            for (TraceInput trace = cursor.next(); trace != null; trace = cursor.next()) {
                traces++;
                readWhole(trace);
                TraceInput other = trace.beside("c_paths.json");
                if (other != null) {
                    readWhole(other);
                }
            }
            for (Skipped.Unread unread : cursor.skipped().unread()) {
                check(unread.reason());
            }
        } catch (TraceException | LimitException e) {
            check(e);
        }
        return traces;
    }

    private static void readWhole(TraceInput trace) throws IOException {
        byte[] whole;
        try (InputStream in = trace.stream()) {
            whole = in.readAllBytes();
        }
        try (SeekableByteChannel channel = trace.channel()) {
            ByteBuffer all = ByteBuffer.allocate(whole.length + 1);
            while (channel.read(all) >= 0 && all.hasRemaining()) {
                continue;
            }
            assertTrue(all.flip().equals(ByteBuffer.wrap(whole)), "read in another way, another content");
        }
    }

    private static void check(IOException e) {
        String message = String.valueOf(e.getMessage());
        assertTrue(message.lines().count() == 1, message);
        assertTrue(!(e instanceof TraceException told) || told.position() >= TraceException.NO_POSITION, message);
        assertTrue(e instanceof TraceException || e instanceof LimitException, () -> e.getClass() + ": " + message);
    }
}
