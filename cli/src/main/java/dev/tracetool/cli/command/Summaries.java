package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Summary;
import dev.tracetool.trace.ReadResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the inputs that the user named into one summary, and says what is wrong with them. */
public final class Summaries {
    /**
     * What was read.
     *
     * @param sound whether nothing was lost and everything made sense
     */
    public record Read(Summary summary, boolean sound) {}

    private Summaries() {}

    /** Reads each input once, in their order; every error names the file. */
    public static Read read(List<String> files, Set<Summary.Part> parts, Terminal terminal) throws IOException {
        Summary summary = new Summary(parts);
        Runs runs = new Runs(terminal);
        for (String file : Inputs.distinct(files, terminal)) {
            merge(file, parts, runs, summary);
        }
        return checked(summary, terminal);
    }

    /** The same for commands that compare inputs: each by itself, but for those that hold nothing new. */
    public static List<Read> readEach(List<String> files, Set<Summary.Part> parts, Terminal terminal)
            throws IOException {
        List<Read> all = new ArrayList<>();
        Runs runs = new Runs(terminal);
        for (String file : Inputs.distinct(files, terminal)) {
            Summary summary = new Summary(parts);
            merge(file, parts, runs, summary);
            Read read = checked(summary, terminal);
            if (!summary.activity().inputs().isEmpty()) {
                all.add(read);
            }
        }
        return all;
    }

    /** What holds nothing new is read all the same, into nowhere, so that it is known to be whole. */
    private static void merge(String file, Set<Summary.Part> parts, Runs runs, Summary into) throws IOException {
        Inputs.summaries(file, parts, (name, found) -> runs.isNew(name, found) ? into : new Summary(parts));
    }

    private static Read checked(Summary summary, Terminal terminal) {
        boolean sound = true;
        for (InputActivity input : summary.activity().inputs()) {
            sound &= warn(terminal, input);
        }
        return new Read(summary, sound);
    }

    private static boolean warn(Terminal terminal, InputActivity input) {
        boolean sound =
                Inputs.warn(terminal, input.name(), new ReadResult(input.complete(), input.damage()), input.failures());
        for (String problem : ProblemText.of(input)) {
            terminal.warn(problem);
            sound = false;
        }
        return sound;
    }
}
