package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.export.SafeText;
import dev.tracetool.summary.SummaryFile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Notices runs that come a second time, in a copy of a trace or in a summary that holds it already. */
final class Runs {
    private final Map<String, String> known = new HashMap<>();
    private final Copies copies = new Copies();
    private final SummaryFile summaries = new SummaryFile();

    /** By which those of a command are read. */
    SummaryFile summaries() {
        return summaries;
    }

    /**
     * Whether an input is to be counted. One that holds nothing new is not, and {@link #tell} says so.
     *
     * @param traces what it consists of
     * @throws CommandException if some of it is new and some is not: a summary cannot be taken apart
     */
    boolean isNew(String input, List<InputActivity> traces) throws CommandException {
        Set<String> runs = new HashSet<>();
        String before = null;
        int again = 0;
        for (InputActivity trace : traces) {
            String run = trace.run();
            if (run != null) {
                runs.add(run);
                String holder = known.get(run);
                before = holder == null ? before : holder;
                again += holder == null ? 0 : 1;
            }
        }
        if (before == null) {
            runs.forEach(run -> known.put(run, input));
            return true;
        }
        if (again < traces.size()) {
            throw CommandException.file(
                    input,
                    "holds " + Quantity.count(again, "run") + " that " + SafeText.terminal(before)
                            + " holds, too, and " + Quantity.count(traces.size() - again, "run")
                            + " that it does not: what it counted twice cannot be taken out");
        }
        copies.add(input, "is the same as what " + SafeText.terminal(before) + " holds");
        return false;
    }

    /** Says what came twice. */
    void tell(Terminal terminal) {
        copies.tell(terminal);
    }
}
