package dev.tracetool.format.pyc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.Summary;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PycTraceFormatTest {
    private static byte[] file(int magic, int flags) {
        return PycWriter.file(magic, 13, flags, 0x8877_6655_4433_2211L, new Code("f"));
    }

    private static boolean matches(int... bytes) {
        byte[] head = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            head[i] = (byte) bytes[i];
        }
        return new PycTraceFormat().matches(head);
    }

    @ParameterizedTest
    @CsvSource({"8, 3.8", "9, 3.9", "10, 3.10", "11, 3.11", "12, 3.12", "13, 3.13", "14, 3.14"})
    void should_be_opened_by_content(int minor, String version) throws Exception {
        try (Trace trace = TraceFormats.open(SmallPyc.input(SmallPyc.of(minor)))) {
            assertEquals("pyc", trace.format());
            assertEquals(PycWriter.MAGIC.get(minor).toString(), trace.formatVersion());
            assertEquals(version, trace.metadata().python());
            assertEquals("cpython", trace.metadata().implementation());
            assertEquals(SmallPyc.of(minor).length, trace.bytes());
            assertEquals("t", trace.name());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "3394, 'expected the magic number of CPython 3.8 to 3.14, found 3394, which is of 3.7'",
        "3399, 'expected the magic number of CPython 3.8 to 3.14, found 3399, which is of 3.7'",
        "3379, 'expected the magic number of CPython 3.8 to 3.14, found 3379, which is of 3.6'",
        "3350, 'expected the magic number of CPython 3.8 to 3.14, found 3350, which is of 3.5 or earlier'",
        "3650, 'expected the magic number of CPython 3.8 to 3.14, found 3650, which is of 3.15'",
        "3660, 'expected the magic number of CPython 3.8 to 3.14, found 3660, which is of 3.15'",
        "3700, 'expected the magic number of CPython 3.8 to 3.14, found 3700, which is of no version that is known'",
        "4000, 'expected the magic number of CPython 3.8 to 3.14, found 4000, which is of no version that is known'",
        "21080, 'expected the magic number of CPython 3.8 to 3.14, found 21080, which is of no version that is known'",
        "62211, 'expected the magic number of CPython 3.8 to 3.14, found 62211, which is of Python 2'"
    })
    void should_refuse_other_versions_by_name(int magic, String message) {
        byte[] file = file(magic, 0);
        if (magic > 50_000) {
            file[8] = 'c';
        } else if (magic < 3390) {
            file[12] = (byte) 0xE3;
        }
        TraceException refusal = assertThrows(TraceException.class, () -> TraceFormats.open(SmallPyc.input(file)));
        assertEquals(message, refusal.getMessage());
        assertEquals(0, refusal.position());
    }

    @ParameterizedTest
    @CsvSource({
        "3400, 3.8, false", "3413, 3.8, true", "3419, 3.8, false", "3420, 3.9, false", "3425, 3.9, true",
        "3430, 3.10, false", "3439, 3.10, true", "3450, 3.11, false", "3495, 3.11, true", "3499, 3.11, false",
        "3500, 3.12, false", "3531, 3.12, true", "3550, 3.13, false", "3571, 3.13, true", "3600, 3.14, false",
        "3627, 3.14, true", "3649, 3.14, false"
    })
    void should_know_the_version_of_a_magic_number(int magic, String version, boolean release) {
        PycVersion found = PycVersion.of(magic);
        assertEquals(version, found.name());
        assertEquals(release, found.release());
    }

    @Test
    void should_not_take_other_files_for_compiled_python() {
        assertTrue(matches(0xF3, 0x0D, '\r', '\n', 0, 0, 0, 0));
        assertFalse(matches(), "empty");
        assertFalse(matches(0xF3, 0x0D, '\r', '\n', 0, 0, 0), "too short");
        assertFalse(matches(0xF3, 0x0D, '\r', '\n', 4, 0, 0, 0), "an unknown flag");
        assertFalse(matches(0xF3, 0x0D, '\n', '\n', 0, 0, 0, 0), "no line end");
        assertFalse(matches(0xFF, 0xFF, '\r', '\n', 0, 0, 0, 0), "no magic number");
        assertFalse(
                matches(0x0A, 0x0D, 0x0D, 0x0A, 0x60, 0, 0, 0, 0x4D, 0x3C, 0x2B, 0x1A, 1, 0, 0, 0),
                "pcapng, whose first bytes would be the number 3338");
        byte[] text = "\u000c\r\r\ntext\r\n".getBytes(StandardCharsets.ISO_8859_1);
        assertFalse(new PycTraceFormat().matches(text), "text");
        assertFalse(matches(0x89, 'T', 'R', 'C', '\r', '\n', 0x1A, '\n'), "a trace");
    }

    @Test
    void should_say_how_cpython_checks_the_file() throws Exception {
        assertArrayEquals(
                new Object[] {3571L, true, "time and size", "2006-04-05T01:49:05Z", 0x8877_6655L, null},
                details(file(3571, 0)));
        assertArrayEquals(
                new Object[] {3560L, false, "nothing", null, null, "1122334455667788"}, details(file(3560, 1)));
        assertArrayEquals(new Object[] {3571L, true, "hash", null, null, "1122334455667788"}, details(file(3571, 3)));
    }

    private static Object[] details(byte[] file) throws IOException {
        try (Trace trace = PycTrace.open(SmallPyc.input(file))) {
            List<DetailTable> details = trace.summary().details();
            assertEquals("compiled", details.get(0).name());
            return details.get(0).rows().get(0).toArray();
        }
    }

    @Test
    void should_hold_code_and_no_run() throws Exception {
        try (Trace trace = PycTrace.open(SmallPyc.input(SmallPyc.of(13)))) {
            TraceSummary summary = trace.summary();
            assertEquals(0, summary.events());
            assertEquals(List.of(), summary.threads());
            assertEquals(4, summary.codes().size());
            assertEquals(EventBlock.NO_TIME, summary.endTime());
            assertTrue(summary.result().complete());

            Activity activity = Summary.of(trace, Set.of()).activity();
            Recorded recorded = activity.recorded();
            assertFalse(recorded.events() || recorded.calls() || recorded.lines() || recorded.times());
            assertNull(activity.durationNs());
            assertNull(activity.inputs().get(0).run(), "two files are never the same run");
            assertEquals(4, activity.functions().size());
            assertTrue(activity.functions().stream().allMatch(f -> f.hasTable() && !f.called()));
        }
    }

    @Test
    void should_be_read_as_often_as_wished() throws Exception {
        byte[] file = SmallPyc.of(8);
        assertEquals(SmallPyc.readAll(file), SmallPyc.readAll(Arrays.copyOf(file, file.length)));
    }
}
