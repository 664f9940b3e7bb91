package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.input.LimitException;
import dev.tracetool.trace.TraceException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What the user is told of an error, and its exit code: one line, unless the error is ours. */
public final class Failures {
    private Failures() {}

    public static int report(String command, Throwable failure, Terminal terminal) {
        Throwable error = failure;
        while ((error instanceof UncheckedIOException) && error.getCause() != null) {
            error = error.getCause();
        }
        if (error instanceof OutputClosedException) {
            return ExitCode.OK;
        }
        if (error instanceof CommandException told) {
            String message = String.valueOf(told.getMessage());
            return told.exitCode() == ExitCode.USAGE
                    ? usage(command, message, terminal)
                    : line("tracetool: " + message, told.exitCode(), terminal);
        }
        if (error instanceof TraceException bad) {
            String position = bad.position() == TraceException.NO_POSITION ? "" : "byte " + bad.position() + ": ";
            String where = SafeText.terminal(bad.input()) + ": " + position;
            return line(
                    "tracetool: " + where + SafeText.terminal(String.valueOf(bad.getMessage())),
                    ExitCode.DATA,
                    terminal);
        }
        if (error instanceof LimitException limit) {
            return line(
                    "tracetool: " + SafeText.terminal(limit.input()) + ": " + Reasons.of(limit),
                    ExitCode.DATA,
                    terminal);
        }
        if (error instanceof IOException io) {
            return line("tracetool: " + SafeText.terminal(Reasons.of(io)), ExitCode.DATA, terminal);
        }
        if (error instanceof OutOfMemoryError) {
            long megabytes = Runtime.getRuntime().maxMemory() >> 20;
            return line(
                    command + ": out of memory (the limit is " + megabytes
                            + " MB; TRACETOOL_JAVA_OPTS=-Xmx2g, say, raises it)",
                    ExitCode.BUG,
                    terminal);
        }
        terminal.err()
                .println(command + ": unexpected internal error, please report it with these lines and the command line"
                        + " that led here");
        error.printStackTrace(terminal.err());
        return ExitCode.BUG;
    }

    public static int usage(String command, String message, Terminal terminal) {
        // Some of picocli's messages have a second line with a list of what it knows.
        int end = message.indexOf('\n');
        String first = end < 0 ? message : message.substring(0, end).stripTrailing();
        return line(
                command + ": " + SafeText.terminal(first) + " (see '" + command + " --help')",
                ExitCode.USAGE,
                terminal);
    }

    private static int line(String text, int exitCode, Terminal terminal) {
        terminal.err().println(text);
        return exitCode;
    }
}
