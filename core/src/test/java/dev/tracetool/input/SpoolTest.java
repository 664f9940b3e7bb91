package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SpoolTest {
    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    /** Of this and other tests that run now; what a spool leaves would be more. */
    private static Set<Path> temporary() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().endsWith(".unpacked"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static byte[] read(Spool spool) throws IOException {
        try (InputStream in = Channels.newInputStream(spool.channel())) {
            return in.readAllBytes();
        }
    }

    @Test
    void should_keep_in_memory_or_in_a_file_what_a_stream_holds() throws IOException {
        for (int size : new int[] {0, 1, 99, 100, 101, 20_000, 300_000}) {
            byte[] bytes = random(size);
            for (int head : new int[] {0, Math.min(size, 50)}) {
                for (int most : new int[] {100, 1 << 20}) {
                    InputStream rest = new ByteArrayInputStream(bytes, head, size - head);
                    try (Spool spool = Spool.of("x", java.util.Arrays.copyOf(bytes, head), rest, 1 << 20, most)) {
                        assertEquals(size >= most, spool.isFile(), size + " of " + most);
                        assertEquals(size, spool.size());
                        assertArrayEquals(bytes, read(spool));
                        assertArrayEquals(bytes, read(spool));
                    }
                }
            }
        }
    }

    @Test
    void should_leave_no_file_not_even_while_it_is_open() throws IOException {
        Set<Path> before = temporary();
        Spool spool = Spool.of("x", new byte[0], new ByteArrayInputStream(random(5000)), 5000, 100);
        assertEquals(before, temporary());
        spool.close();
        assertEquals(before, temporary());
        assertThrows(ClosedChannelException.class, () -> read(spool));
    }

    @Test
    void should_keep_no_more_than_the_limit_of_a_stream_without_end() throws IOException {
        Set<Path> before = temporary();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return 'y';
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return length;
            }
        };
        LimitException error =
                assertThrows(LimitException.class, () -> Spool.of("x", new byte[9], endless, 1_000_000, 100));
        assertEquals("x", error.input());
        assertEquals(
                "has over 1,000,000 bytes, which would have to be kept in the folder "
                        + Path.of(System.getProperty("java.io.tmpdir")),
                error.getMessage());
        assertEquals(before, temporary());
    }

    @Test
    void should_leave_no_file_when_the_stream_fails() throws IOException {
        Set<Path> before = temporary();
        InputStream failing = new InputStream() {
            private int left = 5000;

            @Override
            public int read() throws IOException {
                if (left-- == 0) {
                    throw new IOException("unplugged");
                }
                return 1;
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                target[offset] = (byte) read();
                return 1;
            }
        };
        IOException error = assertThrows(IOException.class, () -> Spool.of("x", new byte[0], failing, 1 << 20, 100));
        assertEquals("unplugged", error.getMessage());
        assertEquals(before, temporary());
    }
}
