package dev.tracetool.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was not carried over from one format to another, counted by name, in the order in which it came up. */
public final class Losses {
    /**
     * Some of it.
     *
     * @param noun what it is, in the singular; a name from a trace in it is hostile text
     * @param note what became of it, empty if it was left out
     * @param count 0 for a fact that there is but once, such as {@code the host}
     */
    public record Loss(String noun, String note, long count) {}

    private record Kind(String noun, String note) {}

    private final Map<Kind, Long> counts = new LinkedHashMap<>();

    /** Adds some that the format cannot hold. */
    public void add(String noun, long count) {
        add(noun, "", count);
    }

    /** Adds some that were written as something else. */
    public void add(String noun, String note, long count) {
        if (count > 0) {
            counts.merge(new Kind(noun, note), count, Long::sum);
        }
    }

    /** Adds something that there is but once, which the format cannot hold. */
    public void addFact(String noun) {
        counts.putIfAbsent(new Kind(noun, ""), 0L);
    }

    public void addAll(Losses others) {
        others.counts.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
    }

    public List<Loss> list() {
        List<Loss> list = new ArrayList<>();
        counts.forEach((kind, count) -> list.add(new Loss(kind.noun, kind.note, count)));
        return list;
    }
}
