package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** One bomb for each limit: what is just within it is read, what is just beyond is refused with its value. */
class ArchiveLimitsTest {
    private static final int MEGABYTE = 1 << 20;

    @TempDir
    Path folder;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    @BeforeEach
    void aTraceOfZeros() {
        byte[] zeros = new byte[MEGABYTE];
        System.arraycopy(Found.MAGIC, 0, zeros, 0, 2);
        files.put("zeros", zeros);
    }

    private static InputLimits limits(long ratio, long slack, long total, int entries) {
        return new InputLimits(ratio, slack, total, entries, 2, 1 << 26, 1000, 1 << 26);
    }

    private Found read(byte[] archive, InputLimits limits) throws IOException {
        return Found.in(Files.write(folder.resolve("x"), archive), null, limits);
    }

    private void assertLimit(String message, byte[] archive, InputLimits limits) {
        LimitException error = assertThrows(LimitException.class, () -> read(archive, limits));
        assertEquals(message, error.getMessage());
        assertEquals("x", error.input());
    }

    /** What is compressed and no archive is not called one. */
    private String called(byte[] archive) {
        return Arrays.equals(archive, Packed.gzip(files.get("zeros"))) ? "is a compressed file" : "is an archive";
    }

    private List<byte[]> archives() {
        byte[] tar = Packed.tar(files);
        return List.of(
                Packed.zip(files),
                Packed.gzip(tar),
                Packed.bzip2(tar),
                Packed.xz(tar),
                Packed.zstd(tar),
                Packed.gzip(files.get("zeros")),
                Packed.storedZip(Map.of("inner", Packed.zip(files))));
    }

    @Test
    void should_keep_to_the_ratio() throws IOException {
        for (byte[] archive : archives()) {
            // The frame of a tar file counts, too.
            long slack = MEGABYTE + 20_000 - 2L * archive.length;
            assertEquals(
                    1, read(archive, limits(2, slack, Long.MAX_VALUE, 9)).names.size());
            assertLimit(
                    called(archive) + " that unpacks to over 2 times its size and "
                            + String.format("%,d", slack - 30_000) + " bytes",
                    archive,
                    limits(2, slack - 30_000, Long.MAX_VALUE, 9));
        }
    }

    @Test
    void should_keep_to_the_total() throws IOException {
        for (byte[] archive : archives()) {
            assertEquals(
                    1,
                    read(archive, limits(1, 1L << 40, MEGABYTE + 20_000, 9))
                            .names
                            .size());
            assertLimit(
                    called(archive) + " that unpacks to over 1,000,000 bytes",
                    archive,
                    limits(1, 1L << 40, 1_000_000, 9));
        }
    }

    @Test
    void should_not_charge_what_is_not_packed_nor_what_is_read_again() throws IOException {
        InputLimits none = limits(1, 2000, 2000, 9);
        assertEquals(1, read(Packed.tar(files), none).names.size());
        for (int i = 0; i < 5; i++) {
            read(Packed.zip(files), limits(1, 1L << 40, MEGABYTE + 100, 9));
        }
    }

