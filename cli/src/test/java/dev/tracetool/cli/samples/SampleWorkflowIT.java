package dev.tracetool.cli.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tracetool.cli.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The sample project's workflow as a job of continuous integration would run it, with the distribution that the build
 * made: three shards of pytest, one summary, a comparison with the base branch, a gate. The figures are checked against
 * coverage.py and {@code sys.settrace}.
 */
class SampleWorkflowIT {
    @TempDir
    Path folder;

    private SampleProject project;
    private Workflow workflow;
    private int runs;

    @BeforeEach
    void should_have_pytest() {
        assumeTrue(SampleProject.hasPytest(), SampleProject.NEEDS_PYTEST);
    }

    private void prepare(String version) throws IOException {
        project = SampleProject.copyTo(folder.resolve("origin"), version);
        Path bin = Files.createDirectory(folder.resolve("bin"));
        // On a runner they come from elsewhere; pytest is here already, and nothing is installed.
        executable(bin.resolve("pip"), "exit 0");
        executable(bin.resolve("python3"), "exec '" + project.python().executable() + "' \"$@\"");
        Map<String, String> environment = project.environment();
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("HOME", folder.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        workflow = new Workflow(
                project.folder().resolve(".github/workflows/tests.yml"), folder.resolve("ci"), environment);
    }

    private static void executable(Path file, String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static String distribution() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(f -> f.getFileName().toString().matches("tracetool-.*\\.tar\\.gz"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("mvn package has made no distribution"))
                    .toUri()
                    .toString();
        }
    }

    /** Runs both jobs; the last one's result. */
    private Workflow.Run run(String event) throws Exception {
        Map<String, String> values = new HashMap<>();
        values.put("vars.TRACETOOL_URL", distribution());
        values.put("github.event_name", event);
        values.put("github.sha", "c0ffee" + runs);
        values.put("github.run_id", "run-" + runs++);
        values.put("github.base_ref", event.equals("push") ? "" : "main");
        for (String shard : workflow.matrix("test", "shard")) {
            values.put("matrix.shard", shard);
            workflow.run("test", project.folder(), values);
        }
        return workflow.run("report", project.folder(), values);
    }

    private Path json(String name, Object... words) throws IOException {
        Cli.Result result = Cli.run(words);
        assertEquals(0, result.exitCode(), result.err());
        return Files.writeString(folder.resolve(name), result.out());
    }

    private String python(Path workspace, Map<String, String> environment, Object... words) throws IOException {
        return SampleProject.ok(project.python(workspace, environment, words));
    }

    private static List<List<String>> shards() {
        return List.of(
                List.of("tests/test_price.py"),
                List.of("tests/test_cart.py", "tests/test_stock.py"),
                List.of("tests/test_main.py"));
    }

    /** Each line's hits and tests, and each test's figures, are those that sys.settrace counts. */
    private void checkTests(Path workspace, Path summary) throws Exception {
        Path counts = Files.createDirectory(folder.resolve("counts"));
        Path site = Files.createDirectory(folder.resolve("site"));
        Files.writeString(site.resolve("sitecustomize.py"), "import trace_tests\n");
        Map<String, String> environment = Map.of(
                "PYTHONPATH", site + ":" + SampleProject.tool("oracle") + ":" + SampleProject.PACKAGES,
                "TRACE_TESTS_ROOT", workspace.toString(),
                "TRACE_TESTS_OUT", counts.toString());
        for (List<String> shard : shards()) {
            List<Object> words = new ArrayList<>(List.of("-m", "pytest", "-q", "-p", "trace_tests"));
            words.addAll(shard);
            python(workspace, environment, words.toArray());
        }
        Path annotated = json("annotate.json", "annotate", "--format", "json", summary);
        Path reported = json("tests.json", "report", "--by", "test", "--format", "json", summary);
        Object[] check = {SampleProject.tool("figures/check_tests.py"), annotated, reported, counts};
        System.out.print(python(workspace, Map.of(), check));
    }

    /** Each file's statements, missed lines and excluded lines are those of coverage.py. */
    private void checkCoverage(Path workspace, Path summary) throws Exception {
        if (!Files.isDirectory(SampleProject.PACKAGES.resolve("coverage"))) {
            System.out.println("there is no coverage.py here: figures were not compared with its");
            return;
        }
        String main = "import sys; from coverage.cmdline import main; sys.exit(main())";
        Files.writeString(workspace.resolve("sitecustomize.py"), "import coverage; coverage.process_startup()\n");
        Path settings =
                Files.writeString(folder.resolve("coveragerc"), "[run]\nparallel = true\ninclude = shop/*, tests/*\n");
        Map<String, String> environment = Map.of(
                "PYTHONPATH", workspace + ":" + SampleProject.PACKAGES, "COVERAGE_PROCESS_START", settings.toString());
        python(workspace, environment, "-m", "pytest", "-q");
        python(workspace, Map.of(), "-c", main, "combine", "-q", "--rcfile", settings);
        Path covered = folder.resolve("coverage-py.json");
        python(workspace, Map.of(), "-c", main, "json", "-q", "--rcfile", settings, "-o", covered);
        Path ours = json("coverage.json", "coverage", "--format", "json", summary);
        Object[] check = {SampleProject.tool("figures/check_statements.py"), ours, covered, 8};
        System.out.print(python(workspace, Map.of(), check));
    }

    @ParameterizedTest
    @ValueSource(strings = "3.13")
    void should_run_as_continuous_integration_would(String version) throws Exception {
        prepare(version);
        Workflow.Run base = run("push");
        assertTrue(base.passed(), base::log);
        assertTrue(base.summary().contains("| 23 | 8 | `passed` | `tests/test_cart.py::test_total` |"), base::summary);
        Path summary = base.workspace().resolve("head.summary");
        checkTests(base.workspace(), summary);
        checkCoverage(base.workspace(), summary);

        assertGate(true, base, "4 gates passed");

        // What nobody tests becomes one line longer, and what many test another one.
        project.git("checkout", "-q", "-b", "change");
        project.replace("shop/price.py", "        cents = -cents\n", "        cents = -cents\n        sign += \" \"\n");
        project.replace("shop/stock.py", "        left = self", "        count = int(count)\n        left = self");
        project.commit("Another version");
        Workflow.Run head = run("pull_request");
        assertGate(
                false,
                head,
                "::error title=diff coverage::diff: 1 of 2 statements hit, 50.0%25; 100%25 needs 1 more\n"
                        + "::warning file=shop/price.py,line=23,endLine=23,title=did not run::changed, and did not run\n"
                        + "1 of 7 gates failed");
        // Stock.take runs five times, and has one line more in each.
        assertContains(head.summary(), "- line events: `227 → 232  +5 ×1.02`");
        assertContains(head.summary(), "| `Stock.take` | `shop/stock.py:12` |");
        assertContains(head.summary(), "## Check: 1 of 7 gates failed");
        assertContains(head.summary(), "| 1 | 0 | `shop/price.py` | 23 |");

        // With a test of it, and with another that fails.
        project.write(
                "tests/test_text.py",
                "from shop import price\n\n\ndef test_text():\n    assert price.text(-5) == \"- 0.05\"\n");
        project.commit("A test");
        assertGate(true, run("pull_request"), "7 gates passed");
        project.replace("tests/test_text.py", "- 0.05", "-0.05");
        project.commit("A test that fails");
        Workflow.Run failed = run("pull_request");
        assertGate(false, failed, "::error title=failed tests::tests/test_text.py::test_text: failed");
    }

    private static void assertGate(boolean passed, Workflow.Run run, String log) {
        assertContains(run.log(), log);
        assertEquals(passed, run.passed(), run::log);
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), text);
    }
}
