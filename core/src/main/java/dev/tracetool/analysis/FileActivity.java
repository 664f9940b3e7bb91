package dev.tracetool.analysis;

import java.util.ArrayList;
import java.util.List;

/**
 * What happened in one file. Counts and times are meaningful only where they were {@link Recorded}.
 *
 * @param file {@code co_filename}, exactly as recorded: hostile text
 * @param functions its code objects
 * @param functionsCalled those that any event names
 * @param hasTable whether anything is known of its executable lines
 * @param lines the lines of all its code objects; a line that several of them have counts once, with the events of all
 */
public record FileActivity(
        String file,
        int functions,
        int functionsCalled,
        long calls,
        long unwinds,
        long selfNs,
        boolean hasTable,
        LineHits lines) {

    public long lineEvents() {
        return lines.events();
    }

    /** The file of which these are the code objects. */
    static FileActivity of(String file, List<FunctionActivity> functions) {
        int called = 0;
        long calls = 0;
        long unwinds = 0;
        long selfNs = 0;
        boolean hasTable = false;
        List<LineHits> lines = new ArrayList<>(functions.size());
        for (FunctionActivity function : functions) {
            called += function.called() ? 1 : 0;
            calls += function.calls();
            unwinds += function.unwinds();
            selfNs += function.selfNs();
            hasTable |= function.hasTable();
            lines.add(function.lines());
        }
        return new FileActivity(file, functions.size(), called, calls, unwinds, selfNs, hasTable, LineHits.sum(lines));
    }
}
