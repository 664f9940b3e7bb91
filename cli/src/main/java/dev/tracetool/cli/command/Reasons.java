package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.input.LimitException;
import dev.tracetool.trace.TraceException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** What went wrong with a file, in words. Java's own messages are often only the file's name again. */
public final class Reasons {
    private Reasons() {}

    static String of(IOException error) {
        if (error instanceof LimitException) {
            return SafeText.terminal(String.valueOf(error.getMessage())) + "; " + Options.NO_LIMITS
                    + " lifts that limit";
        }
        if (error instanceof TraceException bad) {
            String position = bad.position() == TraceException.NO_POSITION ? "" : "byte " + bad.position() + ": ";
            return position + SafeText.terminal(String.valueOf(error.getMessage()));
        }
        if (error instanceof NoSuchFileException || error instanceof FileNotFoundException) {
            return "no such file";
        }
        if (error instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "exists already";
        }
        if (error instanceof NotDirectoryException) {
            return "not a directory";
        }
        if (error instanceof FileSystemLoopException) {
            return "a loop of symbolic links";
        }
        String reason = error instanceof FileSystemException system ? system.getReason() : error.getMessage();
        return reason == null || reason.isEmpty() ? error.getClass().getSimpleName() : lowerFirst(reason);
    }

    private static String lowerFirst(String text) {
        return Character.toLowerCase(text.charAt(0)) + text.substring(1);
    }
}
