package dev.tracetool.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.input.FileInput;
import dev.tracetool.input.TraceInput;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgressTest {
    private static final String ERASE = "\r\u001b[K";
    private static final long MS = 1_000_000;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            InputStream.nullInputStream(),
            OutputStream.nullOutputStream(),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Map.of("COLUMNS", "60"),
            false);
    private long now = Long.MAX_VALUE - 500 * MS; // where a clock of nanoseconds overflows
    private TraceInput file;

    @BeforeEach
    void writeFile() throws IOException {
        file = new FileInput("a\u001b.bin", Files.write(folder.resolve("a"), new byte[100_000]));
    }

    private String written() {
        String text = err.toString(StandardCharsets.UTF_8);
        err.reset();
        return text;
    }

    /** Inputs of 300 kB. */
    private List<String> three() {
        String a = folder.resolve("a").toString();
        return List.of(a, a, a);
    }

    /** In one go. */
    private static void read(InputStream in, int bytes) throws IOException {
        assertEquals(bytes, in.read(new byte[bytes]));
    }

    private Progress progress(boolean allowed) {
        return new Progress(terminal, new Progress.Surroundings(terminal, false) {
            @Override
            boolean allow() {
                return allowed;
            }

            @Override
            long now() {
                return now;
            }
        });
    }

    @Test
    void should_say_after_a_second_how_far_the_reading_is() throws IOException {
        try (Progress progress = progress(true)) {
            progress.expect(three());
            TraceInput input = progress.counted(file);
            try (InputStream in = input.stream()) {
                now += 999 * MS;
                read(in, 20_000);
                assertEquals("", written());
                now += MS;
                read(in, 30_000);
                assertEquals(ERASE + "a\\x1b.bin: 50.0 kB of 300 kB, 50.0 kB/s, 5.00 s left", written());
                now += 199 * MS;
                read(in, 10_000);
                assertEquals("", written());
                now += MS;
                in.skipNBytes(10_000);
                progress.entry("a.zip!in/it");
                now += 800 * MS;
                read(in, 10_000);
                assertTrue(written().endsWith(ERASE + "a.zip!in/it: 80.0 kB of 300 kB, 40.0 kB/s, 6.00 s left"));
            }
            // A part that is read again counts no more than the whole, and a file that is done counts whole.
            try (SeekableByteChannel channel = input.channel()) {
                channel.read(ByteBuffer.allocate(90_000));
            }
            TraceInput next = progress.counted(new FileInput("b", folder.resolve("a")));
            now += 2000 * MS;
            try (SeekableByteChannel channel = next.channel()) {
                channel.read(ByteBuffer.allocate(60_000));
            }
            assertEquals(ERASE + "b: 160 kB of 300 kB, 40.0 kB/s, 4.00 s left", written());
        }
        assertEquals(ERASE, written());
    }

    @Test
    void should_not_say_that_nothing_is_left_of_what_is_read_again() throws IOException {
        try (Progress progress = progress(true)) {
            progress.expect(three());
            TraceInput input = progress.counted(file);
            try (InputStream in = input.stream()) {
                read(in, 100_000);
            }
            now += 4000 * MS;
            try (InputStream in = input.stream()) {
                read(in, 20_000);
                assertEquals(ERASE + "a\\x1b.bin: 20.0 kB of 100 kB, read again, 30.0 kB/s", written());
                now += 1000 * MS;
                read(in, 80_000);
                assertEquals(ERASE + "a\\x1b.bin: 100 kB of 100 kB, read again, 40.0 kB/s", written());
            }
            try (InputStream in = input.stream()) {
                read(in, 5_000);
                now += 1000 * MS;
                read(in, 1_000);
                assertEquals(ERASE + "a\\x1b.bin: 100 kB of 100 kB, read again, 34.3 kB/s", written());
                now += 1000 * MS;
                read(in, 4_000);
                assertEquals(ERASE + "a\\x1b.bin: 10.0 kB of 100 kB, read again, 30.0 kB/s", written());
            }
        }
    }

    @Test
    void should_say_no_more_than_is_known_of_a_pipe() throws IOException {
        try (Progress progress = progress(true)) {
            InputStream in = progress.counted("standard input", file.stream());
            now += 2000 * MS;
            read(in, 30_000);
            assertEquals(ERASE + "standard input: 30.0 kB, 15.0 kB/s", written().replaceAll("\\(.*", ""));
        }
    }

    @Test
    void should_be_gone_before_anything_else_is_written_and_come_back() throws IOException {
        try (Progress progress = progress(true)) {
            try (InputStream in = progress.counted(file).stream()) {
                now += 2000 * MS;
                in.read();
                written();
                terminal.warn("odd");
                assertEquals(ERASE + "tracetool: warning: odd\n", written());
                terminal.note("once");
                assertEquals("tracetool: note: once\n", written());
                now += 200 * MS;
                in.read();
                assertTrue(written().startsWith(ERASE));
                terminal.err().print("error");
                assertEquals(ERASE + "error", written());
            }
        }
        terminal.warn("after");
        assertEquals("tracetool: warning: after\n", written());
    }

    @Test
    void should_cut_a_long_name_to_the_width_of_the_terminal() throws IOException {
        try (Progress progress = progress(true)) {
            progress.expect(List.of(folder.resolve("a").toString()));
            try (InputStream in = progress.counted(file).stream()) {
                progress.entry("x".repeat(100) + "/end");
                now += 2000 * MS;
                read(in, 50_000);
                String line = written().substring(ERASE.length());
                assertEquals(59, line.length(), line);
                assertTrue(line.startsWith("…xx") && line.contains("/end: 50.0 kB of 100 kB"), line);
            }
        }
    }

    @Test
    void should_write_nothing_where_it_is_not_allowed() throws IOException {
        try (Progress progress = progress(false)) {
            try (InputStream in = progress.counted(file).stream()) {
                for (int i = 0; i < 10; i++) {
                    now += 2000 * MS;
                    read(in, 1000);
                }
            }
        }
        assertEquals("", written());
        try (Progress progress = new Progress(terminal, new Progress.Surroundings(terminal, false))) {
            progress.read(1);
        }
        assertEquals("", written());
    }

    @Test
    void should_know_the_size_of_files_and_folders_and_not_of_pipes() throws IOException {
        Files.createDirectories(folder.resolve("d/e"));
        Files.write(folder.resolve("d/x"), new byte[10]);
        Files.write(folder.resolve("d/e/y"), new byte[5]);
        String a = folder.resolve("a").toString();
        assertEquals(200_015, InputSizes.total(List.of(a, folder.resolve("d").toString(), a + "!entry")));
        assertEquals(-1, InputSizes.total(List.of(a, "-")));
        assertEquals(-1, InputSizes.total(List.of(a, "/dev/null")));
        assertEquals(-1, InputSizes.total(List.of(folder.resolve("missing").toString())));
    }
}
