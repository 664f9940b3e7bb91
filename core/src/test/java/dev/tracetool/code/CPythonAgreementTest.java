package dev.tracetool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.testing.CPython;
import dev.tracetool.testing.FakeCodeRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For every code object of an interpreter's standard library, at every offset, odd ones included, and a few to both
 * sides: line and position are those that the interpreter itself gives. Each build takes all of the library and a part
 * of the library's tests; {@code -Pfull-stdlib} takes all of those too, which are four times as much.
 */
class CPythonAgreementTest {
    private static final boolean FULL =
            System.getProperty("tracetool.test.stdlib", "").equals("full");
    private static final int SHOWN = 20;

    @ParameterizedTest
    @FieldSource("dev.tracetool.testing.CPython#MATRIX")
    void every_offset_has_the_line_and_the_position_that_cpython_gives_it(String version) throws Exception {
        check(CPython.ofMatrix(version), List.of(), "1", FULL ? "1" : "10");
    }

    @ParameterizedTest
    @FieldSource("dev.tracetool.testing.CPython#MATRIX")
    void so_it_is_where_cpython_was_told_to_leave_out_columns(String version) throws Exception {
        check(CPython.ofMatrix(version), List.of("-X", "no_debug_ranges"), FULL ? "1" : "10", "0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.6", "3.7", "3.8", "3.9", "3.10", "3.11"})
    void older_versions_agree_where_they_are_installed(String version) throws Exception {
        Optional<CPython> python = CPython.installed(version);
        assumeTrue(python.isPresent(), "CPython " + version + " is not installed: its line tables were not checked");
        check(python.get(), List.of(), FULL ? "1" : "5", FULL ? "1" : "0");
    }

    private static void check(CPython python, List<String> options, String ofLibrary, String ofTests)
            throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(options);
        arguments.addAll(List.of(script(), ofLibrary, ofTests));
        Process process = python.command(arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        Comparison comparison = new Comparison(format(python.version()));
        long start = System.nanoTime();
        try {
            OracleStream oracle = new OracleStream(process.getInputStream());
            for (OracleStream.Facts facts = oracle.next(); facts != null; facts = oracle.next()) {
                comparison.compare(facts);
            }
            assertEquals(0, process.waitFor());
        } finally {
            process.destroy();
        }
        System.out.printf(
                "%s %s: %,d code objects, %,d offsets, %,d ranges, %d mismatches, %,d ms%n",
                python,
                options,
                comparison.codes,
                comparison.offsets,
                comparison.ranges,
                comparison.mismatches,
                (System.nanoTime() - start) / 1_000_000);
        assertEquals(0, comparison.mismatches, () -> String.join("\n", comparison.shown));
        assertTrue(comparison.codes > 1_000, () -> "only " + comparison.codes + " code objects");
    }

    private static String script() {
        return Path.of("src/test/resources/dev/tracetool/code/code_oracle.py")
                .toAbsolutePath()
                .toString();
    }

    private static LineTableFormat format(String version) {
        int minor = Integer.parseInt(version.substring(2));
        if (minor >= 11) {
            return LineTableFormat.LOCATIONS_3_11;
        }
        return minor == 10 ? LineTableFormat.LINES_3_10 : LineTableFormat.LNOTAB;
    }

    private static final class Comparison {
        final LineTableFormat format;
        final List<String> shown = new ArrayList<>();
        long codes;
        long offsets;
        long ranges;
        long mismatches;

        Comparison(LineTableFormat format) {
            this.format = format;
        }

        void compare(OracleStream.Facts facts) {
            codes++;
            CodeObjectWrapper code = new CodeObjectWrapper(
                    0,
                    FakeCodeRecord.of(codes).withTable(format, facts.firstLine(), facts.codeLength(), facts.table()));
            compareLines(facts, code);
            if (facts.positions() != null) {
                comparePositions(facts, code.positionTable(), facts.positions());
            }
        }

        private void compareLines(OracleStream.Facts facts, CodeObjectWrapper code) {
            LineTable table = code.lineTable();
            ranges += table.size();
            int[] expected = new int[facts.codeLength()];
            Arrays.fill(expected, LineTable.NO_LINE);
            int[] lines = facts.lines();
            for (int i = 0; i < lines.length; i += 3) {
                // co_lines does not end with the code where a crafted table does not.
                for (int offset = lines[i]; offset < Math.min(lines[i + 1], expected.length); offset++) {
                    expected[offset] = lines[i + 2];
                }
            }
            for (int offset = -3; offset < expected.length + 3; offset++) {
                offsets++;
                int line = offset < 0 || offset >= expected.length ? LineTable.NO_LINE : expected[offset];
                if (table.lineAt(offset) != line || code.lineForOffset(offset).orElse(LineTable.NO_LINE) != line) {
                    mismatch(facts, offset, "line " + line, "" + table.lineAt(offset));
                }
            }
        }

        private void comparePositions(OracleStream.Facts facts, PositionTable table, int[] positions) {
            for (int offset = -3; offset < facts.codeLength() + 3; offset++) {
                int at = offset < 0 || offset >= facts.codeLength() ? positions.length : offset / 2 * 4;
                Position position = table.positionAt(offset);
                Position expected = at >= positions.length
                        ? Position.UNKNOWN
                        : new Position(positions[at], positions[at + 1], positions[at + 2], positions[at + 3]);
                if (!position.equals(expected)) {
                    mismatch(facts, offset, expected.toString(), position.toString());
                }
            }
        }

        private void mismatch(OracleStream.Facts facts, int offset, String expected, String found) {
            if (mismatches++ < SHOWN) {
                shown.add(facts.name() + " (line " + facts.firstLine() + ") at " + offset + ": CPython " + expected
                        + ", here " + found);
            }
        }
    }
}
