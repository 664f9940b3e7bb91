package dev.tracetool.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.SourceCheck;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.testing.CPython;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * For each file of an interpreter's standard library, as it is and with comments added that exclude some of its lines:
 * statements and excluded lines are those that coverage.py has, where it is installed; and no source is taken for another
 * one than that which its code objects were compiled from. Each build takes all of the library and a part of the library's tests; {@code -Pfull-stdlib} takes all
 * of those too.
 */
class CoverageAgreementTest {
    private static final boolean FULL =
            System.getProperty("tracetool.test.stdlib", "").equals("full");
    private static final Path PACKAGES = Path.of("/usr/lib/python3/dist-packages");

    @ParameterizedTest
    @FieldSource("dev.tracetool.testing.CPython#MATRIX")
    void should_tell_the_statements_and_the_excluded_lines_that_coverage_tells(String version) throws Exception {
        assumeTrue(
                Files.isDirectory(PACKAGES.resolve("coverage")),
                "there is no coverage.py here: statements were not compared with its");
        Process process = CPython.ofMatrix(version)
                .command(
                        "-X",
                        "utf8",
                        Path.of("src/test/resources/dev/tracetool/source/coverage_oracle.py")
                                .toAbsolutePath()
                                .toString(),
                        PACKAGES.toString(),
                        FULL ? "1" : "10",
                        PythonSourceTest.RULES.toAbsolutePath().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        List<String> wrong = new ArrayList<>();
        int files = 0;
        int refused = 0;
        int statements = 0;
        try (BufferedReader in =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] facts = line.split("\t", -1);
                if (facts[2].equals("error")) {
                    refused++;
                    continue;
                }
                files++;
                statements += lines(facts[3]).length;
                compare(facts, wrong);
            }
        }
        assertEquals(0, process.waitFor());
        System.out.printf(
                "CPython %s: %,d sources, %,d statements, %d differ, %d that coverage.py refuses%n",
                version, files, statements, wrong.size(), refused);
        assertEquals(List.of(), wrong);
        assertTrue(files > 500, "only " + files);
    }

    private static void compare(String[] facts, List<String> wrong) throws IOException {
        Path file = Path.of(facts[0]);
        try {
            SourceText text = SourceText.of(Files.readAllBytes(file));
            if (facts[1].equals("1")) {
                text = SourceText.of(marked(text).getBytes(StandardCharsets.UTF_8));
            }
            Statements statements = PythonSource.parse(text, Exclusions.DEFAULT).statements(lines(facts[2]));
            if (!Arrays.equals(lines(facts[3]), statements.lines())) {
                wrong.add(file + ": statements " + difference(lines(facts[3]), statements.lines()));
            } else if (!Arrays.equals(lines(facts[4]), statements.excluded())) {
                wrong.add(file + ": excluded " + difference(lines(facts[4]), statements.excluded()));
            }
            String doubt = SourceCheck.doubt(text, functions(facts[5]));
            if (doubt != null) {
                wrong.add(file + ": doubted: " + doubt);
            }
        } catch (SourceSyntaxException e) {
            wrong.add(file + ": " + e.getMessage() + ", line " + e.line());
        }
    }

    private static List<FunctionActivity> functions(String starts) {
        List<FunctionActivity> functions = new ArrayList<>();
        for (String start : starts.isEmpty() ? new String[0] : starts.split(",")) {
            int blank = start.indexOf(' ');
            int line = Integer.parseInt(start.substring(0, blank));
            CodeIdentity identity = new CodeIdentity("", start.substring(blank + 1), line, "");
            functions.add(new FunctionActivity(identity, false, 0, 0, 0, 0, 0, 0, true, line, LineHits.NONE, false));
        }
        return functions;
    }

    /** The source with the comments that the program adds to it. */
    private static String marked(SourceText source) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < source.lines(); i++) {
            String line = source.line(i + 1);
            boolean marked = (i * 7919 + source.lines() + 1) % 37 == 0 && !line.endsWith("\\");
            text.append(line).append(marked ? "  # pragma: no cover\n" : "\n");
        }
        return text.toString();
    }

    private static String difference(int[] theirs, int[] ours) {
        int[] less = IntStream.of(theirs)
                .filter(line -> Arrays.binarySearch(ours, line) < 0)
                .limit(10)
                .toArray();
        int[] more = IntStream.of(ours)
                .filter(line -> Arrays.binarySearch(theirs, line) < 0)
                .limit(10)
                .toArray();
        return "only there " + Arrays.toString(less) + ", only here " + Arrays.toString(more);
    }

    private static int[] lines(String text) {
        return text.isEmpty()
                ? new int[0]
                : Arrays.stream(text.split(",")).mapToInt(Integer::parseInt).toArray();
    }
}
