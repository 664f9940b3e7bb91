package dev.tracetool.format.pyc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.testing.CPython;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * For every code object of files that an interpreter compiled: each attribute, each line, position, constant and handler
 * is what the interpreter itself says of it; so is the digest what the recorder makes of it. Each build takes the
 * standard library and a part of its tests; {@code -Pfull-stdlib} takes all of those too. {@code .pyc} files that are there
 * already are compared by
 *
 * <pre>mvn -pl core test -Dtest=PycAgreementTest -Dtracetool.test.python=EXECUTABLE -Dtracetool.test.pyc=FOLDER</pre>
 */
class PycAgreementTest {
    private static final boolean FULL =
            System.getProperty("tracetool.test.stdlib", "").equals("full");
    private static final Path SCRIPT =
            Path.of("src/test/resources/dev/tracetool/format/pyc/pyc_oracle.py").toAbsolutePath();
    private static final Path RECORDER = Path.of(
                    "../cli/src/main/resources/dev/tracetool/cli/record/tracetool_recorder.py")
            .toAbsolutePath()
            .normalize();
    private static final int SHOWN = 20;
    private static final int END = -1;

    @ParameterizedTest
    @FieldSource("dev.tracetool.testing.CPython#MATRIX")
    void should_tell_of_each_code_object_what_cpython_tells(String version) throws Exception {
        check(CPython.ofMatrix(version), FULL ? "1" : "2", FULL ? "1" : "20");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8", "3.9", "3.10", "3.11"})
    void should_agree_with_older_versions_where_they_are_installed(String version) throws Exception {
        Optional<CPython> python = CPython.installed(version);
        assumeTrue(python.isPresent(), "CPython " + version + " is not installed: its .pyc files were not read");
        check(python.get(), FULL ? "1" : "5", FULL ? "1" : "0");
    }

    @Test
    void should_agree_on_the_files_of_a_folder() throws Exception {
        String python = System.getProperty("tracetool.test.python");
        String folder = System.getProperty("tracetool.test.pyc");
        assumeTrue(
                python != null && folder != null,
                "-Dtracetool.test.python and -Dtracetool.test.pyc do not name an interpreter and a folder of .pyc files");
        compare(folder, new ProcessBuilder(python, "-X", "utf8", SCRIPT.toString(), RECORDER.toString(), folder));
    }

    private static void check(CPython python, String ofLibrary, String ofTests) throws Exception {
        List<String> words = List.of("-X", "utf8", SCRIPT.toString(), RECORDER.toString(), ofLibrary, ofTests);
        compare(python.toString(), python.command(words));
    }

    static void compare(String name, ProcessBuilder oracle) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process process = oracle.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        process.getOutputStream().close();
        Comparison comparison = new Comparison();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(process.getInputStream(), 1 << 16))) {
            for (byte[] file = part(in); file != null; file = part(in)) {
                comparison.file(new String(file, StandardCharsets.UTF_8), in);
            }
            assertEquals(comparison.files, int32(in), "files");
            assertEquals(0, process.waitFor());
        } finally {
            process.destroy();
        }
        System.out.printf(
                "%s: %,d files, %,d code objects, %,d facts in %,d bytes, %d mismatches, %,d ms%n",
                name,
                comparison.files,
                comparison.codes,
                comparison.lines,
                comparison.bytes,
                comparison.mismatches,
                (System.nanoTime() - start) / 1_000_000);
        assertEquals(0, comparison.mismatches, () -> String.join("\n", comparison.shown));
        assertTrue(comparison.codes > 1_000, () -> "only " + comparison.codes + " code objects");
    }

    private static byte[] part(DataInputStream in) throws IOException {
        int size = int32(in);
        return size == END ? null : in.readNBytes(size);
    }

    private static int int32(DataInputStream in) throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private static final class Comparison {
        final List<String> shown = new ArrayList<>();
        int files;
        long codes;
        long lines;
        long bytes;
        long mismatches;

        void file(String name, DataInputStream in) throws IOException {
            files++;
            byte[] content = part(in);
            bytes += content.length;
            PycFile file = PycFile.read(name, content);
            assertEquals(content.length, file.index().end(), name);
            int count = int32(in);
            assertEquals(count, file.codes().size(), name);
            for (int i = 0; i < count; i++) {
                codes++;
                String expected = new String(part(in), StandardCharsets.UTF_8);
                String found = PycFacts.of(file, file.codes().get(i), expected.contains("\ndigest "));
                lines += expected.lines().count();
                if (!expected.equals(found)) {
                    mismatch(name + " code " + i, expected, found);
                }
            }
        }

        private void mismatch(String where, String expected, String found) {
            if (mismatches++ < SHOWN) {
                String[] theirs = expected.split("\n", -1);
                String[] ours = found.split("\n", -1);
                int at = 0;
                while (at < theirs.length && at < ours.length && theirs[at].equals(ours[at])) {
                    at++;
                }
                shown.add(where + ": CPython " + (at < theirs.length ? theirs[at] : "nothing") + ", here "
                        + (at < ours.length ? ours[at] : "nothing"));
            }
        }
    }
}
