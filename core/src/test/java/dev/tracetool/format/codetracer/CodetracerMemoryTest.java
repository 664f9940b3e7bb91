package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.LimitedMemory;
import dev.tracetool.testing.SummaryProgram;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are larger than the memory of who reads them, or unpack to more. */
class CodetracerMemoryTest {
    private static final int STEPS = 200_000;

    @TempDir
    Path folder;

    private String read(Path file, int megabytes) throws IOException, InterruptedException {
        return LimitedMemory.run(SummaryProgram.class, megabytes, folder, file);
    }

    @Test
    void should_read_40_megabytes_of_json_in_64() throws Exception {
        Path file = folder.resolve("trace.json");
        String value = ",\n  {\"Value\": {\"variable_id\": 0, \"value\": {\"kind\": \"String\", \"text\": \""
                + "x".repeat(120) + "\", \"type_id\": 1}}}";
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            out.write("[{\"Path\": \"a.py\"}".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < STEPS; i++) {
                String step = ",\n  {\"Step\": {\"path_id\": 0, \"line\": " + i % 100 + "}}";
                out.write((step + value).getBytes(StandardCharsets.UTF_8));
            }
            // One value that is larger than all there is.
            out.write(",{\"Value\":{\"value\":{\"text\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] part = "y".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 70; i++) {
                out.write(part);
            }
            out.write("\"}}}]".getBytes(StandardCharsets.UTF_8));
        }
        assertTrue(Files.size(file) > 110 << 20);
        assertEquals(STEPS + " events, 0 damaged", read(file, 64));
    }

    /** A file of some kilobytes that unpacks to a hundred megabytes of steps, and one of as many paths. */
    @Test
    void should_read_cbor_that_unpacks_to_much_and_refuse_names_that_do() throws Exception {
        ByteArrayOutputStream steps = new ByteArrayOutputStream();
        steps.writeBytes(CborRecordsWriter.content(List.of(Rec.path("a.py")), 3));
        byte[] step = CborRecordsWriter.content(List.of(Rec.step(0, 7)), 3);
        for (int i = 0; i < 4_000_000; i++) {
            steps.writeBytes(step);
        }
        Path file = Files.write(folder.resolve("t"), CborRecordsWriter.file(steps.toByteArray(), 1 << 24, true));
        assertTrue(Files.size(file) < 100_000);
        assertEquals("4000000 events, 0 damaged", read(file, 64));

        ByteArrayOutputStream paths = new ByteArrayOutputStream();
        byte[] path = CborRecordsWriter.content(List.of(Rec.path("a")), 3);
        for (int i = 0; i < 4_000_000; i++) {
            paths.writeBytes(path);
        }
        Files.write(file, CborRecordsWriter.file(paths.toByteArray(), 1 << 24, true));
        assertEquals(
                "expected paths and functions of at most 32 MB, as much as this virtual machine's memory allows, found more",
                read(file, 64));
    }

    /** A message of 130 MB, whose pages are read from a temporary file, which is gone afterwards. */
    @Test
    void should_read_messages_that_are_larger_than_the_memory() throws Exception {
        int steps = 2_700_000;
        int list = 1 + 2 * steps;
        long[] words = new long[1 + 2 + list + 4 * steps];
        words[0] = (long) (words.length - 1) << 32;
        words[1] = 1L << 48;
        words[2] = 1 | (7L | 2L * steps << 3) << 32;
        words[3] = (long) steps << 2 | 1L << 32 | 1L << 48;
        for (int i = 0; i < steps; i++) {
            int step = 3 + list + 4 * i;
            words[5 + 2 * i] = (long) (step - (6 + 2 * i)) << 2 | 2L << 48;
            words[step] = 1 << 2 | 1L << 32;
            words[step + 1] = 1 << 2 | 1L << 32;
            words[step + 3] = i % 50;
        }
        // A path in place of the first step: its text is the step's line.
        words[4] = 1;
        words[3 + list] = 1 | (1 << 2) | (2L | 2L << 3) << 32;
        words[5] = (long) (3 + list - 6) << 2 | 1L << 48;
        words[5 + list] = 'a';
        Path file = Files.write(folder.resolve("trace.bin"), CapnpRecordsWriter.file(words, 3));
        assertEquals((steps - 1) + " events, 0 damaged", read(file, 64));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(2, left.count());
        }
    }
}
