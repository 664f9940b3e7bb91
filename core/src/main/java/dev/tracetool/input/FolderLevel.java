package dev.tracetool.input;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All regular files beneath a folder, in order of their paths. Links to files are followed, links to folders are not, so
 * that there are no loops; what cannot be listed is noted.
 */
final class FolderLevel implements Level {
    private final InputRules rules;
    private final Iterator<Path> files;

    FolderLevel(Path folder, InputRules rules, Skipped skipped) throws IOException {
        this.rules = rules;
        List<Path> found = new ArrayList<>();
        // By its real path: one that is a link itself is meant to be followed.
        Path real = folder.toRealPath();
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() || attributes.isSymbolicLink() && Files.isRegularFile(file)) {
                    found.add(named(file));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException error) throws IOException {
                if (file.equals(real)) {
                    throw error;
                }
                skipped.unread(named(file).toString(), error);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException error) {
                if (error != null) {
                    skipped.unread(named(visited).toString(), error);
                }
                return FileVisitResult.CONTINUE;
            }

            private Path named(Path file) {
                return folder.resolve(real.relativize(file));
            }
        });
        found.sort(null);
        this.files = found.iterator();
    }

    @Override
    public @Nullable TraceInput next() {
        return files.hasNext() ? rules.opened(input(files.next())) : null;
    }

    private FileInput input(Path file) {
        return new FileInput(file.toString(), file, rules.limits());
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
