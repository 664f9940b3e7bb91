package dev.tracetool.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
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
    private final Deque<Level> levels = new ArrayDeque<>();
    private final boolean folder;
    private @Nullable Budget budget;
    private boolean exact;

    private InputCursor(InputRules rules, Selection selection, boolean folder) {
        this.rules = rules;
        this.selection = selection;
        this.folder = folder;
    }

    /** Of everything beneath a folder, in order of paths. */
    public static InputCursor folder(Path folder, InputRules rules) throws IOException {
        InputCursor cursor = new InputCursor(rules, Selection.ALL, true);
        cursor.levels.add(new FolderLevel(folder, rules, cursor.skipped));
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
        cursor.levels.add(new OneLevel(rules.opened(input)));
        return cursor;
    }

    /**
     * The next trace; null at the end. What came before it cannot be read any more.
     *
     * @throws IOException if an archive is damaged, or holds too much; then nothing comes after it
     */
    public @Nullable TraceInput next() throws IOException {
        while (!levels.isEmpty()) {
            TraceInput input = levels.getLast().next();
            if (input == null) {
                levels.removeLast().close();
            } else if (take(input)) {
                return input;
            }
        }
        return null;
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
            if (folder && levels.size() == 1) {
                skipped.unread(name, e);
                return false;
            }
            throw e;
        }
        exact = selection.isExactly(name);
        boolean taken = selection.takes(name);
        if (taken && rules.isTrace(head)) {
            return true;
        }
        Packing packing = Packing.of(head);
        if (packing != Packing.NONE) {
            enter(input, packing);
            return false;
        }
        if (taken && !exact && !rules.isCompanion(name.substring(lastSeparator(name) + 1))) {
            skipped.other();
        }
        return exact;
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
        levels.add(Archives.open(archive, packing, budget, rules, skipped, selection));
    }

    private static int lastSeparator(String name) {
        return Math.max(Math.max(name.lastIndexOf('/'), name.lastIndexOf('!')), name.lastIndexOf('\\'));
    }

    /** Whether the input that came last is what was asked for itself, and not one of those in it. */
    public boolean isExact() {
        return exact;
    }

    /** What was passed over so far. */
    public Skipped skipped() {
        return skipped;
    }

    @Override
    public void close() throws IOException {
        IOException first = null;
        while (!levels.isEmpty()) {
            try {
                levels.removeLast().close();
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
