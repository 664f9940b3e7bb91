package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.source.Exclusions;
import dev.tracetool.source.PythonSource;
import dev.tracetool.source.SourceText;
import dev.tracetool.source.Statements;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FileCoverageTest {
    private static LineHits lines(int[] code, int... hit) {
        LineHits events =
                LineHits.events(hit, IntStream.of(hit).mapToLong(line -> 1).toArray());
        return events.plus(LineHits.untouched(code));
    }

    private static FileCoverage coverage(String source, int[] code, int... hit) throws Exception {
        Statements statements = PythonSource.parse(
                        SourceText.of(source.getBytes(StandardCharsets.UTF_8)), Exclusions.DEFAULT)
                .statements(code);
        return new FileCoverage(statements, lines(code, hit));
    }

    @Test
    void should_count_a_statement_as_hit_if_any_of_its_lines_was() throws Exception {
        String source = "x = [\n  1,\n  f(),\n]\ny = 2\nz = (3,\n  g())\n";
        FileCoverage coverage = coverage(source, new int[] {1, 3, 5, 6, 7}, 3);
        assertEquals(3, coverage.statements());
        assertArrayEquals(new int[] {1}, coverage.hitLines());
        assertArrayEquals(new int[] {5, 6}, coverage.missingLines());
        assertTrue(coverage.isHit(1));
        assertFalse(coverage.isHit(3));
        assertTrue(coverage.isMissing(6));
        assertFalse(coverage.isMissing(7));
    }

    @Test
    void should_neither_count_as_hit_nor_as_missing_what_is_excluded() throws Exception {
        String source = "if x:  # pragma: no cover\n  y = 1\nz = 1\n";
        FileCoverage coverage = coverage(source, new int[] {1, 2, 3}, 1, 2);
        assertEquals(1, coverage.statements());
        assertEquals(1, coverage.missed());
        assertEquals(2, coverage.excluded());
        assertArrayEquals(new int[] {1, 2}, coverage.excludedLines());
    }

    @Test
    void should_write_ranges_over_lines_that_are_no_statements_but_not_over_hit_ones() {
        int[] code = {1, 2, 5, 6, 9, 10, 20};
        FileCoverage coverage = new FileCoverage(Statements.ofCode(code), lines(code, 6, 10));
        assertEquals("1-5, 9, 20", coverage.missingRanges());
        assertEquals("", new FileCoverage(Statements.ofCode(code), lines(code, code)).missingRanges());
        assertEquals("1-20", new FileCoverage(Statements.ofCode(code), lines(code)).missingRanges());
    }

    @Test
    void should_take_lines_that_no_table_has_for_statements_only_if_they_ran() {
        LineHits hits = lines(new int[] {1, 2}, 2, 7);
        FileCoverage coverage = new FileCoverage(Statements.ofCode(hits.lines()), hits);
        assertEquals(3, coverage.statements());
        assertEquals("1", coverage.missingRanges());
    }

    @Test
    void should_take_little_room_for_lines_that_nobody_has() throws Exception {
        int last = Integer.MAX_VALUE;
        for (int file = 0; file < 100; file++) {
            FileCoverage coverage = coverage("x = [\n 1]\n", new int[] {1, 2, last - 1, last}, last);
            assertEquals("1-2147483646", coverage.missingRanges());
            assertTrue(coverage.isHit(last));
            all.add(coverage);
            all.add(new FileCoverage(Statements.ofCode(new int[] {last}), lines(new int[] {last})));
        }
        assertEquals(200, all.size());
    }

    private final List<FileCoverage> all = new ArrayList<>();
}
