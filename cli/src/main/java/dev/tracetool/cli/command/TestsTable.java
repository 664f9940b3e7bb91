package dev.tracetool.cli.command;

import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestRecord;
import dev.tracetool.analysis.TestsAtPlace;
import java.util.List;
import java.util.function.UnaryOperator;

/** Tests that reach a place, as cells for people. */
public final class TestsTable {
    private static final String UNKNOWN = "-";

    private TestsTable() {}

    /** @param safe makes a name harmless for where the table goes */
    public static ListTable of(List<TestsAtPlace.Row> rows, Recorded recorded, UnaryOperator<String> safe) {
        return new ListTable.Builder<>(rows)
                .dispensable(List.of("calls", "duration"))
                .column("hits", recorded.lines(), row -> Quantity.count(row.hits()))
                .column("calls", recorded.calls(), row -> Quantity.count(row.calls()))
                .column("duration", true, row -> duration(row.test()))
                .name("outcome", row -> safe.apply(outcome(row.test())))
                .name("test", row -> safe.apply(row.test().label()))
                .build("Tests", rows.size());
    }

    private static String duration(TestRecord test) {
        Long ns = test.durationNs();
        return ns == null ? UNKNOWN : Quantity.duration(ns);
    }

    private static String outcome(TestRecord test) {
        String outcome = test.outcome();
        return outcome == null ? UNKNOWN : outcome;
    }
}
