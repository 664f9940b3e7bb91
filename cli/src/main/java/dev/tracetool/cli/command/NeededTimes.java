package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import java.util.List;

/** For what is made of stacks: there are none where not every call and return was recorded with its time. */
public final class NeededTimes {
    private NeededTimes() {}

    /**
     * Refuses traces that do not tell them.
     *
     * @param what is made of them, such as {@code a call tree}
     */
    public static void check(List<InputActivity> inputs, String what) throws CommandException {
        for (InputActivity input : inputs) {
            if (!input.recorded().events()) {
                throw CommandException.file(
                        input.name(),
                        "holds code, and not a run of it, of which " + what
                                + " is made; a trace of tracetool record has" + " both");
            }
            if (!input.hasTimes()) {
                throw CommandException.file(
                        input.name(),
                        "holds no times of calls, of which " + what
                                + " is made; formats such as CodeTracer's do not store"
                                + " them, a trace of tracetool record has them");
            }
            if (!input.recorded().times()) {
                String mode = input.metadata().mode();
                throw CommandException.file(
                        input.name(),
                        "has not every call and return with its time, of which " + what + " is made"
                                + ("coverage".equals(mode) ? "; it was recorded in mode coverage" : "")
                                + " (record it in mode calls, lines or full)");
            }
        }
    }
}
