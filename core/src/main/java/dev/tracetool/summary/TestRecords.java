package dev.tracetool.summary;

import dev.tracetool.analysis.LineHits;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.NumberWriter;
import dev.tracetool.analysis.TestReach;
import dev.tracetool.analysis.TestRecord;
import java.util.SortedMap;
import java.util.TreeMap;

/** The records of tests, and of what a test did in a code object. */
final class TestRecords {
    private TestRecords() {}

    static void write(NumberWriter out, Strings strings, TestRecord test) {
        out.number(strings.place(test.label())).number(test.outcomes().size());
        test.outcomes()
                .forEach((outcome, count) -> out.number(strings.place(outcome)).number(count));
        InputRecords.optional(out, test.durationNs());
        out.number(test.events());
    }

    static TestRecord read(NumberReader in, Texts texts) {
        String label = texts.next(in);
        SortedMap<String, Integer> outcomes = new TreeMap<>();
        for (int left = in.count(2); left > 0; left--) {
            outcomes.put(texts.next(in), in.index());
        }
        return new TestRecord(label, outcomes, InputRecords.optional(in), in.natural());
    }

    static void writeReach(NumberWriter out, int test, TestReach reach) {
        int[] lines = reach.lines().otherLines();
        out.number(test).number(reach.calls()).number(lines.length);
        long before = 0;
        for (int line : lines) {
            out.signed(line - before).number(reach.lines().hits(line));
            before = line;
        }
    }

    /** @param numbers of the tests by their place in the file; so many are known */
    static TestReach readReach(NumberReader in, int[] numbers, int known) {
        int test = in.index();
        if (test >= known) {
            throw new MalformedNumbersException(in.position(), "expected one of " + known + " tests, found " + test);
        }
        long calls = in.natural();
        int count = in.count(2);
        int[] lines = new int[count];
        long[] hits = new long[count];
        long line = 0;
        for (int i = 0; i < count; i++) {
            line += in.signedInt();
            lines[i] = (int) line;
            hits[i] = in.natural();
        }
        try {
            return new TestReach(numbers[test], calls, LineHits.of(new int[0], new long[0], lines, hits));
        } catch (IllegalArgumentException e) {
            throw new MalformedNumbersException(in.position(), "expected lines that ascend, found others");
        }
    }
}
