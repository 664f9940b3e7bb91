package dev.tracetool.cli.command;

import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Summary;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.export.SafeText;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.input.InputName;
import dev.tracetool.input.LimitException;
import dev.tracetool.input.TraceInput;
import dev.tracetool.summary.SummaryFile;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.ReadResult;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the traces that the user named, and says what is wrong with them. */
public final class Inputs {
    private Inputs() {}

    /** Decides, once the runs of a file are known, what else is in it is added to. */
    interface Target {
        Summary of(String name, List<InputActivity> runs) throws IOException;
    }

    /**
     * Reads a trace or a summary; every error names it.
     *
     * @param summaries by which summaries are read, the same for all of them
     */
    static void summary(TraceInput input, SummaryFile summaries, Set<Summary.Part> parts, Target target)
            throws IOException {
        String name = input.name();
        try {
            if (InputReader.isSummary(input)) {
                summaries.read(name, input.stream(), input.size(), runs -> target.of(name, runs));
                return;
            }
            try (Trace trace = TraceFormats.open(input)) {
                Summary summary = Summary.of(trace, parts);
                target.of(name, summary.activity().inputs()).merge(summary);
            }
        } catch (TraceException | LimitException | CommandException e) {
            throw e;
        } catch (IOException e) {
            throw CommandException.file(name, e);
        }
    }

    /**
     * The same for what can be passed over: if it throws a {@link TraceException} or a {@link LimitException}, nothing was
     * added to the target. A summary, which is read straight into it, is checked before; if it still makes no sense, that is
     * an error of another kind.
     */
    static void checkedSummary(TraceInput input, SummaryFile summaries, Set<Summary.Part> parts, Target target)
            throws IOException {
        if (!InputReader.isSummary(input)) {
            summary(input, summaries, parts, target);
            return;
        }
        SummaryFile.check(input.name(), input.stream(), input.size());
        try {
            summary(input, summaries, parts, target);
        } catch (TraceException e) {
            throw CommandException.file(input.name(), e);
        }
    }

    /** Whether one of them is standard input, or an entry of an archive that comes from there. */
    public static boolean takesStandardInput(List<String> names) {
        return names.stream().anyMatch(name -> InputName.of(name).isStandardInput());
    }

    /** The inputs without those that are one before them under another name; warns of these. */
    public static List<String> distinct(List<String> names, Terminal terminal) {
        Map<Object, String> known = new HashMap<>();
        List<String> distinct = new ArrayList<>();
        Copies copies = new Copies();
        for (String name : names) {
            String before = known.putIfAbsent(identity(name), name);
            if (before == null) {
                distinct.add(name);
            } else {
                copies.add(name, "is the same file as " + SafeText.terminal(before));
            }
        }
        copies.tell(terminal);
        return distinct;
    }

    private static Object identity(String name) {
        InputName where = InputName.of(name);
        if (where.isStandardInput()) {
            return where;
        }
        try {
            Path path = Path.of(where.place());
            Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
            Object file = key != null ? key : path.toRealPath();
            return where.entry() == null ? file : Arrays.asList(file, where.entry());
        } catch (IOException | InvalidPathException e) {
            return new Object(); // who opens it says what is wrong
        }
    }

    static Path path(String name) throws CommandException {
        try {
            return Path.of(name);
        } catch (InvalidPathException e) {
            throw CommandException.file(name, "not a file name");
        }
    }

    /**
     * Warns, on standard error, of what was lost.
     *
     * @param failures messages of a recorder that stopped for a failure of its own
     * @return whether nothing was
     */
    public static boolean warn(Terminal terminal, String name, ReadResult result, List<String> failures) {
        String file = SafeText.terminal(name) + ": ";
        Damage damage = result.damage();
        if (!damage.isEmpty()) {
            terminal.warn(file + describe(damage));
        }
        if (!result.complete()) {
            terminal.warn(file + "was not closed: the recording was cut off, and its last events may be missing");
        }
        for (String failure : failures) {
            terminal.warn(file + "the recorder stopped: " + SafeText.terminal(failure));
        }
        return damage.isEmpty() && result.complete() && failures.isEmpty();
    }

    /** The same for what a summary tells. */
    public static boolean warn(Terminal terminal, String name, TraceSummary summary) {
        return warn(terminal, name, summary.result(), summary.failures());
    }

    /**
     * Warns of code objects whose line table is damaged, so that their lines are unknown.
     *
     * @return whether there are none
     */
    public static boolean warnOfTables(Terminal terminal, String name, List<CodeObjectWrapper> codes) {
        int malformed = 0;
        int first = -1;
        for (CodeObjectWrapper code : codes) {
            if (code.isLineTableMalformed()) {
                first = malformed++ == 0 ? code.index() : first;
            }
        }
        if (malformed > 0) {
            terminal.warn(SafeText.terminal(name) + ": the line tables of " + Quantity.count(malformed, "code object")
                    + " are malformed, and their lines unknown; the first is code " + first);
        }
        return malformed == 0;
    }

    /** What could not be read, in one line. */
    public static String describe(Damage damage) {
        String places = Quantity.count(damage.places(), "place");
        StringBuilder text = new StringBuilder(
                damage.bytes() == 0
                        ? "damaged in " + places
                        : "damaged: " + Quantity.count(damage.bytes(), "byte") + " in " + places
                                + " could not be read");
        if (damage.frames() > 0) {
            text.append("; ").append(Quantity.count(damage.frames(), "block")).append(" lost");
        }
        if (damage.events() > 0) {
            text.append(damage.frames() > 0 ? ", " : "; ")
                    .append(Quantity.count(damage.events(), "event"))
                    .append(" lost");
        }
        if (!damage.notes().isEmpty()) {
            Damage.Note first = damage.notes().get(0);
            text.append("; first at byte ")
                    .append(first.position())
                    .append(": ")
                    .append(SafeText.terminal(first.message()));
        }
        return text.toString();
    }
}
