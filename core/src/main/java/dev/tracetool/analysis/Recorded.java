package dev.tracetool.analysis;

import dev.tracetool.code.LineTableFormat;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import dev.tracetool.trace.TraceMetadata;
import java.util.Map;

/**
 * Which figures can be known from a trace. A kind that was recorded only at the first event of each location tells
 * whether something ran, not how often: a count made of it is unknown, except for that of lines.
 *
 * @param calls whether every {@code PY_START} was recorded
 * @param returns whether every {@code PY_RETURN} was
 * @param yields whether every {@code PY_YIELD} was
 * @param unwinds whether every {@code PY_UNWIND} was
 * @param lines whether lines were recorded, be it once each
 * @param everyLine whether each {@code LINE} event was: if not, counts of lines are 0 or 1 for each code object
 * @param stacks whether all events that make the stack were recorded, with times or without
 * @param times whether each of these has its time
 * @param arcs whether each {@code LINE} event and all events that make the stack were recorded: so it is known which
 *     line followed on which
 * @param events whether any event could be recorded: if not, it is unknown what ran at all
 */
public record Recorded(
        boolean calls,
        boolean returns,
        boolean yields,
        boolean unwinds,
        boolean lines,
        boolean everyLine,
        boolean stacks,
        boolean times,
        boolean arcs,
        boolean events) {

    /** Where there is no trace at all. */
    static final Recorded ALL = new Recorded(true, true, true, true, true, true, true, true, true, true);

    /** What a trace with these metadata tells. */
    public static Recorded of(TraceMetadata metadata) {
        boolean stacks = true;
        boolean times = true;
        for (EventKind kind : EventKind.values()) {
            if (kind.effect() != EventKind.Effect.NONE) {
                stacks &= every(metadata, kind);
                times &= every(metadata, kind) && isTimed(metadata.kinds(), kind);
            }
        }
        return new Recorded(
                every(metadata, EventKind.PY_START),
                every(metadata, EventKind.PY_RETURN),
                every(metadata, EventKind.PY_YIELD),
                every(metadata, EventKind.PY_UNWIND),
                asked(metadata, EventKind.LINE),
                every(metadata, EventKind.LINE),
                stacks || isWithoutTimes(metadata),
                times,
                stacks && every(metadata, EventKind.LINE),
                metadata.kinds().size() > 0);
    }

    /**
     * What a trace with these metadata tells that has so many events of each kind. A format without line tables does not
     * say what its recorder was to record: of a run with calls and without a line no lines were, and the other way round; and
     * if there is neither, and something could not be read, that is what they were in.
     *
     * @param events by name of kind
     * @param damage what could not be read
     */
    public static Recorded of(TraceMetadata metadata, Map<String, Long> events, Damage damage) {
        Recorded all = of(metadata);
        boolean calls = events.getOrDefault(EventKind.PY_START.name(), 0L) > 0;
        boolean lines = events.getOrDefault(EventKind.LINE.name(), 0L) > 0;
        boolean any = calls || lines || !damage.isEmpty();
        if (calls && lines || !any || metadata.lineTableFormat() != LineTableFormat.NONE) {
            return all;
        }
        return new Recorded(
                all.calls && calls,
                all.returns && calls,
                all.yields && calls,
                all.unwinds && calls,
                all.lines && lines,
                all.everyLine && lines,
                all.stacks && calls,
                all.times && calls,
                false,
                all.events);
    }

    /**
     * Whether starts and returns are all that there is to know. A format without times has a record for each frame that
     * is entered and one for each that is left, however that happens: what it does not tell apart is among them. With
     * times there can be kinds that were just not asked for, and the stack is unknown.
     */
    private static boolean isWithoutTimes(TraceMetadata metadata) {
        for (EventKind kind : EventKind.values()) {
            boolean told = kind == EventKind.PY_START || kind == EventKind.PY_RETURN;
            boolean fits = told ? every(metadata, kind) : !asked(metadata, kind);
            if (kind.effect() != EventKind.Effect.NONE && (!fits || isTimed(metadata.kinds(), kind))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a frame that goes on after a yield counts as called again, since nothing tells that from a call. Then calls
     * of generators and coroutines are activations.
     */
    public boolean countsResumptions() {
        return events && stacks && !yields;
    }

    /** Whether it is known that there are no more events of a kind than were read. */
    public boolean tells(EventKind kind) {
        return switch (kind) {
            case PY_START -> calls;
            case PY_RETURN -> returns;
            case LINE -> lines;
            default -> true;
        };
    }

    private static boolean asked(TraceMetadata metadata, EventKind kind) {
        boolean inTable = metadata.kinds().numberOf(kind) != 0;
        return inTable && metadata.asked(kind.name());
    }

    private static boolean every(TraceMetadata metadata, EventKind kind) {
        return asked(metadata, kind) && !metadata.once().contains(kind.name());
    }

    private static boolean isTimed(KindTable kinds, EventKind kind) {
        int number = kinds.numberOf(kind);
        return number != 0 && kinds.kind(number).timed();
    }

    /**
     * What several traces tell together: only what each of them does. Compiled code without a run, given with runs, takes
     * nothing from what these tell: it adds code of which they say that it did not run.
     */
    public Recorded and(Recorded other) {
        if (events != other.events) {
            return events ? this : other;
        }
        return new Recorded(
                calls && other.calls,
                returns && other.returns,
                yields && other.yields,
                unwinds && other.unwinds,
                lines && other.lines,
                everyLine && other.everyLine,
                stacks && other.stacks,
                times && other.times,
                arcs && other.arcs,
                events);
    }
}
