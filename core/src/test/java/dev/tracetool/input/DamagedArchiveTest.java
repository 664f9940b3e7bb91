package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.Packed;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that were cut off or changed: what comes out is right, or there is one error that names the place. */
class DamagedArchiveTest {
    @TempDir
    Path folder;

    private static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("a", Found.trace("one, which repeats itself, repeats itself"));
        files.put("folder/b", Found.trace("two"));
        files.put("readme", "text".getBytes());
        return files;
    }

    private static Map<String, byte[]> archives() {
        byte[] tar = Packed.tar(files());
        Map<String, byte[]> archives = new LinkedHashMap<>();
        archives.put("zip", Packed.zip(files()));
        archives.put("stored zip", Packed.storedZip(files()));
        archives.put("tar", tar);
        archives.put("gzip", Packed.gzip(tar));
        archives.put("bzip2", Packed.bzip2(tar));
        archives.put("xz", Packed.xz(tar));
        archives.put("zstd", Packed.zstd(tar));
        archives.put("single", Packed.gzip(files().get("a")));
        archives.put("nested", Packed.zip(Map.of("inner", Packed.gzip(tar))));
        return archives;
    }

    private static boolean isSound(Found found) {
        return found.skipped.unreadCount() == 0;
    }

    @Test
    void should_tell_of_a_cut_at_every_byte() throws IOException {
        for (Map.Entry<String, byte[]> archive : archives().entrySet()) {
            byte[] bytes = archive.getValue();
            int silent = 0;
            for (int length = 0; length < bytes.length; length++) {
                Path file = Files.write(folder.resolve("x"), Arrays.copyOf(bytes, length));
                String what = archive.getKey() + " cut to " + length + " of " + bytes.length;
                try {
                    Found found = Found.in(file);
                    // So short that it is no archive, it is handed over as it is.
                    boolean archived =
                            !found.names.equals(List.of("x")) || Arrays.equals(found.contents.get(0), files().get("a"));
                    if (archived && isSound(found)) {
                        assertEquals("tar", archive.getKey(), what);
                        assertEquals(2, found.names.size(), what);
                        silent++;
                    }
                } catch (TraceException e) {
                    assertToldWell(e, length);
                }
            }
            // A tar file is whole without the zeros after the first record of its end.
            assertTrue(silent < 10_240, archive.getKey() + ": " + silent);
        }
    }

    /** In our words, of which the library's are none: a position, what was expected, what was found. */
    private static void assertToldWell(TraceException e, int length) {
        String message = String.valueOf(e.getMessage());
        assertTrue(
                message.matches("(is a damaged archive|cannot be unpacked): expected [a-z0-9 ,]+, found [a-z0-9 ]+"),
                message);
        assertTrue(e.position() >= 0, () -> e.input() + ": " + e.position());
        assertTrue(e.position() <= length || e.input().startsWith("x!"), () -> e.input() + ": " + e.position());
        assertTrue(e.input().startsWith("x"), e.input());
    }

    /** Checksums find most of it; what they do not cover, such as names and times, may change. */
    @Test
    void should_survive_changed_bytes() throws IOException {
        for (Map.Entry<String, byte[]> archive : archives().entrySet()) {
            byte[] bytes = archive.getValue();
            int step = archive.getKey().equals("tar") ? 7 : 2;
            for (int at = 0; at < bytes.length; at += step) {
                for (int change : new int[] {0x01, 0xFF}) {
                    byte[] damaged = bytes.clone();
                    damaged[at] ^= (byte) change;
                    Path file = Files.write(folder.resolve("x"), damaged);
                    try {
                        Found.in(file);
                    } catch (TraceException e) {
                        assertToldWell(e, damaged.length);
                    } catch (LimitException e) {
                        assertFalse(String.valueOf(e.getMessage()).contains("\n"));
                    }
                }
            }
        }
    }

    @Test
    void should_name_the_entry_that_is_damaged() throws IOException {
        byte[] large = new byte[10_000];
        new java.util.Random(1).nextBytes(large);
        System.arraycopy(Found.MAGIC, 0, large, 0, 2);
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("first", Found.trace("1"));
        files.put("second", large);
        byte[] zip = Packed.zip(files);
        zip[zip.length / 2] ^= 1;
        assertNamed("x!second", zip);
        byte[] gzip = Packed.gzip(Packed.tar(files));
        assertNamed("x!second", Arrays.copyOf(gzip, gzip.length / 2));
        assertNamed("x!second", Arrays.copyOf(Packed.tar(files), 5000));
    }

    /** Of an archive, how far it was read; of an entry, how much came out of it. */
    @Test
    void should_tell_the_position() throws IOException {
        byte[] tar = Packed.tar(files());
        assertTold("x", 700, "is a damaged archive: expected more bytes, found the end", Arrays.copyOf(tar, 700));
        byte[] gzip = Packed.gzip(tar);
        assertTold(
                "x",
                gzip.length - 9,
                "is a damaged archive: expected more bytes, found the end",
                Arrays.copyOf(gzip, gzip.length - 9));
        byte[] zip = Packed.storedZip(files());
        assertTold(
                "x",
                100,
                "is a damaged archive: expected a directory of the entries, found the end",
                Arrays.copyOf(zip, 100));
        byte[] changed = zip.clone();
        changed[40] ^= 1;
        Found found = Found.in(folder, changed);
        assertFalse(found.names.isEmpty() || found.names.contains("x!a"));
        assertEquals(
                "x!a: 43: cannot be unpacked: expected the checksum that the archive tells, found another",
                told((TraceException) found.skipped.unread().get(0).reason()));
    }

    private static String told(TraceException e) {
        return e.input() + ": " + e.position() + ": " + e.getMessage();
    }

    private void assertTold(String name, long position, String message, byte[] archive) throws IOException {
        Path file = Files.write(folder.resolve("x"), archive);
        TraceException e = org.junit.jupiter.api.Assertions.assertThrows(TraceException.class, () -> Found.in(file));
        assertEquals(name + ": " + position + ": " + message, told(e));
    }

    private void assertNamed(String name, byte[] archive) throws IOException {
        Path file = Files.write(folder.resolve("x"), archive);
        TraceException error =
                org.junit.jupiter.api.Assertions.assertThrows(TraceException.class, () -> Found.in(file));
        assertEquals(name, error.input());
        assertTrue(error.getMessage().startsWith("cannot be unpacked: "), error.getMessage());
    }
}
