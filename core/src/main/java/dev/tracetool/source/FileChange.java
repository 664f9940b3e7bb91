package dev.tracetool.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a diff does to one file. Paths are relative to where the diff was made, mostly the root of a repository, with
 * slashes, and without the prefixes that git puts before them; hostile text.
 *
 * @param oldPath null of a file that is added
 * @param newPath null of a file that is deleted
 * @param binary whether its content is not told, for it is no text
 * @param edits in order of lines; empty if only the name or the mode changed, and of binary files
 */
public record FileChange(
        @Nullable String oldPath, @Nullable String newPath, Kind kind, boolean binary, List<Edit> edits) {
    /** What happens to the file as a whole. */
    public enum Kind {
        ADDED,
        DELETED,
        MODIFIED,
        RENAMED,
        COPIED
    }

    /**
     * Lines that take the place of others: {@code removed} lines from {@code oldLine} on become {@code added} lines from
     * {@code newLine} on. Where nothing is removed, the new lines go before {@code oldLine}; where nothing is added, the
     * old ones were before {@code newLine}.
     */
    public record Edit(int oldLine, int removed, int newLine, int added) {}

    public FileChange {
        edits = List.copyOf(edits);
    }

    /** The path after the change, or before it if there is none after it. */
    public String path() {
        String path = newPath == null ? oldPath : newPath;
        if (path == null) {
            throw new IllegalStateException("a change of no file");
        }
        return path;
    }

    /** Lines that are there only after the change, in the numbering after it. */
    public ChangedLines addedLines() {
        ChangedLines.Builder lines = new ChangedLines.Builder();
        edits.forEach(edit -> lines.add(edit.newLine(), edit.added()));
        return lines.build();
    }

    /** Lines that are there only before the change, in the numbering before it. */
    public ChangedLines removedLines() {
        ChangedLines.Builder lines = new ChangedLines.Builder();
        edits.forEach(edit -> lines.add(edit.oldLine(), edit.removed()));
        return lines.build();
    }
}
