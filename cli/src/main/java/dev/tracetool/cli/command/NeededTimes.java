package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.trace.EventKind;
import java.util.List;

/** For what is made of stacks: there are none where not every call and return was recorded. */
public final class NeededTimes {
    private static final String ANOTHER_MODE = " (record it in mode calls, lines or full)";

    private NeededTimes() {}

    /**
     * Refuses traces that do not tell them with their times.
     *
     * @param what is made of them, such as {@code a timeline}
     */
    public static void check(List<InputActivity> inputs, String what) throws CommandException {
        for (InputActivity input : inputs) {
            needRun(input, what);
            if (!input.hasTimes()) {
                throw CommandException.file(
                        input.name(),
                        "holds no times of calls, of which " + what
                                + " is made; formats such as CodeTracer's do not store"
                                + " them, a trace of tracetool record has them");
            }
            if (!input.recorded().times()) {
                throw CommandException.file(
                        input.name(),
                        "has not every call and return with its time, of which " + what + " is made" + mode(input)
                                + ANOTHER_MODE);
            }
        }
    }

    /**
     * Refuses traces that do not tell calls and returns, be it without times.
     *
     * @param what is made of them, such as {@code a call tree}
     */
    public static void checkCallers(List<InputActivity> inputs, String what) throws CommandException {
        for (InputActivity input : inputs) {
            needRun(input, what);
            if (!input.tellsCallers()) {
                boolean byMode = input.metadata().mode() != null || input.hasTimes();
                String reason = byMode
                        ? "has not every call and return, of which " + what + " is made" + mode(input) + ANOTHER_MODE
                        : "holds " + (input.count(EventKind.LINE) > 0 ? "lines that ran and " : "")
                                + "no calls, of which " + what
                                + " is made; a trace of tracetool record has them";
                throw CommandException.file(input.name(), reason);
            }
        }
    }

    private static void needRun(InputActivity input, String what) throws CommandException {
        if (!input.recorded().events()) {
            throw CommandException.file(
                    input.name(),
                    "holds code, and not a run of it, of which " + what
                            + " is made; a trace of tracetool record has both");
        }
    }

    private static String mode(InputActivity input) {
        return "coverage".equals(input.metadata().mode()) ? "; it was recorded in mode coverage" : "";
    }
}
