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

    private static final String FILES = "internal_files";

    private UnheldRecords() {}

    /**
     * What no target can hold that gets events: by kind, as far as the trace counts records, in a table of records or in one
     * of the streams of a container; and what only CodeTracer's traces say of a run.
     */
    public static Losses ofEvents(TraceSummary summary) {
        Losses losses = new Losses();
        of(summary, losses::add, losses);
        facts(summary, losses);
        return losses;
    }

    /** What CodeTracer's JSON could hold, and does not get of events: values and the like. */
    public static Losses ofJson(TraceSummary summary) {
        Losses losses = new Losses();
        of(summary, losses::leaveOut, losses);
        return losses;
    }

    /** Counts what there is but for events. */
    private interface Count {
        void add(String noun, String note, long count);
    }

    private static void of(TraceSummary summary, Count count, Losses losses) {
        for (DetailTable table : summary.details()) {
            for (List<@Nullable Object> row : table.rows()) {
                switch (table.name()) {
                    case EventAssembler.RECORDS -> add(row, count, losses);
                    case STREAMS -> addStream(row, count);
                    case FILES -> addFile(row, count, losses);
                    default -> {}
                }
            }
        }
    }

    private static void add(List<@Nullable Object> row, Count count, Losses losses) {
        if (!(row.get(0) instanceof String kind)) {
            return;
        }
        if (!HELD.contains(kind)) {
            count.add(kind + " record", "", number(row, 1));
        } else if (kind.equals(RecordKind.RETURN.label())) {
            count.add("returned value", "", number(row, 1));
        } else if (kind.equals(RecordKind.CALL.label())) {
            losses.addFact("arguments of calls, if they have any");
        }
    }

    /** Name, number of records, number of values in these. */
    private static void addStream(List<@Nullable Object> row, Count count) {
        if (row.get(0) instanceof String name) {
            switch (name) {
                case "values" -> count.add("value", "", number(row, 2));
                case "calls" -> {
                    count.add("argument", "", number(row, 2));
                    count.add("returned value", "", number(row, 1));
                }
                case "events" -> count.add("record", "of output", number(row, 1));
                default -> {}
            }
        }
    }

    /** An index has 8 bytes for each entry of its table, and 8 more. */
    private static void addFile(List<@Nullable Object> row, Count count, Losses losses) {
        if (row.get(0) instanceof String name) {
            long entries = Math.max(0, number(row, 1) / 8 - 1);
            switch (name) {
                case "varnames.off" -> count.add("variable name", "", entries);
                case "types.off" -> count.add("type", "", entries);
                case "spans.dat", "srcviews.dat" -> {
                    if (number(row, 1) > 0) {
                        losses.addFact(name.equals("spans.dat") ? "the spans" : "the alternative views of sources");
                    }
                }
                default -> {}
            }
        }
    }

    private static void facts(TraceSummary summary, Losses losses) {
        for (DetailTable table : summary.details()) {
            int rows = table.rows().size();
            switch (table.name()) {
                case RunDetails.EXIT_STATUS -> losses.addFact("the exit status of the program");
                case RunDetails.FILTERS -> losses.add("trace filter", rows);
                case RunDetails.LEFT_OUT -> losses.add("figure", "of what filters left out", rows);
                case RunDetails.RECORDING -> {
                    if (rows > 0 && table.rows().get(0).get(0) != null) {
                        losses.addFact("the recording's id");
                    }
                }
                default -> {}
            }
        }
    }

    private static long number(List<@Nullable Object> row, int column) {
        return column < row.size() && row.get(column) instanceof Long number ? number : 0;
    }
}
