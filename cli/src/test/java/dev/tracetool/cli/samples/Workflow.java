package dev.tracetool.cli.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * Runs the jobs of a GitHub Actions workflow on this machine, as far as our sample goes: its commands as they stand there,
 * by bash, and in place of actions what they come to. Anything that is not known here is an error.
 */
final class Workflow {
    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ *(.*?) *}}");
    private static final Pattern EQUALS = Pattern.compile("([\\w.]+) == '(\\w+)'");
    private static final long PATIENCE_SECONDS = 120;

    private final Map<String, Object> document;

    /** Artifacts and caches. */
    private final Path store;

    /** The working folder of one job after the other: it has the same name in all, as on a runner. */
    private final Path runner;

    private final Map<String, String> environment;

    /** What a job came to: its working folder until the next job, what its commands printed, its summary in Markdown. */
    record Run(boolean passed, Path workspace, String log, String summary) {}

    /** @param environment of all commands: that of the runner */
    Workflow(Path file, Path folder, Map<String, String> environment) throws IOException {
        document = map(new Load(LoadSettings.builder().setLabel(file.toString()).build())
                .loadFromString(Files.readString(file)));
        store = folder.resolve("store");
        runner = folder.resolve("runner");
        this.environment = environment;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> steps(Object value) {
        return (List<Map<String, Object>>) value;
    }

    /** The values of the one list that a job's matrix has. */
    List<String> matrix(String job, String name) {
        Object strategy = map(map(document.get("jobs")).get(job)).get("strategy");
        return ((List<?>) map(map(strategy).get("matrix")).get(name))
                .stream().map(Object::toString).toList();
    }

    /**
     * Runs a job.
     *
     * @param repository what is checked out, at its current branch
     * @param values of the expressions, such as {@code matrix.shard}
     */
    Run run(String name, Path repository, Map<String, String> values) throws Exception {
        Map<String, Object> job = map(map(document.get("jobs")).get(name));
        deleteTree(runner);
        Job run = new Job(Files.createDirectories(runner), repository, values);
        run.addEnvironment(document.get("env"));
        run.addEnvironment(job.get("env"));
        boolean passed = true;
        for (Map<String, Object> step : steps(job.get("steps"))) {
            if (run.isWanted((String) step.get("if"), passed)) {
                passed &= run.step(step);
            }
        }
        return new Run(passed, run.workspace, run.log.toString(), Files.readString(run.summary));
    }

    private static void deleteTree(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private final class Job {
        final Path temporary;
        final Path workspace;
        final Path summary;
        final Path path;
        final Path repository;
        final Map<String, String> values;
        final Map<String, String> variables = new HashMap<>(environment);
        final StringBuilder log = new StringBuilder();

        Job(Path folder, Path repository, Map<String, String> values) throws IOException {
            this.repository = repository;
            this.values = values;
            temporary = Files.createDirectory(folder.resolve("temp"));
            workspace = folder.resolve("work");
            summary = Files.createFile(folder.resolve("summary.md"));
            path = Files.createFile(folder.resolve("path"));
            variables.put("RUNNER_TEMP", temporary.toString());
            variables.put("GITHUB_STEP_SUMMARY", summary.toString());
            variables.put("GITHUB_PATH", path.toString());
            variables.put("GITHUB_BASE_REF", values.getOrDefault("github.base_ref", ""));
        }

        void addEnvironment(Object env) {
            map(env).forEach((name, value) -> variables.put(name, expand(value.toString())));
        }

        private String expand(String text) {
            return EXPRESSION.matcher(text).replaceAll(m -> Matcher.quoteReplacement(valueOf(m.group(1))));
        }

        private String valueOf(String expression) {
            String value = values.get(expression);
            if (value == null) {
                throw new IllegalArgumentException("unknown: " + expression);
            }
            return value;
        }

        boolean isWanted(String condition, boolean passed) {
            if (condition == null) {
                return passed;
            }
            if (condition.equals("always()")) {
                return true;
            }
            Matcher equals = EQUALS.matcher(condition);
            if (!equals.matches()) {
                throw new IllegalArgumentException("unknown: if: " + condition);
            }
            return passed && valueOf(equals.group(1)).equals(equals.group(2));
        }

        boolean step(Map<String, Object> step) throws Exception {
            Object action = step.get("uses");
            if (action != null) {
                Map<String, String> with = new HashMap<>();
                map(step.get("with")).forEach((name, value) -> with.put(name, expand(value.toString())));
                try {
                    act(action.toString(), with);
                } catch (IOException e) {
                    throw new AssertionError(action + " after:\n" + log, e);
                }
                return true;
            }
            Path script = Files.writeString(temporary.resolve("step.sh"), expand((String) step.get("run")));
            return bash(workspace, "-e", script.toString());
        }

        private boolean bash(Path folder, String... arguments) throws Exception {
            List<String> command = new ArrayList<>(List.of("bash"));
            command.addAll(List.of(arguments));
            Path out = temporary.resolve("out");
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            List<String> folders = new ArrayList<>(Files.readAllLines(path));
            folders.add(variables.get("PATH"));
            builder.environment().put("PATH", String.join(":", folders));
            Process process = builder.redirectErrorStream(true)
                    .redirectOutput(out.toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .start();
            try {
                if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                    throw new AssertionError(command + " does not end: " + Files.readString(out));
                }
            } finally {
                process.destroyForcibly();
            }
            log.append(Files.readString(out));
            return process.exitValue() == 0;
        }

        private void act(String action, Map<String, String> with) throws Exception {
            switch (action.substring(0, action.indexOf('@'))) {
                case "actions/checkout" -> {
                    if (!bash(
                            temporary,
                            "-c",
                            "git clone -q \"$0\" \"$1\"",
                            repository.toString(),
                            workspace.toString())) {
                        throw new IllegalStateException(log.toString());
                    }
                }
                case "actions/setup-python" -> {} // the runner's environment has it
                case "actions/upload-artifact" ->
                    copy(with.get("path"), artifacts().resolve(with.get("name")));
                case "actions/download-artifact" -> download(with);
                case "actions/cache/save" -> copy(with.get("path"), caches().resolve(with.get("key")));
                case "actions/cache/restore" -> restore(with);
                default -> throw new IllegalArgumentException("unknown: uses: " + action);
            }
        }

        private Path artifacts() {
            return store.resolve("artifacts").resolve(values.get("github.run_id"));
        }

        private Path caches() {
            return store.resolve("caches");
        }

        private void copy(String file, Path to) throws IOException {
            Files.createDirectories(to);
            Files.copy(workspace.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(to, FileTime.fromMillis(System.currentTimeMillis()));
        }

        private void download(Map<String, String> with) throws IOException {
            if (!"true".equals(with.get("merge-multiple"))) {
                throw new IllegalArgumentException("unknown: a folder for each artifact");
            }
            Path to = Files.createDirectories(workspace.resolve(with.get("path")));
            try (var found = Files.newDirectoryStream(artifacts(), with.get("pattern"))) {
                for (Path artifact : found) {
                    copyFiles(artifact, to);
                }
            }
        }

        private void restore(Map<String, String> with) throws IOException {
            try (Stream<Path> all = Files.list(caches())) {
                String prefix = with.get("restore-keys").strip();
                Path exact = caches().resolve(with.get("key"));
                Comparator<Path> newest = Comparator.comparing(f -> f.toFile().lastModified());
                Path found = Files.exists(exact)
                        ? exact
                        : all.filter(f -> f.getFileName().toString().startsWith(prefix))
                                .max(newest)
                                .orElse(null);
                if (found != null) {
                    copyFiles(found, workspace);
                }
            }
        }

        private void copyFiles(Path from, Path to) throws IOException {
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, to.resolve(file.getFileName()));
                }
            }
        }
    }
}
