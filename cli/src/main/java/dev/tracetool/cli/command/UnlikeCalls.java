package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.EventKind;
import java.util.List;

/**
 * Warns of calls that do not mean the same in all inputs. CodeTracer's recorders write a call each time a generator or a
 * coroutine goes on; other traces tell calls apart from that.
 */
public final class UnlikeCalls {
    private UnlikeCalls() {}

    /** One warning at most, and none where no input has a generator that could be counted in both ways. */
    public static void warn(Terminal terminal, List<InputActivity> inputs) {
        InputActivity each = null;
        InputActivity once = null;
        for (InputActivity input : inputs) {
            if (input.recorded().countsResumptions()) {
                each = each == null && input.count(EventKind.PY_START) > 0 ? input : each;
            } else if (once == null && input.recorded().calls() && canYield(input)) {
                once = input;
            }
        }
        if (each != null && once != null) {
            terminal.warn("a generator or coroutine counts as called each time it goes on in "
                    + SafeText.terminal(each.name()) + ", whose format tells no yields, and once in "
                    + SafeText.terminal(once.name()) + "; their calls cannot be compared");
        }
    }

    private static boolean canYield(InputActivity input) {
        return !input.recorded().yields() || input.count(EventKind.PY_YIELD) > 0;
    }
}
