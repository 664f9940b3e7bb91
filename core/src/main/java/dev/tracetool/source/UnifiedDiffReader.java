package dev.tracetool.source;

import static dev.tracetool.source.MalformedDiffException.quote;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes the lines of a diff apart. Each file has heads, then hunks, whose heads say how many lines they have. */
final class UnifiedDiffReader {
    private static final Pattern HUNK = Pattern.compile(
            "@@ -([0-9]{1,10})(?:,([0-9]{1,10}))? \\+([0-9]{1,10})(?:,([0-9]{1,10}))? @@.*", Pattern.DOTALL);
    private static final String GIT = "diff --git ";
    private static final String TOO_MANY = "expected no more lines in the hunk, by the counts in its head, found ";
    private static final String SIGNATURE = "-- ";

    private final DiffLines lines;
    private final List<FileChange> files = new ArrayList<>();
    private @Nullable FileHead head;

    /** The first line that holds something, as long as no file was found. */
    private String firstText = "";

    private long firstTextAt;

    /** Whether the line before belongs to a hunk, so that another line of one would be one too many. */
    private boolean afterHunk;

    UnifiedDiffReader(DiffLines lines) {
        this.lines = lines;
    }

    UnifiedDiff read() throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            line(line);
        }
        finish();
        if (files.isEmpty() && firstTextAt > 0) {
            throw new MalformedDiffException(
                    firstTextAt, "expected a unified diff, as git diff prints it, found " + quote(firstText));
        }
        return new UnifiedDiff(files);
    }

    private void line(String line) throws IOException {
        if (line.startsWith("@@ ")) {
            hunk(line);
            return;
        }
        refuseWhatIsNotUnderstood(line);
        if (line.startsWith(GIT)) {
            finish();
            head = FileHead.ofGit(lines.number(), chomped(line.substring(GIT.length())));
            checkWhole();
        } else if (line.startsWith("--- ") && !line.equals("--- ")) {
            names(line);
        } else if (afterHunk && isOfHunk(line)) {
            throw error(TOO_MANY + quote(line));
        } else {
            FileHead current = head;
            if (current == null || !current.accept(chomped(line))) {
                text(line);
            } else {
                checkWhole();
            }
        }
        afterHunk = afterHunk && (line.isEmpty() || line.startsWith("\\"));
    }

    private static boolean isOfHunk(String line) {
        boolean signature = line.startsWith(SIGNATURE) && line.strip().length() <= 2;
        return (line.startsWith("+") || line.startsWith("-") || line.startsWith(" ")) && !signature;
    }

    private void refuseWhatIsNotUnderstood(String line) throws MalformedDiffException {
        if (line.startsWith("@@@ ") || line.startsWith("diff --cc ") || line.startsWith("diff --combined ")) {
            throw error("expected a diff of two versions, found one of a merge; git diff BASE...HEAD makes one of two");
        }
        if (line.startsWith("* Unmerged path ")) {
            throw error("expected a diff of two versions, found a merge that is not finished");
        }
        if (line.startsWith("\u001b[")) {
            throw error("expected a diff without colours; git diff --no-color makes one");
        }
    }

    private void text(String line) {
        if (firstTextAt == 0 && !line.isBlank()) {
            firstText = line;
            firstTextAt = lines.number();
        }
    }

    /** The lines {@code ---} and {@code +++}. In a mail, the first one can be anything that somebody wrote. */
    private void names(String line) throws IOException {
        long number = lines.number();
        checkWhole();
        String before = DiffNames.ofHeader(chomped(line.substring(4)));
        String next = lines.next();
        if (next == null || !next.startsWith("+++ ")) {
            if (afterHunk) {
                throw new MalformedDiffException(number, TOO_MANY + quote(line));
            }
            FileHead current = head;
            if (current != null && !current.hasNames()) {
                throw error("expected a line with +++ and a name, found " + (next == null ? "the end" : quote(next)));
            }
            text(line);
            if (next != null) {
                line(next);
            }
            return;
        }
        checkWhole();
        String after = DiffNames.ofHeader(chomped(next.substring(4)));
        if (before == null || after == null) {
            throw error("expected a name, found a quote that does not end");
        }
        FileHead current = head;
        if (current == null || current.hasNames()) {
            finish();
            current = FileHead.plain(number);
            head = current;
        }
        current.names(before, after);
    }

    private void hunk(String line) throws IOException {
        FileHead current = head;
        if (current == null || !current.hasNames()) {
            throw error("expected the names of a file before its first hunk, found " + quote(line));
        }
        Matcher matcher = HUNK.matcher(line);
        if (!matcher.matches()) {
            throw error("expected the head of a hunk as in '@@ -1,2 +1,3 @@', found " + quote(line));
        }
        int oldCount = number(matcher.group(2), 1);
        int newCount = number(matcher.group(4), 1);
        // Of no lines, the number is that of the line before.
        int oldLine = number(matcher.group(1), 0) + (oldCount == 0 ? 1 : 0);
        int newLine = number(matcher.group(3), 0) + (newCount == 0 ? 1 : 0);
        if ((long) oldLine + oldCount > Integer.MAX_VALUE || (long) newLine + newCount > Integer.MAX_VALUE) {
            throw error("expected lines below 2147483647, found " + quote(line));
        }
        current.beginHunk(lines.number(), oldLine, newLine);
        body(current, oldCount, newCount);
        afterHunk = true;
    }

    private void body(FileHead file, int oldLines, int newLines) throws IOException {
        int oldLeft = oldLines;
        int newLeft = newLines;
        while (oldLeft > 0 || newLeft > 0) {
            String line = lines.next();
            if (line == null) {
                throw error("expected more of the hunk (old lines: " + oldLeft + ", new lines: " + newLeft
                        + "), found the end");
            }
            // Some programs take away the blank of an empty line.
            char kind = line.isEmpty() || line.equals("\r") ? ' ' : line.charAt(0);
            switch (kind) {
                case ' ' -> {
                    oldLeft--;
                    newLeft--;
                    file.same();
                }
                case '-' -> {
                    oldLeft--;
                    file.removed();
                }
                case '+' -> {
                    newLeft--;
                    file.added();
                }
                case '\\' -> {} // no newline at the end of the file
                default ->
                    throw error("expected a line of the hunk, with ' ', '+' or '-' in front, found " + quote(line));
            }
            if (oldLeft < 0 || newLeft < 0) {
                throw error(TOO_MANY + quote(line));
            }
        }
        file.endEdit();
    }

    private int number(@Nullable String digits, int without) throws MalformedDiffException {
        long number = digits == null ? without : Long.parseLong(digits);
        if (number >= Integer.MAX_VALUE) {
            throw error("expected a number below 2147483647, found " + digits);
        }
        return (int) number;
    }

    private void finish() throws MalformedDiffException {
        FileHead current = head;
        if (current != null) {
            files.add(current.change());
        }
        head = null;
        afterHunk = false;
    }

    private void checkWhole() throws MalformedDiffException {
        if (lines.isCut()) {
            throw error("expected a name shorter than " + DiffLines.MAX_KEPT + " bytes");
        }
    }

    private MalformedDiffException error(String message) {
        return new MalformedDiffException(lines.number(), message);
    }

    /** Without the first byte of a newline of two. In a name, git writes it as an escape. */
    private static String chomped(String line) {
        return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }
}
