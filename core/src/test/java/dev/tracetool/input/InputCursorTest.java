package dev.tracetool.input;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.testing.Packed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputCursorTest {
    private static final Map<String, UnaryOperator<byte[]>> COMPRESSORS = new LinkedHashMap<>();

    static {
        COMPRESSORS.put("gzip", Packed::gzip);
        COMPRESSORS.put("bzip2", Packed::bzip2);
        COMPRESSORS.put("xz", Packed::xz);
        COMPRESSORS.put("zstd", Packed::zstd);
        COMPRESSORS.put("two parts", bytes -> {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.writeBytes(Packed.gzip(java.util.Arrays.copyOf(bytes, 100)));
            both.writeBytes(Packed.gzip(java.util.Arrays.copyOfRange(bytes, 100, bytes.length)));
            return both.toByteArray();
        });
    }

    @TempDir
    Path folder;

    /** Also from names that look like what a second one is called. */
    @Test
    void should_tell_entries_of_one_name_apart() throws IOException {
        List<String> names = List.of("a", "a#2", "./a", "b#2", "a#2", "a", "b", "b");
        List<String> labels = List.of("a", "a#2", "a#3", "b#2", "a#2#2", "a#4", "b", "b#3");
        List<Map.Entry<String, byte[]>> entries = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            texts.add("text " + entries.size());
            entries.add(Map.entry(name, Found.trace(texts.get(entries.size()))));
        }
        byte[] tar = Packed.tar(entries);
        for (byte[] archive : List.of(Packed.zip(entries), tar, Packed.gzip(tar))) {
            Path file = Files.write(folder.resolve("x"), archive);
            Found all = Found.in(file);
            assertEquals(labels.stream().map(label -> "x!" + label).toList(), all.names);
            assertEquals(texts, all.texts());
            for (int i = 0; i < labels.size(); i++) {
                Found one = Found.in(file, labels.get(i), InputLimits.DEFAULT);
                assertEquals(List.of("x!" + labels.get(i)), one.names);
                assertEquals(List.of(texts.get(i)), one.texts());
            }
        }
    }

    @Test
    void should_know_a_second_file_beside_a_trace_for_one() throws IOException {
        List<Map.Entry<String, byte[]>> entries = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            entries.add(Map.entry("t", Found.trace("" + i)));
            entries.add(Map.entry("t_paths.json", new byte[] {'[', ']'}));
            entries.add(Map.entry("no trace#x", new byte[] {'-'}));
        }
        Found found = Found.in(folder, Packed.zip(entries));
        assertEquals(List.of("x!t", "x!t#2"), found.names);
        assertEquals(2, found.skipped.others());
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        System.arraycopy(Found.MAGIC, 0, bytes, 0, 2);
        return bytes;
    }

    private static Map<String, byte[]> files(Object... namesAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            Object content = namesAndTexts[i + 1];
            files.put(
                    (String) namesAndTexts[i], content instanceof byte[] bytes ? bytes : Found.trace((String) content));
        }
        return files;
    }

    private static Map<String, byte[]> sample() {
        return files("b/two", "2", "a/one", "1", "readme", "no trace".getBytes(), "large", random(100_000));
    }

    private static void assertSample(Found found) {
        assertEquals(List.of("x!b/two", "x!a/one", "x!large"), found.names);
        assertEquals(List.of("2", "1"), found.texts().subList(0, 2));
        assertArrayEquals(random(100_000), found.contents.get(2));
        assertEquals(1, found.skipped.others());
        assertEquals(0, found.skipped.unreadCount());
    }

    @Test
    void should_find_the_traces_of_a_zip_file_in_its_order() throws IOException {
        assertSample(Found.in(folder, Packed.zip(sample())));
        assertSample(Found.in(folder, Packed.storedZip(sample())));
    }

    @Test
    void should_find_the_traces_of_a_tar_file_however_it_is_compressed() throws IOException {
        byte[] tar = Packed.tar(sample());
        assertSample(Found.in(folder, tar));
        for (UnaryOperator<byte[]> compressor : COMPRESSORS.values()) {
            assertSample(Found.in(folder, compressor.apply(tar)));
        }
    }

    @Test
    void should_find_a_single_compressed_trace_by_its_own_name() throws IOException {
        for (UnaryOperator<byte[]> compressor : COMPRESSORS.values()) {
            Found found = Found.in(folder, compressor.apply(random(5000)));
            assertEquals(List.of("x"), found.names);
            assertArrayEquals(random(5000), found.contents.get(0));
        }
    }

    @Test
    void should_hand_over_a_single_file_whatever_it_is() throws IOException {
        byte[] text = "just text".getBytes();
        assertArrayEquals(text, Found.in(folder, text).contents.get(0));
        assertArrayEquals(text, Found.in(folder, Packed.gzip(text)).contents.get(0));
        assertArrayEquals(new byte[0], Found.in(folder, new byte[0]).contents.get(0));
        assertArrayEquals(
                new byte[0], Found.in(folder, Packed.gzip(new byte[0])).contents.get(0));
    }

    @Test
    void should_find_nothing_in_an_archive_of_nothing() throws IOException {
        assertEquals(List.of(), Found.in(folder, Packed.zip(Map.of())).names);
        assertEquals(List.of(), Found.in(folder, Packed.tar(files("readme", new byte[1]))).names);
        assertEquals(List.of(), Found.in(folder, Packed.gzip(Packed.tar(files("readme", new byte[1])))).names);
    }

    /** As programs write them that cannot go back: sizes stand after the content, or in fields of 64 bits. */
    @Test
    void should_read_zip_files_of_unknown_sizes_and_of_64_bits() throws IOException {
        ByteArrayOutputStream streamed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(streamed)) {
            for (Map.Entry<String, byte[]> file : sample().entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        }
        assertSample(Found.in(folder, streamed.toByteArray()));
        ByteArrayOutputStream large = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(large)) {
            zip.setUseZip64(Zip64Mode.Always);
            for (Map.Entry<String, byte[]> file : sample().entrySet()) {
                zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        }
        assertSample(Found.in(folder, large.toByteArray()));
    }

    /** In a directory entry the flags stand at 8, the method at 10. */
    private static byte[] changed(byte[] zip, int at, int value) {
        for (int i = 0; i < zip.length - 4; i++) {
            if (zip[i] == 'P' && zip[i + 1] == 'K' && zip[i + 2] == 1 && zip[i + 3] == 2) {
                zip[i + at] = (byte) value;
                return zip;
            }
        }
        throw new AssertionError("no directory");
    }

    @Test
    void should_pass_over_entries_that_are_encrypted_or_packed_by_an_unknown_method() throws IOException {
        Found encrypted = Found.in(folder, changed(Packed.zip(files("secret", "1", "open", "2")), 8, 1));
        assertEquals(List.of("x!open"), encrypted.names);
        assertEquals("x!secret", encrypted.skipped.unread().get(0).name());
        assertEquals("is encrypted", encrypted.skipped.unread().get(0).reason().getMessage());
        Found unknown = Found.in(folder, changed(Packed.zip(files("odd", "1", "open", "2")), 10, 98));
        assertEquals(List.of("x!open"), unknown.names);
        assertEquals(
                "is packed by method 98 (PPMD), which is not known here",
                unknown.skipped.unread().get(0).reason().getMessage());
    }

    @Test
    void should_look_into_archives_in_archives_and_no_deeper() throws IOException {
        byte[] inner = Packed.gzip(Packed.tar(files("deep", "1")));
        byte[] single = Packed.xz(Found.trace("2"));
        byte[] middle = Packed.zip(files("inner.tgz", inner, "single.xz", single, "flat", "3"));
        Found found = Found.in(folder, middle);
        assertEquals(List.of("x!inner.tgz!deep", "x!single.xz", "x!flat"), found.names);
        assertEquals(List.of("1", "2", "3"), found.texts());
        for (byte[] outer : List.of(
                Packed.zip(files("m", middle)),
                Packed.storedZip(files("m", middle)),
                Packed.tar(files("m", middle)),
                Packed.bzip2(Packed.tar(files("m", middle))))) {
            Found flat = Found.in(folder, outer);
            assertEquals(List.of("x!m!flat"), flat.names);
            assertEquals(2, flat.skipped.unreadCount());
            assertEquals(
                    "is an archive at depth 3; archives are opened to depth 2",
                    flat.skipped.unread().get(0).reason().getMessage());
            Found all = Found.in(folder.resolve("x"), null, InputLimits.NONE);
            assertEquals(List.of("x!m!inner.tgz!deep", "x!m!single.xz", "x!m!flat"), all.names);
            assertEquals(List.of("1", "2", "3"), all.texts());
        }
    }

    @Test
    void should_find_an_entry_a_folder_and_an_archive_by_name() throws IOException {
        byte[] inner = Packed.zip(files("a/t", "1", "u", "2"));
        Path file = Files.write(
                folder.resolve("x"),
                Packed.tar(files("a/t", "3", "a/inner.zip", inner, "ab", "4", "note", "text".getBytes())));
        Map<String, List<String>> wanted = Map.of(
                "a/t", List.of("3"),
                "ab", List.of("4"),
                "a", List.of("3", "1", "2"),
                "a/inner.zip", List.of("1", "2"),
                "a/inner.zip!u", List.of("2"),
                "a/inner.zip!a", List.of("1"),
                "nothing", List.of(),
                "t", List.of());
        for (Map.Entry<String, List<String>> entry : wanted.entrySet()) {
            assertEquals(
                    entry.getValue(),
                    Found.in(file, entry.getKey(), InputLimits.DEFAULT).texts(),
                    entry.getKey());
        }
        assertArrayEquals(
                "text".getBytes(),
                Found.in(file, "note", InputLimits.DEFAULT).contents.get(0));
    }

    @Test
    void should_leave_out_the_folder_that_tar_puts_before_names() throws IOException {
        byte[] inner = Packed.tar(files("./t", "1"));
        Map<String, byte[]> files = files(
                "./a/t", "2", "./a/t_paths.json", "[]".getBytes(), "./a/./inner.tar", inner, ".//b", "4", "..", "5");
        for (byte[] archive : List.of(Packed.tar(files), Packed.zip(files), Packed.gzip(Packed.tar(files)))) {
            Path file = Files.write(folder.resolve("x"), archive);
            assertEquals(List.of("x!a/t", "x!a/inner.tar!t", "x!b", "x!.."), Found.in(file).names);
            for (String entry : List.of("a/t", "./a/t", "a/./t")) {
                assertEquals(
                        List.of("2"), Found.in(file, entry, InputLimits.DEFAULT).texts());
            }
            assertEquals(
                    List.of("1"),
                    Found.in(file, "./a/inner.tar!./t", InputLimits.DEFAULT).texts());
            try (InputCursor cursor =
                    InputCursor.of(new FileInput("x", file), "a/t", Found.rules(InputLimits.DEFAULT))) {
                assertNotNull(cursor.next().beside("t_paths.json"));
            }
        }
    }

    /** In a head of POSIX; those of GNU are read. */
    @Test
    void should_pass_over_a_sparse_file_that_the_library_cannot_read() throws IOException {
        byte[] pax = "30 GNU.sparse.size=3221225472\n".getBytes();
        ByteArrayOutputStream tar = new ByteArrayOutputStream();
        tar.writeBytes(tarHead("head", 'x', pax.length));
        tar.writeBytes(Arrays.copyOf(pax, 512));
        tar.writeBytes(tarHead("sparse", '0', 512));
        tar.writeBytes(new byte[512]);
        tar.writeBytes(Packed.tar(files("t", "1")));
        for (byte[] archive : List.of(tar.toByteArray(), Packed.gzip(tar.toByteArray()))) {
            Found found = Found.in(folder, archive);
            assertEquals(List.of("1"), found.texts());
            assertEquals(1, found.skipped.unreadCount());
            assertEquals(
                    "has a sparse file of more than 2 GiB, which is not read",
                    found.skipped.unread().get(0).reason().getMessage());
        }
    }

    private static byte[] tarHead(String name, char type, int size) {
        byte[] head = new byte[512];
        System.arraycopy(name.getBytes(), 0, head, 0, name.length());
        System.arraycopy("0000644\u00000000000\u00000000000\0".getBytes(), 0, head, 100, 24);
        System.arraycopy(String.format("%011o", size).getBytes(), 0, head, 124, 11);
        System.arraycopy("00000000000".getBytes(), 0, head, 136, 11);
        System.arraycopy("        ".getBytes(), 0, head, 148, 8);
        head[156] = (byte) type;
        System.arraycopy("ustar\00000".getBytes(), 0, head, 257, 8);
        int sum = 0;
        for (byte b : head) {
            sum += b & 0xFF;
        }
        System.arraycopy(String.format("%06o\0 ", sum).getBytes(), 0, head, 148, 8);
        return head;
    }

    @Test
    void should_give_second_choices_only_if_there_is_nothing_else() throws IOException {
        Path runs = Files.createDirectory(folder.resolve("runs"));
        Files.write(runs.resolve("a"), "C!1".getBytes());
        Files.write(runs.resolve("b.copy"), "C!2".getBytes());
        Files.write(runs.resolve("b"), "C!3".getBytes());
        Files.write(runs.resolve("c.copy"), "C!4".getBytes());
        Files.write(runs.resolve("d"), "C!5".getBytes());
        Files.write(runs.resolve("d.copy"), "C!6".getBytes());
        Files.write(runs.resolve("e"), "what?".getBytes());
        Files.write(runs.resolve("e.copy"), "C!7".getBytes());
        Files.write(runs.resolve("n"), "N!".getBytes());
        Found found = Found.in(runs);
        assertEquals(List.of("1", "3", "4", "5", "7"), found.texts());
        assertEquals(2, found.skipped.copies());
        assertEquals(2, found.skipped.others());
        assertEquals(new Skipped.Known(runs + "/n", "known"), found.skipped.known());
        Files.write(runs.resolve("z"), Found.trace("8"));
        found = Found.in(runs);
        assertEquals(List.of("8"), found.texts());
        assertEquals(2, found.skipped.others());
        assertEquals(5, found.skipped.secondChoices());
    }

    /** They can be read only as they come. */
    @Test
    void should_say_that_second_choices_were_left_in_archives() throws IOException {
        Map<String, byte[]> files = files("a", "C!1".getBytes(), "b", "text".getBytes());
        for (byte[] archive : List.of(Packed.zip(files), Packed.gzip(Packed.tar(files)))) {
            Path runs = folder.resolve("runs");
            Files.createDirectories(runs);
            Files.write(runs.resolve("x.zip"), archive);
            Files.write(runs.resolve("y"), "C!2".getBytes());
            try (InputCursor cursor = InputCursor.folder(runs, Found.rules(InputLimits.DEFAULT))) {
                assertNull(cursor.next());
                assertTrue(cursor.leftSecondChoices());
            }
            Files.write(runs.resolve("z"), Found.trace("3"));
            try (InputCursor cursor = InputCursor.folder(runs, Found.rules(InputLimits.DEFAULT))) {
                assertEquals(runs + "/z", cursor.next().name());
                assertNull(cursor.next());
                assertFalse(cursor.leftSecondChoices());
                assertEquals(1, cursor.skipped().others());
                assertEquals(2, cursor.skipped().secondChoices());
            }
            Files.delete(runs.resolve("z"));
        }
    }

    @Test
    void should_take_hostile_names_for_labels() throws IOException {
        Map<String, byte[]> files = files("../../up", "1", "/abs", "2", "a\u001b[31m\n", "3", "C:\\w", "4", "a!b", "5");
        for (byte[] archive : List.of(Packed.zip(files), Packed.gzip(Packed.tar(files)))) {
            Found found = Found.in(folder, archive);
            assertEquals(List.of("1", "2", "3", "4", "5"), found.texts());
            assertTrue(found.names.contains("x!../../up"), found.names.toString());
            assertTrue(found.names.contains("x!a\u001b[31m\n"), found.names.toString());
            assertEquals(
                    List.of("5"),
                    Found.in(folder.resolve("x"), "a!b", InputLimits.DEFAULT).texts());
        }
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("x")), left.toList());
        }
    }

    /** Before or after their trace, in archives of each kind. */
    @Test
    void should_find_the_files_beside_a_trace() throws IOException {
        Map<String, byte[]> files = files(
                "a/x_paths.json", "before".getBytes(),
                "a/t", "1",
                "b/t", "2",
                "b/x_paths.json", "after".getBytes(),
                "t", "3");
        byte[] tar = Packed.tar(files);
        for (byte[] archive : List.of(
                Packed.zip(files),
                Packed.storedZip(files),
                tar,
                Packed.gzip(tar),
                Packed.zstd(tar),
                Packed.zip(files("inner", Packed.gzip(tar))))) {
            Path file = Files.write(folder.resolve("x"), archive);
            InputRules rules = Found.rules(InputLimits.DEFAULT);
            try (InputCursor cursor = InputCursor.of(new FileInput("x", file), null, rules)) {
                for (String expected : new String[] {"before", "after", null}) {
                    TraceInput trace = cursor.next();
                    assertNotNull(trace);
                    TraceInput beside = trace.beside("x_paths.json");
                    if (expected == null) {
                        assertNull(beside);
                    } else {
                        assertNotNull(beside, trace.name());
                        try (InputStream in = beside.stream()) {
                            assertEquals(expected, new String(in.readAllBytes()));
                        }
                        assertEquals(trace.name().replaceAll("t$", "x_paths.json"), beside.name());
                    }
                    assertNull(trace.beside("no_paths.json"));
                }
                assertNull(cursor.next());
                assertEquals(0, cursor.skipped().others());
            }
        }
    }

    @Test
    void should_find_the_traces_and_archives_of_a_folder_in_order() throws IOException {
        Files.createDirectories(folder.resolve("d/sub"));
        Files.write(folder.resolve("d/sub/b"), Found.trace("2"));
        Files.write(folder.resolve("d/z"), Found.trace("4"));
        Files.write(folder.resolve("d/a"), Found.trace("1"));
        Files.write(folder.resolve("d/t.zip"), Packed.zip(files("in", "3")));
        Files.writeString(folder.resolve("d/readme"), "text");
        Files.createFile(folder.resolve("d/empty"));
        Files.createSymbolicLink(folder.resolve("d/loop"), folder.resolve("d"));
        Files.createSymbolicLink(folder.resolve("d/self"), Path.of("self"));
        Files.createSymbolicLink(folder.resolve("d/zz"), folder.resolve("d/z"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("d"));
        for (String name : new String[] {"d", "link"}) {
            Path root = folder.resolve(name);
            Found found = Found.in(root);
            assertEquals(List.of("1", "2", "3", "4", "4"), found.texts());
            assertEquals(
                    List.of(root + "/a", root + "/sub/b", root + "/t.zip!in", root + "/z", root + "/zz"), found.names);
            assertEquals(2, found.skipped.others());
            assertEquals(0, found.skipped.unreadCount());
        }
    }

    @Test
    void should_pass_over_files_and_folders_without_permission() throws IOException {
        Path secret = Files.createDirectories(folder.resolve("d/secret"));
        Path file = Files.write(folder.resolve("d/file"), Found.trace("1"));
        Files.write(folder.resolve("d/open"), Found.trace("2"));
        Set<PosixFilePermission> before = Files.getPosixFilePermissions(secret);
        Files.setPosixFilePermissions(secret, Set.of());
        Files.setPosixFilePermissions(file, Set.of());
        try {
            assumeTrue(!Files.isReadable(file), "this user may read everything");
            Found found = Found.in(folder.resolve("d"));
            assertEquals(List.of("2"), found.texts());
            assertEquals(2, found.skipped.unreadCount());
        } finally {
            Files.setPosixFilePermissions(secret, before);
        }
    }

    @Test
    void should_read_ten_thousand_entries_with_few_open_files() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < 10_000; i++) {
            files.put("d/" + i, Found.trace(Integer.toString(i)));
        }
        byte[] tar = Packed.tar(files);
        for (byte[] archive : List.of(Packed.zip(files), Packed.storedZip(files), tar, Packed.gzip(tar))) {
            Path file = Files.write(folder.resolve("x"), archive);
            long most = 0;
            int count = 0;
            long before = openFiles();
            try (InputCursor cursor =
                    InputCursor.of(new FileInput("x", file), null, Found.rules(InputLimits.DEFAULT))) {
                for (TraceInput input = cursor.next(); input != null; input = cursor.next()) {
                    input.channel().close();
                    if (count++ % 1000 == 0) {
                        most = Math.max(most, openFiles());
                    }
                }
            }
            assertEquals(10_000, count);
            assertTrue(most <= before + 8, most + " open files, " + before + " before");
            assertTrue(openFiles() <= before + 4, "left open");
        }
    }

    private static long openFiles() throws IOException {
        Path open = Path.of("/proc/self/fd");
        if (!Files.isDirectory(open)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(open)) {
            return files.count();
        }
    }

    @Test
    void should_not_give_out_what_is_behind_the_cursor() throws IOException {
        Path file = Files.write(folder.resolve("x"), Packed.gzip(Packed.tar(sample())));
        try (InputCursor cursor = InputCursor.of(new FileInput("x", file), null, Found.rules(InputLimits.DEFAULT))) {
            TraceInput first = cursor.next();
            assertNotNull(first);
            assertFalse(cursor.isExact());
            cursor.next();
            org.junit.jupiter.api.Assertions.assertThrows(IllegalStateException.class, first::size);
        }
    }

    @Test
    void should_read_an_entry_larger_than_memory_from_a_file_without_a_name() throws IOException {
        byte[] large = new byte[Spool.MEMORY + 100_000];
        System.arraycopy(Found.MAGIC, 0, large, 0, 2);
        large[large.length - 1] = 7;
        Path file = folder.resolve("x");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(Packed.zip(files("large", large)));
        }
        Found found = Found.in(file);
        assertArrayEquals(large, found.contents.get(0));
    }
}
