package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
                    "is an archive that unpacks to over 2 times its size and " + String.format("%,d", slack - 30_000)
                            + " bytes",
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
                    "is an archive that unpacks to over 1,000,000 bytes", archive, limits(1, 1L << 40, 1_000_000, 9));
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
