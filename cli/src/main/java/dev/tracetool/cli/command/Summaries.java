package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Joined;
import dev.tracetool.analysis.Summary;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.ReadResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/** Reads the inputs that the user named into one summary, and says what is wrong with them. */
public final class Summaries {
    /**
     * What was read.
     *
     * @param sound whether nothing was lost and everything made sense
     */
    public record Read(Summary summary, boolean sound) {}

    private Summaries() {}

    /**
     * Reads each input once, in their order, for its figures to be shown: code that one input tells more of than another
     * is one. Every error names the file.
     */
    public static Read read(ParseResult args, List<String> files, Set<Summary.Part> parts, Terminal terminal)
            throws IOException {
        Read read = merged(args, files, parts, terminal);
        return joined(args, read.summary(), read.sound(), terminal);
    }

    /** The same for commands that show paths as {@code --map} has them. */
    public static Read readMapped(ParseResult args, List<String> files, Set<Summary.Part> parts, Terminal terminal)
            throws IOException {
        PathMap map = PathMap.of(args);
        Read read = read(args, files, parts, terminal);
        return map.isEmpty() ? read : new Read(read.summary().renamed(map), read.sound());
    }

    /** Says what does not fit. Lines that no line table has make no sense; code that did not run does. */
    private static Read joined(ParseResult args, Summary summary, boolean sound, Terminal terminal)
            throws CommandException {
        Joined joined = summary.joined(PathMap.of(args).absolute());
        if (joined.strayLines() > 0) {
            terminal.warn(Quantity.count(joined.strayLines(), "line") + " that ran "
                    + (joined.strayLines() == 1 ? "is" : "are")
                    + " not in the line tables that were read with the run, the first is "
                    + SafeText.terminal(joined.strayFile() + ":" + joined.strayLine())
                    + ": the tables are of another version of the source");
        }
        if (joined.untold() > 0 && joined.idle() > 0) {
            boolean mappable = args.commandSpec().findOption(PathMap.OPTION) != null;
            terminal.note("no executable lines are known of " + Quantity.count(joined.untold(), "file")
                    + " that ran, the first is " + SafeText.terminal(joined.firstUntold()) + "; the line tables of "
                    + Quantity.count(joined.idle(), "file") + " are of none that ran, the first is "
                    + SafeText.terminal(joined.firstIdle())
                    + (mappable ? " (--map says which folder is which)" : ""));
        }
        return new Read(joined.summary(), sound && joined.strayLines() == 0);
    }

    /** The same as it was recorded, for more to be merged to it. */
    public static Read merged(ParseResult args, List<String> files, Set<Summary.Part> parts, Terminal terminal)
            throws IOException {
        Summary summary = new Summary(parts);
        Runs runs = new Runs();
        boolean sound;
        try (InputReader reader = InputReader.of(args, terminal)) {
            List<String> distinct = Inputs.distinct(files, terminal);
            reader.expect(distinct);
            for (String file : distinct) {
                merge(reader, file, parts, runs, summary);
            }
            sound = reader.sound();
        }
        runs.tell(terminal);
        return checked(summary, sound, terminal);
    }

    /** The same for commands that compare inputs: each by itself, but for those that hold nothing new. */
    public static List<Read> readEach(ParseResult args, List<String> files, Set<Summary.Part> parts, Terminal terminal)
            throws IOException {
        List<Read> all = new ArrayList<>();
        Runs runs = new Runs();
        try (InputReader reader = InputReader.of(args, terminal)) {
            List<String> distinct = Inputs.distinct(files, terminal);
            reader.expect(distinct);
            for (String file : distinct) {
                Summary summary = new Summary(parts);
                merge(reader, file, parts, runs, summary);
                Read read = checked(summary.joined(), reader.sound(), terminal);
                if (!summary.activity().inputs().isEmpty()) {
                    all.add(read);
                }
            }
        }
        runs.tell(terminal);
        return all;
    }

    /** What holds nothing new is read all the same, into nowhere, so that it is known to be whole. */
    private static void merge(InputReader reader, String file, Set<Summary.Part> parts, Runs runs, Summary into)
            throws IOException {
        Inputs.Target target = (name, found) -> runs.isNew(name, found) ? into : new Summary(parts);
        reader.each(file, true, (input, exact) -> {
            if (exact) {
                Inputs.summary(input, runs.summaries(), parts, target);
            } else {
                Inputs.checkedSummary(input, runs.summaries(), parts, target);
            }
        });
    }

    private static Read checked(Summary summary, boolean all, Terminal terminal) {
        boolean sound = all;
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
