package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.TraceSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What the source files were when they ran. */
class RecorderSourcesIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    private static Map<String, TraceSource> byName(Recording recording) {
        Map<String, TraceSource> sources = new TreeMap<>();
        for (TraceSource source : recording.sources()) {
            String name = source.file().substring(source.file().lastIndexOf('/') + 1);
            assertNull(sources.put(name, source), name);
        }
        return sources;
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static void assertIs(byte[] expected, boolean carried, TraceSource source) throws Exception {
        assertNotNull(source);
        assertEquals(expected.length, source.size());
        assertEquals(sha256(expected), source.sha256());
        assertArrayEquals(carried ? expected : null, source.text());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_tell_the_digests_of_the_files_that_ran(String version) throws Exception {
        Recorder recorder = new Recorder(version, folder);
        byte[] latin = "# coding: latin-1\r\ndef f():\r\n    return '\u00e4'\r\n".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("latin.py"), latin);
        Files.write(folder.resolve("empty.py"), new byte[0]);
        recorder.write("\u00e4 \u20ac.py", "x = 1\n");
        recorder.write("never.py", "x = 1\n");
        recorder.write("site-packages/installed.py", "x = 1\n");
        String main = """
                import sys, collections, json, latin, empty
                sys.path.append("site-packages")
                import installed
                __import__("\u00e4 \u20ac")
                latin.f()
                exec(compile("def g(): pass\\ng()", "made up.py", "exec"))
                exec("x = 1")
                exec(compile("y = 1", ".", "exec"))
                exec(compile("y = 1", "/dev/zero", "exec"))
                exec(compile("y = 1", "x" * 5000, "exec"))
                exec(compile("y = 1", "latin.py", "exec"))
                import never_there if 0 else latin
                """.replace("import never_there if 0 else latin\n", "");
        Path script = recorder.write("main.py", main);
        byte[] mainBytes = Files.readAllBytes(script);
        for (String option : List.of("--with-source", "--mode=lines", "--mode=coverage")) {
            Recording recording = recorder.recorded(option, "main.py");
            boolean carried = option.equals("--with-source");
            assertTrue(recording.isWhole());
            Map<String, TraceSource> sources =
                    recording.sources().stream().collect(Collectors.toMap(TraceSource::file, source -> source));
            String at = folder.toRealPath() + "/";
            assertEquals(
                    new TreeSet<>(Set.of(
                            at + "main.py", at + "latin.py", at + "empty.py", at + "\u00e4 \u20ac.py", "latin.py")),
                    new TreeSet<>(sources.keySet()),
                    option);
            assertIs(mainBytes, carried, sources.get(at + "main.py"));
            assertIs(latin, carried, sources.get(at + "latin.py"));
            assertIs(latin, carried, sources.get("latin.py"));
            assertIs(new byte[0], carried, sources.get(at + "empty.py"));
            Set<String> files =
                    recording.codes().stream().map(CodeObjectWrapper::filename).collect(Collectors.toSet());
            assertTrue(files.containsAll(sources.keySet()));
            Recorder.Ended read = recorder.plain(Recorder.tool("trace_reader.py"), recorder.trace());
            assertEquals(0, read.status(), read::err);
            String inspected = Cli.run("inspect", recorder.trace()).out();
            assertTrue(
                    inspected.contains("sources          " + (carried ? "5 texts" : "digests") + " of 5 files\n"),
                    inspected);
        }
    }

    /** A file that is changed or removed while it runs was another one when it was loaded. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_tell_what_a_file_was_when_its_code_came_first(String version) throws Exception {
        Recorder recorder = new Recorder(version, folder);
        byte[] before = "def f(): pass\n".getBytes(StandardCharsets.UTF_8);
        Path module = folder.resolve("module.py");
        Files.write(module, before);
        recorder.write("main.py", """
                import os, subprocess, sys
                import module
                print(open("module.py", "w").write("def f(): pass # new\\n"))
                module.f()
                if os.fork() == 0:
                    module.f()
                    os._exit(0)
                os.wait()
                subprocess.run([sys.executable, "-c", "import module"], check=True)
                """);
        Recording recording = recorder.recorded("--with-source", "main.py");
        assertIs(before, true, byName(recording).get("module.py"));
        assertEquals(2, recorder.childTraces().size());
        byte[] after = Files.readAllBytes(module);
        boolean forked = false;
        for (Path file : recorder.childTraces()) {
            Recording child = Recording.read(file);
            TraceSource source = byName(child).get("module.py");
            if (child.stacks().isEmpty()) {
                assertIs(after, true, source);
            } else {
                // The child of the fork runs what its parent loaded, whose text is gone.
                assertIs(before, false, source);
                assertIs(
                        Files.readAllBytes(folder.resolve("main.py")),
                        true,
                        byName(child).get("main.py"));
                forked = true;
            }
        }
        assertTrue(forked);
    }

    /** Files of which a program can make any number, or of any size. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_have_limits(String version) throws Exception {
        Recorder recorder = new Recorder(version, folder);
        recorder.write("main.py", """
                import os, resource, sys
                with open("large.py", "w") as file:
                    file.write("x = 1\\n" + "#" * (1 << 24))
                with open("limit.py", "w") as file:
                    file.write("x = 1\\n#" + "#" * ((1 << 24) - 7))
                def forbid(event, args):
                    if event == "open" and args[0] == os.path.abspath("secret.py"):
                        raise RuntimeError("not this one")
                with open("secret.py", "w") as file:
                    file.write("x = 1\\n")
                sys.addaudithook(forbid)
                for name in ("large.py", "limit.py", os.path.abspath("secret.py")):
                    exec(compile("x = 1", name, "exec"))
                for n in range(70_000):
                    exec(compile("x = 1", "made up %d.py" % n, "exec"))
                print("done")
                """);
        assertEquals(new Recorder.Ended(0, "done\n", ""), recorder.record("--with-source", "main.py"));
        Recording recording = Recording.read(recorder.trace());
        assertEquals(Set.of("main.py", "limit.py"), byName(recording).keySet());
        assertEquals(1 << 24, byName(recording).get("limit.py").text().length);
        recorder.recorded("main.py");
        assertNull(byName(Recording.read(recorder.trace())).get("limit.py").text());
    }
}
