package dev.tracetool.cli.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import dev.tracetool.testing.CPython;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of which Python, with scripts in Python's place. */
class RecordCommandTest {
    @TempDir
    Path folder;

    /** A script that says it is a Python of that version, and otherwise prints its arguments and exits with 7. */
    private Path python(String name, String version) throws IOException {
        return script(
                name,
                "if [ \"$1\" = -I ]; then echo '" + version + "'; exit; fi\n"
                        + "shift; for word; do echo \"[$word]\"; done; echo error >&2; exit 7\n");
    }

    private Path script(String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private Cli.Result record(Map<String, String> environment, Object... args) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
        return Cli.runWith("", all, Cli.words(List.of("record"), args));
    }

    private String command(Object... args) throws IOException {
        Map<String, String> environment =
                Map.of("TRACETOOL_PYTHON", python("good", "cpython 3.13.1").toString());
        Cli.Result result = record(environment, args);
        assertEquals("error\n", result.err());
        assertEquals(7, result.exitCode());
        return result.out();
    }

    @Test
    void should_hand_options_to_the_recorder_and_everything_else_to_the_program() throws IOException {
        assertEquals(
                """
                [--all]
                [--line-times]
                [--with-source]
                [--force]
                [--no-subprocesses]
                [-o]
                [out.bin]
                [--events=LINE,RAISE]
                [--include=a*]
                [--include=-b]
                [--exclude=c d]
                [--]
                [script.py]
                [--mode]
                [calls]
                [-o]
                [--]
                [--help]
                []
                """,
                command(
                        "-o",
                        "out.bin",
                        "--events",
                        "LINE,RAISE",
                        "--all",
                        "--include",
                        "a*",
                        "--include=-b",
                        "--exclude",
                        "c d",
                        "--with-source",
                        "--line-times",
                        "--no-subprocesses",
                        "--force",
                        "script.py",
                        "--mode",
                        "calls",
                        "-o",
                        "--",
                        "--help",
                        ""));
    }

    /** The recorder has its own parser: what one hands on, the other must know. */
    @Test
    void should_hand_on_only_options_that_the_recorder_takes() throws IOException {
        CPython real = CPython.ofMatrix("3.13");
        StringBuilder body = new StringBuilder();
        real.environment()
                .forEach((name, value) -> body.append("export ")
                        .append(name)
                        .append("='")
                        .append(value)
                        .append("'\n"));
        // Without -I, which makes an interpreter forget the variables above.
        Path python = script(
                "real",
                "if [ \"$1\" = -I ]; then echo cpython 3.13.0; exit; fi\n" + body + "exec '" + real.executable()
                        + "' \"$@\"\n");
        Path trace = folder.resolve("real.bin");

        Cli.Result result = record(
                Map.of("TRACETOOL_PYTHON", python.toString()),
                "-o",
                trace,
                "--events=PY_START,LINE",
                "--all",
                "--include=a*",
                "--exclude=c d",
                "--line-times",
                "--with-source",
                "--force",
                "--no-subprocesses",
                "-c",
                "print(6 * 7)");

        assertEquals(new Cli.Result(0, "42\n", ""), result);
        assertEquals(0, Cli.run("inspect", "--strict", trace).exitCode());
    }

    @Test
    void should_run_modules_and_texts() throws IOException {
        assertEquals("[-m]\n[mod]\n[-c]\n[--all]\n", command("-m", "mod", "-c", "--all"));
        assertEquals("[-c]\n[print(1)]\n[-m]\n", command("-c", "print(1)", "-m"));
        assertEquals("[-m]\n[mod]\n[x]\n", command("-mmod", "x"));
        assertEquals("[--all]\n[-m]\n[mod]\n", command("--all", "--", "-m", "mod"));
    }

    @Test
    void should_run_a_script_behind_two_dashes_whatever_its_name() throws IOException {
        assertEquals("[--]\n[--all]\n[--]\n[x]\n", command("--", "--all", "--", "x"));
    }

    @Test
    void should_refuse_to_record_nothing() {
        assertEquals(
                "tracetool record: expected a program: SCRIPT, -m MODULE or -c CODE (see 'tracetool record --help')\n",
                record(Map.of()).err());
        assertEquals(2, record(Map.of(), "--all").exitCode());
        assertEquals(2, record(Map.of(), "--mode", "slow", "x.py").exitCode());
        assertEquals(2, record(Map.of(), "-m").exitCode());
    }

