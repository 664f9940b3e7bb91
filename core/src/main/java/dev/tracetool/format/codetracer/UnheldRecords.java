package dev.tracetool.format.codetracer;

import dev.tracetool.format.Losses;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.TraceSummary;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records of which no event is made: a trace that is converted does not have them. */
public final class UnheldRecords {
    private static final Set<String> HELD = EnumSet.of(
                    RecordKind.STEP,
                    RecordKind.PATH,
                    RecordKind.FUNCTION,
                    RecordKind.CALL,
                    RecordKind.RETURN,
                    RecordKind.THREAD_START,
                    RecordKind.THREAD_SWITCH,
                    RecordKind.DROP_LAST_STEP)
            .stream()
            .map(RecordKind::label)
            .collect(Collectors.toUnmodifiableSet());

    private UnheldRecords() {}

    /** By kind, as far as the trace counts its records. */
    public static Losses of(TraceSummary summary) {
        Losses losses = new Losses();
        for (DetailTable table : summary.details()) {
            if (table.name().equals(EventAssembler.RECORDS)) {
                for (List<@Nullable Object> row : table.rows()) {
                    if (row.get(0) instanceof String kind && row.get(1) instanceof Long count && !HELD.contains(kind)) {
                        losses.add(kind + " record", count);
                    }
                }
            }
        }
        return losses;
    }
}
