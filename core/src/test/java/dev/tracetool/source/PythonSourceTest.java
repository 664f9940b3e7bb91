package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonSourceTest {
    /** A program with all that makes a difference; beside it the lines that have code, the statements, the excluded. */
    static final Path RULES = Path.of("src/test/resources/dev/tracetool/source/rules.py");

    private static Statements statements(String source, int... codeLines) throws SourceSyntaxException {
        return PythonSource.parse(SourceText.of(source.getBytes(StandardCharsets.UTF_8)), Exclusions.DEFAULT)
                .statements(codeLines);
    }

    private static int[] lines(String text) {
        return Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void should_take_the_statements_and_excluded_lines_that_coverage_takes() throws Exception {
        List<String> expected = Files.readAllLines(RULES.resolveSibling("rules.expected"));
        Statements found = PythonSource.parse(SourceText.of(Files.readAllBytes(RULES)), Exclusions.DEFAULT)
                .statements(lines(expected.get(0)));
        assertArrayEquals(lines(expected.get(1)), found.lines());
        assertArrayEquals(lines(expected.get(2)), found.excluded());
        assertEquals(95, found.firstLine(96));
        assertTrue(found.isExcluded(32));
        assertFalse(found.isStatement(32));
    }

    @Test
    void should_count_a_docstring_of_a_module_that_does_not_come_first() throws Exception {
        assertArrayEquals(new int[] {2}, statements("'''doc'''\nx = 1\n", 1, 2).lines());
        assertArrayEquals(
                new int[] {2, 3},
                statements("#!/bin/python\n'''doc'''\nx = 1\n", 2, 3).lines());
    }

    @Test
    void should_exclude_what_a_decorator_or_a_clause_opens_and_nothing_behind_it() throws Exception {
        String source =
                "@a  # pragma: no cover\n@b\ndef f():\n    x = 1\ny = 2\nif y: # pragma: no cover\n  z = 1\nz = 2\n";
        Statements found = statements(source, 1, 2, 3, 4, 5, 6, 7, 8);
        assertArrayEquals(new int[] {1, 2, 3, 4, 6, 7}, found.excluded());
        assertArrayEquals(new int[] {5, 8}, found.lines());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# pragma: no cover",
                "#pragma:no cover",
                "#   pragma   no   cover",
                "# PRAGMA: NO COVER",
                "#\u00a0pragma:\u2003nocover and more",
                "x = '# pragma: no cover'"
            })
    void should_know_the_comment_in_all_its_forms(String comment) throws Exception {
        assertArrayEquals(new int[] {1}, statements(comment + "\n", 1).excluded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "# Pragma: no cover",
                "# pragma:: no cover",
                "pragma: no cover",
                "# pragma: no branch",
                "# no cover"
            })
    void should_know_nothing_else_for_it(String comment) throws Exception {
        assertArrayEquals(new int[0], statements("x = 1 " + comment + "\n", 1).excluded());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f'{x}'",
                "f'{x!r:>{width}}'",
                "f'{x:{a}{b:{c}}}'",
                "f'{{}}{x}}}'",
                "f'{'nested' + f'{1 + (2)}'}'",
                "f\"{x[\"a\"]}\"",
                "f'{ {1: 2}[1] }'",
                "f'{(lambda x: {x})(1)}'",
                "f'{x:=5}{y!=z}'",
                "f'\\N{BULLET}{x}'",
                "f'\\{x}\\}}'",
                "rf'\\N{x}\\''",
                "fR'''\n{\nx # comment }\n:\n>{\n10}}\n'''",
                "t'{x}' T\"{y:a}\" tr'\\{z}' Rt'{1}'",
                "f'{\nx\n}'",
                "f'{x:a\n}'",
                "b'{' rb'}' u'{' BR'\\''",
                "'''\n'' \\''' ''' \"\"\"\"a\"\"\"",
                "'a\\\nb'",
                "f'a\\\nb{c}'",
                "f''f\"\"f''''''",
                "1if x else\"a\"",
            })
    void should_find_the_end_of_each_string(String expression) throws Exception {
        int end = 3 + (int) expression.chars().filter(c -> c == '\n').count();
        String source = "if 1: # pragma: no cover\n  x = (" + expression + ",\n)\ny = 1\n";
        int[] code = IntStream.rangeClosed(1, end + 1).toArray();
        assertArrayEquals(new int[] {1, 2}, statements(source, code).excluded(), expression);
        assertArrayEquals(new int[] {end + 1}, statements(source, code).lines(), expression);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x = (",
                "x = )",
                "x = (]",
                "'a",
                "'a\nb'",
                "'''a",
                "f'{x",
                "f'{x'",
                "f'{x:'",
                "f'a\n'",
                "f'''",
                "if 1:\n    x\n  y",
                "x \\ y",
                "x = \0",
                "f'{(}'",
                "f'{x:\\",
                "'\\"
            })
    void should_refuse_what_is_no_python(String source) {
        SourceSyntaxException e = assertThrows(SourceSyntaxException.class, () -> statements(source));
        assertFalse(e.getMessage().contains("\n"));
        assertTrue(e.line() >= 1);
    }

    @Test
    void should_take_hostile_text_in_linear_time() {
        int n = 1_000_000;
        for (String part :
                List.of("(", "f'{", "f\"{f'{", "# ", "#pragma ", "\\\n", "'", "{", "f'{x:{", "\f", "\\N{", " \t")) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
                for (String source : List.of(part.repeat(n), "#" + part.repeat(n), "f'''" + part.repeat(n))) {
                    try {
                        statements(source, 1);
                    } catch (SourceSyntaxException e) {
                        assertTrue(e.line() >= 1);
                    }
                }
            });
        }
        StringBuilder deep = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            deep.append(" ".repeat(i)).append("if 1:\n");
        }
        assertThrows(SourceSyntaxException.class, () -> statements(deep.toString()));
    }

    @Test
    void should_take_lines_that_the_source_does_not_have_for_what_they_are() throws Exception {
        Statements found = statements("x = [\n1]\n", 1, 2, 70, 0, -5);
        assertArrayEquals(new int[] {1, 70}, found.lines());
        assertEquals(70, found.firstLine(70));
        assertEquals(-5, found.firstLine(-5));
    }

    @Test
    void should_take_each_line_with_code_for_a_statement_where_there_is_no_source() {
        Statements found = Statements.ofCode(new int[] {0, 3, 1});
        assertArrayEquals(new int[] {1, 3}, found.lines());
        assertArrayEquals(new int[0], found.excluded());
        assertEquals(3, found.firstLine(3));
    }
}
