package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.TraceMetadata;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands before the lists: the traces, and what is wrong with them. */
public final class InputHeader {
    /** Traces that are named one by one; those that are not whole always are. */
    private static final int MAX_INPUTS = 10;

    private InputHeader() {}

    public static void writeText(Utf8Writer out, List<InputActivity> traces, boolean color) throws IOException {
        for (Input input : inputs(traces)) {
            String name = SafeText.terminal(input.name());
            out.text(Style.BOLD.of(name, color))
                    .text(name.isEmpty() ? "" : ": ")
                    .text(input.about())
                    .newline();
            for (String fault : input.faults()) {
                out.text("  ").text(Style.YELLOW.of(fault, color)).newline();
            }
        }
    }

    public static void writeMarkdown(Utf8Writer out, List<InputActivity> traces) throws IOException {
        for (Input input : inputs(traces)) {
            String name = SafeText.markdown(input.name());
            out.text("- ").text(name).text(name.isEmpty() ? "" : ": ");
            out.text(SafeText.markdown(input.about())).newline();
            for (String fault : input.faults()) {
                out.text("  - **").text(SafeText.markdown(fault)).text("**").newline();
            }
        }
    }

    /** A trace in a few words, with its faults. */
    private record Input(String name, String about, List<String> faults) {}

    private static List<Input> inputs(List<InputActivity> inputs) {
        List<Input> list = new ArrayList<>();
        int left = 0;
        for (InputActivity input : inputs) {
            List<String> faults = faults(input);
            if (faults.isEmpty() && list.size() >= MAX_INPUTS) {
                left++;
            } else {
                list.add(new Input(input.name(), about(input), faults));
            }
        }
        if (left > 0) {
            list.add(new Input("", "and " + Quantity.count(left, "more trace") + ", all of them whole", List.of()));
        }
        return list;
    }

    /** Of a trace that does not say what ran the program, what it is itself. */
    private static String interpreter(InputActivity input) {
        TraceMetadata run = input.metadata();
        if (run.python() == null) {
            return run.implementation() == null ? input.format() + " " + input.formatVersion() : run.implementation();
        }
        return (run.implementation() == null ? "python" : run.implementation()) + " " + run.python();
    }

    private static String about(InputActivity input) {
        TraceMetadata run = input.metadata();
        List<String> words = new ArrayList<>();
        words.add(interpreter(input));
        if (run.mode() != null) {
            words.add("mode " + run.mode());
        }
        String scope = scope(run.scope());
        if (scope != null) {
            words.add(scope);
        }
        words.add(Quantity.count(input.events(), "event"));
        if (input.durationNs() != null) {
            words.add(Quantity.duration(input.durationNs()));
        }
        return SafeText.terminal(String.join(", ", words));
    }

    private static @Nullable String scope(TraceMetadata.@Nullable Scope scope) {
        if (scope == null) {
            return null;
        }
        StringBuilder text = new StringBuilder(scope.all() ? "everything" : "own code");
        scope.include().forEach(glob -> text.append(" +").append(glob));
        scope.exclude().forEach(glob -> text.append(" -").append(glob));
        return text.toString();
    }

    private static List<String> faults(InputActivity input) {
        List<String> faults = new ArrayList<>();
        if (!input.damage().isEmpty()) {
            faults.add(Inputs.describe(input.damage()));
        }
        if (!input.complete()) {
            faults.add("cut off: the recording was not closed, its last events may be missing");
        }
        for (String failure : input.failures()) {
            faults.add("the recorder stopped: " + SafeText.terminal(failure));
        }
        String prefix = SafeText.terminal(input.name()) + ": ";
        for (String problem : ProblemText.of(input)) {
            faults.add(problem.substring(prefix.length()));
        }
        return faults;
    }
}
