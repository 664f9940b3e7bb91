package dev.tracetool.cli.merge;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.luben.zstd.ZstdOutputStream;
import dev.tracetool.analysis.Recording;
import dev.tracetool.cli.Cli;
import dev.tracetool.testing.RecordingFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeCommandTest {
    @TempDir
    Path folder;

    private final List<Path> shards = new ArrayList<>();

    @BeforeEach
    void writeShards() throws IOException {
        Files.createDirectory(folder.resolve("shards"));
        for (int i = 0; i < 4; i++) {
            Recording run = new Recording();
            int f = run.code("/p/a.py", "f", 1, 1, 2, 3);
            int g = run.code("/p/b.py", "g" + i % 2, 1, 1, 2);
            run.thread(0, "MainThread").beginTest("test " + i, 0);
            run.start(f, 1)
                    .lines(f, 2)
                    .start(g, 2 + i)
                    .lines(g, 2)
                    .leave(g, 5 + i)
                    .leave(f, 10 * i + 20);
            run.endTest("test " + i, "passed", 1000 * i + 50).end(10_000 + i);
            shards.add(RecordingFile.write(run, folder.resolve("shards").resolve("s" + i + ".bin")));
        }
    }

    private static String run(Object... args) {
        return Cli.run(args).ok();
    }

    private Path merge(String name, Object... inputs) {
        Path file = folder.resolve(name);
        List<Object> args = new ArrayList<>(List.of("merge", "-o", file));
        args.addAll(List.of(inputs));
        run(args.toArray());
        return file;
    }

    private static String report(Object... inputs) {
        List<Object> args =
                new ArrayList<>(List.of("report", "--format", "json", "--by", "file,function,line,thread,test"));
        args.addAll(List.of(inputs));
        return run(args.toArray());
    }

    @Test
    void a_summary_is_an_input_like_the_traces_that_it_stands_for() {
        Path all = merge("all.summary", shards.toArray());
        assertEquals(report(shards.toArray()), report(all));
        assertEquals(run(withTests(shards.toArray())), run(withTests(all)));
    }

    private static Object[] withTests(Object... inputs) {
        return Stream.concat(Stream.of("tests", "--function", "g0", "--format", "csv"), Stream.of(inputs))
                .toArray();
    }

    /** Of any number of shards, a summary carries no more than so much, and says so. */
    @Test
    void source_texts_for_which_there_is_no_room_are_left_out() throws Exception {
        List<Path> carrying = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            byte[] text = new byte[11 + i << 20];
            String digest = HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text));
            Recording run = new Recording().pid(100 + i);
            run.source("/p/" + i + ".py", digest, text).end(1);
            carrying.add(RecordingFile.write(run, folder.resolve("carrying" + i + ".bin")));
        }
        Path some = folder.resolve("some.summary");
        assertEquals(
                "",
                Cli.run("merge", "-o", some, carrying.get(2), carrying.get(1)).err());
        Path all = folder.resolve("carrying.summary");
        Cli.Result result = Cli.run("merge", "-o", all, some, carrying.get(0));
        assertEquals(0, result.exitCode());
        assertEquals(
                "tracetool: warning: there are more than 32 MiB of source texts: the longest are left out\n",
                result.err());
        assertTrue(Files.size(all) < 40_000, "zeros compress: " + Files.size(all));
    }

    @Test
    void merging_in_steps_gives_the_same_file() throws IOException {
        Path all = merge("all.summary", shards.toArray());
        Path first = merge("first", shards.get(3), shards.get(1));
        Path second = merge("second", shards.get(0), shards.get(2));
        assertArrayEquals(Files.readAllBytes(all), Files.readAllBytes(merge("both", second, first)));
        Path summarized = folder.resolve("summarized");
        run("summarize", shards.get(0), shards.get(1), "-o", summarized);
        assertArrayEquals(
                Files.readAllBytes(all), Files.readAllBytes(merge("mixed", shards.get(3), summarized, shards.get(2))));
    }

    @Test
    void a_folder_is_all_traces_and_summaries_in_it() throws IOException {
        Files.createDirectories(folder.resolve("shards/deep/er"));
        Files.move(shards.get(3), folder.resolve("shards/deep/er/s3.bin"));
        Files.writeString(folder.resolve("shards/readme.txt"), "no trace");
        Files.createFile(folder.resolve("shards/empty"));
        Path shards = folder.resolve("shards");
        Cli.Result result = Cli.run("report", "--format", "json", shards);
        assertEquals("tracetool: note: " + shards + ": passed over 2 files that are no traces\n", result.err());
        assertEquals(0, result.exitCode());
        String json = result.out();
        assertEquals(4, json.split("\"format\": \"tracetool\"", -1).length - 1);
        assertTrue(json.contains("\"calls\": 8,"), json);
    }

    @Test
    void a_folder_without_a_trace_is_an_error() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));
        Files.writeString(empty.resolve("readme.txt"), "no trace");
        Cli.Result result = Cli.run("report", empty);
        assertEquals(3, result.exitCode());
        assertEquals("tracetool: " + empty + ": is a directory without a trace in it\n", result.err());
    }

    private void archive(OutputStream out) throws IOException {
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Path shard : shards) {
                TarArchiveEntry entry = new TarArchiveEntry("../../x/" + shard.getFileName(), true);
                entry.setSize(Files.size(shard));
                tar.putArchiveEntry(entry);
                Files.copy(shard, tar);
                tar.closeArchiveEntry();
            }
            tar.putArchiveEntry(new TarArchiveEntry("folder/"));
            tar.closeArchiveEntry();
        }
    }

    private static String withoutNames(String json) {
        return json.replaceAll("\"file\": \".*s(\\d)\\.bin\"", "\"file\": \"s$1\"");
    }

    @Test
    void an_archive_is_all_traces_and_summaries_in_it() throws IOException {
        String expected = withoutNames(report(shards.toArray()));
        Path zip = folder.resolve("shards.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (Path shard : shards) {
                out.putNextEntry(new ZipEntry("/abs/" + shard.getFileName()));
                Files.copy(shard, out);
            }
        }
        assertEquals(expected, withoutNames(report(zip)));
        assertTrue(report(zip).contains("\"file\": \"" + zip + "!/abs/s0.bin\""), report(zip));
        Path tar = folder.resolve("a");
        archive(Files.newOutputStream(tar));
        assertEquals(expected, withoutNames(report(tar)));
        archive(new GZIPOutputStream(Files.newOutputStream(tar)));
        assertEquals(expected, withoutNames(report(tar)));
        archive(new BZip2CompressorOutputStream(Files.newOutputStream(tar)));
        assertEquals(expected, withoutNames(report(tar)));
        archive(new ZstdOutputStream(Files.newOutputStream(tar)));
        assertEquals(expected, withoutNames(report(tar)));
        // Who else is at work on this machine can have a folder of that name.
        for (String place : new String[] {"../x/s0.bin", "../../x/s0.bin"}) {
            assertFalse(Files.exists(folder.resolve(place).normalize()), place);
        }
    }

    @Test
    void a_compressed_trace_is_one() throws IOException {
        Path gz = folder.resolve("s0.bin.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(gz))) {
            Files.copy(shards.get(0), out);
        }
        assertEquals(report(shards.get(0)).replace(shards.get(0).toString(), gz.toString()), report(gz));
    }

    @Test
    void a_damaged_archive_is_an_error() throws IOException {
        Path whole = folder.resolve("shards.tar.gz");
        archive(new GZIPOutputStream(Files.newOutputStream(whole)));
        byte[] bytes = Files.readAllBytes(whole);
        for (int length : new int[] {10, 20, bytes.length / 2, bytes.length - 1}) {
            Files.write(whole, java.util.Arrays.copyOf(bytes, length));
            Cli.Result result = Cli.run("report", whole);
            assertEquals(3, result.exitCode(), result.err());
            assertTrue(result.err().startsWith("tracetool: " + whole), result.err());
            assertEquals(1, result.err().lines().count(), result.err());
        }
        Path zip = folder.resolve("cut.zip");
        Files.write(zip, new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0});
        Cli.Result result = Cli.run("report", zip);
        assertEquals(3, result.exitCode());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void an_archive_that_unpacks_to_far_more_is_refused() throws IOException {
        Path bomb = folder.resolve("bomb.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(bomb))) {
            Files.copy(shards.get(0), out);
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < 600; i++) {
                out.write(zeros);
            }
        }
        Cli.Result result = Cli.run("report", bomb);
        assertEquals(3, result.exitCode());
        assertEquals(
                "tracetool: " + bomb
                        + ": is a compressed file that unpacks to over 100 times its size and 268,435,456 bytes; --no-limits lifts that limit\n",
                result.err());
    }

    @Test
    void a_run_that_comes_twice_counts_once() throws IOException {
        Path copy = Files.copy(shards.get(0), folder.resolve("copy.bin"));
        Cli.Result result =
                Cli.run("report", "--format", "json", "--by", "file,function,line,thread,test", shards.get(0), copy);
        assertEquals(
                "tracetool: warning: " + copy + ": is the same as what " + shards.get(0) + " holds, and counted once\n",
                result.err());
        assertEquals(report(shards.get(0)), result.out());
        Path summary = merge("summary", shards.get(0), shards.get(1));
        assertEquals(
                report(summary),
                Cli.run("report", "--format", "json", "--by", "file,function,line,thread,test", summary, shards.get(1))
                        .out());
        Cli.Result partly = Cli.run("report", shards.get(1), summary);
        assertEquals(3, partly.exitCode());
        assertEquals(
                "tracetool: " + summary + ": holds 1 run that " + shards.get(1)
                        + " holds, too, and 1 run that it does not: what it counted twice cannot be taken out\n",
                partly.err());
    }

    @Test
    void a_summary_is_refused_where_events_are_needed() {
        Path all = merge("all.summary", shards.toArray());
        for (String command : new String[] {"events", "lines", "inspect"}) {
            Cli.Result result = Cli.run(command, all);
            assertEquals(3, result.exitCode());
            assertEquals(
                    "tracetool: " + all + ": is a summary; expected a trace file, which has events\n", result.err());
        }
    }

    @Test
    void the_output_is_needed_and_no_input_is_overwritten() {
        assertEquals(2, Cli.run("merge", shards.get(0)).exitCode());
        assertEquals(
                2,
                Cli.run("merge", shards.get(0), "--force", "-o", shards.get(0)).exitCode());
    }
}
