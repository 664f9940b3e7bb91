package dev.tracetool.analysis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What happened in one file. Counts and times are meaningful only where they were {@link Recorded}.
 *
 * @param file {@code co_filename}, exactly as recorded: hostile text
 * @param functions its code objects that are functions
 * @param functionsCalled those that any event names
 * @param hasTable whether anything is known of its executable lines
 * @param lines the lines of all its code objects; a line that several of them have counts once, with the events of all
 * @param entered executable lines without an event that were reached all the same, because a code object that starts
 *     there was called: its own events begin on the next line, and who made it may not be among these code objects
 */
public record FileActivity(
        String file,
        int functions,
        int functionsCalled,
        long calls,
        long unwinds,
        long selfNs,
        boolean hasTable,
        LineHits lines,
        int entered) {

    public long lineEvents() {
        return lines.events();
    }

    /** Lines that were reached: executable ones, or any if nothing is known of those. */
    public int linesHit() {
        return hasTable ? lines.hit() + entered : lines.others();
    }

    /**
     * Functions that ran; null if that is unknown. Where calls were not recorded, lines tell only of functions that are
     * known.
     */
    public @Nullable Long functionsThatRan(Recorded recorded) {
        return recorded.events() && (functions > 0 || recorded.calls()) ? (Long) (long) functionsCalled : null;
    }

    /** The file of which these are the code objects. */
    static FileActivity of(String file, List<FunctionActivity> functions) {
        int all = 0;
        int called = 0;
        long calls = 0;
        long unwinds = 0;
        long selfNs = 0;
        boolean hasTable = false;
        List<LineHits> lines = new ArrayList<>(functions.size());
        for (FunctionActivity function : functions) {
            all += function.isFunction() ? 1 : 0;
            called += function.called() && function.isFunction() ? 1 : 0;
            calls += function.calls();
            unwinds += function.unwinds();
            selfNs += function.selfNs();
            hasTable |= function.hasTable();
            lines.add(function.lines());
        }
        LineHits sum = LineHits.sum(lines);
        int entered = (int) functions.stream()
                .filter(FunctionActivity::called)
                .mapToInt(FunctionActivity::entryLine)
                .filter(line -> sum.isExecutable(line) && sum.hits(line) == 0)
                .distinct()
                .count();
        return new FileActivity(file, all, called, calls, unwinds, selfNs, hasTable, sum, entered);
    }
}
