package dev.tracetool.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.testing.CPython;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class CodeFlagsTest {
    @ParameterizedTest
    @CsvSource({
        "0x0,        ''",
        "0x3,        OPTIMIZED NEWLOCALS",
        "0x1000003,  OPTIMIZED NEWLOCALS FUTURE_ANNOTATIONS",
        "0x6000000,  NO_MONITORING_EVENTS HAS_DOCSTRING",
        "0x70000c00, 0x70000c00",
        "0x10000021, OPTIMIZED GENERATOR 0x10000000",
    })
    void flags_are_named_from_the_lowest_and_those_without_a_name_are_one_number(String flags, String names) {
        assertEquals(names, String.join(" ", CodeFlags.names(Integer.decode(flags))));
    }

    @Test
    void the_highest_bit_is_a_bit_like_others() {
        assertEquals(List.of("0x80000000"), CodeFlags.names(1 << 31));
    }

    @ParameterizedTest
    @FieldSource("dev.tracetool.testing.CPython#MATRIX")
    void names_and_bits_are_those_of_the_interpreter(String version) throws Exception {
        // Each "NAME BIT" of dis, and of the header that extension modules are compiled with.
        String script = """
                import dis, glob, os, re, sys
                for bit, name in dis.COMPILER_FLAG_NAMES.items():
                    print(name, hex(bit))
                header, = glob.glob(os.path.join(sys.base_prefix, "include", "python*", "cpython", "code.h"))
                with open(header) as text:
                    for name, bit in re.findall("define CO_(\\\\w+) +(0x\\\\w+)", text.read()):
                        print(name, bit)
                """;
        Process process = CPython.ofMatrix(version)
                .command("-c", script)
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> lines = output.lines().toList();
        assertTrue(lines.size() >= 27, output);
        for (String line : lines) {
            String[] nameAndBit = line.split(" ", -1);
            assertEquals(List.of(nameAndBit[0]), CodeFlags.names(Integer.decode(nameAndBit[1])), line);
        }
    }

    @Test
    void generators_and_coroutines_of_all_kinds_are_suspendable() {
        assertTrue(CodeFlags.isSuspendable(CodeFlags.OPTIMIZED | CodeFlags.GENERATOR));
        assertTrue(CodeFlags.isSuspendable(CodeFlags.COROUTINE));
        assertTrue(CodeFlags.isSuspendable(CodeFlags.ASYNC_GENERATOR));
        assertTrue(CodeFlags.isSuspendable(CodeFlags.ITERABLE_COROUTINE));
        assertFalse(CodeFlags.isSuspendable(CodeFlags.OPTIMIZED | CodeFlags.NEWLOCALS | CodeFlags.NESTED));
    }
}
