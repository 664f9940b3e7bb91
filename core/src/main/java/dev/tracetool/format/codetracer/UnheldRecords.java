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

    /** What the table of a container's streams is called. */
    private static final String STREAMS = "streams";

    private UnheldRecords() {}

    /** By kind, as far as the trace counts them: in a table of records, or in one of the streams of a container. */
    public static Losses of(TraceSummary summary) {
        Losses losses = new Losses();
        for (DetailTable table : summary.details()) {
            for (List<@Nullable Object> row : table.rows()) {
                if (table.name().equals(EventAssembler.RECORDS)) {
                    add(losses, row);
                } else if (table.name().equals(STREAMS)) {
                    addStream(losses, row);
                }
            }
        }
        return losses;
    }

    private static void add(Losses losses, List<@Nullable Object> row) {
        if (row.get(0) instanceof String kind && !HELD.contains(kind)) {
            losses.add(kind + " record", number(row, 1));
        }
    }

    /** Name, number of records, number of values in these. */
    private static void addStream(Losses losses, List<@Nullable Object> row) {
        if (row.get(0) instanceof String name) {
            switch (name) {
                case "values" -> losses.add("value", number(row, 2));
                case "calls" -> losses.add("argument", number(row, 2));
                case "events" -> losses.add("record", "of output", number(row, 1));
                default -> {}
            }
        }
    }

    private static long number(List<@Nullable Object> row, int column) {
        return column < row.size() && row.get(column) instanceof Long number ? number : 0;
    }
}
