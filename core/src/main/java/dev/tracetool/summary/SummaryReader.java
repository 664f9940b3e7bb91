package dev.tracetool.summary;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.MalformedNumbersException;
import dev.tracetool.analysis.NumberReader;
import dev.tracetool.analysis.SlowCalls;
import dev.tracetool.analysis.SourceRecords;
import dev.tracetool.analysis.Summary;
import dev.tracetool.analysis.TestActivity;
import dev.tracetool.code.CodeIdentity;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads one summary, section by section. */
final class SummaryReader {
    private final Set<Summary.Part> parts;
    private final Activity activity = new Activity();
    private final TestActivity tests = new TestActivity();
    private final CallTree tree = new CallTree();
    private final SlowCalls slowCalls = new SlowCalls();
    private final SourceRecords sources = new SourceRecords();
    private final Texts texts = new Texts();
    private final MetadataRecords.Pool pool = new MetadataRecords.Pool();
    private final List<CodeIdentity> functions = new ArrayList<>();

    /** The numbers in the tree of the nodes in the file. */
    private final List<Integer> nodes = new ArrayList<>();

    SummaryReader(Set<Summary.Part> parts) {
        this.parts = parts;
    }

    Summary read(SectionReader sections) throws IOException {
        for (byte type = sections.next(); type != Section.END; type = sections.next()) {
            if (isWanted(type)) {
                NumberReader records = sections.records();
                try {
                    while (records.hasMore()) {
                        record(type, records);
                    }
                } catch (MalformedNumbersException e) {
                    throw sections.malformed(e.getMessage() + ", at byte " + e.position() + " of the section");
                }
            } else if (!isKnown(type) && !sections.isOptional()) {
                throw sections.malformed("expected a section of a known type, found " + (char) type);
            }
        }
        sections.end();
        return Summary.of(parts, activity, tests, tree, slowCalls, sources);
    }

    private boolean isWanted(byte type) {
        return switch (type) {
            case Section.STRINGS, Section.INPUTS, Section.FUNCTIONS -> true;
            case Section.TESTS, Section.REACHES -> parts.contains(Summary.Part.TESTS);
            case Section.NODES, Section.RECURSION -> parts.contains(Summary.Part.TREE);
            case Section.SLOW_CALLS -> parts.contains(Summary.Part.SLOW_CALLS);
            case Section.SOURCES -> parts.contains(Summary.Part.SOURCES);
            default -> false;
        };
    }

    private static boolean isKnown(byte type) {
        return switch (type) {
            case Section.TESTS, Section.REACHES, Section.NODES, Section.RECURSION, Section.SLOW_CALLS -> true;
            default -> false;
        };
    }

    private void record(byte type, NumberReader in) {
        switch (type) {
            case Section.STRINGS -> texts.add(in);
            case Section.INPUTS -> activity.add(InputRecords.read(in, texts, pool));
            case Section.FUNCTIONS -> {
                FunctionActivity function = FunctionRecords.read(in, texts);
                functions.add(function.identity());
                activity.add(function);
            }
            case Section.TESTS -> tests.add(TestRecords.read(in, texts));
            case Section.REACHES -> reaches(in);
            case Section.NODES -> TreeRecords.read(in, texts, tree, nodes, functions);
            case Section.RECURSION -> TreeRecords.readRecursion(in, tree, nodes);
            case Section.SLOW_CALLS -> slowCalls(in);
            case Section.SOURCES -> sources.add(SourceRecord.read(in, texts));
            default -> throw new IllegalArgumentException("type " + type);
        }
    }

    private void reaches(NumberReader in) {
        CodeIdentity function = function(in);
        for (int left = in.count(3); left > 0; left--) {
            tests.add(function, TestRecords.readReach(in, tests.size()));
        }
    }

    private void slowCalls(NumberReader in) {
        CodeIdentity function = function(in);
        for (int left = in.count(5); left > 0; left--) {
            slowCalls.add(function, SlowCallRecords.read(in, texts));
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
