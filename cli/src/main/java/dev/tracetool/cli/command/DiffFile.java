package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.source.MalformedDiffException;
import dev.tracetool.source.UnifiedDiff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A unified diff that the user named: a file, or {@code -} for standard input. */
public final class DiffFile {
    private DiffFile() {}

    public static UnifiedDiff read(String name, Terminal terminal) throws IOException {
        if (name.equals("-")) {
            return read("standard input", terminal.in());
        }
        try (InputStream in = Files.newInputStream(Path.of(name))) {
            return read(name, in);
        } catch (InvalidPathException e) {
            throw CommandException.file(name, "not a file name");
        } catch (CommandException e) {
            throw e;
        } catch (IOException e) {
            throw CommandException.file(name, e);
        }
    }

    private static UnifiedDiff read(String name, InputStream in) throws IOException {
        try {
            return UnifiedDiff.read(in);
        } catch (MalformedDiffException e) {
            throw CommandException.file(name, SafeText.terminal(String.valueOf(e.getMessage())));
        }
    }
}
