package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** What a program sees of itself is what it sees without the recorder. */
class RecorderTransparencyIT {
    private static final String MATRIX = "dev.tracetool.testing.CPython#MATRIX";

    @TempDir
    Path folder;

    private static void assertTheSame(Recorder recorder, Object... arguments) throws IOException {
        Recorder.Ended plain = recorder.plain(arguments);
        Object[] all = new Object[arguments.length + 1];
        all[0] = "--";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Recorder.Ended recorded = recorder.record(all);
        assertEquals(
                withoutAddresses(plain.out()),
                withoutAddresses(recorded.out()),
                () -> Arrays.toString(arguments) + recorded.err());
        assertEquals(plain.err(), recorded.err());
        assertEquals(plain.status(), recorded.status());
        assertTrue(Recording.read(recorder.trace()).isWhole());
    }

    private static String withoutAddresses(String out) {
        return out.replaceAll("0x[0-9a-f]+", "0x");
    }

    private Path zip(String name, Path script) throws IOException {
        Path archive = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("__main__.py"));
            Files.copy(script, zip);
        }
        return archive;
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_show_the_program_its_own_arguments_and_main_module(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder).withInput("what is typed\n");
        Path script = Path.of(Recorder.program("identity.py"));
        assertTheSame(recorder, script, "a", "--mode", "-c", "");
        assertTheSame(recorder, recorder.write("identity.py", Files.readString(script)), "-x");
        assertTheSame(recorder, "identity.py");
        assertTheSame(recorder, "./identity.py", "--");
        assertTheSame(recorder, ".//identity.py");
        assertTheSame(recorder, "-m", "identity", "-o", "x");
        recorder.write("package/__init__.py", "");
        recorder.write("package/__main__.py", Files.readString(script));
        assertTheSame(recorder, "-m", "package");
        assertTheSame(recorder, "package", "y");
        assertTheSame(recorder, "./package/");
        assertTheSame(recorder, "package/../package");
        assertTheSame(recorder, zip("archive.zip", script), "z");
        Files.createDirectories(folder.resolve("links"));
        Path linked = Files.createSymbolicLink(folder.resolve("links/linked.py"), folder.resolve("identity.py"));
        assertTheSame(recorder, linked);
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_run_a_text(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder).withInput("in");
        assertTheSame(
                recorder,
                "-c",
                "import sys; print(sys.argv, sys.path, __name__, sorted(globals()), __loader__, sys.stdin.read())",
                "-c",
                "--all");
        assertTheSame(recorder, "-c", "def f(): 1 / 0\nf()");
        assertTheSame(recorder, "-c", "  # indented\n  def f(): 1 / 0\n  f()");
        assertEquals(List.of("-c"), Recording.read(recorder.trace()).metadata().argv());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_fail_as_the_interpreter_does_where_there_is_nothing_to_run(String version) {
        Recorder recorder = new Recorder(version, folder);
        Recorder.Ended ended = recorder.record("missing.py");
        assertEquals(2, ended.status());
        assertTrue(ended.err().matches("tracetool: .*can't open file '.*missing.py': \\[Errno 2\\] .*\n"), ended::err);
        assertEquals(
                recorder.plain("-m", "missing").status(),
                recorder.record("-m", "missing").status());
        for (List<String> wrong : List.of(
                List.<String>of(),
                List.of("--mode", "slow", "-c", "1"),
                List.of("--events", "LINE,NO_EVENTS", "-c", "1"),
                List.of("--events", "", "-c", "1"),
                List.of("--nonsense", "-c", "1"),
                List.of("-c"))) {
            Recorder.Ended refused = recorder.record(wrong.toArray());
            assertEquals(2, refused.status(), wrong::toString);
            assertTrue(refused.err().matches("tracetool: .*\n"), refused::err);
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_show_syntax_errors_as_the_interpreter_does(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        for (String text : List.of("def f(:\n", "x = 1\n  y = 2\n", "'\\0'\nreturn\n")) {
            Path script = recorder.write("wrong.py", text);
            Recorder.Ended plain = recorder.plain(script);
            Recorder.Ended recorded = recorder.record(script);
            assertEquals(plain, recorded);
        }
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_keep_a_file_that_exists(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path mine = recorder.write("mine.bin", "mine");
        Recorder.Ended refused = recorder.plain(Recorder.FILE, "-o", mine, "-c", "print('ran')");
        assertEquals(new Recorder.Ended(2, "", "tracetool: " + mine + ": file exists; --force replaces it\n"), refused);
        assertEquals("mine", Files.readString(mine));
        assertEquals(
                0,
                recorder.plain(Recorder.FILE, "--force", "-o", mine, "-c", "").status());
        assertTrue(Recording.read(mine).isWhole());
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_leave_descriptors_threads_and_handlers_as_they_are(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        Path script = recorder.write("state.py", """
                import gc, os, signal, sys, threading
                print(os.open(__file__, os.O_RDONLY))
                print(threading.active_count(), sys.gettrace(), sys.getprofile(), threading.gettrace())
                print([signal.getsignal(n) for n in sorted(signal.valid_signals())])
                print(gc.isenabled(), gc.get_threshold(), sys.excepthook is sys.__excepthook__, sys.getswitchinterval())
                print(sys.flags, signal.pthread_sigmask(signal.SIG_BLOCK, ()))
                """);
        assertTheSame(recorder, script);
    }

    /** The names of the main module are not kept alive for longer than without the recorder. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_let_the_interpreter_end_as_it_does(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        String code = """
                import subprocess, sys
                class Last:
                    def __del__(self):
                        print("deleted", sys.is_finalizing())
                        try:
                            subprocess.Popen([sys.executable, "-c", "1"]).wait()
                        except BaseException as error:
                            print(type(error))
                last = Last()
                def f():
                    return last
                """;
        assertTheSame(recorder, recorder.write("last.py", code));
        assertTheSame(recorder, "-c", code);
        assertTheSame(recorder, "-m", "last");
        assertTrue(recorder.plain("last.py").out().startsWith("deleted "));
    }

    /** 3.13 and later show the lines of -c. */
    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_show_the_text_of_a_program_in_warnings(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        assertTheSame(recorder, "-c", "import warnings\ndef f():\n    warnings.warn('x')\nf()");
    }

    @ParameterizedTest
    @FieldSource(MATRIX)
    void should_run_real_programs_to_the_same_end(String version) throws IOException {
        Recorder recorder = new Recorder(version, folder);
        List<Object> programs = List.of(
                Recorder.SAMPLES.resolve("tour.py"),
                Recorder.program("flow.py"),
                Recorder.program("coroutines.py"),
                Recorder.program("threads.py"),
                Recorder.program("odd_lines.py"));
        for (Object program : programs) {
            assertTheSame(recorder, program);
        }
    }
}
