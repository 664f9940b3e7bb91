package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tracetool.format.codetracer.EncodedTrace.Encoding;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
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

    /** A copy is known by what is in it, and so is the same run in another encoding. */
    @Test
    void should_have_one_identity_in_all_encodings_and_another_for_what_differs() throws IOException {
        Set<String> identities = new HashSet<>();
        int runs = 0;
        for (long seed = 1; seed <= 30; seed++) {
            List<Rec> records = Rec.random(seed, 100);
            records.add(0, Rec.path("first"));
            String identity = identity(Encoding.JSON, records);
            for (Encoding encoding : Encoding.values()) {
                assertEquals(identity, identity(encoding, records), encoding + " " + seed);
            }
            List<List<Rec>> others = new ArrayList<>();
            others.add(records);
            others.add(with(records, Rec.step(0, 100_000)));
            others.add(with(records, Rec.step(0, 100_001)));
            others.add(with(with(records, Rec.path("second")), Rec.step(0, 100_000)));
            others.add(records.subList(0, records.size() - 1));
            for (List<Rec> other : others) {
                identities.add(identity(Encoding.JSON, other));
                runs++;
            }
        }
        assertEquals(runs, identities.size());
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void should_tell_threads_apart_whose_ids_have_64_bits(Encoding encoding) throws IOException {
        List<Rec> records = new ArrayList<>(List.of(Rec.path("a")));
        for (long id : new long[] {-1, 1, Long.MAX_VALUE, Long.MIN_VALUE + 1, -2, -1}) {
            records.add(Rec.of(RecordKind.THREAD_SWITCH, id));
            records.add(Rec.step(0, records.size()));
        }
        EncodedTrace.Outcome found = EncodedTrace.read(encoding.write(records, 1));
        assertEquals(direct(records, new Damage()).lines, found.log().lines);
        assertEquals(
                List.of(
                        "a:12 <unknown>",
                        "a:2 <unknown>",
                        "thread 1 a:4 <unknown>",
                        "thread 2 a:6 <unknown>",
                        "thread 3 a:8 <unknown>",
                        "thread 4 a:10 <unknown>"),
                found.log().events().stream().sorted().toList());
        assertEquals(List.of(), messages(found.result().damage()));
    }

    private static List<Rec> with(List<Rec> records, Rec more) {
        List<Rec> all = new ArrayList<>(records);
        all.add(more);
        return all;
    }

    private static String identity(Encoding encoding, List<Rec> records) throws IOException {
        return Objects.requireNonNull(
                EncodedTrace.read(encoding.write(records, 1)).result().identity());
    }
}
