package dev.tracetool.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.source.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SourceCheckTest {
    private static @Nullable String doubt(String source, String qualname, int firstLine, int... lines) {
        FunctionActivity function = new FunctionActivity(
                new CodeIdentity("a.py", qualname, firstLine, ""),
                false,
                0,
                0,
                0,
                0,
                0,
                0,
                true,
                firstLine,
                LineHits.untouched(lines),
                false);
        return SourceCheck.doubt(SourceText.of(source.getBytes(StandardCharsets.UTF_8)), List.of(function));
    }

    @ParameterizedTest
    @CsvSource({
        "def f(): pass, f",
        "'  async  def f(x):', A.f",
        "async def f[T](x): pass, f",
        "class A: pass, A",
        "class\tA(B): pass, f.<locals>.A",
        "@decorated, f",
        "x = lambda: 1, <lambda>",
        "'[x for x in y]', f.<locals>.<listcomp>",
        "x = 1, <module>",
        "def \u212A(): pass, K",
        "def \uFF46(): pass, f",
        "def \u00e9(): pass, \u00e9",
        "def \\, f",
        "type Alias = int, Alias",
        "'def f[T: int](x): pass', f.T",
        "def f(x: int): pass, f.__annotate__",
    })
    void should_find_nothing_wrong_with_where_functions_start(String line, String qualname) {
        assertNull(doubt(line + "\n", qualname, 1, 1));
    }

    @ParameterizedTest
    @CsvSource({
        "def g(): pass, f",
        "x = 1, f",
        "'', f",
        "defx(), x",
        "class B: pass, A",
        "def ff(): pass, f",
        "x_f = f1, f",
    })
    void should_doubt_a_source_in_which_a_function_starts_elsewhere(String line, String qualname) {
        assertEquals(
                "line 2 is not the start of the function that the trace has there",
                doubt("\n" + line + "\n", qualname, 2, 2));
    }

    @Test
    void should_doubt_a_source_that_is_too_short() {
        assertEquals("it has 2 lines, and line 3 has code", doubt("x\ny\n", "<module>", 1, 1, 3));
        assertNull(doubt("x\ny\nz", "<module>", 1, 1, 3));
        assertNotNull(doubt("", "f", 1, 1));
        assertNull(doubt("", "f", 0));
        assertNull(doubt("", "f", Integer.MIN_VALUE));
    }
}
