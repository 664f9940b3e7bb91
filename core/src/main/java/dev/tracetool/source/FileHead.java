package dev.tracetool.source;

import dev.tracetool.source.DiffNames.Pair;
import dev.tracetool.source.FileChange.Edit;
import dev.tracetool.source.FileChange.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a file of a diff so far: from {@code diff --git}, the lines behind it, and its hunks. */
final class FileHead {
    private final long line;

    /** With prefixes; null of a plain diff, and where names with blanks cannot be told apart. */
    private final @Nullable Pair gitNames;

    private final boolean isGit;
    private @Nullable String oldName;
    private @Nullable String newName;
    private @Nullable String movedFrom;
    private @Nullable String movedTo;
    private Kind kind = Kind.MODIFIED;
    private boolean binary;
    private final List<Edit> edits = new ArrayList<>();

    /** Where the next lines of the hunk are. */
    private int oldLine = 1;

    private int newLine = 1;
    private int removed;
    private int added;

    private FileHead(long line, boolean isGit, @Nullable Pair gitNames) {
        this.line = line;
        this.isGit = isGit;
        this.gitNames = gitNames;
    }

    static FileHead ofGit(long line, String names) {
        return new FileHead(line, true, DiffNames.ofGitLine(names));
    }

    static FileHead plain(long line) {
        return new FileHead(line, false, null);
    }

    /** Whether the lines {@code ---} and {@code +++} were there. */
    boolean hasNames() {
        return oldName != null;
    }

    void names(String before, String after) {
        oldName = before;
        newName = after;
    }

    /** Takes a line of the extended head that git writes. Returns whether it is one. */
    boolean accept(String text) throws MalformedDiffException {
        if (!isGit || hasNames()) {
            return false;
        }
        if (text.startsWith("new file mode ")) {
            kind = Kind.ADDED;
        } else if (text.startsWith("deleted file mode ")) {
            kind = Kind.DELETED;
        } else if (text.startsWith("rename from ") || text.startsWith("copy from ")) {
            movedFrom = moved(text, " from ");
        } else if (text.startsWith("rename to ")) {
            kind = Kind.RENAMED;
            movedTo = moved(text, " to ");
        } else if (text.startsWith("copy to ")) {
            kind = Kind.COPIED;
            movedTo = moved(text, " to ");
        } else if (text.equals("GIT binary patch") || (text.startsWith("Binary files ") && text.endsWith(" differ"))) {
            binary = true;
        } else {
            return false;
        }
        return true;
    }

    private String moved(String text, String word) throws MalformedDiffException {
        String name = DiffNames.ofExtendedHeader(text.substring(text.indexOf(word) + word.length()));
        if (name == null) {
            throw new MalformedDiffException(line, "expected a name, found a quote that does not end");
        }
        return name;
    }

    /** @throws MalformedDiffException if it does not begin behind the one before it */
    void beginHunk(long at, int oldStart, int newStart) throws MalformedDiffException {
        if (oldStart < oldLine || newStart < newLine) {
            throw new MalformedDiffException(
                    at,
                    "expected a hunk from lines " + oldLine + " and " + newLine + " on, found " + oldStart + " and "
                            + newStart);
        }
        oldLine = oldStart;
        newLine = newStart;
    }

    void same() {
        endEdit();
        oldLine++;
        newLine++;
    }

    void removed() {
        removed++;
    }

    void added() {
        added++;
    }

    /** Ends the lines that belong together: at one that stays, and at the end of a hunk. */
    void endEdit() {
        if (removed > 0 || added > 0) {
            edits.add(new Edit(oldLine, removed, newLine, added));
            oldLine += removed;
            newLine += added;
            removed = 0;
            added = 0;
        }
    }

    /** @throws MalformedDiffException if nothing tells which file it is */
    FileChange change() throws MalformedDiffException {
        if (movedFrom != null && movedTo != null) {
            return new FileChange(movedFrom, movedTo, kind, binary, edits);
        }
        String before = oldName;
        String after = newName;
        if (DiffNames.NO_FILE.equals(before)) {
            kind = Kind.ADDED;
        } else if (DiffNames.NO_FILE.equals(after)) {
            kind = Kind.DELETED;
        }
        Pair paths = paths(before, after);
        return new FileChange(
                kind == Kind.ADDED ? null : paths.before(),
                kind == Kind.DELETED ? null : paths.after(),
                kind,
                binary,
                edits);
    }

    private Pair paths(@Nullable String before, @Nullable String after) throws MalformedDiffException {
        if (before != null && after != null) {
            boolean both =
                    kind == Kind.MODIFIED || (!before.equals(DiffNames.NO_FILE) && !after.equals(DiffNames.NO_FILE));
            if (both) {
                return DiffNames.withoutPrefixes(before, after);
            }
            if (gitNames == null) {
                String path = DiffNames.withoutPrefix(kind == Kind.ADDED ? after : before);
                return new Pair(path, path);
            }
        }
        if (gitNames == null) {
            throw new MalformedDiffException(
                    line, "expected one name twice behind diff --git, or lines with --- and +++");
        }
        return DiffNames.withoutPrefixes(gitNames.before(), gitNames.after());
    }
}
