package dev.tracetool.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What was passed over in a folder or an archive. */
public final class Skipped {
    /** Those that could not be read are kept up to this number; all are counted. */
    private static final int MAX_KEPT = 5;

    /**
     * A file that could not be read.
     *
     * @param reason a {@link LimitException}, a {@link dev.tracetool.trace.TraceException} of this input, or what the
     *     system said
     */
    public record Unread(String name, IOException reason) {}

    private final List<Unread> unread = new ArrayList<>();
    private long unreadCount;
    private long others;

    void other() {
        others++;
    }

    void unread(String name, IOException reason) {
        unreadCount++;
        if (unread.size() < MAX_KEPT) {
            unread.add(new Unread(name, reason));
        }
    }

    /** Files that are no traces. */
    public long others() {
        return others;
    }

    /** Files that may be traces, and could not be read: their number. */
    public long unreadCount() {
        return unreadCount;
    }

    /** The first of these. */
    public List<Unread> unread() {
        return List.copyOf(unread);
    }
}
