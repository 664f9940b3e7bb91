package dev.tracetool.format.pyc;

import static dev.tracetool.testing.PycWriter.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.testing.CPython;
import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import dev.tracetool.trace.TraceException;
import java.io.DataOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What CPython refuses is refused: asked of the interpreter itself, of code objects whose parts do not fit together. */
class PycRefusalTest {
    private static final Path SCRIPT =
            Path.of("src/test/resources/dev/tracetool/format/pyc/pyc_judge.py").toAbsolutePath();
    private static final int[] NUMBERS = {0, 1, 2, 3, 4, 5, 6, 1000, 0xFF_0000, Integer.MAX_VALUE, -1, Integer.MIN_VALUE
    };

    /** Refused here alone, as the manual says; CPython reads a float that is a text up to its first zero byte. */
    private static final List<String> OURS =
            List.of("expected a constant, found", "of which it is a part", "found no number");

    @ParameterizedTest
    @FieldSource("dev.tracetool.testing.CPython#MATRIX")
    void should_refuse_what_cpython_refuses(String version) throws Exception {
        check(CPython.ofMatrix(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8", "3.9", "3.10", "3.11"})
    void should_refuse_what_older_versions_refuse_where_they_are_installed(String version) throws Exception {
        Optional<CPython> python = CPython.installed(version);
        assumeTrue(python.isPresent(), "CPython " + version + " is not installed: nobody could be asked");
        check(python.get());
    }

    private static void check(CPython python) throws Exception {
        int minor = Integer.parseInt(python.version().substring(2));
        List<byte[]> numbers = withOtherNumbers(minor);
        List<byte[]> files = new ArrayList<>(numbers);
        addAltered(PycWriter.file(minor, function()), files);
        addAltered(SmallPyc.of(minor), files);
        String theirs = ask(python, files);
        assertEquals(files.size(), theirs.length());
        int refused = 0;
        int crashes = 0;
        for (int i = 0; i < files.size(); i++) {
            String found = refusal(files.get(i));
            if (theirs.charAt(i) == '!') {
                crashes++;
                continue;
            }
            boolean loaded = theirs.charAt(i) == '1';
            refused += loaded ? 0 : 1;
            int file = i;
            if (!loaded) {
                assertTrue(found != null, () -> python + " refuses file " + file + ", read here");
            } else if (i < numbers.size()) {
                assertEquals(null, found, () -> python + " reads file " + file);
            } else {
                assertTrue(
                        found == null || OURS.stream().anyMatch(found::contains),
                        () -> python + " reads file " + file + ", refused here: " + found);
            }
        }
        System.out.printf("%s: refuses %d of %d files, and crashes for %d%n", python, refused, files.size(), crashes);
        assertTrue(refused > 1_000 && files.size() - refused > 1_000 && crashes < 100, "it refuses all, or none");
    }

    /** Five variables, of which two are arguments, one is only by keyword, and two take what is left over. */
    private static Code function() {
        Code code = new Code("f");
        code.argCount = 2;
        code.positionalOnly = 1;
        code.keywordOnly = 1;
        code.localCount = 5;
        code.flags = 0x0F;
        code.variables = listOf("a", "b", "c", "d", "e");
        code.localsPlus = listOf("a", "b", "c", "d", "e", "cell", "free");
        code.kinds = new byte[] {0x26, 0x26, 0x26, 0x60, 0x26, 0x40, (byte) 0x80};
        return code;
    }

    private static List<byte[]> withOtherNumbers(int minor) {
        List<byte[]> files = new ArrayList<>();
        for (int number : NUMBERS) {
            files.add(changed(minor, code -> code.argCount = number));
            files.add(changed(minor, code -> code.positionalOnly = number));
            files.add(changed(minor, code -> code.keywordOnly = number));
            files.add(changed(minor, code -> code.localCount = number));
            files.add(changed(minor, code -> code.stackSize = number));
            files.add(changed(minor, code -> code.flags = number));
            files.add(changed(minor, code -> code.flags = code.flags ^ number & 0x0C));
            if (number >= 0 && number <= 1000) {
                files.add(changed(minor, code -> code.bytecode = new byte[number]));
                files.add(changed(minor, code -> code.kinds = new byte[number]));
            }
        }
        return files;
    }

    private static byte[] changed(int minor, Consumer<Code> change) {
        Code code = function();
        change.accept(code);
        return PycWriter.file(minor, code);
    }

    /** Each byte behind the head of the file is another. */
    private static void addAltered(byte[] file, List<byte[]> files) {
        for (int at = PycHeader.BYTES; at < file.length; at++) {
            for (int value :
                    new int[] {0, 0xFF, file[at] ^ 0x80, file[at] + 1, file[at] - 1, 'r', ')', 'c', 'N', 's'}) {
                byte[] altered = file.clone();
                altered[at] = (byte) value;
                files.add(altered);
            }
        }
    }

    private static @Nullable String refusal(byte[] file) throws Exception {
        try {
            PycFile.read("t", file);
            return null;
        } catch (TraceException e) {
            return e.getMessage();
        }
    }

    private static String ask(CPython python, List<byte[]> files) throws Exception {
        Process process = python.command("-X", "utf8", SCRIPT.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        // It says nothing before it has read everything.
        try (OutputStream to = process.getOutputStream();
                DataOutputStream out = new DataOutputStream(to)) {
            for (byte[] file : files) {
                int size = file.length - PycHeader.BYTES;
                out.writeInt(Integer.reverseBytes(size));
                out.write(file, PycHeader.BYTES, size);
            }
        }
        String answers = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor());
        return answers;
    }
}
