package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The self time of each line, in any number of traces whose line events have times: the part of the self time of its code
 * object ({@link CallTimes}) during which it is the line that came last in the frame. Before the first line event of a
 * frame, time belongs to the line on which the code object starts (a module: its first line with code); where a generator or coroutine is taken up again, to the
 * line at which one of its code object was left last. So the times of all lines of a code object add up to its self time.
 *
 * <p>Merging is associative and commutative.
 */
public final class LineTimes {
    private final Map<CodeIdentity, LineHits> nanoseconds = new HashMap<>();

    /**
     * Adds times of lines of a code object.
     *
     * @param lines ascending, each once
     * @param ns one for each, not negative
     */
    public void add(CodeIdentity code, int[] lines, long[] ns) {
        nanoseconds.merge(code, LineHits.of(new int[0], new long[0], lines, ns), LineHits::plus);
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(LineTimes other) {
        merge(other, UnaryOperator.identity());
    }

    /** The same, with other identities of the other one's code objects. */
    void merge(LineTimes other, UnaryOperator<CodeIdentity> renamed) {
        other.nanoseconds.forEach((code, times) -> nanoseconds.merge(renamed.apply(code), times, LineHits::plus));
    }

    /** Lines of the code object that took any time, ascending. */
    public int[] lines(CodeIdentity code) {
        return nanoseconds.getOrDefault(code, LineHits.NONE).otherLines();
    }

    /** Nanoseconds; 0 for a line that took none. */
    public long ns(CodeIdentity code, int line) {
        return nanoseconds.getOrDefault(code, LineHits.NONE).hits(line);
    }
}
