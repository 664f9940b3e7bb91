package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.codetracer.EncodedTrace.Encoding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Records become JSON with all that they hold, from whatever encoding. */
class RecordCopyTest {
    /** Each kind of record, and of value, at least once. */
    private static final String ALL = """
            [{"Path":"/p/é.py"},{"Path":""},
            {"Function":{"path_id":0,"line":-1,"name":"f\\"\\n"}},
            {"VariableName":"x"},{"Variable":"old"},
            {"Type":{"kind":7,"lang_type":"int","specific_info":{"kind":"None"}}},
            {"Type":{"kind":6,"lang_type":"P","specific_info":{"kind":"Struct","fields":[
              {"name":"a","type_id":0},{"name":"","type_id":7}]}}},
            {"Type":{"kind":33,"lang_type":"","specific_info":{"kind":"Pointer","dereference_type_id":1}}},
            {"ThreadStart":18446744073709551615},
            {"Step":{"path_id":1,"line":2147483647}},
            {"Call":{"function_id":0,"args":[
              {"variable_id":0,"value":{"kind":"Int","i":-9223372036854775807,"type_id":0}},
              {"variable_id":1,"value":{"kind":"None","type_id":2}}]}},
            {"Call":{"function_id":0,"args":[]}},
            {"Value":{"variable_id":3,"value":{"kind":"Float","f":"2.5","type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Float","f":"-inf","type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Float","f":"NaN","type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Float","f":"100000000000000000000000","type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Bool","b":true,"type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Bool","b":false,"type_id":0}}},
            {"Value":{"variable_id":3,"value":{"kind":"String","text":"\\u0000\\ud83d\\ude00","type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Raw","r":"<x>","type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Error","msg":"no","type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"Cell","place":-5}}},
            {"Value":{"variable_id":3,"value":{"kind":"BigInt","b":"AQIDBAUGBwgJ","negative":true,"type_id":1}}},
            {"Value":{"variable_id":3,"value":{"kind":"BigInt","b":"","negative":false,"type_id":1}}},
            {"Value":{"variable_id":4,"value":{"kind":"Sequence","elements":[
              {"kind":"Tuple","elements":[],"type_id":2},
              {"kind":"Tuple","elements":[{"kind":"Int","i":1,"type_id":0},{"kind":"Sequence","elements":[
                {"kind":"Int","i":2,"type_id":0}],"is_slice":false,"type_id":3}],"type_id":2},
              {"kind":"Struct","field_values":[{"kind":"Variant","discriminator":"Some","contents":
                {"kind":"Reference","dereferenced":{"kind":"Struct","field_values":[],"type_id":9},
                 "address":18446744073709551615,"mutable":true,"type_id":8},"type_id":7}],"type_id":6},
              {"kind":"None","type_id":0}],"is_slice":true,"type_id":3}}},
            {"Return":{"return_value":{"kind":"String","text":"r","type_id":1}}},
            {"Event":{"kind":2,"metadata":"m","content":"out\\n"}},{"Event":{"kind":13,"metadata":"","content":""}},
            {"Event":{"kind":3,"metadata":"","content":""}},{"Event":{"kind":5,"metadata":"","content":""}},
            {"Event":{"kind":11,"metadata":"","content":""}},{"Event":{"kind":12,"metadata":"","content":""}},
            {"Asm":["mov","",""]},{"Asm":[]},
            {"BindVariable":{"variable_id":3,"place":-1}},{"VariableCell":{"variable_id":3,"place":9223372036854775807}},
            {"Assignment":{"to":1,"pass_by":"Value","from":{"kind":"Simple","data":7}}},
            {"Assignment":{"to":1,"pass_by":"Reference","from":{"kind":"Compound","data":[1,2,3]}}},
            {"DropVariables":[4,0,5]},{"DropVariable":6},
            {"CompoundValue":{"place":1,"value":{"kind":"Int","i":5,"type_id":0}}},
            {"CellValue":{"place":2,"value":{"kind":"Int","i":6,"type_id":0}}},
            {"AssignCell":{"place":3,"new_value":{"kind":"Int","i":7,"type_id":0}}},
            {"AssignCompoundItem":{"place":4,"index":8,"item_place":5}},
            {"ThreadSwitch":3},{"ThreadExit":3},"DropLastStep"]
            """;

