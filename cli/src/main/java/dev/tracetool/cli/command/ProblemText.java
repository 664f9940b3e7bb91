package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Problems;
import dev.tracetool.export.SafeText;
import java.util.ArrayList;
import java.util.List;

/** What an analysis could not make sense of, in words. */
public final class ProblemText {
    private ProblemText() {}

    /** One line for each problem, with the name of the input. */
    public static List<String> of(InputActivity input) {
        Problems problems = input.problems();
        List<String> lines = new ArrayList<>();
        String name = SafeText.terminal(input.name()) + ": ";
        add(lines, name, problems.strayEvents(), "event", "of unknown code objects, in no function's counts");
        add(lines, name, problems.strayLines(), "line event", "at lines that the line tables do not have");
        add(lines, name, problems.droppedLines(), "line event", "at too many such lines, in no function's counts");
        add(lines, name, problems.malformedTables(), "code object", "with a line table that cannot be read");
        if (input.recorded().times()) {
            add(lines, name, problems.tooDeep(), "frame", "on too deep a stack, its time counted as its callers'");
            add(lines, name, problems.oddTimes(), "time", "running backwards or far off, taken as none passing");
        }
        return lines;
    }

    private static void add(List<String> lines, String name, long count, String noun, String what) {
        if (count > 0) {
            lines.add(name + Quantity.count(count, noun) + " " + what);
        }
    }
}
