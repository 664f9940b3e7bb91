package dev.tracetool.cli.command;

import dev.tracetool.input.InputName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** How many bytes there are to read, as far as that can be known before. */
final class InputSizes {
    private InputSizes() {}

    /** Bytes of all inputs together, -1 if one of them is a pipe or is not there. */
    static long total(List<String> names) {
        long total = 0;
        for (String name : names) {
            long size = size(InputName.of(name));
            if (size < 0) {
                return -1;
            }
            total += size;
        }
        return total;
    }

    private static long size(InputName name) {
        try {
            Path path = Path.of(name.place());
            if (name.isStandardInput() || !Files.isDirectory(path)) {
                return !name.isStandardInput() && Files.isRegularFile(path) ? Files.size(path) : -1;
            }
            try (Stream<Path> tree = Files.walk(path.toRealPath())) {
                long total = 0;
                for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
                    total += Files.size(file);
                }
                return total;
            }
        } catch (IOException | UncheckedIOException | InvalidPathException e) {
            return -1;
        }
    }
}
