package dev.tracetool.summary;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.LineArcs;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.SlowCalls;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestActivity;
import dev.tracetool.analysis.Timeline;
import dev.tracetool.code.CodeIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one summary, section by section, straight into what it is added to: of a thousand summaries, most functions are
 * those of the one before.
 */
final class SummaryReader {
    private final SummaryFile.Target target;
    private final List<InputActivity> runs = new ArrayList<>();
    private final Texts texts;
    private final Repeats digests;
    private final MetadataRecords.Pool pool = new MetadataRecords.Pool();
    private final List<CodeIdentity> functions = new ArrayList<>();
    private @Nullable Destination destination;

    /** By place in the file: the numbers of tests in the summary. */
    private int[] tests = new int[16];

    private int testCount;
    private boolean hasArcs;

    /**
     * Where everything but texts and runs goes.
     *
     * @param timeline that of the file by itself: how it merges depends on all of its runs
     */
    private record Destination(Summary summary, TreeReader tree, Timeline.Part timeline) {}

    /**
     * @param texts those of the summary before
     * @param digests likewise, of its functions
     */
    SummaryReader(SummaryFile.Target target, Repeats texts, Repeats digests) {
        this.target = target;
        this.texts = new Texts(texts);
        this.digests = digests;
    }

    void read(SectionReader sections) throws IOException {
        for (byte type = sections.next(); type != Section.END; type = sections.next()) {
            boolean early = type == Section.STRINGS || type == Section.INPUTS;
            hasArcs |= type == Section.ARCS;
            if (early || (isKnown(type) && isWanted(type, destination().summary))) {
                if (type == Section.INPUTS && destination != null) {
                    throw sections.malformed("expected runs before all but texts, found them later");
                }
                NumberReader records = sections.records();
                try {
                    while (records.hasMore()) {
                        record(type, records);
                    }
                } catch (MalformedNumbersException e) {
                    throw sections.malformed(e.getMessage() + ", at byte " + e.position() + " of the section");
                }
            } else {
                checkType(type, sections);
            }
        }
        Summary into = destination().summary;
        into.timeline().merge(destination().timeline);
        if (!hasArcs && !runs.isEmpty()) {
            into.arcs().merge(LineArcs.unknown());
        }
        sections.end();
    }

    /** Checks all but what is in the sections. */
    static void check(SectionReader sections) throws IOException {
        for (byte type = sections.next(); type != Section.END; type = sections.next()) {
            if (type != Section.STRINGS && type != Section.INPUTS) {
                checkType(type, sections);
            }
        }
        sections.end();
    }

    private static void checkType(byte type, SectionReader sections) throws IOException {
        if (!isKnown(type) && !sections.isOptional()) {
            throw sections.malformed("expected a section of a known type, found " + (char) type);
        }
    }

    /** Where it goes, since texts and runs are known by now. */
    private Destination destination() throws IOException {
        Destination known = destination;
        if (known == null) {
            Summary summary = target.of(List.copyOf(runs));
            runs.forEach(summary.activity()::add);
            TreeReader tree = new TreeReader(summary.tree(), texts, functions);
            known = new Destination(summary, tree, summary.timeline().part());
            destination = known;
        }
        return known;
    }

    private static boolean isWanted(byte type, Summary summary) {
        return switch (type) {
            case Section.FUNCTIONS -> true;
            case Section.TESTS, Section.REACHES, Section.SHARED -> summary.has(Summary.Part.TESTS);
            case Section.NODES, Section.RECURSION -> summary.has(Summary.Part.TREE);
            case Section.SLOW_CALLS -> summary.has(Summary.Part.SLOW_CALLS);
            case Section.LINE_TIMES -> summary.has(Summary.Part.LINE_TIMES);
            case Section.THREAD_TIMES, Section.FUNCTION_TIMES -> summary.has(Summary.Part.TIMELINE);
            case Section.ARCS -> summary.has(Summary.Part.ARCS);
            case Section.SOURCES, Section.SOURCE_TEXTS -> summary.has(Summary.Part.SOURCES);
            default -> false;
        };
    }

    private static boolean isKnown(byte type) {
        return switch (type) {
            case Section.FUNCTIONS,
                    Section.TESTS,
                    Section.REACHES,
                    Section.SHARED,
                    Section.NODES,
                    Section.RECURSION,
                    Section.SLOW_CALLS,
                    Section.LINE_TIMES,
                    Section.THREAD_TIMES,
                    Section.FUNCTION_TIMES,
                    Section.ARCS,
                    Section.SOURCES,
                    Section.SOURCE_TEXTS -> true;
            default -> false;
        };
    }

    private void record(byte type, NumberReader in) throws IOException {
        switch (type) {
            case Section.STRINGS -> texts.add(in);
            case Section.INPUTS -> runs.add(InputRecords.read(in, texts, pool));
            default -> record(type, in, destination());
        }
    }

    private void record(byte type, NumberReader in, Destination destination) {
        Summary into = destination.summary;
        switch (type) {
            case Section.FUNCTIONS ->
                functions.add(into.activity().add(FunctionRecords.read(in, texts, functions.size(), digests)));
            case Section.TESTS -> test(into.tests().add(TestRecords.read(in, texts)));
            case Section.REACHES -> reaches(in, into.tests());
            case Section.SHARED -> into.tests().addShared(function(in));
            case Section.NODES -> destination.tree.read(in);
            case Section.RECURSION -> destination.tree.readRecursion(in);
            case Section.SLOW_CALLS -> slowCalls(in, into.slowCalls());
            case Section.LINE_TIMES -> LineTimeRecords.read(in, function(in), into.lineTimes());
            case Section.THREAD_TIMES -> TimelineRecords.readThread(in, texts, runs, destination.timeline);
            case Section.FUNCTION_TIMES ->
                TimelineRecords.readFunction(in, in.index(), function(in), destination.timeline);
            case Section.ARCS -> into.arcs().add(function(in), ArcRecords.read(in));
            case Section.SOURCES -> into.sources().add(SourceRecord.read(in, texts));
            case Section.SOURCE_TEXTS -> SourceRecord.readText(in, into.sources());
            default -> throw new IllegalArgumentException("type " + type);
        }
    }

    private void test(int number) {
        if (testCount == tests.length) {
            tests = Arrays.copyOf(tests, 2 * testCount);
        }
        tests[testCount++] = number;
    }

    private void reaches(NumberReader in, TestActivity into) {
        CodeIdentity function = function(in);
        for (int left = in.count(3); left > 0; left--) {
            into.add(function, TestRecords.readReach(in, tests, testCount));
        }
    }

    private void slowCalls(NumberReader in, SlowCalls into) {
        SlowCalls.Slowest slowest = into.slowest(function(in));
        for (int left = in.count(5); left > 0; left--) {
            SlowCallRecords.read(in, texts, slowest);
        }
    }

    private CodeIdentity function(NumberReader in) {
        int place = in.index();
        if (place >= functions.size()) {
            throw new MalformedNumbersException(
                    in.position(), "expected one of " + functions.size() + " functions, found " + place);
        }
        return functions.get(place);
    }
}
