package dev.tracetool.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A diff as {@code git diff} prints it, with any number of lines of context, and as {@code diff -u} does. What stands
 * around the files, such as a mail, is skipped. Not understood, and said so, are diffs of merges ({@code @@@}), coloured
 * ones, and such that are no diff at all; nothing else than an empty input is an empty diff.
 *
 * @param files in the order of the diff
 */
public record UnifiedDiff(List<FileChange> files) {
    public UnifiedDiff {
        files = List.copyOf(files);
    }

    /**
     * Reads a diff to its end. Memory is bounded by its files and edits, never by the length of its lines.
     *
     * @throws MalformedDiffException if it is none; the message names the line
     */
    public static UnifiedDiff read(InputStream in) throws IOException {
        return new UnifiedDiffReader(new DiffLines(in)).read();
    }
}
