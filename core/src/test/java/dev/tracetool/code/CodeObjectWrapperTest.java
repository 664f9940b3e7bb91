package dev.tracetool.code;

import static dev.tracetool.testing.FakeCodeRecord.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.FakeCodeRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CodeObjectWrapperTest {
    /** Each attribute with the part of the record that it needs. */
    static final Map<String, Function<CodeObjectWrapper, Object>> ATTRIBUTES = Map.ofEntries(
            Map.entry("parentIndex", CodeObjectWrapper::parentIndex),
            Map.entry("filename", CodeObjectWrapper::filename),
            Map.entry("qualname", CodeObjectWrapper::qualname),
            Map.entry("name", CodeObjectWrapper::name),
            Map.entry("firstLine", CodeObjectWrapper::firstLine),
            Map.entry("flags", CodeObjectWrapper::flags),
            Map.entry("argCount", CodeObjectWrapper::argCount),
            Map.entry("positionalOnlyArgCount", CodeObjectWrapper::positionalOnlyArgCount),
            Map.entry("keywordOnlyArgCount", CodeObjectWrapper::keywordOnlyArgCount),
            Map.entry("codeLength", CodeObjectWrapper::codeLength),
            Map.entry("variableNames", CodeObjectWrapper::variableNames));

    @Test
    void answers_what_its_record_says() {
        CodeObjectWrapper code = new CodeObjectWrapper(4, FakeCodeRecord.of(99));
        assertEquals(4, code.index());
        assertEquals(99, code.id());
        assertEquals(7, code.parentIndex());
        assertEquals("/src/99.py", code.filename());
        assertEquals("Klass.method_99", code.qualname());
        assertEquals("method_99", code.name());
        assertEquals(10, code.firstLine());
        assertEquals(3, code.flags());
        assertEquals(2, code.argCount());
        assertEquals(1, code.positionalOnlyArgCount());
        assertEquals(1, code.keywordOnlyArgCount());
        assertEquals(8, code.codeLength());
        assertEquals(List.of("self", "item"), code.variableNames());
        assertEquals(
                new CodeIdentity("/src/99.py", "Klass.method_99", 10, "63000000000000000000000000000000"),
                code.identity());
    }

    @Test
    void only_the_id_is_decoded_before_anything_is_asked() {
        CountingRecord rec = new CountingRecord(FakeCodeRecord.of(1));
        CodeObjectWrapper code = new CodeObjectWrapper(0, rec);
        assertEquals(1, code.id());
        assertEquals("CodeObjectWrapper[index=0, id=0x0000000000000001]", code.toString());
        assertEquals(Map.of("id", 1), rec.counts());
    }

    static Object ask(CodeObjectWrapper code, String attribute) {
        return Objects.requireNonNull(ATTRIBUTES.get(attribute)).apply(code);
    }

    static List<String> attributes() {
        return List.copyOf(ATTRIBUTES.keySet());
    }

    @ParameterizedTest
    @MethodSource("attributes")
    void an_attribute_is_decoded_alone_and_once(String attribute) {
        CountingRecord rec = new CountingRecord(FakeCodeRecord.of(1));
        CodeObjectWrapper code = new CodeObjectWrapper(0, rec);
        Object first = ask(code, attribute);
        assertEquals(first, ask(code, attribute));
        assertEquals(Map.of("id", 1, attribute, 1), rec.counts());
    }

    @Test
    void the_line_table_is_decoded_once_for_all_that_is_asked_of_it() {
        CountingRecord rec = new CountingRecord(FakeCodeRecord.of(1));
        CodeObjectWrapper code = new CodeObjectWrapper(0, rec);
        assertEquals(OptionalInt.of(10), code.lineForOffset(1));
        assertEquals(OptionalInt.empty(), code.lineForOffset(2));
        assertEquals(OptionalInt.of(11), code.lineForOffset(7));
        assertEquals(OptionalInt.empty(), code.lineForOffset(8));
        assertEquals(OptionalInt.empty(), code.lineForOffset(-1));
        assertEquals(3, code.lines().size());
        assertSame(code.lineTable(), code.lineTableOrEmpty());
        assertFalse(code.isLineTableMalformed());
        assertEquals(Map.of("id", 1, "firstLine", 1, "codeLength", 1, "lineTable", 1), rec.counts());
    }

    @Test
    void positions_are_decoded_once_and_apart_from_lines() {
        CountingRecord rec = new CountingRecord(FakeCodeRecord.of(1));
        CodeObjectWrapper code = new CodeObjectWrapper(0, rec);
        assertEquals(new Position(10, 10, 0, 4), code.positionTable().positionAt(0));
        assertSame(code.positionTable(), code.positionTable());
        assertEquals(Map.of("id", 1, "firstLine", 1, "codeLength", 1, "lineTable", 1), rec.counts());
    }

    @Test
    void a_malformed_table_is_remembered_and_thrown_again() {
        CountingRecord rec = new CountingRecord(
                FakeCodeRecord.of(1).withTable(LineTableFormat.LOCATIONS_3_11, 1, 4, bytes(0xe8, 0, 0)));
        CodeObjectWrapper code = new CodeObjectWrapper(0, rec);
        MalformedLineTableException first = assertThrows(MalformedLineTableException.class, code::lineTable);
        assertEquals(2, first.position());
        assertSame(first, assertThrows(MalformedLineTableException.class, code::lines));
        assertSame(first, assertThrows(MalformedLineTableException.class, code::positionTable));
        assertSame(first, assertThrows(MalformedLineTableException.class, () -> code.lineForOffset(0)));
        assertTrue(code.isLineTableMalformed());
        assertSame(LineTable.EMPTY, code.lineTableOrEmpty());
        assertEquals(1, code.firstLine());
        assertEquals(1, rec.counts().get("lineTable"));
    }

    @Test
    void a_record_that_fails_is_asked_again_next_time() {
        List<String> asked = new ArrayList<>();
        CodeObjectWrapper code = new CodeObjectWrapper(0, new ForwardingRecord(FakeCodeRecord.of(1)) {
            @Override
            public String filename() {
                asked.add("filename");
                if (asked.size() == 1) {
                    throw new IllegalStateException();
                }
                return super.filename();
            }
        });
        assertThrows(IllegalStateException.class, code::filename);
        assertEquals("/src/1.py", code.filename());
    }

    @Test
    void what_was_decoded_is_answered_without_a_lock() {
        CodeObjectWrapper code = new CodeObjectWrapper(0, FakeCodeRecord.of(1));
        assertEquals("/src/1.py", code.filename());
        assertEquals(OptionalInt.of(10), code.lineForOffset(0));
        synchronized (code) {
            // Another thread than the one that has the lock.
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
                assertEquals("/src/1.py", code.filename());
                assertEquals(OptionalInt.of(10), code.lineForOffset(0));
            });
        }
    }
}
