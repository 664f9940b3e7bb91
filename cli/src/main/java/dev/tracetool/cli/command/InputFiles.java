package dev.tracetool.cli.command;

import dev.tracetool.format.TraceFormat;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.summary.SummaryFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files that an input consists of: itself, or those in a folder or an archive that are traces or summaries, in order
 * of their names. All others there are passed over. One file at a time is open, and one at most is unpacked.
 */
final class InputFiles {
    /** What is to be done with each file. */
    interface Visitor {
        /** @param name what to call it, which for a file in an archive is not its path */
        void file(String name, Path path) throws IOException;
    }

    private InputFiles() {}

    static void forEach(String name, Path path, Visitor visitor) throws IOException {
        if (Files.isDirectory(path)) {
            folder(name, path, visitor);
        } else if (Files.isRegularFile(path) && Archive.isOne(path)) {
            int count = Archive.forEach(name, path, visitor);
            if (count == 0) {
                throw CommandException.file(name, "is an archive without a trace in it");
            }
        } else {
            visitor.file(name, path);
        }
    }

    private static void folder(String name, Path folder, Visitor visitor) throws IOException {
        List<Path> files;
        try (Stream<Path> tree = Files.walk(folder)) {
            files = tree.filter(Files::isRegularFile).sorted().toList();
        } catch (UncheckedIOException e) {
            throw CommandException.file(name, "cannot be listed: " + e.getMessage());
        }
        boolean found = false;
        for (Path file : files) {
            if (isKnown(head(file))) {
                found = true;
                visitor.file(file.toString(), file);
            }
        }
        if (!found) {
            throw CommandException.file(name, "is a directory without a trace in it");
        }
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(TraceFormat.HEAD_BYTES);
        } catch (IOException e) {
            throw CommandException.file(file.toString(), e);
        }
    }

    /** Whether a file that begins like this is a trace or a summary. */
    static boolean isKnown(byte[] head) {
        return SummaryFile.matches(head) || TraceFormats.matches(head);
    }
}
