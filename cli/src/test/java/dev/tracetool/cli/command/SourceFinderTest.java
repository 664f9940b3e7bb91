package dev.tracetool.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.tracetool.source.Blake2b;
import dev.tracetool.source.FoundSource;
import dev.tracetool.source.FoundSource.Match;
import dev.tracetool.source.RecordedSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SourceFinderTest {
    @TempDir
    Path folder;

    private SourceFinder finder(String... options) throws IOException {
        CommandSpec spec = CommandSpec.create();
        SourceFinder.addOptions(spec);
        return SourceFinder.of(new CommandLine(spec).parseArgs(options), List.of(folder + "/cwd"));
    }

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String place(FoundSource source) {
        assertNotNull(source);
        return source.place();
    }

    @Test
    void should_look_where_the_run_had_it() throws IOException {
        Path file = write("cwd/a.py", "x");
        assertEquals(file.toString(), place(finder().find(file.toString())));
        assertEquals(file.toString(), place(finder().find("a.py")));
        assertNull(finder().find("b.py"));
        assertEquals(Match.UNCHECKED, finder().find("a.py").match());
    }

    @Test
    void should_prefer_the_map_and_then_the_place_and_then_the_longest_end_of_the_path() throws IOException {
        Path mapped = write("new/a.py", "1");
        Path inPlace = write("old/a.py", "2");
        Path longer = write("tree/old/a.py", "3");
        Path shorter = write("tree/a.py", "4");
        String name = folder + "/old/a.py";
        String[] options = {"--map", folder + "/old=" + folder + "/new", "--source", folder + "/tree"};
        assertEquals(mapped.toString(), place(finder(options).find(name)));
        Files.delete(mapped);
        assertEquals(inPlace.toString(), place(finder(options).find(name)));
        Files.delete(inPlace);
        assertEquals(longer.toString(), place(finder(options).find(name)));
        assertEquals(longer.toString(), place(finder(options).find("C:\\work\\old\\a.py")));
        Files.delete(longer);
        assertEquals(shorter.toString(), place(finder(options).find(name)));
        Files.delete(shorter);
        assertNull(finder(options).find(name));
    }

    @Test
    void should_prefer_the_file_with_the_recorded_digest_and_say_if_there_is_none() throws IOException {
        write("cwd/a.py", "other");
        Path right = write("tree/a.py", "right");
        SourceFinder finder = finder("--source", folder + "/tree");
        String digest = Blake2b.hex("right".getBytes(StandardCharsets.UTF_8));
        finder.add(new RecordedSource("a.py", digest, null));
        assertEquals(right.toString(), place(finder.find("a.py")));
        assertEquals(Match.SAME, finder.find("a.py").match());
        Files.delete(right);
        assertEquals(Match.DIFFERENT, finder.find("a.py").match());
        assertEquals("its content is not the recorded one", finder.find("a.py").doubt());
        SourceFinder carried = finder();
        carried.add(new RecordedSource("a.py", digest, "right".getBytes(StandardCharsets.UTF_8)));
        assertEquals("right", carried.find("a.py").text().line(1));
        assertEquals(Match.SAME, carried.find("a.py").match());
        assertEquals("a.py", carried.find("a.py").place());
    }

    @Test
    void should_map_whole_folders_and_never_out_of_the_new_one() throws IOException {
        write("new/a.py", "1");
        write("secret.py", "2");
        String[] options = {"--map", "/old/=" + folder + "/new"};
        assertNotNull(finder(options).find("/old/a.py"));
        assertNotNull(finder("--map", "C:\\old=" + folder + "/new").find("C:\\old\\a.py"));
        assertNull(finder(options).find("/older/a.py"));
        assertNull(finder(options).find("/old/../secret.py"));
        assertNull(finder(options).find("/old//" + folder + "/secret.py"));
        assertNull(finder("--source", folder + "/new").find("/x/../secret.py"));
        assertNull(finder("--source", folder + "/new").find("/x/.."));
    }

    @Test
    void should_read_only_what_looks_like_python() throws IOException {
        write("cwd/passwords", "root:x\n");
        write("cwd/script", "#!/usr/bin/env python3\nx = 1\n");
        write("cwd/shell", "#!/bin/sh\npython x\n");
        write("cwd/a.pyw", "x");
        assertNull(finder().find("passwords"));
        assertNull(finder().find("shell"));
        assertNotNull(finder().find("script"));
        assertNotNull(finder().find("a.pyw"));
    }

    @Test
    void should_read_neither_what_is_no_regular_file_nor_what_is_too_large() throws Exception {
        Files.createDirectories(folder.resolve("cwd/folder.py"));
        assertNull(finder().find("folder.py"));
        try (RandomAccessFile large =
                new RandomAccessFile(folder.resolve("cwd/large.py").toFile(), "rw")) {
            large.setLength(SourceFinder.MAX_BYTES + 1L);
        }
        assertNull(finder().find("large.py"));
        Process mkfifo = new ProcessBuilder("mkfifo", folder + "/cwd/pipe.py").start();
        assertEquals(0, mkfifo.waitFor());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertNull(finder().find("pipe.py")));
        Files.createSymbolicLink(folder.resolve("cwd/device.py"), Path.of("/dev/zero"));
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertNull(finder().find("device.py")));
        Files.delete(folder.resolve("cwd/device.py"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "..", "a\0b.py", "//////", "\\", "C:", "~/x.py", "\ud800.py", "."})
    void should_find_nothing_for_a_name_that_is_none(String name) throws IOException {
        assertNull(finder("--source", folder.toString(), "--map", "/=/tmp").find(name));
        assertNull(finder("--source", folder.toString()).find("a/".repeat(10_000) + name));
    }
}
