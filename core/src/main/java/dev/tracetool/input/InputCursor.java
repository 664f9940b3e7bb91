package dev.tracetool.input;

import dev.tracetool.trace.TraceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The traces that an input consists of, one after the other: itself, or those in a folder or an archive, and those in the
 * archives in these. One file at a time is open, and what had to be unpacked for it is gone when the cursor goes on.
 *
 * <p>Names of entries are labels. Nothing is ever written under them.
 */
public final class InputCursor implements Closeable {
    private final InputRules rules;
    private final Selection selection;
    private final Skipped skipped = new Skipped();
    private final Deque<Open> levels = new ArrayDeque<>();
    private final boolean folder;
    private final List<TraceInput> secondChoices = new ArrayList<>();
    private @Nullable Budget budget;
    private boolean exact;
    private boolean found;
    private boolean ended;
    private int secondChoicesInArchives;
    private int copies;
    private int given;

    /** @param name of the archive; of what holds the first file or files, empty */
    private record Open(String name, Level level) {}

    private InputCursor(InputRules rules, Selection selection, boolean folder) {
        this.rules = rules;
        this.selection = selection;
        this.folder = folder;
    }

    /** Of everything beneath a folder, in order of paths. */
    public static InputCursor folder(Path folder, InputRules rules) throws IOException {
        InputCursor cursor = new InputCursor(rules, Selection.ALL, true);
        cursor.levels.add(new Open("", new FolderLevel(folder, rules, cursor.skipped)));
        return cursor;
    }

    /**
     * Of a file or what was spooled: of all in it if it is an archive, else of itself, whatever it holds.
     *
     * @param entry the one that is meant, or a folder or an archive in it; null for all
     */
    public static InputCursor of(TraceInput input, @Nullable String entry, InputRules rules) {
        String wanted = entry == null ? input.name() : input.name() + "!" + EntryName.of(entry);
        InputCursor cursor = new InputCursor(rules, new Selection(wanted), false);
        cursor.levels.add(new Open("", new OneLevel(rules.opened(input))));
        return cursor;
    }

    /**
     * The next trace; null at the end. What came before it cannot be read any more. Files of second choice come at the end,
     * if there was nothing else; but see {@link #leftSecondChoices}.
     *
     * @throws IOException if the archive that was asked for, or one that it is in, is damaged or holds too much; then nothing
     *     comes after it. Of other archives, which are among what was asked for, the rest is passed over.
     */
    public @Nullable TraceInput next() throws IOException {
        while (!levels.isEmpty()) {
            Open open = levels.getLast();
            TraceInput input;
            try {
                input = open.level().next();
            } catch (IOException e) {
                if (!isAmong(open.name(), e)) {
                    throw e;
                }
                skipped.unread(open.name(), e);
                leave();
                continue;
            }
            if (input == null) {
                levels.removeLast().level().close();
            } else if (take(input)) {
                found = true;
                return input;
            }
        }
        end();
        if (!found && secondChoicesInArchives == 0 && given < secondChoices.size()) {
            exact = false;
            return rules.opened(secondChoices.get(given++));
        }
        return null;
    }

    /** Whether a file, and that of which an error with it tells, are among what was asked for. */
    private boolean isAmong(String name, IOException error) {
        String told = error instanceof LimitException limit
                ? limit.input()
                : error instanceof TraceException bad ? bad.input() : name;
        return isAmong(name) && isAmong(told);
    }

    /** Whether it is one of those in what was asked for, and not that itself or around it. */
    private boolean isAmong(String name) {
        return !name.isEmpty() && selection.takes(name) && !selection.isExactly(name);
    }

    /** Leaves an archive that is damaged: closing it can fail for that once more. */
    private void leave() {
        try {
            levels.removeLast().level().close();
        } catch (IOException e) {
            // It is known to be damaged.
        }
    }

    /** Of what was found, nothing else is to come but files of second choice. */
    private void end() {
        if (!ended) {
            ended = true;
            skipped.copies(copies);
            if (found) {
                skipped.secondChoices(secondChoices.size() + secondChoicesInArchives);
            }
        }
    }

