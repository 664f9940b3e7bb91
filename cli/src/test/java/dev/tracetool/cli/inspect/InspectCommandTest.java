package dev.tracetool.cli.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.cli.Cli;
import dev.tracetool.cli.TinyTrace;
import dev.tracetool.cli.command.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
    @TempDir
    Path folder;

    @Test
    void should_show_everything_that_is_known() throws IOException {
        Path file = TinyTrace.sample().writeTo(folder.resolve("t"));

        Cli.Result result = Cli.run("inspect", "--codes", file);

        assertEquals("", result.err());
        assertEquals(
                file
                        + """

                  format           tracetool 1.0, complete, without index
                  size             %SIZE% bytes
                  program          app.py 'a b'
                  folder           /work
                  process          12, child of 11
                  python           cpython 3.13.5
                  started          2026-11-23T06:00:00+00:00
                  duration         3.00 ms
                  mode             lines
                  asked for        PY_START LINE
                  scope            without the standard library and installed packages; exclude x*
                  events           9 in 2 blocks of 2 threads
                  bytes per event  %PER_EVENT%
                  compression      stored, # to 1
                  code objects     2 of 1 file

                  kind               events   share
                  PY_START                3  33.3 %
                  PY_RETURN               1  11.1 %
                  LINE                    3  33.3 %
                  JUMP                    1  11.1 %
                  EXCEPTION_HANDLED       1  11.1 %

                  thread  name        events
                       0  MainThread       7
                       1  worker           2

                  code      id  args  bytes  lines  flags  where             function
                     0  0x7f00     2      8      1    0x3  /app/codec.py:1   <module> [OPTIMIZED NEWLOCALS]
                     1  0x7f80     2     14      2    0x3  /app/codec.py:10  Decoder.decode [OPTIMIZED NEWLOCALS]
                """.replace("%SIZE%", Quantity.count(Files.size(file)))
                                .replace("%PER_EVENT%", Quantity.threeFigures(Files.size(file) / 9.0)),
                result.out().replaceAll("stored, [0-9.]+ to", "stored, # to"));
        assertEquals(0, result.exitCode());
    }

    @Test
    void should_write_the_document_of_the_contract() throws IOException {
        Path file = TinyTrace.sample().writeTo(folder.resolve("t"));

        Cli.Result result = Cli.run("inspect", "--codes", "--format", "json", file);

        assertEquals(
                """
                {
                  "schema": "tracetool.inspect/1",
                  "file": "%FILE%",
                  "format": "tracetool",
                  "format_version": "1.0",
                  "bytes": %SIZE%,
                  "complete": true,
                  "indexed": false,
                  "damage": {
                    "places": 0,
                    "bytes": 0,
                    "frames": 0,
                    "events": 0,
                    "notes": []
                  },
                  "failures": [],
                  "metadata": {
                    "python": "3.13.5",
                    "implementation": "cpython",
                    "executable": null,
                    "platform": null,
                    "argv": [
                      "app.py",
                      "a b"
                    ],
                    "cwd": "/work",
                    "pid": 12,
                    "parent_pid": 11,
                    "parent_trace": null,
                    "started_at": "2026-11-23T06:00:00+00:00",
                    "host": null,
                    "recorder": null,
                    "mode": "lines",
                    "events": [
                      "PY_START",
                      "LINE"
                    ],
                    "once": [],
                    "line_times": false,
                    "scope": {
                      "all": false,
                      "include": [],
                      "exclude": [
                        "x*"
                      ]
                    }
                  },
                  "duration_ns": 3000000,
                  "events": 9,
                  "events_by_kind": {
                    "PY_START": 3,
                    "PY_RETURN": 1,
                    "LINE": 3,
                    "JUMP": 1,
                    "EXCEPTION_HANDLED": 1
                  },
                  "threads": [
                    {
                      "id": 0,
                      "system_id": 100,
                      "name": "MainThread",
                      "events": 7
                    },
                    {
                      "id": 1,
                      "system_id": 101,
                      "name": "worker",
                      "events": 2
                    }
                  ],
                  "code_objects": 2,
                  "files": 1,
                  "sources": 0,
                  "source_texts": 0,
                  "blocks": 2,
                  "codecs": [
                    "stored"
                  ],
                  "raw_event_bytes": #,
                  "stored_event_bytes": #,
                  "codes": [
                    {
                      "index": 0,
                      "id": 32512,
                      "file": "/app/codec.py",
                      "qualname": "<module>",
                      "first_line": 1,
                      "arg_count": 2,
                      "flags": 3,
                      "flag_names": [
                        "OPTIMIZED",
                        "NEWLOCALS"
                      ],
                      "code_bytes": 8,
                      "lines": 1
                    },
                    {
                      "index": 1,
                      "id": 32640,
                      "file": "/app/codec.py",
                      "qualname": "Decoder.decode",
                      "first_line": 10,
                      "arg_count": 2,
                      "flags": 3,
                      "flag_names": [
                        "OPTIMIZED",
                        "NEWLOCALS"
                      ],
                      "code_bytes": 14,
                      "lines": 2
                    }
                  ]
                }
                """.replace("%FILE%", file.toString()).replace("%SIZE%", Long.toString(Files.size(file))),
                result.out().replaceAll("_event_bytes\": [0-9]+", "_event_bytes\": #"));
    }

    @Test
    void should_print_an_array_of_documents_for_several_files_and_go_on_after_a_bad_one() throws IOException {
        Path first = TinyTrace.sample().writeTo(folder.resolve("first"));
        Path second = TinyTrace.sample().writeTo(folder.resolve("second"));
        Path missing = folder.resolve("missing");

        Cli.Result result = Cli.run("inspect", "--format=json", first, missing, second);

        assertEquals("tracetool: " + missing + ": no such file\n", result.err());
        assertEquals(3, result.exitCode());
        assertTrue(result.out().startsWith("[\n{\n"), result.out());
        assertTrue(result.out().contains("\n}\n,\n{\n"), result.out());
        assertTrue(result.out().endsWith("\n}\n]\n"), result.out());
    }

    @Test
    void should_warn_of_a_trace_that_was_cut_off_and_fail_only_when_asked_to() throws IOException {
        Path file = Files.write(folder.resolve("t"), TinyTrace.sample().cutOff());

        Cli.Result result = Cli.run("inspect", file);

        assertEquals(
                "tracetool: warning: " + file
                        + ": was not closed: the recording was cut off, and its last events may be missing\n",
                result.err());
        assertTrue(result.out().contains("format           tracetool 1.0, cut off, without index\n"), result.out());
        assertEquals(0, result.exitCode());
        assertEquals(3, Cli.run("inspect", "--strict", file).exitCode());
    }

    @Test
    void should_keep_hostile_names_harmless() throws IOException {
        TinyTrace trace = new TinyTrace("\"cwd\":\"::error::\\u001b[31m\\nx\"")
                .code("a\u202e\nb", "f\r\"x", 1, 1, 2, TinyTrace.line(1, 0))
                .thread(0, "\u0007")
                .events(0, "PY_START 0 5 0");
        Path file = trace.writeTo(folder.resolve("t"));

        String out = Cli.run("inspect", "--codes", file).out();

        assertTrue(out.contains("folder           \\x3a:error::\\x1b[31m\\nx\n"), out);
        assertTrue(out.contains("  a\\u202e\\nb:1  f\\r\"x [OPTIMIZED NEWLOCALS]\n"), out);
        assertTrue(out.contains("  \\x07  "), out);
    }
}
