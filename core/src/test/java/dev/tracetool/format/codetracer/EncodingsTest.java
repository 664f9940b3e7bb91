package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.codetracer.EncodedTrace.Encoding;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever records there are, each encoding says the same of them. */
class EncodingsTest {
    /** What the records come to without any encoding. */
    private static EventLog direct(List<Rec> records, Damage damage) throws TraceException {
        EventLog log = new EventLog();
        EventAssembler assembler = new EventAssembler("t", log, damage, () -> 0);
        for (Rec rec : records) {
            rec.pass(assembler);
        }
        assembler.finish();
        return log;
    }

    private static List<String> messages(Damage damage) {
        return damage.notes().stream().map(Damage.Note::message).toList();
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void should_read_what_was_written(Encoding encoding) throws IOException {
        long events = 0;
        for (long seed = 1; seed <= 60; seed++) {
            List<Rec> records = Rec.random(seed, (int) (seed * seed));
            records.add(0, Rec.path("first"));
            Damage damage = new Damage();
            EventLog expected = direct(records, damage);
            byte[] bytes = encoding.write(records, seed);
            EncodedTrace.Outcome found = EncodedTrace.read(bytes);
            assertEquals(expected.lines, found.log().lines, "seed " + seed);
            assertEquals(messages(damage), messages(found.result().damage()), "seed " + seed);
            assertEquals(damage.events(), found.result().damage().events());
            assertTrue(found.result().complete());
            TraceSummary summary = EncodedTrace.of(bytes).summary();
            assertEquals(found.log().eventCount(), summary.events());
            assertEquals(found.log().codes.size(), summary.codes().size());
            events += summary.events();
        }
        assertTrue(events > 10_000, "events in all: " + events);
    }
}
