package dev.tracetool.format.codetracer.ctfs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the flags of {@code meta.dat} say, by bit. From bit 16 on they are those of the second word, which version 5 added. */
enum MetaFlag {
    MCR_FIELDS,
    REPLAY_LAUNCH,
    LAYOUT_SNAPSHOT,
    TRACE_FILTERS,
    COLUMN_AWARE_STEPS,
    SOURCE_VIEWS,
    COLUMN_BREAKPOINTS,
    COLUMN_MOTIONS,
    CALL_STREAM,
    STEP_STREAM,
    VALUE_STREAM,
    IO_EVENT_STREAM,
    INTERNING_TABLES,
    SPAN_STREAM,
    LINE_COUNT_TABLE,
    CORRELATION_INDEX,
    SOURCE_RELOAD;

    boolean in(long flags) {
        return (flags >>> ordinal() & 1) != 0;
    }

    /** The bits that are set: the flag of each, null for one that is not known. */
    static List<@Nullable MetaFlag> of(long flags) {
        List<@Nullable MetaFlag> set = new ArrayList<>();
        for (int bit : bits(flags)) {
            set.add(bit < values().length ? values()[bit] : null);
        }
        return set;
    }

    static List<Integer> bits(long flags) {
        List<Integer> bits = new ArrayList<>();
        for (long rest = flags; rest != 0; rest &= rest - 1) {
            bits.add(Long.numberOfTrailingZeros(rest));
        }
        return bits;
    }
}
