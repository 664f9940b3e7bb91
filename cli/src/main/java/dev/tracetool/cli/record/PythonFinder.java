package dev.tracetool.cli.record;

import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.ExitCode;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.export.SafeText;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Finds an interpreter that can record: CPython 3.12 or later, which is where {@code sys.monitoring} begins.
 *
 * <p>Whoever names one, with {@code --python} or {@code TRACETOOL_PYTHON}, gets it or an error. Otherwise the first that
 * is suitable is taken: the one of the active virtual environment, then whatever {@code python3}, {@code python} and the
 * versioned names are on the path. Each is asked for its version by running it once.
 */
final class PythonFinder {
    private static final String[] NAMES = {"python3", "python", "python3.14", "python3.13", "python3.12"};
    private static final String QUESTION = "import sys;i=getattr(sys,'implementation',None);"
            + "print('%s %d.%d.%d'%((i.name if i else 'cpython',)+tuple(sys.version_info[:3])))";
    private static final int PATIENCE_SECONDS = 20;
    private static final int LEAST_MINOR = 12;

    private final Terminal terminal;
    private final List<String> tried = new ArrayList<>();

    PythonFinder(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * The command of the interpreter.
     *
     * @param named the value of {@code --python}, or null
     */
    String find(@Nullable String named) throws IOException {
        String variable = terminal.environment("TRACETOOL_PYTHON");
        if (named != null) {
            return insist("--python", named);
        }
        if (variable != null && !variable.isEmpty()) {
            return insist("TRACETOOL_PYTHON", variable);
        }
        String environment = terminal.environment("VIRTUAL_ENV");
        String own = null;
        if (environment != null && !environment.isEmpty()) {
            own = environment + File.separator + "bin" + File.separator + "python";
            if (isSuitable(own)) {
                return own;
            }
        }
        for (String candidate : onPath()) {
            if (!candidate.equals(own) && isSuitable(candidate)) {
                if (own != null) {
                    terminal.warn("the Python of the virtual environment cannot record (" + tried.get(0) + "); using "
                            + SafeText.terminal(candidate));
                }
                return candidate;
            }
        }
        throw none();
    }

    private String insist(String who, String python) throws IOException {
        if (isSuitable(python)) {
            return python;
        }
        throw CommandException.of(
                ExitCode.NO_PYTHON, who + " names " + tried.get(0) + "; CPython 3.12 or later is needed");
    }

    private CommandException none() {
        StringBuilder message =
                new StringBuilder("no Python that can record was found: CPython 3.12 or later is needed\n");
        for (String one : tried) {
            message.append("  tried ").append(one).append('\n');
        }
        if (tried.isEmpty()) {
            message.append("  there is no python3 or python on the path\n");
        }
        return CommandException.of(
                ExitCode.NO_PYTHON,
                message + "  install one (package python3 of a recent system, or https://www.python.org/downloads/),"
                        + " or name one with --python or TRACETOOL_PYTHON");
    }

    private Set<String> onPath() {
        Set<String> found = new LinkedHashSet<>();
        String path = terminal.environment("PATH");
        if (path == null) {
            return found;
        }
        List<String> folders = new ArrayList<>();
        for (int from = 0; from <= path.length(); ) {
            int end = path.indexOf(File.pathSeparatorChar, from);
            end = end < 0 ? path.length() : end;
            if (end > from) {
                folders.add(path.substring(from, end));
            }
            from = end + 1;
        }
        for (String name : NAMES) {
            for (String folder : folders) {
                try {
                    Path file = Path.of(folder, name);
                    if (Files.isRegularFile(file) && Files.isExecutable(file)) {
                        found.add(file.toString());
                    }
                } catch (InvalidPathException e) {
                    // A folder of that name cannot exist.
                }
            }
        }
        return found;
    }

    private boolean isSuitable(String python) throws IOException {
        String answer = ask(python);
        tried.add(SafeText.terminal(python) + ": " + SafeText.terminal(answer));
        return answer.startsWith("cpython 3.") && minor(answer) >= LEAST_MINOR;
    }

    private static int minor(String answer) {
        int start = "cpython 3.".length();
        int end = answer.indexOf('.', start);
        try {
            return end < 0 ? -1 : Integer.parseInt(answer.substring(start, end));
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** What the interpreter says it is, or why it says nothing. */
    private static String ask(String python) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(python, "-I", "-S", "-c", QUESTION)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return "cannot be run";
        }
        try {
            process.getOutputStream().close();
            // The answer is shorter than a pipe is deep: it need not be read for the process to end.
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return "did not answer";
            }
            String answer = new String(process.getInputStream().readNBytes(200), StandardCharsets.UTF_8).strip();
            return process.exitValue() == 0 && !answer.isEmpty()
                    ? answer
                    : "does not run (exit code " + process.exitValue() + ")";
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            return "was interrupted";
        }
    }
}
