package dev.tracetool.format.codetracer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.Summary.Part;
import dev.tracetool.analysis.gate.BalanceGate;
import dev.tracetool.analysis.gate.GateResult;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.trace.Trace;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who called whom, and whether calls come to an end, in each encoding of the same records. */
class CallersTest {
    private static final List<Rec> RUN = List.of(
            Rec.path("a.py"),
            Rec.function(0, 1, "<toplevel>"),
            Rec.call(0),
            Rec.step(0, 1),
            Rec.function(0, 5, "f"),
            Rec.step(0, 5),
            Rec.call(1),
            Rec.step(0, 6),
            Rec.step(0, 7),
            Rec.step(0, 5),
            Rec.call(1),
            Rec.step(0, 6),
            Rec.leave(),
            Rec.function(0, 9, "gen"),
            Rec.step(0, 9),
            Rec.call(2),
            Rec.step(0, 10),
            Rec.leave(),
            Rec.step(0, 9),
            Rec.call(2),
            Rec.step(0, 11),
            Rec.leave(),
            Rec.leave());

    private static Summary summary(EncodedTrace.Encoding encoding, List<Rec> records) throws IOException {
        try (Trace trace = TraceFormats.open(EncodedTrace.of(encoding.write(records, 3)))) {
            return Summary.of(trace, EnumSet.of(Part.TREE));
        }
    }

    private static List<String> balance(EncodedTrace.Encoding encoding, List<Rec> records) throws IOException {
        Summary summary = summary(encoding, records);
        return BalanceGate.of(summary.activity().functions(), summary.activity().inputs()).stream()
                .map(result -> result.subject() + " " + result.actual() + " " + GateResult.allPassed(List.of(result)))
                .toList();
    }

    private static List<Rec> with(List<Rec> records, Rec... more) {
        List<Rec> all = new java.util.ArrayList<>(records);
        all.addAll(List.of(more));
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void should_tell_who_called_whom(EncodedTrace.Encoding encoding) throws IOException {
        assertEquals(
                List.of(
                        "thread 0: 0 calls, 0 recursive, 0 of 6",
                        "thread 0/<toplevel>: 1 calls, 0 recursive, 1 of 6",
                        "thread 0/<toplevel>/f: 2 calls, 1 recursive, 3 of 5",
                        "thread 0/<toplevel>/f/gen: 2 calls, 0 recursive, 2 of 2"),
                TreeLines.of(summary(encoding, RUN).tree()));
    }

    @ParameterizedTest
    @EnumSource
    void should_tell_whether_calls_come_to_an_end(EncodedTrace.Encoding encoding) throws IOException {
        assertEquals(List.of("calls 0 true"), balance(encoding, RUN), "the top level has no end in any of them");
        assertEquals(
                List.of("f 1 false"),
                balance(encoding, RUN.subList(0, RUN.size() - 1)),
                "its last call never returned");
        assertEquals(
                List.of("trace.x 2 false"),
                balance(encoding, with(RUN, Rec.leave(), Rec.leave(), Rec.leave())),
                "the first of them ends the top level, the others nothing");
    }
}
