package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.TraceSummary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnheldRecordsTest {
    private static String unheld(DetailTable... tables) {
        TraceSummary summary = new TraceSummary(
                Map.of(),
                List.of(),
                List.of(),
                0,
                -1,
                -1,
                List.of(),
                0,
                0,
                0,
                EventBlock.NO_TIME,
                false,
                List.of(),
                new ReadResult(true, new Damage()),
                List.of(tables));
        StringBuilder text = new StringBuilder();
        UnheldRecords.ofEvents(summary)
                .list()
                .forEach(loss -> text.append(loss.count() + " " + loss.noun() + " " + loss.note() + "\n"));
        return text.toString();
    }

    @Test
    void should_count_records_of_which_no_event_is_made() {
        DetailTable records = new DetailTable(
                "records",
                List.of("kind", "count"),
                List.of(
                        List.of("Step", 9L),
                        List.of("Value", 4L),
                        List.of("Call", 2L),
                        List.of("ThreadExit", 1L),
                        List.of("unknown", 3L)));
        assertEquals(
                "4 Value record \n2 call written without arguments\n1 ThreadExit record \n3 unknown record \n",
                unheld(records));
    }

    @Test
    void should_count_what_is_in_the_streams_of_a_container_beside_steps_and_calls() {
        DetailTable streams = new DetailTable(
                "streams",
                List.of("name", "records", "values"),
                List.of(
                        Arrays.asList("steps", 9L, null),
                        Arrays.asList("calls", 3L, 5L),
                        Arrays.asList("values", 9L, 7L),
                        Arrays.asList("events", 2L, null)));
        assertEquals("5 argument \n3 returned value \n7 value \n2 record of output\n", unheld(streams));
    }

    @Test
    void should_count_nothing_where_nothing_is_told() {
        assertEquals("", unheld());
        assertEquals("", unheld(new DetailTable("balance", List.of("calls"), List.of(List.of(3L)))));
    }
}
