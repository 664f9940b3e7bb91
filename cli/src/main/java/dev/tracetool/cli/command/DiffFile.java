package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.input.InputName;
import dev.tracetool.source.MalformedDiffException;
import dev.tracetool.source.UnifiedDiff;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** A unified diff that the user named: a file, or {@code -} for standard input. */
public final class DiffFile {
    private DiffFile() {}

    /** @param inputs which cannot come from standard input, too */
    public static UnifiedDiff read(String name, List<String> inputs, Terminal terminal) throws IOException {
        if (name.equals(InputName.STANDARD_INPUT)) {
            if (Inputs.takesStandardInput(inputs)) {
                throw CommandException.usage("standard input can be the diff or an input, not both");
            }
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
