package dev.tracetool.cli.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

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
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

class SourceFinderTest {
    /** SHA-256 of "right", as sha256sum prints it. */
    private static final String RIGHT = "27042f4e6eca7d0b2a7ee4026df2ecfa51d3339e6d122aa099118ecd8563bad9";

    private static RecordedSource recorded(String digest, String text) {
        TreeMap<String, byte[]> contents = new TreeMap<>();
        contents.put(digest, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
        return new RecordedSource("a.py", contents);
    }

    @TempDir
    Path folder;

    private SourceFinder finder(String... options) throws IOException {
        return finder(List.of(), options);
    }

    private SourceFinder finder(List<RecordedSource> recorded, String... options) throws IOException {
        CommandSpec spec = CommandSpec.create();
        SourceFinder.addOptions(spec);
        return SourceFinder.of(new CommandLine(spec).parseArgs(options), List.of(folder + "/cwd"), recorded);
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
    void should_look_in_the_working_directory_if_that_is_named() throws IOException {
        String recorder = "src/main/resources/dev/tracetool/cli/record/tracetool_recorder.py";
        for (String here : List.of(".", "./", "src/..")) {
            Path found = Path.of(place(finder("--source", here).find("/elsewhere/" + recorder)));
            assertEquals(Path.of(recorder).toAbsolutePath(), found.toAbsolutePath());
            found = Path.of(place(finder("--map", "/elsewhere=" + here).find("/elsewhere/" + recorder)));
            assertEquals(Path.of(recorder).toAbsolutePath(), found.toAbsolutePath());
            assertNull(finder("--map", "/elsewhere=" + here).find("/elsewhere/../../secret.py"));
        }
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
        SourceFinder finder = finder(List.of(recorded(RIGHT, null)), "--source", folder + "/tree");
        assertEquals(right.toString(), place(finder.find("a.py")));
        assertEquals(Match.SAME, finder.find("a.py").match());
        Files.delete(right);
        assertEquals(Match.DIFFERENT, finder.find("a.py").match());
        assertEquals("its content is not the recorded one", finder.find("a.py").doubt());
    }

    @Test
    void should_take_what_the_trace_carries_where_no_file_has_the_digest() throws IOException {
        write("cwd/a.py", "other");
        SourceFinder finder = finder(List.of(recorded(RIGHT, "right")));
        assertEquals("right", finder.find("a.py").text().line(1));
        assertEquals(Match.SAME, finder.find("a.py").match());
        assertEquals("a.py", place(finder.find("a.py")));
        Path file = write("cwd/a.py", "right");
        assertEquals(file.toString(), place(finder.find("a.py")));
        assertEquals(Match.SAME, finder.find("a.py").match());
    }

    @Test
    void should_say_that_the_runs_had_different_versions() throws IOException {
        write("cwd/a.py", "right");
        RecordedSource both = recorded(RIGHT, null).plus(recorded("0".repeat(64), "x"));
        assertEquals(
                both.contents().keySet(),
                recorded("0".repeat(64), "x")
                        .plus(recorded(RIGHT, null))
                        .contents()
                        .keySet());
        FoundSource found = finder(List.of(both)).find("a.py");
        assertEquals("right", found.text().line(1));
        assertEquals(Match.DIFFERENT, found.match());
        assertEquals("the runs had different versions of it", found.doubt());
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
