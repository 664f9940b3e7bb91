package dev.tracetool.summary;

import dev.tracetool.analysis.NumberWriter;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The texts of a summary, each once, by the order in which they are first asked for. */
final class Strings {
    private final Map<String, Integer> places = new HashMap<>();
    private final SectionBuffer sections;

    Strings(SectionBuffer sections) {
        this.sections = sections;
    }

    /** Place of the text, from 0. */
    int place(String text) {
        Integer known = places.putIfAbsent(text, places.size());
        if (known != null) {
            return known;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        NumberWriter out = sections.next();
        out.number(utf8.length).bytes(utf8, 0, utf8.length);
        return places.size() - 1;
    }
}
