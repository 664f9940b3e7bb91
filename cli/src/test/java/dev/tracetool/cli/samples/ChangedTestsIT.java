package dev.tracetool.cli.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Breaks lines of the sample project, one at a time: each test that fails is one that {@code tests --changed} chooses. */
class ChangedTestsIT {
    private static final int CHANGES = 40;
    private static final long SEED = 20261123;
    private static final Pattern FAILED = Pattern.compile("^(?:FAILED|ERROR) (\\S+)", Pattern.MULTILINE);
    private static final List<String> FILES = List.of(
            "shop/cart.py",
            "shop/price.py",
            "shop/stock.py",
            "shop/table.py",
            "tests/conftest.py",
            "tests/test_cart.py",
            "tests/test_price.py",
            "tests/test_stock.py",
            "tests/test_table.py");

    @TempDir
    Path folder;

    private SampleProject project;

    @BeforeEach
    void should_have_pytest() {
        assumeTrue(SampleProject.hasPytest(), SampleProject.NEEDS_PYTEST);
    }

    /** Code that runs on import, decorators, methods that take over others, and fixtures that tests share. */
    private void prepare() throws IOException {
        project = SampleProject.copyTo(folder.resolve("project"), "3.13");
        project.write("shop/table.py", """
                import functools


                def build(n):
                    rows = []
                    for i in range(n):
                        rows.append(i * 2)
                    return rows


                TABLE = build(4)


                def fifteen():
                    number = 5
                    return 10 + number


                def two():
                    return 2


                def plus(more):
                    def decorate(function):
                        @functools.wraps(function)
                        def inner(*arguments):
                            return function(*arguments) + more
                        return inner
                    return decorate


                @plus(
                    1
                )
                def look(i):
                    return TABLE[i]


                class Base:
                    LIMIT = 3

                    def limit(self):
                        return self.LIMIT

                    @property
                    def double(self):
                        return 2 * self.limit()


                class Derived(Base):
                    def limit(self, more=1):
                        return super().limit() + more
                """);
        project.write("tests/conftest.py", """
                import pytest
                from shop import table


                @pytest.fixture(scope="session")
                def shared():
                    value = table.fifteen()
                    yield value
                """);
        project.write("tests/test_table.py", """
                import pytest
                from shop import table


                @pytest.fixture(scope="module")
                def local():
                    return table.two()


                @pytest.mark.parametrize(
                    "i, expected",
                    [
                        (0, 1),
                        (1, 3),
                    ],
                )
                def test_look(i, expected):
                    assert table.look(i) == expected


                def test_shared(shared):
                    assert shared == 15


                def test_shared_again(shared, local):
                    assert shared == 15 and local == 2


                def test_local(local):
                    assert local == 2


                class TestLimit:
                    def setup_method(self):
                        self.derived = table.Derived()

                    def test_limit(self):
                        assert self.derived.limit() == 4

                    def test_double(self):
                        assert self.derived.double == 8

                    def test_base(self):
                        assert table.Base().double == 6
                """);
        project.commit("More");
    }

    /** A line, and what is to stand in its place. */
    private record Change(String file, int line, String text) {}

    private List<Change> changes() throws IOException {
        List<Change> changes = new ArrayList<>();
        for (String file : FILES) {
            List<String> lines = project.read(file).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                if (line.isBlank()) {
                    continue;
                }
                String indent =
                        line.substring(0, line.length() - line.stripLeading().length());
                changes.add(new Change(file, i, indent + "raise RuntimeError\n" + line));
                changes.add(new Change(file, i, indent + "pass"));
                Matcher number = Pattern.compile("\\d+").matcher(line);
                if (number.find()) {
                    changes.add(new Change(file, i, number.replaceFirst("7" + number.group())));
                }
            }
        }
        return changes;
    }

    private TreeSet<String> chosen(Path summary, String diff) {
        Cli.Result result =
                Cli.runWith(diff, Map.of(), "tests", "--changed", "-", "--format", "list", summary.toString());
        assertEquals(0, result.exitCode(), result.err());
        return new TreeSet<>(result.out().lines().toList());
    }

    private static boolean isChosen(String failed, TreeSet<String> chosen) {
        return chosen.contains(failed)
                || chosen.stream().anyMatch(c -> failed.startsWith(c + "::") || c.startsWith(failed + "::"));
    }

    private boolean compiles(String file) throws IOException {
        String program = "compile(open(" + "'" + file + "'" + ").read(), 'f', 'exec')";
        return project.python(project.folder(), Map.of(), "-c", program).status() == 0;
    }

    @Test
    void should_choose_each_test_that_fails() throws IOException {
        prepare();
        Path traces = Files.createDirectory(folder.resolve("traces"));
        Map<String, String> none = Map.of();
        Object[] record = {SampleProject.RECORDER, "-o", traces.resolve("t.bin"), "-m", "pytest", "-q"};
        SampleProject.ok(project.python(project.folder(), none, record));
        Path summary = folder.resolve("all.summary");
        assertEquals(0, Cli.run("merge", traces, "-o", summary).exitCode());

        List<Change> changes = changes();
        Collections.shuffle(changes, new Random(SEED));
        int tried = 0;
        int failures = 0;
        int chosenTests = 0;
        List<String> missed = new ArrayList<>();
        for (Change change : changes.subList(0, CHANGES)) {
            String before = project.read(change.file());
            List<String> lines = new ArrayList<>(before.lines().toList());
            lines.set(change.line(), change.text());
            project.write(change.file(), String.join("\n", lines) + "\n");
            if (!compiles(change.file())) {
                // It fails wherever it is imported, before any test runs: nothing that a choice of tests could show.
                project.write(change.file(), before);
                continue;
            }
            tried++;
            TreeSet<String> chosen = chosen(summary, project.git("diff"));
            String out = project.python(
                            project.folder(), none, "-m", "pytest", "-q", "-rfE", "--tb=no", "-p", "no:cacheprovider")
                    .out();
            Matcher failed = FAILED.matcher(out);
            while (failed.find()) {
                failures++;
                if (!isChosen(failed.group(1), chosen)) {
                    missed.add(change + ": " + failed.group(1) + ", chosen " + chosen);
                }
            }
            chosenTests += chosen.size();
            project.write(change.file(), before);
        }
        System.out.println(tried + " changes, " + failures + " failures, " + chosenTests + " tests chosen");
        assertEquals(List.of(), missed);
        assertTrue(tried > CHANGES / 2 && failures > tried / 2, "they change nothing");
    }
}
