package dev.tracetool.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A regular file. */
public record FileInput(String name, Path path, InputLimits limits) implements TraceInput {
    public FileInput(Path path) {
        this(path.toString(), path);
    }

    public FileInput(String name, Path path) {
        this(name, path, InputLimits.DEFAULT);
    }

    @Override
    public long size() throws IOException {
        return Files.size(path);
    }

    @Override
    public InputStream stream() throws IOException {
        return Files.newInputStream(path);
    }

    @Override
    public SeekableByteChannel channel() throws IOException {
        return Files.newByteChannel(path, StandardOpenOption.READ);
    }

    @Override
    public @Nullable TraceInput beside(String fileName) {
        try {
            Path other = path.resolveSibling(fileName);
            return Files.isRegularFile(other)
                    ? new FileInput(Path.of(name).resolveSibling(fileName).toString(), other, limits)
                    : null;
        } catch (InvalidPathException e) {
            return null; // no file can have that name
        }
    }
}
