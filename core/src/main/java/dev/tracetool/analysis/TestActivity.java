package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which tests ran in any number of traces, and what each reached. Tests of one label are one. Merging is associative and
 * commutative, but for the numbers of the tests.
 */
public final class TestActivity {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<Figures> tests = new ArrayList<>();
    private final Map<CodeIdentity, TestHits> hits = new HashMap<>();

    /** What ran in a test for others, too. */
    private final Set<CodeIdentity> shared = new HashSet<>();

    private static final class Figures {
        final String label;
        final TreeMap<String, Integer> outcomes = new TreeMap<>();
        long durationNs;
        boolean timed;
        long events;

        Figures(String label) {
            this.label = label;
        }
    }

    /** The number of the test with this label, which is a new one if there was none. */
    int number(String label) {
        Integer known = numbers.putIfAbsent(label, tests.size());
        if (known != null) {
            return known;
        }
        tests.add(new Figures(label));
        return tests.size() - 1;
    }

    void addEvents(int test, long events) {
        tests.get(test).events += events;
    }

    /** @param durationNs null if unknown */
    void addEnd(int test, String outcome, @Nullable Long durationNs) {
        Figures figures = tests.get(test);
        figures.outcomes.merge(outcome, 1, Integer::sum);
        addDuration(figures, durationNs);
    }

    private static void addDuration(Figures figures, @Nullable Long durationNs) {
        if (durationNs != null) {
            figures.durationNs += durationNs;
            figures.timed = true;
        }
    }

    /** Adds a test, or to what is known of it. Returns its number. */
    public int add(TestRecord test) {
        int number = number(test.label());
        Figures figures = tests.get(number);
        test.outcomes().forEach((outcome, count) -> figures.outcomes.merge(outcome, count, Integer::sum));
        addDuration(figures, test.durationNs());
        figures.events += test.events();
        return number;
    }

    /** Adds what a test did in a code object. */
    public void add(CodeIdentity code, TestReach reach) {
        hitsOf(code).add(reach);
    }

    /** Adds a code object that ran in a test for others, too: in a fixture of a wider scope than one test. */
    public void addShared(CodeIdentity code) {
        shared.add(code);
    }

    /** Whether {@link #addShared} was told of the code object. */
    public boolean isShared(CodeIdentity code) {
        return shared.contains(code);
    }

    /** What tests did in a code object, to be added to. */
    TestHits hitsOf(CodeIdentity code) {
        return hits.computeIfAbsent(code, c -> new TestHits());
    }

    /** Adds the other one to this, which then stands for the traces of both. */
    public void merge(TestActivity other) {
        merge(other, UnaryOperator.identity());
    }

    /** The same, with other identities of the other one's code objects. */
    void merge(TestActivity other, UnaryOperator<CodeIdentity> renamed) {
        int[] here = new int[other.tests.size()];
        for (int i = 0; i < here.length; i++) {
            here[i] = add(other.test(i));
        }
        other.shared.forEach(code -> shared.add(renamed.apply(code)));
        other.hits.forEach((code, rows) -> hitsOf(renamed.apply(code)).add(rows, here));
    }

    /** How many tests there are. Their numbers go from 0 to this. */
    public int size() {
        return tests.size();
    }

    /** The test with this number. */
    public TestRecord test(int number) {
        Figures figures = tests.get(number);
        return new TestRecord(
                figures.label,
                new TreeMap<>(figures.outcomes),
                figures.timed ? (Long) figures.durationNs : null,
                figures.events);
    }

    /** The same as {@link #reaches}, without an object for each. */
    void visit(CodeIdentity code, TestHits.RowVisitor visitor) {
        TestHits rows = hits.get(code);
        if (rows != null) {
            rows.visit(visitor);
        }
    }

    /** The tests that reached the code object, in order of their numbers. */
    public List<TestReach> reaches(CodeIdentity code) {
        TestHits rows = hits.get(code);
        return rows == null ? List.of() : rows.reaches();
    }
}
