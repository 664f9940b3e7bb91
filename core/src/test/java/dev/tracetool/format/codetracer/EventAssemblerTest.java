package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.TraceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events records come to. */
class EventAssemblerTest {
    private final Damage damage = new Damage();
    private final EventLog log = new EventLog();
    private final EventAssembler assembler = new EventAssembler("t", log, damage, () -> 77);

    private List<String> events(Rec... records) throws TraceException {
        for (Rec rec : records) {
            rec.pass(assembler);
        }
        assembler.finish();
        return log.events();
    }

    private List<Object> balance() {
        DetailTable table = assembler.details().get(1);
        assertEquals("balance", table.name());
        return table.rows().get(0);
    }

    private List<String> notes() {
        return damage.notes().stream().map(Damage.Note::message).toList();
    }

    private static Rec thread(RecordKind kind, long id) {
        return Rec.of(kind, id);
    }

    /** As the writers in Rust do: the first call is of the program as a whole, and a step stands before each other. */
    @Test
    void should_not_count_the_steps_of_definitions() throws TraceException {
        List<String> events = events(
                Rec.path("/p/a.py"),
                Rec.function(0, 1, "<toplevel>"),
                Rec.call(0),
                Rec.function(0, 1, "<__main__>"),
                Rec.step(0, 1),
                Rec.call(1),
                Rec.step(0, 1),
                Rec.step(0, 9),
                Rec.function(0, 5, "f"),
                Rec.of(RecordKind.VALUE, 3),
                Rec.step(0, 5),
                Rec.call(2),
                Rec.step(0, 6),
                Rec.leave(),
                Rec.leave());
        assertEquals(
                List.of(
                        "PY_START <__main__> /p/a.py:1",
                        "/p/a.py:1 <__main__>",
                        "/p/a.py:9 <__main__>",
                        "PY_START f /p/a.py:5",
                        "/p/a.py:6 f",
                        "PY_RETURN f /p/a.py:5",
                        "PY_RETURN <__main__> /p/a.py:1"),
                events);
        assertEquals(Arrays.asList(3L, 2L, 1L, true, 0L, 0L, null, null, null), balance());
    }

    /** As the recorder in pure Python does; also where a generator ends without a line of its own. */
    @Test
    void should_not_count_the_steps_of_returns() throws TraceException {
        List<String> events = events(
                Rec.path(""),
                Rec.function(0, 1, "<top-level>"),
                Rec.call(0),
                Rec.path("a.py"),
                Rec.function(1, 1, "<module>"),
                Rec.call(1),
                Rec.step(1, 1),
                Rec.step(1, 7),
                Rec.function(1, 1, "gen"),
                Rec.call(2),
                Rec.step(1, 2),
                Rec.step(1, 2),
                Rec.leave(),
                Rec.call(2),
                Rec.step(1, 2),
                Rec.leave(),
                Rec.step(1, 7),
                Rec.leave());
        assertEquals(
                List.of(
                        "PY_START <module> a.py:1",
                        "a.py:1 <module>",
                        "a.py:7 <module>",
                        "PY_START gen a.py:1",
                        "a.py:2 gen",
                        "PY_RETURN gen a.py:1",
                        "PY_START gen a.py:1",
                        "PY_RETURN gen a.py:1",
                        "PY_RETURN <module> a.py:1"),
                events);
    }

    @Test
    void should_believe_all_steps_of_other_writers() throws TraceException {
        List<String> events = events(
                Rec.path("a.py"),
                Rec.function(0, 1, "main"),
                Rec.function(0, 5, "f"),
                Rec.call(0),
                Rec.step(0, 2),
                Rec.call(1),
                Rec.step(0, 6),
                Rec.step(0, 6),
                Rec.leave(),
                Rec.step(0, 5),
                Rec.call(1),
                Rec.leave(),
                Rec.leave());
        assertEquals(
                List.of(
                        "PY_START main a.py:1",
                        "a.py:2 main",
                        "PY_START f a.py:5",
                        "a.py:6 f",
                        "a.py:6 f",
                        "PY_RETURN f a.py:5",
                        "a.py:5 main",
                        "PY_START f a.py:5",
                        "PY_RETURN f a.py:5",
                        "PY_RETURN main a.py:1"),
                events);
    }

    /** To the writers in Rust, the first function is the top level, whatever it is called: no step stands before it. */
    @Test
    void should_believe_a_step_before_the_first_function() throws TraceException {
        List<String> events = events(
                Rec.path("a.rs"),
                Rec.function(0, 1, "main"),
                Rec.step(0, 1),
                Rec.call(0),
                Rec.function(0, 5, "f"),
                Rec.step(0, 2),
                Rec.step(0, 5),
                Rec.call(1),
                Rec.step(0, 6));
        assertEquals(
                List.of("a.rs:1 <unknown>", "PY_START main a.rs:1", "a.rs:2 main", "PY_START f a.rs:5", "a.rs:6 f"),
                events);
    }