    private static final List<Object> RECORDS = JsonTree.array(bytes(ALL));

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] cbor(int... content) {
        byte[] bytes = new byte[content.length];
        for (int i = 0; i < content.length; i++) {
            bytes[i] = (byte) content[i];
        }
        return CborRecordsWriter.file(bytes, 1 << 20, true);
    }

    private static String sorted(Copied copied) {
        return JsonTree.sorted(copied.records());
    }

    @Test
    void should_copy_every_kind_of_record_and_value_of_each_encoding() throws IOException {
        Copied json = Copied.of(bytes(ALL));
        assertEquals(RECORDS, json.records());
        assertEquals("", json.lost());
        for (int seed = 0; seed < 20; seed++) {
            Copied v0 = Copied.of(CapnpTreeWriter.writeTrees(RECORDS, seed, 10 + 30 * seed));
            assertEquals(JsonTree.sorted(RECORDS), sorted(v0), "seed " + seed);
            assertEquals("", v0.lost());
            Copied v1 = Copied.of(CborRecordsWriter.file(CborTreeWriter.content(RECORDS), 50 + seed, true));
            assertEquals(RECORDS, v1.records(), "seed " + seed);
            assertEquals("", v1.lost());
            assertEquals(List.of(), v1.notes());
            assertTrue(v0.result().complete() && v1.result().complete());
        }
    }

    /** Numbers too large for a long, deep and long values, members in any order. */
    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"JSON", "PRETTY_JSON"})
    void should_copy_json_as_it_is(Encoding encoding) throws IOException {
        for (long seed = 1; seed <= 40; seed++) {
            List<Rec> records = Rec.random(seed, (int) (seed * seed));
            records.add(0, Rec.path("first"));
            byte[] json = encoding.write(records, seed);
            Copied copied = Copied.of(json);
            assertEquals(JsonTree.array(json), copied.records(), "seed " + seed);
            assertEquals("", copied.lost());
            assertTrue(copied.result().complete());
        }
    }

    @Test
    void should_keep_what_nobody_knows() throws IOException {
        String json =
                "[{\"Path\":\"a\",\"more\":[1e400,-0,0.10,{\"\\u0000\":\"\\ud800\"}]},{\"New\":null},7,\"x\",{},[]]";
        Copied copied = Copied.of(bytes(json));
        assertEquals(JsonTree.array(bytes(json)), copied.records());
        assertTrue(copied.result().complete());
        assertEquals(6, copied.result().damage().places());
    }

    @Test
    void should_read_the_same_from_the_copy() throws IOException {
        for (Encoding encoding : Encoding.values()) {
            List<Rec> records = Rec.random(7, 800);
            records.add(0, Rec.path("first"));
            byte[] bytes = encoding.write(records, 7);
            assertEquals(
                    EncodedTrace.read(bytes).log().lines,
                    EncodedTrace.read(Copied.of(bytes).json()).log().lines,
                    encoding.toString());
        }
    }

    @Test
    void should_tell_numbers_that_json_does_not_have_as_texts_where_its_own_writer_does() throws IOException {
        String json = "[{\"Value\":{\"f\":NaN,\"g\":[Infinity,{\"f\":-Infinity},NaN],\"f2\":[{\"f\":1},NaN]}}]";
        Copied copied = Copied.of(bytes(json));
        assertEquals(
                "[{\"Value\":{\"f\":\"NaN\",\"g\":[null,{\"f\":\"-inf\"},null],\"f2\":[{\"f\":1},null]}}]",
                new String(copied.json(), StandardCharsets.UTF_8).replace("\n", ""));
        assertEquals("3 non-finite number (written as null)\n", copied.lost());
    }

    @Test
    void should_tell_and_count_what_only_cbor_has() throws IOException {
        Copied copied = Copied.of(cbor(
                0xA1, 0x65, 'V', 'a', 'l', 'u', 'e', 0xBF, // {"Value": {_
                0x61, 'b', 0x42, 1, 2, // "b": bytes
                0x01, 0x5F, 0x41, 3, 0x41, 4, 0xFF, // 1: bytes in pieces
                0x20, 0xF7, // -1: undefined
                0x80, 0x01, // a name that is an array
                0xC0, 0x61, 'n', 0xD9, 1, 0, 0xF0, // a tagged name: a tagged simple value
                0x61, 'h', 0xF9, 0x3E, 0x00, // half 1.5
                0x61, 'i', 0xF9, 0x7C, 0x00, // half infinity
                0x61, 's', 0xFA, 0x3F, 0xC0, 0, 0, // single 1.5
                0x61, 'p', 0xC2, 0x49, 1, 0, 0, 0, 0, 0, 0, 0, 0, // 2^64
                0x61, 'q', 0xC3, 0x41, 0xFF, // -256
                0x61, 'm', 0x3B, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, // -2^64
                0x61, 't', 0x7F, 0x61, 'x', 0x62, 0xC3, 0xA9, 0xFF, // "x" "é" in pieces
                0x61, 'u', 0x61, 0xFF, // no UTF-8
                0x7F, 0x61, 'v', 0x61, 'w', 0xFF, 0x7F, 0x62, 'a', 0xE2, 0xFF, // a name, and no UTF-8, in pieces
                0xFF));
        assertEquals(
                "[{\"Value\":{\"b\":\"AQI=\",\"1\":\"AwQ=\",\"-1\":null,\"n\":null,\"h\":1.5,\"i\":null,\"s\":1.5,"
                        + "\"p\":18446744073709551616,\"q\":-256,\"m\":-18446744073709551616,\"t\":\"x\\u00E9\","
                        + "\"u\":\"\\uFFFD\",\"vw\":\"a\\uFFFD\"}}]",
                new String(copied.json(), StandardCharsets.UTF_8).replace("\n", ""));
        assertEquals("""
                2 non-text name (written as text)
                1 byte string (written as base64)
                1 undefined value (written as null)
                1 unnamed member
                2 CBOR tag
                1 simple value of CBOR (written as null)
                1 non-finite number (written as null)
                2 malformed UTF-8 text (with replacement characters)
                """, copied.lost());
        assertEquals(List.of(), copied.notes());
    }

    /** Wherever a file ends, what was whole is there, in JSON that is whole too. */
    @ParameterizedTest
    @EnumSource(
            value = Encoding.class,
            names = {"JSON", "CBOR"})
    void should_write_the_records_before_a_cut(Encoding encoding) throws IOException {
        byte[] whole = encoding == Encoding.JSON
                ? bytes(ALL)
                : CborRecordsWriter.file(CborTreeWriter.content(RECORDS), 200, true);
        int most = 0;
        for (int cut = encoding == Encoding.JSON ? 30 : 8; cut < whole.length - 1; cut++) {
            Copied copied = Copied.of(Arrays.copyOf(whole, cut));
            List<Object> records = copied.records();
            assertEquals(RECORDS.subList(0, records.size()), records, "cut at " + cut);
            assertTrue(records.size() >= most, "cut at " + cut);
            most = records.size();
            assertFalse(copied.result().complete(), "cut at " + cut);
            assertTrue(copied.lost().contains("the mark of a recording that was cut off"), copied.lost());
            assertTrue(copied.result().damage().places() <= 4, copied.notes().toString());
        }
        assertEquals(RECORDS.size(), most);
    }

    @Test
    void should_survive_a_changed_byte_anywhere() throws IOException {
        byte[] content = CborTreeWriter.content(RECORDS);
        byte[] v0 = CapnpTreeWriter.writeTrees(RECORDS, 3, 60);
        for (int at = 8; at < Math.max(content.length, v0.length); at++) {
            for (int change : new int[] {1, 0x40, 0xFF}) {
                if (at < content.length) {
                    byte[] changed = content.clone();
                    changed[at] ^= (byte) change;
                    Copied.of(CborRecordsWriter.file(changed, 300, true)).records();
                }
                if (at < v0.length) {
                    byte[] changed = v0.clone();
                    changed[at] ^= (byte) change;
                    try {
                        Copied.of(changed).records();
                    } catch (dev.tracetool.trace.TraceException e) {
                        DamagedCodetracerTest.check(e, changed.length);
                    }
                }
            }
        }
    }

    @Test
    void should_stream_texts_and_bytes_of_any_length_but_no_record_that_is_too_large() throws IOException {
        int size = 3 << 20;
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        item(content, "VariableName", 3, size, 'x');
        item(content, "VariableName", 2, size, 0);
        item(content, "VariableName", 3, 70 << 20, 'x');
        item(content, "Path", 3, 2, 'y');
        Copied copied = Copied.of(CborRecordsWriter.file(content.toByteArray(), 1 << 20, true));
        List<Object> records = copied.records();
        assertEquals(Map.of("VariableName", "x".repeat(size)), records.get(0));
        assertEquals(Map.of("VariableName", "A".repeat(size / 3 * 4)), records.get(1));
        assertEquals(Map.of("VariableName", "<unknown>"), records.get(2)); // those after it keep their ids
        assertEquals(Map.of("Path", "yy"), records.get(3));
        assertEquals(
                List.of("record 3: expected a record of at most 67108864 bytes of JSON, found a larger one"),
                copied.notes());
    }

    /** A parser cannot go on within a text that it does not hold: it begins anew behind it. */
    @Test
    void should_go_on_behind_json_with_texts_that_are_too_long() throws IOException {
        String text = "x".repeat((16 << 20) + 1);
        for (String start : List.of("", "\uFEFF \n")) {
            String json = start + "[{\"Path\":\"a\"}, {\"VariableName\":\"" + text
                    + "\"},\n {\"Path\":\"c\"},{\"Value\":{\"é\":\"" + text
                    + "\"}},{\"Path\":\"d\"}, {\"Step\":{\"path_id\":3,\"line";
            Copied copied = Copied.of(bytes(json));
            assertEquals(
                    "[{Path='a',},\n{VariableName='<unknown>',},\n{Path='c',},\n{Path='d',},\n]",
                    JsonTree.sorted(copied.records()));
            assertEquals(3, copied.notes().size(), copied.notes().toString());
            assertEquals(
                    bytes(json).length, copied.result().damage().notes().get(0).position());
            for (int i = 1; i < 3; i++) {
                String note = copied.notes().get(i);
                String tooLong = "expected a text or a number that is not so long, found a longer one";
                assertEquals("record " + 2 * i + ": " + tooLong, note);
                long at = copied.result().damage().notes().get(i).position();
                assertEquals('{', (char) bytes(json)[(int) at]);
            }
        }
    }

    private static void item(ByteArrayOutputStream out, String label, int major, int size, int fill) {
        out.write(0xA1);
        out.write(0x60 + label.length());
        out.writeBytes(bytes(label));
        out.write(major << 5 | 26);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(size >>> shift);
        }
        byte[] text = new byte[size];
        Arrays.fill(text, (byte) fill);
        out.writeBytes(text);
    }

    @Test
    void should_follow_values_as_deep_as_who_reads_them_again() throws IOException {
        for (int depth : new int[] {9_000, 9_997, 9_998, 100_000}) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            content.write(0xA1);
            content.writeBytes(bytes("eValue"));
            for (int i = 0; i < depth; i++) {
                content.write(0x81);
            }
            content.write(0);
            item(content, "Path", 3, 2, 'y');
            Copied copied = Copied.of(CborRecordsWriter.file(content.toByteArray(), 1 << 20, true));
            boolean fits = depth + 2 <= 10_000;
            int expected = fits ? 2 : depth < 10_000 ? 1 : 0;
            String json = new String(copied.json(), StandardCharsets.UTF_8);
            assertEquals(expected, json.lines().count() - 2, "depth " + depth); // a record a line, and the brackets
            assertEquals(fits, copied.notes().isEmpty());
            if (expected > 0) {
                assertTrue(EncodedTrace.read(copied.json()).result().complete(), "depth " + depth);
            }
        }
    }

    @Test
    void should_copy_what_stands_beside_it_as_it_is() throws IOException {
        String about = "{\"workdir\":\"/w\",\"program\":\"p\",\"args\":[\"a\"],\"new\":{\"x\":1.0},"
                + "\"process_exit_status\":{\"code\":3,\"label\":null}}";
        String paths = "[\"é\",\"b\"]";
        Copied copied = Copied.of(
                new EncodedTrace(
                        "t.json", bytes("[{\"Path\":\"a\"}]"), Map.of("t_metadata.json", about, "t_paths.json", paths)),
                true);
        assertEquals(about, copied.metadata());
        assertEquals(paths, copied.paths());
    }

    @Test
    void should_make_what_should_stand_beside_it_where_there_is_none_or_another() throws IOException {
        byte[] json = bytes("[{\"Path\":\"a\"},{\"Path\":7},{\"Path\":\"b\"}]");
        for (Map<String, String> beside :
                List.of(Map.<String, String>of(), Map.of("t_metadata.json", "{\"program\":\"", "t_paths.json", "{}"))) {
            Copied copied = Copied.of(new EncodedTrace("t.json", json, beside), true);
            assertEquals("{\"workdir\":\"\",\"program\":\"\",\"args\":[]}\n", copied.metadata());
            assertEquals("[\"a\",\"<unknown>\",\"b\"]\n", copied.paths());
        }
    }
}
