package dev.tracetool.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.format.nativetrace.Compression;
import dev.tracetool.format.nativetrace.NativeTraceWriter;
import dev.tracetool.testing.FakeCodeRecord;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayTest {
    /** Every kind that there is, and one that this version does not know; those of the stack have times. */
    private static final KindTable KINDS = new KindTable(Stream.concat(
                    Arrays.stream(EventKind.values())
                            .filter(kind -> kind != EventKind.OTHER)
                            .map(kind -> new KindTable.Kind(
                                    kind.name(),
                                    kind,
                                    kind.hasDestination() ? 2 : 1,
                                    kind.effect() != EventKind.Effect.NONE)),
                    Stream.of(new KindTable.Kind("PY_EVAPORATE", EventKind.OTHER, 0, false)))
            .toList());

    @TempDir
    Path folder;

    private Path file;
    private NativeTraceWriter writer;

    @BeforeEach
    void begin() throws IOException {
        file = folder.resolve("trace.bin");
        TraceMetadata metadata = new TraceMetadata(
                null,
                null,
                null,
                null,
                null,
                List.of(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                List.of(),
                false,
                null,
                0,
                LineTableFormat.LOCATIONS_3_11,
                KINDS);
        writer = new NativeTraceWriter(Files.newOutputStream(file), metadata, Compression.ZLIB);
    }

    /** One event of each kind in the order of the table, the argument of each being its number. */
    private static EventBlock oneOfEach(int thread, int code) {
        EventBlock block = new EventBlock(KINDS);
        block.reset(thread, KINDS.size(), 6, 4);
        int t = 0;
        int d = 0;
        for (int k = 1; k <= KINDS.size(); k++) {
            block.kinds()[k - 1] = (byte) k;
            block.codes()[k - 1] = code;
            block.args()[k - 1] = KINDS.kind(k).arguments() == 0 ? 0 : k;
            if (block.timed()[k]) {
                block.times()[t++] = 1000 + k;
            }
            if (block.destined()[k]) {
                block.destinations()[d++] = 100 + k;
            }
        }
        return block;
    }

    private List<String> replay() throws IOException {
        writer.end(2000);
        writer.close();
        List<String> calls = new ArrayList<>();
        Tracer tracer = (Tracer) Proxy.newProxyInstance(
                Tracer.class.getClassLoader(), new Class<?>[] {Tracer.class}, (p, m, a) -> {
                    calls.add(
                            m.getName() + Arrays.stream(a).map(ReplayTest::show).toList());
                    return null;
                });
        try (Trace trace = TraceFormats.open(file)) {
            assertTrue(Replay.run(trace, tracer).complete());
        }
        return calls;
    }

    private static String show(Object argument) {
        if (argument instanceof CodeObjectWrapper code) {
            return code.qualname();
        }
        return argument instanceof TraceThread thread ? thread.name() : String.valueOf(argument);
    }

    /** {@code PY_START} is {@code pyStart}. */
    private static String methodOf(EventKind kind) {
        StringBuilder name = new StringBuilder();
        for (String word : kind.name().toLowerCase(Locale.ROOT).split("_")) {
            name.append(name.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return name.toString();
    }

    @Test
    void should_make_one_call_for_each_event() throws IOException {
        writer.codes(List.of(FakeCodeRecord.of(5)));
        writer.thread(new TraceThread(0, 1, 0, "main"));
        writer.events(oneOfEach(0, 0));
        List<String> expected = new ArrayList<>(List.of("thread[main]"));
        for (int k = 1; k <= KINDS.size(); k++) {
            EventKind kind = KINDS.kind(k).kind();
            if (KINDS.kind(k).timed()) {
                expected.add("time[" + (1000 + k) + "]");
            }
            if (kind == EventKind.OTHER) {
                expected.add("other[PY_EVAPORATE, Klass.method_5, 0]");
            } else {
                String destination = kind.hasDestination() ? ", " + (100 + k) : "";
                expected.add(methodOf(kind) + "[Klass.method_5, " + k + destination + "]");
            }
        }
        assertEquals(expected, replay());
    }

    @Test
    void should_have_a_method_for_each_kind() throws NoSuchMethodException {
        for (EventKind kind : EventKind.values()) {
            if (kind != EventKind.OTHER) {
                Class<?>[] parameters = kind.hasDestination()
                        ? new Class<?>[] {CodeObjectWrapper.class, int.class, int.class}
                        : new Class<?>[] {CodeObjectWrapper.class, int.class};
                Method method = Tracer.class.getMethod(methodOf(kind), parameters);
                assertTrue(method.isDefault());
            }
        }
    }

    @Test
    void should_say_where_threads_change_and_get_names() throws IOException {
        writer.codes(List.of(FakeCodeRecord.of(5)));
        writer.thread(new TraceThread(0, 1, 0, "main"));
        writer.thread(new TraceThread(1, 2, 0, "worker"));
        writer.events(oneOfEach(0, 0));
        writer.events(oneOfEach(1, 0));
        writer.thread(new TraceThread(1, 2, 0, "renamed"));
        writer.events(oneOfEach(1, 0));
        writer.events(oneOfEach(0, 0));
        writer.mark(new TraceMark(0, 1500, "label", Map.of("name", "here")));
        List<String> calls = replay();
        assertEquals(
                List.of("thread[main]", "thread[worker]", "thread[renamed]", "thread[main]"),
                calls.stream().filter(call -> call.startsWith("thread")).toList());
        assertTrue(
                calls.get(calls.size() - 1).startsWith("mark[TraceMark[thread=0, time=1500, kind=label"),
                calls::toString);
    }

    @Test
    void should_wrap_each_code_object_once_also_where_an_id_comes_again() throws IOException {
        writer.codes(List.of(FakeCodeRecord.of(5), FakeCodeRecord.of(6)));
        writer.thread(new TraceThread(0, 1, 0, "main"));
        writer.events(oneOfEach(0, 0));
        writer.codeEnded(new int[] {0});
        writer.codes(List.of(FakeCodeRecord.of(5)));
        writer.events(oneOfEach(0, 0)); // of the one that has ended: its index stays valid
        writer.events(oneOfEach(0, 2));
        writer.codes(List.of(FakeCodeRecord.of(6), FakeCodeRecord.of(7))); // the first 6 has no end
        writer.events(oneOfEach(0, 1));
        writer.events(oneOfEach(0, 3));
        writer.events(oneOfEach(0, 4));
        writer.end(2000);
        writer.close();
        List<CodeObjectWrapper> first = new ArrayList<>();
        List<CodeObjectWrapper> again = new ArrayList<>();
        try (Trace trace = TraceFormats.open(file)) {
            for (List<CodeObjectWrapper> seen : List.of(first, again)) {
                Replay.run(trace, new Tracer() {
                    @Override
                    public void line(CodeObjectWrapper code, int line) {
                        seen.add(code);
                    }
                });
            }
        }
        assertEquals(
                List.of(0, 0, 2, 1, 3, 4),
                first.stream().map(CodeObjectWrapper::index).toList());
        assertEquals(
                List.of(0, 0, 2, 1, 3, 4),
                again.stream().map(CodeObjectWrapper::index).toList());
        assertSame(first.get(0), first.get(1));
        assertNotSame(first.get(0), first.get(2));
        assertNotSame(first.get(3), first.get(4));
        assertSame(first.get(5), again.get(5)); // what one pass has decoded is there for the next
    }
}
