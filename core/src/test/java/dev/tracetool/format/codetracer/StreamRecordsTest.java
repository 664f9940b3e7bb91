package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.TraceFormats;
import dev.tracetool.format.codetracer.ctfs.ByteWriter;
import dev.tracetool.format.codetracer.ctfs.BytesInput;
import dev.tracetool.format.codetracer.ctfs.CtContainer;
import dev.tracetool.format.codetracer.ctfs.CtRecording;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What the streams of a container have beside steps and calls is in the JSON that is made of it, in its order. */
class StreamRecordsTest {
    private static final byte[] VOID = {(byte) 0xFF};
    private static final byte[] NOTHING = {};

    private static Copied copied(CtContainer container) throws IOException {
        return copied(container.toBytes());
    }

    private static Copied copied(byte[] container) throws IOException {
        return Copied.of(new BytesInput("t.ct", container), true);
    }

    private static List<Object> tree(String json) {
        return JsonTree.array(json.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] integer(long number) {
        return CborTreeWriter.json("{\"kind\":\"Int\",\"i\":" + number + ",\"type_id\":0}");
    }

    private static String json(long number) {
        return "{\"kind\":\"Int\",\"i\":" + number + ",\"type_id\":0}";
    }

    private static byte[] arguments(byte[]... values) {
        ByteWriter out = new ByteWriter().varint(values.length);
        for (int i = 0; i < values.length; i++) {
            out.varint(i).sized(values[i]);
        }
        return out.toBytes();
    }

    /** A recording to which steps in a file can be added at once. */
    private static CtRecording ofOneFile() {
        CtRecording recording = new CtRecording().ownValues();
        recording.path("/p/a.py");
        return recording;
    }

    /** The last step has a value of the first variable. */
    private static void value(CtRecording recording, long number) {
        recording.values().u8(0).varint(1).varint(0).sized(integer(number));
    }

    @Test
    void should_carry_all_records_over_in_their_order() throws IOException {
        CtRecording recording = ofOneFile();
        recording.path("/p/b.py");
        recording.type("int");
        recording.variable("x");
        recording.variable("é\n");
        int f = recording.function("f", 0, 3);
        recording.step(0, 1); // what the writer puts first
        recording.call(f, arguments(integer(1), integer(2)));
        recording.step(0, 3);
        value(recording, 1);
        recording.step(0, 4);
        recording.values().u8(0).varint(2).varint(0).sized(integer(1)).varint(1).sized(integer(-9));
        recording.output(0, "{\"stream\":\"stdout\"}", "né\n".getBytes(StandardCharsets.UTF_8));
        recording.output(12, "", NOTHING);
        recording.raise("oh no");
        recording
                .values()
                .u8(1)
                .varint(1)
                .signed(-7)
                .u8(2)
                .varint(5)
                .u8(3)
                .varint(2)
                .varint(300)
                .varint(1);
        recording.values().u8(4).signed(-3).sized(integer(4)).u8(5).signed(3).sized(integer(5));
        recording
                .values()
                .u8(6)
                .signed(1)
                .sized(integer(6))
                .u8(7)
                .signed(-1)
                .varint(8)
                .signed(9);
        recording.values().u8(8).varint(2).signed(4).u8(9).varint(1).u8(1);
        recording.values().sized(CborTreeWriter.json("{\"kind\":\"Simple\",\"data\":7}"));
        recording.values().u8(77).sized((byte) 1, (byte) 2);
        recording.thread(5, 11);
        recording.thread(4, 11);
        recording.step(1, 9);
        recording.thread(6, 11);
        recording.thread(4, 10);
        recording.leave(integer(12), NOTHING);
        recording.output(0, "last", "end".getBytes(StandardCharsets.UTF_8));
        Copied copied = copied(recording.container());
        assertEquals(tree("""
                [{"Path":"/p/a.py"},{"Path":"/p/b.py"},{"Path":"prog.py"},
                {"Function":{"path_id":2,"line":1,"name":"<toplevel>"}},{"Call":{"function_id":0,"args":[]}},
                {"Type":{"kind":16,"lang_type":"int","specific_info":{"kind":"None"}}},
                {"VariableName":"x"},{"VariableName":"é\\n"},
                {"Function":{"path_id":0,"line":3,"name":"f"}},{"Step":{"path_id":0,"line":3}},
                {"Call":{"function_id":1,"args":[
                  {"variable_id":0,"value":{"kind":"Int","i":1,"type_id":0}},
                  {"variable_id":1,"value":{"kind":"Int","i":2,"type_id":0}}]}},
                {"Value":{"variable_id":0,"value":{"kind":"Int","i":1,"type_id":0}}},
                {"Step":{"path_id":0,"line":4}},
                {"Value":{"variable_id":0,"value":{"kind":"Int","i":1,"type_id":0}}},
                {"Value":{"variable_id":1,"value":{"kind":"Int","i":-9,"type_id":0}}},
                {"Event":{"kind":0,"metadata":"{\\"stream\\":\\"stdout\\"}","content":"né\\n"}},
                {"Event":{"kind":12,"metadata":"","content":""}},
                {"Event":{"kind":11,"metadata":"","content":"oh no"}},
                {"BindVariable":{"variable_id":1,"place":-7}},{"DropVariable":5},{"DropVariables":[300,1]},
                {"CellValue":{"place":-3,"value":{"kind":"Int","i":4,"type_id":0}}},
                {"CompoundValue":{"place":3,"value":{"kind":"Int","i":5,"type_id":0}}},
                {"AssignCell":{"place":1,"new_value":{"kind":"Int","i":6,"type_id":0}}},
                {"AssignCompoundItem":{"place":-1,"index":8,"item_place":9}},
                {"VariableCell":{"variable_id":2,"place":4}},
                {"Assignment":{"to":1,"pass_by":"Reference","from":{"kind":"Simple","data":7}}},
                {"ThreadStart":11},{"ThreadSwitch":11},{"Step":{"path_id":1,"line":9}},{"ThreadExit":11},
                {"ThreadSwitch":10},{"Event":{"kind":0,"metadata":"last","content":"end"}},
                {"Return":{"return_value":{"kind":"Int","i":12,"type_id":0}}}]
                """), copied.records());
        assertEquals(
                "1 RAISE event (written as records of errors)\n1 record of values (of a kind that is not known)\n",
                copied.lost());
        assertEquals(List.of(), copied.notes());
    }

    /** The same program with every size of chunk; what the records say of it is what was told to the writer. */
    @Test
    void should_carry_over_what_any_program_had() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            CtRecording recording = new CtRecording().ownValues().chunks(1 + seed * 7 % 50, 1 + seed * 5 % 30);
            if (seed % 2 == 1) {
                recording.columnAware();
            }
            Program program = new Program(seed, recording);
            program.run(30 + 10 * seed);
            byte[] bytes = recording.container().toBytes();
            Copied copied = copied(bytes);
            assertEquals(List.of(), copied.notes());
            assertEquals(tree("[" + String.join(",", program.expected) + "]"), happened(copied), "seed " + seed);
            assertEquals(events(bytes), events(copied.json()), "seed " + seed);
            assertEquals(
                    (long) values(copied).size(), streamOfValues(summary(bytes)).get(2), "seed " + seed);
        }
    }

    /** All but definitions and the top level. */
    private static List<Object> happened(Copied copied) {
        List<Object> records = new ArrayList<>();
        int calls = 0;
        for (Object one : copied.records()) {
            String kind = ((Map<?, ?>) one).keySet().iterator().next().toString();
            boolean definition =
                    List.of("Path", "Function", "Type", "VariableName").contains(kind);
            calls += kind.equals("Call") ? 1 : 0;
            if (!definition && !(kind.equals("Call") && calls == 1)) {
                records.add(one);
            }
        }
        return records;
    }

    /** Those of variables. */
    private static List<Object> values(Copied copied) {
        return copied.records().stream()
                .filter(one -> one instanceof Map<?, ?> record && record.containsKey("Value"))
                .toList();
    }

    /** What inspect says of the stream of values. */
    private static TraceSummary summary(byte[] container) throws IOException {
        try (Trace trace = TraceFormats.open(new BytesInput("t", container))) {
            return trace.summary();
        }
    }

    private static List<Object> streamOfValues(TraceSummary summary) {
        for (DetailTable table : summary.details()) {
            for (List<Object> row : table.rows()) {
                if (table.name().equals("streams") && "values".equals(row.get(0))) {
                    return row;
                }
            }
        }
        throw new AssertionError("no stream of values");
    }

    private static List<String> events(byte[] bytes) throws IOException {
        EventLog log = new EventLog();
        try (Trace trace = TraceFormats.open(new BytesInput("t", bytes))) {
            ReadResult result = trace.read(log);
            assertEquals(List.of(), result.damage().notes());
        }
        return log.events().stream()
                .filter(event -> !event.contains("RAISE"))
                .map(event -> event.replace("PY_UNWIND", "PY_RETURN"))
                .toList();
    }

    /** Made up from a seed. */
    private static final class Program {
        final List<String> expected = new ArrayList<>();
        private final Random random;
        private final CtRecording recording;
        private final List<Integer> called = new ArrayList<>();
        private int left;

        Program(int seed, CtRecording recording) {
            this.random = new Random(seed);
            this.recording = recording;
            int[] lengths = new int[100];
            Arrays.fill(lengths, 30);
            recording.path("/p/a.py", lengths);
            recording.type("int");
            for (int i = 0; i < 5; i++) {
                recording.function("f" + i, 0, 10 * i + 1);
                recording.variable("v" + i);
            }
        }

        void run(int steps) {
            left = steps;
            recording.step(0, 1);
            while (left > 0) {
                call(0);
            }
        }

        private void call(int depth) {
            int f = random.nextInt(5);
            int given = random.nextInt(3);
            byte[][] values = new byte[given][];
            StringBuilder args = new StringBuilder();
            for (int i = 0; i < given; i++) {
                long number = random.nextLong();
                values[i] = integer(number);
                args.append(i == 0 ? "" : ",").append("{\"variable_id\":" + i + ",\"value\":" + json(number) + "}");
            }
            recording.call(f, arguments(values));
            recording.step(0, 10 * f + 1);
            expected.add("{\"Step\":{\"path_id\":0,\"line\":" + (10 * f + 1) + "}}");
            expected.add("{\"Call\":{\"function_id\":" + (1 + first(f)) + ",\"args\":[" + args + "]}}");
            more();
            for (int n = random.nextInt(8); n > 0 && left-- > 0; n--) {
                if (depth < 9 && random.nextInt(4) == 0) {
                    call(depth + 1);
                } else if (random.nextInt(6) == 0) {
                    recording.raise("e" + left);
                    expected.add("{\"Event\":{\"kind\":11,\"metadata\":\"\",\"content\":\"e" + left + "\"}}");
                    more();
                } else {
                    int line = 10 * f + 2 + random.nextInt(8);
                    recording.step(0, line);
                    expected.add("{\"Step\":{\"path_id\":0,\"line\":" + line + "}}");
                    more();
                }
            }
            long number = random.nextLong();
            switch (random.nextInt(3)) {
                case 0 -> {
                    recording.leave(VOID, NOTHING);
                    expected.add("{\"Return\":{\"return_value\":{\"kind\":\"None\",\"type_id\":1}}}");
                }
                case 1 -> {
                    recording.leave(VOID, integer(number));
                    expected.add("{\"Return\":{\"return_value\":" + json(number) + "}}");
                }
                default -> {
                    recording.leave(integer(number), NOTHING);
                    expected.add("{\"Return\":{\"return_value\":" + json(number) + "}}");
                }
            }
        }

        /** Functions have ids in the order in which they are called first. */
        private int first(int f) {
            if (!called.contains(f)) {
                called.add(f);
            }
            return called.indexOf(f);
        }

        /** Values and output of the last step. */
        private void more() {
            int values = Math.max(0, random.nextInt(5) - 2);
            if (values > 0) {
                recording.values().u8(0).varint(values);
            }
            for (int i = 0; i < values; i++) {
                long number = random.nextLong();
                recording.values().varint(i).sized(integer(number));
                expected.add("{\"Value\":{\"variable_id\":" + i + ",\"value\":" + json(number) + "}}");
            }
            if (random.nextInt(5) == 0) {
                recording.output(0, "", ("o" + left).getBytes(StandardCharsets.UTF_8));
                expected.add("{\"Event\":{\"kind\":0,\"metadata\":\"\",\"content\":\"o" + left + "\"}}");
            }
        }
    }

    @Test
    void should_tell_numbers_and_references_as_json_can() throws IOException {
        CtRecording recording = ofOneFile();
        recording.step(0, 1);
        recording.step(0, 2);
        byte[] real = CborTreeWriter.json("{\"kind\":\"Float\",\"f\":2.5,\"type_id\":0}");
        byte[] big = new ByteWriter()
                .u8(0xA2)
                .u8(0x64)
                .bytes(ByteWriter.utf8("kind"))
                .u8(0x66)
                .bytes(ByteWriter.utf8("BigInt"))
                .u8(0x61)
                .bytes(ByteWriter.utf8("b"))
                .u8(0x42)
                .bytes((byte) 1, (byte) 2)
                .toBytes();
        byte[] reference = new ByteWriter().u8(0xD9).u8(1).u8(0).u8(7).toBytes();
        recording.values().u8(0).varint(4);
        recording
                .values()
                .varint(0)
                .sized(real)
                .varint(1)
                .sized(big)
                .varint(2)
                .sized(reference)
                .varint(3)
                .sized();
        Copied copied = copied(recording.container());
        assertEquals(tree("""
                [{"Value":{"variable_id":0,"value":{"kind":"Float","f":2.5,"type_id":0}}},
                {"Value":{"variable_id":1,"value":{"kind":"BigInt","b":"AQI="}}},
                {"Value":{"variable_id":2,"value":{"kind":"ValueRef","ref_id":7}}},
                {"Value":{"variable_id":3,"value":null}}]
                """), values(copied));
        assertTrue(copied.lost().contains("1 reference to an earlier value (written as its number)"), copied.lost());
    }

    /** A value that is no CBOR costs its record, and of a call its arguments or what it returned; nothing else. */
    @Test
    void should_lose_no_more_than_the_value_that_is_malformed() throws IOException {
        CtRecording recording = ofOneFile();
        int f = recording.function("f", 0, 3);
        recording.step(0, 1);
        byte[] torn = {(byte) 0xA2, 0x61};
        recording.call(f, arguments(integer(1), torn));
        recording.step(0, 3);
        recording.step(0, 4);
        recording
                .values()
                .u8(0)
                .varint(3)
                .varint(0)
                .sized(integer(1))
                .varint(1)
                .sized(torn)
                .varint(2)
                .sized(integer(3));
        recording.leave(torn, NOTHING);
        Copied copied = copied(recording.container());
        assertEquals(tree("""
                [{"Step":{"path_id":0,"line":3}},{"Call":{"function_id":1,"args":[]}},{"Step":{"path_id":0,"line":4}},
                {"Value":{"variable_id":0,"value":{"kind":"Int","i":1,"type_id":0}}},
                {"Value":{"variable_id":2,"value":{"kind":"Int","i":3,"type_id":0}}},
                {"Return":{"return_value":{"kind":"None","type_id":0}}}]
                """), happened(copied));
        assertEquals(3, copied.result().damage().places());
        for (Damage.Note note : copied.result().damage().notes()) {
            assertTrue(note.message().matches("record \\d+: in a value of 2 bytes: expected .*"), note.message());
            assertTrue(note.position() > 0);
        }
    }

    @Test
    void should_tell_when_half_of_a_stream_is_lost() throws IOException {
        for (String stream : List.of("values", "calls", "events")) {
            for (String end : List.of(".dat", ".idx")) {
                CtRecording recording = ofOneFile();
                recording.step(0, 1);
                recording.call(recording.function("f", 0, 2), arguments());
                recording.step(0, 2);
                value(recording, 1);
                recording.output(0, "", NOTHING);
                recording.leave(VOID, NOTHING);
                String other = end.equals(".dat") ? ".idx" : ".dat";
                byte[] bytes = recording.container().without(stream + end).toBytes();
                try (Trace trace = TraceFormats.open(new BytesInput("t", bytes))) {
                    List<Damage.Note> notes =
                            trace.read(new EventLog()).damage().notes();
                    assertEquals(1, notes.size());
                    assertEquals(
                            "expected " + stream + end + " beside " + stream + other + ", found none",
                            notes.get(0).message());
                }
            }
        }
    }

    @Test
    void should_not_take_bytes_of_one_record_for_values_of_another() throws IOException {
        CtRecording recording = ofOneFile();
        recording.step(0, 1);
        recording.step(0, 2);
        recording.values().u8(0).varint(5);
        recording.step(0, 3);
        value(recording, 3);
        Copied copied = copied(recording.container());
        assertEquals(tree("[{\"Value\":{\"variable_id\":0,\"value\":" + json(3) + "}}]"), values(copied));
        assertEquals(List.of("values.dat: expected at most 0 items, found 5"), copied.notes());
    }

    /** A record that is malformed costs what comes after that in it, and nothing of the rest of its chunk. */
    @Test
    void should_count_as_many_values_as_are_copied() throws IOException {
        CtRecording recording = ofOneFile();
        recording.step(0, 1);
        value(recording, 1);
        recording.step(0, 2);
        recording
                .values()
                .u8(0)
                .varint(3)
                .varint(0)
                .sized(integer(2))
                .varint(1)
                .varint(99)
                .u8(1);
        recording.step(0, 3);
        recording.values().u8(2).varint(5);
        value(recording, 3);
        value(recording, 4);
        recording.step(0, 4);
        recording.values().u8(0);
        recording.step(0, 5);
        recording.values().u8(0).varint(5);
        recording.step(0, 6);
        value(recording, 5);
        recording.values().u8(9).varint(1).u8(2).sized(integer(6));
        value(recording, 7);
        recording.step(0, 7);
        value(recording, 8);
        byte[] bytes = recording.container().toBytes();
        Copied copied = copied(bytes);
        assertEquals(
                tree("["
                        + LongStream.of(1, 2, 3, 4, 5, 8)
                                .mapToObj(number -> "{\"Value\":{\"variable_id\":0,\"value\":" + json(number) + "}}")
                                .collect(Collectors.joining(","))
                        + "]"),
                values(copied));
        TraceSummary summary = summary(bytes);
        assertEquals(List.of(7L, 6L), streamOfValues(summary).subList(1, 3));
        assertEquals(
                List.of(
                        "values.dat: expected at most 1 items, found 99",
                        "values.dat: expected the rest of a number, found the end",
                        "values.dat: expected at most 0 items, found 5",
                        "values.dat: expected an assignment by value (0) or reference (1), found 2"),
                copied.notes());
        assertEquals(copied.result().damage().notes(), summary.result().damage().notes());
    }

    /** Else what a chunk has would be taken for what belongs to other steps. */
    @Test
    void should_tell_when_a_chunk_has_not_as_many_records_as_its_index_says() throws IOException {
        for (int said : new int[] {1, 3, 7}) {
            CtRecording recording = ofOneFile().chunks(100, 2);
            for (int i = 0; i < 6; i++) {
                recording.step(0, 1 + i);
                value(recording, i);
            }
            CtContainer container = recording.container();
            byte[] index = container.content("values.idx");
            index[0] = (byte) said;
            Copied copied = copied(container.file("values.idx", index));
            assertTrue(
                    copied.notes().get(0).startsWith("values.dat: expected "),
                    copied.notes().toString());
        }
    }

    @Test
    void should_tell_values_and_calls_of_steps_that_there_are_not() throws IOException {
        CtRecording recording = ofOneFile();
        recording.step(0, 1);
        recording.step(0, 2);
        recording.output(0, "", NOTHING);
        CtRecording longer = ofOneFile();
        for (int i = 0; i < 9; i++) {
            longer.step(0, 1);
        }
        longer.output(0, "", "late".getBytes(StandardCharsets.UTF_8));
        CtContainer from = longer.container();
        CtContainer container = recording.container();
        for (String file : List.of("events.dat", "events.idx")) {
            container.file(file, from.content(file));
        }
        Copied copied = copied(container);
        assertEquals(List.of("expected steps below 2, found values or output with 8"), copied.notes());
        assertTrue(new String(copied.json(), StandardCharsets.UTF_8).contains("\"late\""));
    }
}
