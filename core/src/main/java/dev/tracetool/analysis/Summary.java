package dev.tracetool.analysis;

import dev.tracetool.code.CodeIdentity;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceVisitor;
import dev.tracetool.trace.VisitorGroup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * All that is to be known of any number of traces but their events: the activity, and those other parts that were asked
 * for. Merging is that of each part.
 */
public final class Summary {
    /** What can be asked for beside the activity. */
    public enum Part {
        TESTS,
        /** The call tree. */
        TREE,
        /** The slowest activations of each function. */
        SLOW_CALLS,
        /** When threads were busy. */
        TIMELINE,
        /** The self time of each line, where line events have times. */
        LINE_TIMES,
        /** Which line followed on which, in traces of which it is known. */
        ARCS,
        /** What the traces say of source files, with the texts that they carry. */
        SOURCES
    }

    private final Set<Part> parts;
    private final Activity activity;
    private final TestActivity tests;
    private final CallTree tree;
    private final SlowCalls slowCalls;
    private final Timeline timeline;
    private final LineTimes lineTimes;
    private final LineArcs arcs;
    private final SourceRecords sources;

    /** Of no trace. */
    public Summary(Set<Part> parts) {
        this(
                parts,
                new Activity(),
                new TestActivity(),
                new CallTree(),
                new SlowCalls(),
                new Timeline(),
                new LineTimes(),
                new LineArcs(),
                new SourceRecords());
    }

    private Summary(
            Set<Part> parts,
            Activity activity,
            TestActivity tests,
            CallTree tree,
            SlowCalls slowCalls,
            Timeline timeline,
            LineTimes lineTimes,
            LineArcs arcs,
            SourceRecords sources) {
        this.parts = parts.isEmpty() ? EnumSet.noneOf(Part.class) : EnumSet.copyOf(parts);
        this.activity = activity;
        this.tests = tests;
        this.tree = tree;
        this.slowCalls = slowCalls;
        this.timeline = timeline;
        this.lineTimes = lineTimes;
        this.arcs = arcs;
        this.sources = sources;
    }

    /** Of parts that belong together; those that are not wanted are empty. */
    public static Summary of(
            Set<Part> parts,
            Activity activity,
            TestActivity tests,
            CallTree tree,
            SlowCalls slowCalls,
            Timeline timeline,
            LineTimes lineTimes,
            LineArcs arcs,
            SourceRecords sources) {
        return new Summary(parts, activity, tests, tree, slowCalls, timeline, lineTimes, arcs, sources);
    }

    /** Reads the whole trace, once. */
    public static Summary of(Trace trace, Set<Part> parts) throws IOException {
        ActivityCounter activity = new ActivityCounter(parts);
        TestCounter tests = new TestCounter();
        LineTimeCounter lineTimes = new LineTimeCounter();
        ArcCounter arcs = new ArcCounter();
        SourceRecords sources = new SourceRecords();
        List<TraceVisitor> visitors = new ArrayList<>(List.of(activity));
        if (parts.contains(Part.TESTS)) {
            visitors.add(tests);
        }
        if (parts.contains(Part.LINE_TIMES)) {
            visitors.add(lineTimes);
        }
        if (parts.contains(Part.ARCS) && Recorded.of(trace.metadata()).arcs()) {
            visitors.add(arcs);
        }
        if (parts.contains(Part.SOURCES)) {
            visitors.add(sources);
        }
        TraceVisitor visitor =
                visitors.size() == 1 ? activity : new VisitorGroup(visitors.toArray(new TraceVisitor[0]));
        ReadResult result = trace.read(visitor);
        return new Summary(
                parts,
                activity.finish(trace.name(), trace.format(), trace.formatVersion(), trace.bytes(), result),
                tests.finish(),
                activity.tree(),
                activity.slowCalls(trace.name()),
                activity.timeline(trace.name()),
                lineTimes.finish(),
                arcs.finish(),
                sources);
    }

    /** Adds the other one, which has the same parts, to this, which then stands for the traces of both. */
    public void merge(Summary other) {
        merge(other, UnaryOperator.identity(), UnaryOperator.identity());
    }

    private void merge(Summary other, UnaryOperator<CodeIdentity> renamed, UnaryOperator<String> files) {
        if (!parts.equals(other.parts)) {
            throw new IllegalArgumentException("parts " + parts + " and " + other.parts);
        }
        activity.merge(other.activity, renamed);
        tests.merge(other.tests, renamed);
        tree.merge(other.tree, renamed);
        slowCalls.merge(other.slowCalls, renamed);
        timeline.merge(other.timeline, renamed);
        lineTimes.merge(other.lineTimes, renamed);
        arcs.merge(other.arcs, renamed);
        sources.merge(other.sources, files);
    }

    /**
     * The same with code objects of which some trace knows the digest and another does not as one: what is to be looked
     * at. Only once all traces are together, since with more of them it can turn out that there are several.
     */
    public Summary joined() {
        return joined(UnaryOperator.identity()).summary();
    }

    /**
     * The same, with what does not fit.
     *
     * @param mapped what stands for the folders with which a path can begin, by which a file is known; names stay as they are
     */
    public Joined joined(UnaryOperator<String> mapped) {
        KnownCode known = KnownCode.among(activity.identities(), FilePlaces.of(activity.inputs(), mapped));
        if (known == null) {
            return Joined.of(this, this, null);
        }
        Summary joined = new Summary(parts);
        joined.merge(this, known, UnaryOperator.identity());
        return Joined.of(this, joined, known);
    }

    /** The same with other names of files: code objects that are the same then are one. */
    public Summary renamed(UnaryOperator<String> files) {
        Summary renamed = new Summary(parts);
        renamed.merge(
                this,
                code -> new CodeIdentity(
                        files.apply(code.filename()), code.qualname(), code.firstLine(), code.digest()),
                files);
        return renamed;
    }

    /** Whether the part was asked for. */
    public boolean has(Part part) {
        return parts.contains(part);
    }

    public Activity activity() {
        return activity;
    }

    /** Of no test, if this part was not asked for. */
    public TestActivity tests() {
        return tests;
    }

    /** Of no trace, if this part was not asked for. */
    public CallTree tree() {
        return tree;
    }

    /** Of no trace, if this part was not asked for. */
    public SlowCalls slowCalls() {
        return slowCalls;
    }

    /** Of no trace, if this part was not asked for. */
    public Timeline timeline() {
        return timeline;
    }

    /** Of no trace, if this part was not asked for. */
    public LineTimes lineTimes() {
        return lineTimes;
    }

    /** Of no trace, or unknown, if this part was not asked for. */
    public LineArcs arcs() {
        return arcs;
    }

    /** Of no file, if this part was not asked for. */
    public SourceRecords sources() {
        return sources;
    }
}