    /**
     * At the end: whether there was nothing but files of second choice, some of them in archives, where they can be read
     * only as they come. Another cursor has to look for them.
     */
    public boolean leftSecondChoices() {
        return !found && secondChoicesInArchives > 0;
    }

    /** Whether it is one to give out. If it is an archive, what is in it comes next. */
    private boolean take(TraceInput input) throws IOException {
        String name = input.name();
        if (!selection.leadsInto(name)) {
            return false;
        }
        byte[] head;
        try {
            head = head(input);
        } catch (IOException e) {
            if (!isAmong(name, e)) {
                throw e;
            }
            skipped.unread(name, e);
            return false;
        }
        exact = selection.isExactly(name);
        boolean taken = selection.takes(name);
        if (taken && rules.isTrace(head)) {
            return exact || !isCopy(input);
        }
        Packing packing = Packing.of(head);
        if (packing != Packing.NONE) {
            enter(input, packing);
            return false;
        }
        if (taken && !exact) {
            passOver(input, head);
        }
        return exact;
    }

    private void passOver(TraceInput input, byte[] head) throws IOException {
        if (!rules.isSecondChoice(head)) {
            if (!rules.isCompanion(fileName(input.name()))) {
                skipped.other(input.name(), rules.describe(head));
            }
        } else if (isCopy(input)) {
            return;
        } else if (folder && levels.size() == 1) {
            secondChoices.add(input);
        } else {
            secondChoicesInArchives++;
        }
    }

    /** Whether what it is a copy of is there, and is as good. */
    private boolean isCopy(TraceInput input) throws IOException {
        for (String original : rules.originals(fileName(input.name()))) {
            TraceInput other = input.beside(original);
            if (other != null) {
                byte[] head;
                try (InputStream in = other.stream()) {
                    head = in.readNBytes(rules.headBytes());
                } catch (IOException e) {
                    continue;
                }
                if (rules.isTrace(head) || rules.isSecondChoice(head)) {
                    copies++;
                    return true;
                }
            }
        }
        return false;
    }

    private static String fileName(String name) {
        return EntryLabels.withoutNumber(name.substring(lastSeparator(name) + 1));
    }

    private byte[] head(TraceInput input) throws IOException {
        if (input instanceof StreamedInput streamed) {
            return streamed.head(rules.headBytes());
        }
        try (InputStream in = input.stream()) {
            return in.readNBytes(rules.headBytes());
        }
    }

    private void enter(TraceInput archive, Packing packing) throws IOException {
        int depth = levels.size();
        if (depth > rules.limits().depth()) {
            skipped.unread(
                    archive.name(),
                    new LimitException(
                            archive.name(),
                            "is an archive at depth " + depth + "; archives are opened to depth "
                                    + rules.limits().depth()));
            return;
        }
        if (depth == 1 || budget == null) {
            budget = new Budget(archive.name(), archive.size(), rules.limits());
        }
        try {
            levels.add(new Open(archive.name(), Archives.open(archive, packing, budget, rules, skipped, selection)));
        } catch (IOException e) {
            if (!isAmong(archive.name(), e)) {
                throw e;
            }
            skipped.unread(archive.name(), e);
        }
    }

    private static int lastSeparator(String name) {
        return Math.max(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')), name.lastIndexOf('\\'));
    }

    /** Whether the input that came last is what was asked for itself, and not one of those in it. */
    public boolean isExact() {
        return exact;
    }

    /** What was passed over; to be asked at the end. */
    public Skipped skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!levels.isEmpty()) {
            try {
                levels.removeLast().level().close();
            } catch (IOException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** A single input. */
    private static final class OneLevel implements Level {
        private @Nullable TraceInput input;

        OneLevel(TraceInput input) {
            this.input = input;
        }

        @Override
        public @Nullable TraceInput next() {
            TraceInput next = input;
            input = null;
            return next;
        }

        @Override
        public void close() {
            // Whoever made it closes it.
        }
    }
}
