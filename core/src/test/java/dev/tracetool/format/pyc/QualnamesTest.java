package dev.tracetool.format.pyc;

import static dev.tracetool.testing.PycWriter.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QualnamesTest {
    private static final int FUNCTION = 3;
    private static final int CLASS = 0;

    private static Code code(String name, int flags, Object... constants) {
        Code code = new Code(name);
        code.flags = flags;
        code.constants = listOf(constants);
        return code;
    }

    private static List<String> qualnames(int minor, Code module) throws Exception {
        return PycFile.read("t", PycWriter.file(minor, module)).codes().stream()
                .map(CodeObjectWrapper::qualname)
                .toList();
    }

    /** As the compiler does: a global function in a function, and a class whose function has its bare name. */
    @ParameterizedTest
    @ValueSource(ints = {8, 9, 10})
    void should_read_what_the_bytecode_gives_functions_and_classes(int minor) throws Exception {
        Code method = code("h", FUNCTION);
        Code body = code("K", CLASS, "g.<locals>.K", method, "g.<locals>.K.h", "assigned");
        body.names = listOf("__name__", "__module__", "__qualname__", "h");
        body.bytecode =
                new byte[] {101, 0, 90, 1, 100, 0, 90, 2, 100, 3, 90, 2, 100, 1, 100, 2, (byte) 132, 0, 90, 3, 83, 0};
        Code g = code("g", FUNCTION, null, body, "K");
        g.bytecode = new byte[] {71, 0, 100, 1, 100, 2, (byte) 132, 0, 100, 2, (byte) 131, 2, 83, 0};
        Code f = code("f", FUNCTION, null, g, "g");
        f.bytecode = new byte[] {(byte) 144, 0, 100, 1, (byte) 144, 0, 100, 2, (byte) 132, 0, 97, 0, 83, 0};
        Code module = code("<module>", CLASS, f, "f");
        module.bytecode = new byte[] {100, 0, 100, 1, (byte) 132, 0, 90, 0};

        assertEquals(List.of("<module>", "f", "g", "g.<locals>.K", "g.<locals>.K.h"), qualnames(minor, module));
    }

    @Test
    void should_make_names_of_the_nesting_where_the_bytecode_does_not_tell_them() throws Exception {
        Code lambda = code("<lambda>", FUNCTION);
        Code comprehension = code("<listcomp>", FUNCTION, lambda);
        Code method = code("m", FUNCTION, comprehension);
        Code module = code("<module>", CLASS, code("C", CLASS, method), code("f", FUNCTION, code("g", FUNCTION)));

        assertEquals(
                List.of(
                        "<module>",
                        "C",
                        "C.m",
                        "C.m.<locals>.<listcomp>",
                        "C.m.<locals>.<listcomp>.<lambda>",
                        "f",
                        "f.<locals>.g"),
                qualnames(9, module));
    }

    @Test
    void should_not_believe_bytecode_that_points_nowhere() throws Exception {
        Code inner = code("g", FUNCTION);
        Code outer = code("f", FUNCTION, inner, 5);
        outer.bytecode = new byte[] {
            100,
            0,
            100,
            9,
            (byte) 132,
            0,
            100,
            9,
            100,
            0,
            (byte) 132,
            0,
            100,
            0,
            100,
            1,
            (byte) 132,
            0,
            100,
            1,
            100,
            0,
            (byte) 132,
            0,
            (byte) 132
        };
        Code body = code("K", CLASS, outer, "x");
        body.bytecode = new byte[] {100, 1, 90, 7, 100, 0, 90, 0};
        body.names = listOf("__qualname__");

        assertEquals(List.of("K", "f", "f.<locals>.g"), qualnames(10, body));
    }

    @Test
    void should_bound_what_nesting_adds_up_to() throws Exception {
        Code code = code("z", FUNCTION);
        for (int i = 0; i < 100; i++) {
            code = code("n".repeat(1000), FUNCTION, code);
        }
        List<String> names = qualnames(8, code);
        assertEquals(101, names.size());
        assertEquals(2 * 1000 + ".<locals>.".length(), names.get(2).length());
        assertEquals("z", names.get(100));
    }
}
