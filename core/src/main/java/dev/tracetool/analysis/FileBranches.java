package dev.tracetool.analysis;

import dev.tracetool.source.Decision;
import dev.tracetool.source.Decisions;
import dev.tracetool.source.FoundSource;
import dev.tracetool.source.SourceSyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which branches of a file were taken. A branch is one of the two ways on from a {@link Decision}; what is excluded is
 * none, nor is the other way on from there. Immutable.
 */
public final class FileBranches {
    private final int branches;
    private final TreeMap<Integer, List<Integer>> taken = new TreeMap<>();
    private final TreeMap<Integer, List<Integer>> missing = new TreeMap<>();
    private int missed;

    private FileBranches(List<Decision> decisions, Set<Long> arcs, FileCoverage coverage) {
        int count = 0;
        for (Decision decision : decisions) {
            boolean excluded = coverage.isExcluded(decision.line())
                    || isExcluded(coverage, decision.entered())
                    || isExcluded(coverage, decision.otherwise());
            if (!excluded) {
                count += 2;
                note(decision.line(), decision.entered(), arcs);
                note(decision.line(), decision.otherwise(), arcs);
            }
        }
        this.branches = count;
    }

    private static boolean isExcluded(FileCoverage coverage, int line) {
        return line > 0 && coverage.isExcluded(line);
    }

    private void note(int from, int to, Set<Long> arcs) {
        boolean hit = arcs.contains(way(from, to));
        (hit ? taken : missing).computeIfAbsent(from, line -> new ArrayList<>()).add(to);
        missed += hit ? 0 : 1;
    }

    private static long way(int from, int to) {
        return (long) from << 32 | (to & 0xFFFF_FFFFL);
    }

    /** Of a file; null if its source is not known, so that it cannot be told. */
    public static @Nullable FileBranches of(CoveredFile file, LineArcs arcs) {
        FoundSource source = file.source();
        if (source == null || !file.hasStatements() || !file.isCodeKnown()) {
            return null;
        }
        FileCoverage coverage = file.coverage();
        Set<Integer> code = new HashSet<>();
        for (int line : file.lines().lines()) {
            code.add(coverage.firstLine(line));
        }
        Set<Long> taken = new HashSet<>();
        for (FunctionActivity function : file.functions()) {
            Arcs of = arcs.of(function.identity());
            int exit = -function.identity().firstLine();
            for (int i = 0; i < of.size(); i++) {
                int to = of.to(i) == Arcs.EXIT ? exit : coverage.firstLine(of.to(i));
                taken.add(way(coverage.firstLine(of.from(i)), to));
            }
        }
        try {
            return new FileBranches(Decisions.of(source.text(), code::contains), taken, coverage);
        } catch (SourceSyntaxException e) {
            return null; // as it would have no statements, or is nested deeper than Python can be
        }
    }

    /** Number of branches. */
    public int branches() {
        return branches;
    }

    /** Number of branches that were taken. */
    public int hit() {
        return branches - missed;
    }

    /** Number of branches that were not. */
    public int missed() {
        return missed;
    }

    /**
     * The branches that were taken, by the line from which they go, ascending: the lines to which they go, {@code -n} for
     * the end of the code that starts on line n.
     */
    public SortedMap<Integer, List<Integer>> taken() {
        return Collections.unmodifiableSortedMap(taken);
    }

    /** The same of those that were not taken. */
    public SortedMap<Integer, List<Integer>> missing() {
        return Collections.unmodifiableSortedMap(missing);
    }
}