    /** Others have no top level, and a step of its definition before each call of the first function, too. */
    @Test
    void should_leave_out_a_step_of_the_first_function_once_it_knows_the_writer() throws TraceException {
        List<String> events = events(
                Rec.path("lib.rs"),
                Rec.function(0, 38, "new"),
                Rec.function(0, 58, "fund"),
                Rec.step(0, 58),
                Rec.call(1),
                Rec.step(0, 59),
                Rec.step(0, 38),
                Rec.call(0),
                Rec.step(0, 49),
                Rec.leave(),
                Rec.leave());
        assertEquals(
                List.of(
                        "PY_START fund lib.rs:58",
                        "lib.rs:59 fund",
                        "PY_START new lib.rs:38",
                        "lib.rs:49 new",
                        "PY_RETURN new lib.rs:38",
                        "PY_RETURN fund lib.rs:58"),
                events);
    }

    @Test
    void should_take_a_top_level_with_steps_for_code() throws TraceException {
        List<String> events = events(
                Rec.path(""),
                Rec.function(0, 1, "<top-level>"),
                Rec.call(0),
                Rec.path("a.rb"),
                Rec.step(1, 1),
                Rec.step(1, 4),
                Rec.step(1, 1),
                Rec.function(1, 1, "f"),
                Rec.call(1),
                Rec.step(1, 2),
                Rec.leave(),
                Rec.step(1, 5));
        assertEquals(
                List.of(
                        "PY_START <top-level> a.rb:-1",
                        "a.rb:1 <top-level>",
                        "a.rb:4 <top-level>",
                        "PY_START f a.rb:1",
                        "a.rb:2 f",
                        "PY_RETURN f a.rb:1",
                        "a.rb:5 <top-level>"),
                events);
    }

    @Test
    void should_tell_same_named_functions_apart_by_their_first_step() throws TraceException {
        List<String> events = events(
                Rec.path("a.py"),
                Rec.path("b.py"),
                Rec.function(0, 3, "run"),
                Rec.call(0),
                Rec.step(0, 4),
                Rec.leave(),
                Rec.call(0),
                Rec.step(1, 9),
                Rec.leave(),
                Rec.call(0),
                Rec.leave());
        assertEquals(
                List.of(
                        "PY_START run a.py:3",
                        "a.py:4 run",
                        "PY_RETURN run a.py:3",
                        "PY_START run b.py:-1",
                        "b.py:9 run",
                        "PY_RETURN run b.py:-1",
                        "PY_START run a.py:3",
                        "PY_RETURN run a.py:3"),
                events);
    }

    @Test
    void should_drop_the_last_step() throws TraceException {
        List<String> events = events(
                Rec.path("a.py"),
                Rec.function(0, 1, "f"),
                Rec.call(0),
                Rec.step(0, 1),
                Rec.step(0, 2),
                Rec.of(RecordKind.VALUE, 1),
                Rec.of(RecordKind.DROP_LAST_STEP, 0),
                Rec.of(RecordKind.DROP_LAST_STEP, 0));
        assertEquals(List.of("PY_START f a.py:1", "a.py:1 f"), events);
    }

    @Test
    void should_keep_the_calls_of_threads_apart() throws TraceException {
        List<String> events = events(
                Rec.path("a.py"),
                Rec.function(0, 1, "f"),
                Rec.function(0, 5, "g"),
                thread(RecordKind.THREAD_START, 70),
                Rec.call(0),
                Rec.step(0, 2),
                thread(RecordKind.THREAD_START, 71),
                thread(RecordKind.THREAD_SWITCH, 71),
                Rec.call(1),
                thread(RecordKind.THREAD_SWITCH, 70),
                Rec.step(0, 3),
                Rec.leave(),
                thread(RecordKind.THREAD_EXIT, 70));
        assertEquals(
                List.of(
                        "PY_START f a.py:1",
                        "a.py:2 f",
                        "a.py:3 f",
                        "PY_RETURN f a.py:1",
                        "thread 1 PY_START g a.py:5"),
                events);
        assertEquals(List.of(2L, 1L, 0L, false, 1L, 0L, 9L, 77L, "g"), balance());
        assertTrue(log.lines.contains("thread 0 is 70") && log.lines.contains("thread 1 is 71"));
    }

    @Test
    void should_name_the_first_call_that_never_returned() throws TraceException {
        events(
                Rec.path("a.py"),
                Rec.function(0, 1, "<toplevel>"),
                Rec.function(0, 2, "f"),
                Rec.call(0),
                Rec.call(1),
                Rec.leave(),
                Rec.call(1),
                Rec.call(1),
                Rec.leave());
        assertEquals(List.of(4L, 2L, 1L, false, 1L, 0L, 7L, 77L, "f"), balance());
    }

