package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An error that the user can do something about: one line on standard error, and an exit code. */
public final class CommandException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** The command line asks for something that makes no sense or must not be done. */
    public static CommandException usage(String message) {
        return new CommandException(ExitCode.USAGE, message, null);
    }

    /** A file cannot be used. The message says what is the matter with it; its name is put first. */
    public static CommandException file(String name, String message) {
        return new CommandException(ExitCode.DATA, SafeText.terminal(name) + ": " + message, null);
    }

    /** A file cannot be used, for a reason that the system gave. */
    public static CommandException file(String name, IOException cause) {
        return new CommandException(ExitCode.DATA, SafeText.terminal(name) + ": " + Reasons.of(cause), cause);
    }

    /** An error with an exit code of its own. */
    public static CommandException of(int exitCode, String message) {
        return new CommandException(exitCode, message, null);
    }

    public int exitCode() {
        return exitCode;
    }
}
