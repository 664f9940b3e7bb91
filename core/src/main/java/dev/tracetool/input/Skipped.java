package dev.tracetool.input;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    private long copies;
    private long secondChoices;
    private @Nullable Known known;

    /**
     * A file that is no trace, but known to be something.
     *
     * @param what in the words of a message
     */
    public record Known(String name, String what) {}

    /** @param what it is, if that is known */
    void other(String name, @Nullable String what) {
        others++;
        if (known == null && what != null) {
            known = new Known(name, what);
        }
    }

    void secondChoices(long count) {
        secondChoices = count;
    }

    void copies(long count) {
        copies = count;
    }

    /** One more that could not be read; also for who reads what was found, and finds that it cannot be read. */
    public void unread(String name, IOException reason) {
        unreadCount++;
        if (unread.size() < MAX_KEPT) {
            unread.add(new Unread(name, reason));
        }
    }

    /** Files that are no traces. */
    public long others() {
        return others;
    }

    /** The first of these of which more is known; null if there is none. */
    public @Nullable Known known() {
        return known;
    }

    /** Files that are given out if there is nothing else; but there was. */
    public long secondChoices() {
        return secondChoices;
    }

    /** Files that are but copies of others. */
    public long copies() {
        return copies;
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