    @Test
    void should_keep_to_the_number_of_entries() throws IOException {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            many.put("n" + i, Found.trace("" + i));
        }
        byte[] tar = Packed.tar(many);
        for (byte[] archive : List.of(Packed.zip(many), tar, Packed.gzip(tar))) {
            assertEquals(
                    30, read(archive, limits(1, 1L << 40, 1L << 40, 30)).names.size());
            assertLimit("is an archive with over 29 entries", archive, limits(1, 1L << 40, 1L << 40, 29));
        }
        byte[] nested = Packed.storedZip(Map.of("a", Packed.zip(many)));
        assertEquals(30, read(nested, limits(1, 1L << 40, 1L << 40, 31)).names.size());
        assertLimit("is an archive with over 30 entries", nested, limits(1, 1L << 40, 1L << 40, 30));
    }

    /** The number that the end record tells is but a claim. */
    @Test
    void should_count_the_entries_of_a_zip_file_itself() {
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 30; i++) {
            many.put("n" + i, Found.trace("" + i));
        }
        byte[] zip = Packed.zip(many);
        zip[zip.length - 22 + 8] = 1;
        zip[zip.length - 22 + 10] = 1;
        assertLimit("is an archive with over 29 entries", zip, limits(1, 1L << 40, 1L << 40, 29));
    }

    @Test
    void should_keep_to_the_memory_of_a_decompressor() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LZMA2Options options = new LZMA2Options(0);
        options.setDictSize(100 << 20);
        try (XZOutputStream xz = new XZOutputStream(out, options)) {
            xz.write(Found.trace("1"));
        }
        LimitException error =
                assertThrows(LimitException.class, () -> read(out.toByteArray(), limits(1, 1L << 40, 1L << 40, 9)));
        assertTrue(
                error.getMessage().endsWith(" KiB of memory to unpack; 65,536 KiB is the limit"), error.getMessage());
        assertEquals(List.of("1"), read(out.toByteArray(), InputLimits.DEFAULT).texts());
    }

    /** The head says 128 KiB; the window is half of the memory. */
    @Test
    void should_keep_to_the_window_of_zstd() throws IOException {
        byte[] zstd = {
            0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 7 << 3, 3 << 3 | 1, 0, 0, Found.MAGIC[0], Found.MAGIC[1], '1'
        };
        assertEquals(List.of("1"), read(zstd, memory(1 << 18)).texts());
        assertLimit("needs a window of 128 KiB to unpack; 64 KiB is the limit", zstd, memory(1 << 17));
        // Of a second frame the head is not looked at.
        byte[] two = new byte[9 + zstd.length];
        System.arraycopy(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0, 1, 0, 0}, 0, two, 0, 9);
        System.arraycopy(zstd, 0, two, 9, zstd.length);
        assertEquals(List.of("1"), read(two, memory(1 << 18)).texts());
        assertLimit("needs a window of over 64 KiB to unpack; 64 KiB is the limit", two, memory(1 << 17));
    }

    private static InputLimits memory(long most) {
        return new InputLimits(100, 1L << 40, 1L << 40, 9, 2, most, 1000, 1 << 26);
    }

    @Test
    void should_read_the_window_of_any_head_of_zstd() {
        assertEquals(0, ZstdWindow.of(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0}));
        assertEquals(0, ZstdWindow.of(new byte[18]));
        assertEquals(15L << 38, ZstdWindow.of(zstdHead(0, 0xFF)));
        // A single segment with an id of 2 bytes: sizes of 1, 2, 4 and 8 bytes.
        assertEquals(5, ZstdWindow.of(zstdHead(0x22, 9, 9, 5)));
        assertEquals(256 + 0x0102, ZstdWindow.of(zstdHead(0x62, 9, 9, 2, 1)));
        assertEquals(0x8000_0001L, ZstdWindow.of(zstdHead(0xA2, 9, 9, 1, 0, 0, 0x80)));
        assertEquals(0x80L << 56 | 1, ZstdWindow.of(zstdHead(0xE2, 9, 9, 1, 0, 0, 0, 0, 0, 0, 0x80)));
        assertEquals(0, ZstdWindow.of(zstdHead(0xE2, 9, 9, 1, 0, 0, 0, 0, 0, 0)));
    }

    private static byte[] zstdHead(int... rest) {
        byte[] head = new byte[4 + rest.length];
        System.arraycopy(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD}, 0, head, 0, 4);
        for (int i = 0; i < rest.length; i++) {
            head[4 + i] = (byte) rest[i];
        }
        return head;
    }

    @Test
    void should_keep_to_the_size_of_companions() throws IOException {
        Map<String, byte[]> run = new LinkedHashMap<>();
        run.put("t", Found.trace("1"));
        run.put("x_paths.json", new byte[1000]);
        Path file = Files.write(folder.resolve("x"), Packed.gzip(Packed.tar(run)));
        for (long most : new long[] {1000, 999}) {
            InputRules rules = Found.rules(new InputLimits(1, 1 << 20, 1 << 20, 9, 2, 1 << 26, most, 1 << 26));
            try (InputCursor cursor = InputCursor.of(new FileInput("x", file), null, rules)) {
                TraceInput trace = cursor.next();
                if (most == 1000) {
                    assertEquals(1000, trace.beside("x_paths.json").size());
                } else {
                    LimitException error = assertThrows(LimitException.class, () -> trace.beside("x_paths.json"));
                    assertEquals("has files beside its traces of over 999 bytes", error.getMessage());
                }
            }
        }
    }

    /** A long name is a file of its own in front of its entry, which libraries read into memory. */
    @Test
    void should_refuse_the_head_of_an_entry_that_is_too_long() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            TarArchiveEntry name = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            byte[] long1 = new byte[50 * MEGABYTE];
            name.setSize(long1.length);
            tar.putArchiveEntry(name);
            tar.write(long1);
            tar.closeArchiveEntry();
            TarArchiveEntry entry = new TarArchiveEntry("t");
            entry.setSize(2);
            tar.putArchiveEntry(entry);
            tar.write(Found.MAGIC);
            tar.closeArchiveEntry();
        }
        IOException error =
                assertThrows(IOException.class, () -> read(Packed.gzip(out.toByteArray()), InputLimits.DEFAULT));
        assertEquals(
                "is a damaged archive: expected the head of an entry, found one that is too long", error.getMessage());
    }
}