    @Test
    void should_skip_an_old_python_for_a_newer_one_elsewhere_on_the_path() throws IOException {
        python("a/python3", "cpython 3.11.7");
        script("a/python3.12", "echo 'pyenv: not found' >&2; exit 127\n");
        python("b/python3.12", "cpython 3.12.4");
        String path = folder.resolve("a") + ":" + folder.resolve("b");

        Cli.Result result = record(Map.of("PATH", path), "x.py");

        assertEquals("[--]\n[x.py]\n", result.out());
        assertEquals(7, result.exitCode());
    }

    @Test
    void should_say_what_was_tried_when_no_python_is_suitable() throws IOException {
        Path old = python("a/python3", "cpython 3.11.7");
        Path other = python("a/python", "pypy 3.12.0");
        Path broken = script("a/python3.12", "exit 127\n");

        Cli.Result result = record(Map.of("PATH", "/nowhere::" + folder.resolve("a")), "x.py");

        assertEquals(
                "tracetool: no Python that can record was found: CPython 3.12 or later is needed\n"
                        + "  tried " + old + ": cpython 3.11.7\n"
                        + "  tried " + other + ": pypy 3.12.0\n"
                        + "  tried " + broken + ": does not run (exit code 127)\n"
                        + "  install one (package python3 of a recent system, or https://www.python.org/downloads/), or"
                        + " name one with --python or TRACETOOL_PYTHON\n",
                result.err());
        assertEquals(4, result.exitCode());
    }

    @Test
    void should_take_the_python_that_was_named_or_none() throws IOException {
        Path old = python("old", "cpython 3.11.7");
        Map<String, String> environment = Map.of(
                "PATH",
                String.valueOf(python("a/python3", "cpython 3.13.0").getParent()),
                "TRACETOOL_PYTHON",
                old.toString());

        assertEquals(4, record(environment, "x.py").exitCode());
        assertEquals(
                4, record(environment, "--python", folder + "/missing", "x.py").exitCode());
        assertEquals(
                7,
                record(environment, "--python", folder + "/a/python3", "x.py").exitCode());
    }

    @Test
    void should_prefer_the_virtual_environment_and_warn_when_it_is_too_old() throws IOException {
        Path own = python("venv/bin/python", "cpython 3.11.7");
        Path other = python("a/python3", "cpython 3.13.0");
        Map<String, String> environment = Map.of(
                "PATH",
                own.getParent() + ":" + other.getParent(),
                "VIRTUAL_ENV",
                folder.resolve("venv").toString());

        Cli.Result result = record(environment, "x.py");

        assertEquals(
                "tracetool: warning: the Python of the virtual environment cannot record (" + own
                        + ": cpython 3.11.7); using " + other + "\nerror\n",
                result.err());
    }

    @Test
    void should_keep_the_recorder_in_the_cache_and_replace_what_is_not_it() throws IOException {
        command("x.py");
        List<Path> cached;
        try (var files = Files.list(folder.resolve("cache/tracetool"))) {
            cached = files.toList();
        }
        assertEquals(1, cached.size());
        String recorder = Cli.run("recorder").out();
        assertEquals(recorder, Files.readString(cached.get(0)));

        Files.writeString(cached.get(0), "tampered");
        command("x.py");
        assertEquals(recorder, Files.readString(cached.get(0)));
    }

    @Test
    void should_do_without_a_cache() throws IOException {
        Map<String, String> environment = new HashMap<>();
        environment.put(
                "TRACETOOL_PYTHON",
                script("show", "[ \"$1\" = -I ] && echo cpython 3.14.0 || cat \"$1\"\n")
                        .toString());
        environment.put("HOME", "/dev/null");

        Cli.Result result = Cli.runWith("", environment, "record", "x.py");

        assertEquals(Cli.run("recorder").out(), result.out());
        assertTrue(result.out().startsWith("#!"), result.out());
    }

    @Test
    void should_give_128_and_the_number_of_a_signal() throws IOException {
        Path killed = script("killed", "[ \"$1\" = -I ] && echo cpython 3.14.0 || kill -9 $$\n");
        assertEquals(137, record(Map.of(), "--python", killed, "x.py").exitCode());
    }
}