    @Test
    void should_name_the_first_return_without_a_call() throws TraceException {
        List<String> events =
                events(Rec.path("a.py"), Rec.function(0, 1, "f"), Rec.call(0), Rec.leave(), Rec.leave(), Rec.leave());
        assertEquals(List.of("PY_START f a.py:1", "PY_RETURN f a.py:1"), events);
        assertEquals(Arrays.asList(1L, 3L, 0L, false, 0L, 2L, 5L, 77L, null), balance());
    }

    @Test
    void should_note_ids_that_are_not_there_and_go_on() throws TraceException {
        List<String> events = events(
                Rec.path("a.py"),
                Rec.function(4, 1, "lost"),
                Rec.function(0, -2, "f"),
                Rec.call(1),
                Rec.call(9),
                Rec.step(0, 3),
                Rec.leave(),
                Rec.step(1, 3),
                Rec.step(0, 1L << 31),
                Rec.leave());
        assertEquals(
                List.of(
                        "PY_START f a.py:-1",
                        "PY_START <unknown> a.py:-1",
                        "a.py:3 <unknown>",
                        "PY_RETURN <unknown> a.py:-1",
                        "PY_RETURN f a.py:-1"),
                events);
        assertEquals(
                List.of(
                        "record 2: expected a path below 1, found 4",
                        "record 3: expected a line, found -2",
                        "record 5: expected a function below 2, found 9",
                        "record 8: expected a path below 1, found 1",
                        "record 9: expected a line, found 2147483648"),
                notes());
        assertEquals(2, damage.events());
        assertEquals(77, damage.notes().get(0).position());
    }

    @Test
    void should_use_paths_that_stand_beside_for_ids_that_are_not_defined() throws TraceException {
        assembler.otherPaths(List.of("x.py", "y.py"));
        assertEquals(
                List.of("a.py:1 <unknown>", "y.py:2 <unknown>"),
                events(Rec.path("a.py"), Rec.step(0, 1), Rec.step(1, 2)));
        assertEquals(List.of(), notes());
    }

    @Test
    void should_tell_of_a_thread_without_an_id() throws TraceException {
        List<String> events = events(
                Rec.path("a.py"),
                thread(RecordKind.THREAD_SWITCH, 7),
                Rec.step(0, 1),
                thread(RecordKind.THREAD_SWITCH, RecordSink.NO_NUMBER),
                Rec.step(0, 2),
                thread(RecordKind.THREAD_SWITCH, -1),
                Rec.step(0, 3));
        assertEquals(List.of("a.py:1 <unknown>", "thread 1 a.py:2 <unknown>", "thread 2 a.py:3 <unknown>"), events);
        assertTrue(log.lines.contains("thread 1 is 0"), "its id is unknown");
        assertEquals(List.of("record 4: expected the id of a thread, found none, or 2^63"), notes());
    }

    /** Frames that are not kept are still counted, and threads beyond the limit are refused. */
    @Test
    void should_stay_small_whatever_is_claimed() throws TraceException {
        List<Rec> start = new ArrayList<>(List.of(Rec.path("a.py"), Rec.function(0, 1, "f")));
        for (Rec rec : start) {
            rec.pass(assembler);
        }
        int deep = (1 << 20) + 10;
        for (int i = 0; i < deep; i++) {
            assembler.call(0);
        }
        assembler.step(0, 5);
        for (int i = 0; i < deep; i++) {
            assembler.leave();
        }
        for (int id = 0; id < 70_000; id++) {
            assembler.thread(RecordKind.THREAD_SWITCH, id);
        }
        assembler.finish();
        assertEquals(
                List.of("PY_START f a.py:1", "a.py:5 f", "PY_RETURN f a.py:1"),
                log.events().stream().distinct().toList(),
                "what is called in a frame that is not kept did not begin and does not end");
        assertEquals(Arrays.asList((long) deep, (long) deep, 0L, true, 0L, 0L, null, null, null), balance());
        assertEquals(70_000 - (1 << 16), damage.places());
        assertEquals(
                "record " + (2 * deep + 4 + (1 << 16)) + ": expected at most 65536 threads, found another",
                notes().get(0));
    }

    @Test
    void should_refuse_more_names_than_there_is_memory_for() throws TraceException {
        FunctionTable table = new FunctionTable("t", log, () -> 7, 10_000);
        TraceException e = assertThrows(TraceException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                table.addPath("path");
            }
        });
        assertTrue(e.getMessage().contains("as much as this virtual machine's memory allows"), e.getMessage());
        assertTrue(table.paths() > 10, "paths: " + table.paths());
    }
}
