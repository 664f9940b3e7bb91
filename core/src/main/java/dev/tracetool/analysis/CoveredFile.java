package dev.tracetool.analysis;

import dev.tracetool.source.Exclusions;
import dev.tracetool.source.FoundSource;
import dev.tracetool.source.FoundSource.Match;
import dev.tracetool.source.PythonSource;
import dev.tracetool.source.SourceSyntaxException;
import dev.tracetool.source.Statements;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A file with its source, if there is one, and what ran in it.
 *
 * @param file {@code co_filename}, exactly as recorded: hostile text
 * @param source null if none was found; one that cannot be what ran is {@link Match#DIFFERENT}
 * @param functions its code objects
 * @param lines the lines of all its code objects, with their events
 * @param hasStatements whether statements are counted by the rules of coverage.py, because the source is that of the run;
 *     else each line that has code is one
 * @param branches null if they were not asked for, or cannot be known
 */
public record CoveredFile(
        String file,
        @Nullable FoundSource source,
        List<FunctionActivity> functions,
        LineHits lines,
        boolean hasStatements,
        FileCoverage coverage,
        @Nullable FileBranches branches) {

    /** @param found null if there is no source */
    public static CoveredFile of(
            String file, @Nullable FoundSource found, List<FunctionActivity> functions, Exclusions exclusions) {
        LineHits lines =
                LineHits.sum(functions.stream().map(FunctionActivity::lines).toList());
        FoundSource source = found;
        // Where there are tables, an event on a line that they do not have makes no code of it.
        int[] code = hasTables(functions) ? lines.executableLines() : lines.lines();
        Statements statements = Statements.ofCode(code);
        String doubt = source == null || source.match() != Match.UNCHECKED
                ? null
                : SourceCheck.doubt(source.text(), functions);
        if (source != null && doubt != null) {
            source = source.different(doubt);
        }
        boolean known = source != null && source.match() != Match.DIFFERENT;
        if (source != null && known) {
            try {
                statements = PythonSource.parse(source.text(), exclusions).statements(code);
            } catch (SourceSyntaxException e) {
                known = false;
                if (source.match() == Match.UNCHECKED) {
                    source = source.different("line " + e.line() + ": " + e.getMessage());
                }
            }
        }
        return new CoveredFile(file, source, functions, lines, known, new FileCoverage(statements, lines), null);
    }

    /** The same file with its branches, if these can be known. */
    public CoveredFile withBranches(LineArcs arcs) {
        FileBranches known = FileBranches.of(this, arcs);
        return new CoveredFile(file, source, functions, lines, hasStatements, coverage, known);
    }

    /**
     * Whether it is known which lines have code. If not, because the traces have no line tables of the file, only what was
     * hit is known: the statements are those that were, and none is missed.
     */
    public boolean isCodeKnown() {
        return hasTables(functions);
    }

    private static boolean hasTables(List<FunctionActivity> functions) {
        return functions.stream().anyMatch(FunctionActivity::hasTable);
    }

    /**
     * Whether the module's own code is known, and so all code of the file: it is not if the module was loaded before the
     * recording began. Then only functions that were called since are known, with those that are nested in them.
     */
    public boolean isWhole() {
        return functions.stream()
                .anyMatch(function -> function.identity().qualname().equals("<module>"));
    }
}
