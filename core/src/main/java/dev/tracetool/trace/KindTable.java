package dev.tracetool.trace;

import java.util.List;
import java.util.Objects;

/**
 * The event kinds of one trace. Kind numbers begin at 1, as in the file; number 0 is no kind.
 *
 * <p>Several kinds of one trace can be {@link EventKind#OTHER}: they differ in name.
 */
public final class KindTable {
    /** The most kinds that a table can hold. */
    public static final int MAX_KINDS = 63;

    /**
     * One kind of event.
     *
     * @param name as in the file: hostile text where {@code kind} is {@link EventKind#OTHER}
     * @param arguments how many arguments each event has, 0 to 2
     * @param timed whether each event has a time
     */
    public record Kind(String name, EventKind kind, int arguments, boolean timed) {
        public Kind {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(kind, "kind");
            if (arguments < 0 || arguments > 2) {
                throw new IllegalArgumentException("arguments: " + arguments);
            }
        }
    }

    private final List<Kind> kinds;

    public KindTable(List<Kind> kinds) {
        if (kinds.size() > MAX_KINDS) {
            throw new IllegalArgumentException("more than " + MAX_KINDS + " kinds: " + kinds.size());
        }
        this.kinds = List.copyOf(kinds);
    }

    /** Kind number 1 first. */
    public List<Kind> kinds() {
        return kinds;
    }

    public int size() {
        return kinds.size();
    }

    /** Whether any event has a time. */
    public boolean isTimed() {
        return kinds.stream().anyMatch(Kind::timed);
    }

    /** The kind of a number from 1 to {@link #size()}. */
    public Kind kind(int number) {
        return kinds.get(number - 1);
    }

    /** The number of the kind, or 0 if this trace does not have it. */
    public int numberOf(EventKind kind) {
        for (int i = 0; i < kinds.size(); i++) {
            if (kinds.get(i).kind() == kind) {
                return i + 1;
            }
        }
        return 0;
    }
}
