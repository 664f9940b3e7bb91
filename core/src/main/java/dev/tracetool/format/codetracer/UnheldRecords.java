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

    private static final String FLAGS = "flags";

    /** A flag of a container. */
    private static final String COLUMNS = "column_aware_steps";

    private static final String STEPS = "steps";

    /** A kind of step. */
    private static final String COLUMN_STEP = "delta_column";

    private UnheldRecords() {}

    /**
     * What no target can hold that gets events: by kind, as far as the trace counts records, in a table of records or in one
     * of the streams of a container; and what only CodeTracer's traces say of a run.
     */
    public static Losses ofEvents(TraceSummary summary) {
        Losses losses = new Losses();
        for (DetailTable table : summary.details()) {
            for (List<@Nullable Object> row : table.rows()) {
                switch (table.name()) {
                    case EventAssembler.RECORDS -> add(row, losses);
                    case STREAMS -> addStream(row, losses);
                    case FILES -> addFile(row, losses);
                    default -> {}
                }
            }
        }
        container(summary.details(), losses);
        facts(summary, losses);
        return losses;
    }

    /** What CodeTracer's JSON has no place for, of a container whose records are copied into it. */
    public static Losses ofJson(List<DetailTable> details) {
        Losses losses = new Losses();
        container(details, losses);
        return losses;
    }

    private static void add(List<@Nullable Object> row, Losses losses) {
        if (!(row.get(0) instanceof String kind)) {
            return;
        }
        if (!HELD.contains(kind)) {
            losses.add(kind + " record", "", number(row, 1));
        } else if (kind.equals(RecordKind.RETURN.label())) {
            losses.add("returned value", "", number(row, 1));
        } else if (kind.equals(RecordKind.CALL.label())) {
            losses.add("call", "written without arguments", number(row, 1));
        }
    }

    /** Name, number of records, number of values in these. */
    private static void addStream(List<@Nullable Object> row, Losses losses) {
        if (row.get(0) instanceof String name) {
            switch (name) {
                case "values" -> losses.add("value", "", number(row, 2));
                case "calls" -> {
                    losses.add("argument", "", number(row, 2));
                    losses.add("returned value", "", number(row, 1));
                }
                case "events" -> losses.add("record", "of output", number(row, 1));
                default -> {}
            }
        }
    }

    /** An index has 8 bytes for each entry of its table, and 8 more. */
    private static void addFile(List<@Nullable Object> row, Losses losses) {
        if (row.get(0) instanceof String name) {
            long entries = Math.max(0, number(row, 1) / 8 - 1);
            switch (name) {
                case "varnames.off" -> losses.add("variable name", "", entries);
                case "types.off" -> losses.add("type", "", entries);
                default -> {}
            }
        }
    }

    /** What only a container has beside the streams of steps, calls, values and output. */
    private static void container(List<DetailTable> details, Losses losses) {
        boolean streams = details.stream().anyMatch(table -> table.name().equals(STEPS));
        for (DetailTable table : details) {
            for (List<@Nullable Object> row : table.rows()) {
                if (table.name().equals(FLAGS) && COLUMNS.equals(row.get(1))) {
                    losses.addFact("the columns of steps");
                } else if (table.name().equals(STEPS) && COLUMN_STEP.equals(row.get(0))) {
                    losses.add("step", "within a line", number(row, 1));
                } else if (table.name().equals(FILES) && row.get(0) instanceof String name && number(row, 1) > 0) {
                    switch (name) {
                        case "spans.dat" -> losses.addFact("the spans");
                        case "srcviews.dat" -> losses.addFact("the alternative views of sources");
                        case "events.log" -> {
                            if (streams) {
                                losses.addFact("the log of an older kind beside the streams");
                            }
                        }
                        default -> {}
                    }
                }
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
