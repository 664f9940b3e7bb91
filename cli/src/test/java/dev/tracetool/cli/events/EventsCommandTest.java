package dev.tracetool.cli.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.cli.Cli;
import dev.tracetool.cli.TinyTrace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsCommandTest {
    @TempDir
    Path folder;

    private Path file = Path.of("unset");

    @BeforeEach
    void writeTrace() throws IOException {
        file = TinyTrace.sample().writeTo(folder.resolve("t"));
    }

    private void assertNoneMatches(Object... options) {
        assertEquals("tracetool: warning: no event matches\n", run(options).err());
        assertEquals("", run(options).out());
        assertEquals(0, run(options).exitCode());
    }

    private Cli.Result run(Object... options) {
        return Cli.runAll(List.of("events", file), options);
    }

    private String events(Object... options) {
        return run(options).ok();
    }

    @Test
    void should_show_every_event_of_each_kind() {
        assertEquals("""
                     0.000000100   0  PY_START           /app/codec.py:0 <module> @0
                               -   0  LINE               /app/codec.py:1 <module>
                     0.000001500   0  PY_START           /app/codec.py:11 Decoder.decode @0
                               -   0  LINE               /app/codec.py:11 Decoder.decode
                               -   0  JUMP               /app/codec.py:12 Decoder.decode @6->2
                               -   0  EXCEPTION_HANDLED  /app/codec.py:- Decoder.decode @12
                     0.000002500   0  PY_RETURN          /app/codec.py:12 Decoder.decode @8
                     0.002000000   1  PY_START           /app/codec.py:11 Decoder.decode @2
                               -   1  LINE               /app/codec.py:12 Decoder.decode
                """, events());
    }

    @Test
    void should_write_csv() {
        assertEquals("""
                time_ns,thread,kind,code,file,line,qualname,offset,destination
                1500,0,PY_START,1,/app/codec.py,11,Decoder.decode,0,
                ,0,LINE,1,/app/codec.py,11,Decoder.decode,,
                ,0,JUMP,1,/app/codec.py,12,Decoder.decode,6,2
                ,0,EXCEPTION_HANDLED,1,/app/codec.py,,Decoder.decode,12,
                2500,0,PY_RETURN,1,/app/codec.py,12,Decoder.decode,8,
                """, events("--format=csv", "--function", "Decoder.*", "--thread", "0"));
    }

    @Test
    void should_write_ndjson_with_a_head() {
        assertEquals(
                """
                {"schema":"tracetool.events/1","input":"%FILE%","started_at":"2026-11-23T06:00:00+00:00","clock_start_ns":1000000000}
                {"time_ns":null,"thread":0,"kind":"JUMP","code":1,"file":"/app/codec.py","line":12,"qualname":"Decoder.decode","offset":6,"destination":2}
                {"time_ns":null,"thread":0,"kind":"EXCEPTION_HANDLED","code":1,"file":"/app/codec.py","line":null,"qualname":"Decoder.decode","offset":12,"destination":null}
                """.replace("%FILE%", file.toString()),
                events("--format=ndjson", "--kind=jump", "--kind=EXCEPTION_HANDLED"));
    }

    @Test
    void should_choose_threads_by_number_and_by_name() {
        String worker = """
                     0.002000000   1  PY_START           /app/codec.py:11 Decoder.decode @2
                               -   1  LINE               /app/codec.py:12 Decoder.decode
                """;
        assertEquals(worker, events("--thread", "1"));
        assertEquals(worker, events("--thread", "work*"));
    }

    @Test
    void should_give_an_untimed_event_the_time_of_the_timed_one_before_it() {
        assertEquals("""
                     0.000001500   0  PY_START           /app/codec.py:11 Decoder.decode @0
                               -   0  LINE               /app/codec.py:11 Decoder.decode
                               -   0  JUMP               /app/codec.py:12 Decoder.decode @6->2
                               -   0  EXCEPTION_HANDLED  /app/codec.py:- Decoder.decode @12
                """, events("--from", "1.5us", "--to", "2500ns"));
    }

    @Test
    void should_stop_at_the_limit() {
        assertEquals("     0.000000100   0  PY_START           /app/codec.py:0 <module> @0\n", events("--limit", "1"));
        assertEquals("", events("--limit", "0"));
    }

    @Test
    void should_choose_files_by_the_end_of_their_path() {
        assertNoneMatches("--file", "other.py");
        assertEquals(events(), events("--file", "codec.py"));
        assertEquals(events(), events("--file", "app/*"));
        assertNoneMatches("--file", "/codec.py");
    }

    @Test
    void should_refuse_a_kind_that_is_none() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "tracetool events: --kind NOPE: no such kind; this trace has PY_START, PY_RETURN, LINE, JUMP,"
                                + " EXCEPTION_HANDLED (see 'tracetool events --help')\n"),
                Cli.run("events", file, "--kind", "NOPE"));
        assertNoneMatches("--kind", "INSTRUCTION");
        assertEquals(events("--kind", "LINE", "--kind", "jump"), events("--kind", "line,JUMP"));
        assertEquals(2, run("--kind", "LINE,").exitCode());
        assertEquals(2, run("--from", "2ms", "--to", "1ms").exitCode());
    }

    @Test
    void should_refuse_times_that_are_none() {
        for (String time : new String[] {"", "s", "1x", "-1s", "1e3s", "1..2s", "1 s", "99999999999999999999s"}) {
            Cli.Result result = Cli.run("events", file, "--from=" + time);
            assertEquals(2, result.exitCode(), time);
        }
    }

    @Test
    void should_keep_hostile_names_harmless_in_every_format() throws IOException {
        file = new TinyTrace()
                .code("=1+2\n,\"", "#[x\u202e", 1, 1, 2, TinyTrace.line(1, 0))
                .thread(0, "")
                .events(0, "PY_START 0 5 0")
                .writeTo(folder.resolve("hostile"));

        assertEquals("     0.000000005   0  PY_START           =1+2\\n,\":1 #[x\\u202e @0\n", events());
        assertEquals(
                "5,0,PY_START,0,\"'=1+2\\n,\"\"\",1,#[x\\u202e,0,\n",
                events("--format=csv").lines().skip(1).findFirst().orElse("") + "\n");
        assertEquals(
                "{\"time_ns\":5,\"thread\":0,\"kind\":\"PY_START\",\"code\":0,\"file\":\"=1+2\\u000A,\\\"\",\"line\":1,"
                        + "\"qualname\":\"\\u0023[x\\u202E\",\"offset\":0,\"destination\":null}\n",
                events("--format=ndjson").lines().skip(1).findFirst().orElse("") + "\n");
    }

    @Test
    void should_warn_of_a_trace_that_was_cut_off() throws IOException {
        Files.write(file, TinyTrace.sample().cutOff());

        Cli.Result result = Cli.run("events", "--strict", "--kind=JUMP", file);

        assertEquals("               -   0  JUMP               /app/codec.py:12 Decoder.decode @6->2\n", result.out());
        assertEquals(
                "tracetool: warning: " + file
                        + ": was not closed: the recording was cut off, and its last events may be missing\n",
                result.err());
        assertEquals(3, result.exitCode());
    }
}
