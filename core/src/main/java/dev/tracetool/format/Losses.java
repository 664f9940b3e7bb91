package dev.tracetool.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a format could not hold of what it was given, counted by name, in the order in which it came up. */
public final class Losses {
    /**
     * Some of it.
     *
     * @param noun what it is, in the singular; a name from a trace in it is hostile text
     * @param note what became of it, empty if it was left out
     */
    public record Loss(String noun, String note, long count) {}

    private record Kind(String noun, String note) {}

    private final Map<Kind, Long> counts = new LinkedHashMap<>();

    /** Adds some that were left out. */
    public void add(String noun, long count) {
        add(noun, "", count);
    }

    /** Adds some that were written as something else. */
    public void add(String noun, String note, long count) {
        if (count > 0) {
            counts.merge(new Kind(noun, note), count, Long::sum);
        }
    }

    public void addAll(Losses others) {
        others.list().forEach(loss -> add(loss.noun(), loss.note(), loss.count()));
    }

    public List<Loss> list() {
        List<Loss> list = new ArrayList<>();
        counts.forEach((kind, count) -> list.add(new Loss(kind.noun, kind.note, count)));
        return list;
    }
}
