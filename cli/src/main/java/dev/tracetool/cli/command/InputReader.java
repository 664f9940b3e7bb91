package dev.tracetool.cli.command;

import dev.tracetool.export.SafeText;
import dev.tracetool.format.TraceFormat;
import dev.tracetool.format.TraceFormats;
import dev.tracetool.input.FileInput;
import dev.tracetool.input.InputCursor;
import dev.tracetool.input.InputLimits;
import dev.tracetool.input.InputName;
import dev.tracetool.input.InputRules;
import dev.tracetool.input.LimitException;
import dev.tracetool.input.Packing;
import dev.tracetool.input.Skipped;
import dev.tracetool.input.SpooledInput;
import dev.tracetool.input.TraceInput;
import dev.tracetool.summary.SummaryFile;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ParseResult;

/**
 * Opens the inputs that the user named: files, folders, archives, standard input and other pipes. Says what was passed
 * over, and how far it is.
 */
public final class InputReader implements Closeable {
    /** What some formats have beside a trace: the ends of their names, which begin as that of the trace does. */
    public static final List<String> COMPANIONS = List.of("_metadata.json", "_paths.json");

    private static final int NAMED = 3;

    /** What is to be done with each input. */
    public interface Visitor {
        /**
         * One that is not exact and cannot be read, for which this throws a {@link TraceException} or a
         * {@link LimitException}, is passed over.
         *
         * @param exact whether it is the one that the user named, and not one of those in a folder or an archive
         */
        void input(TraceInput input, boolean exact) throws IOException;
    }

    /** A trace, with what has to stay open for it. */
    public static final class Opened implements Closeable {
        private final Trace trace;
        private final InputCursor cursor;

        Opened(Trace trace, InputCursor cursor) {
            this.trace = trace;
            this.cursor = cursor;
        }

        public Trace trace() {
            return trace;
        }

        @Override
        public void close() throws IOException {
            try (cursor) {
                trace.close();
            }
        }
    }

    /** What is looked for. Not of lambdas: each costs a short command some of its time. */
    private final class Rules implements InputRules {
        private final boolean summaries;
        private final boolean code;

        /** @param code whether code without a run is looked for, too */
        Rules(boolean summaries, boolean code) {
            this.summaries = summaries;
            this.code = code;
        }

        @Override
        public int headBytes() {
            return Math.max(TraceFormat.HEAD_BYTES, Packing.HEAD_BYTES);
        }

        @Override
        public boolean isTrace(byte[] head) {
            return code && TraceFormats.matchesCode(head) || (summaries ? isKnown(head) : TraceFormats.matches(head));
        }

        @Override
        public boolean isSecondChoice(byte[] head) {
            return !code && TraceFormats.matchesCode(head);
        }

        @Override
        public @Nullable String describe(byte[] head) {
            return TraceFormats.known(head);
        }

        /** Compiled Python is written once for each level of optimisation ({@code importlib.util.cache_from_source}). */
        @Override
        public List<String> originals(String fileName) {
            for (int level = 1; level <= 2; level++) {
                String end = ".opt-" + level + ".pyc";
                if (fileName.endsWith(end)) {
                    String stem = fileName.substring(0, fileName.length() - end.length());
                    return level == 1 ? List.of(stem + ".pyc") : List.of(stem + ".pyc", stem + ".opt-1.pyc");
                }
            }
            return List.of();
        }

        /** These, and what an output is called until it is complete. */
        @Override
        public boolean isCompanion(String fileName) {
            for (String end : COMPANIONS) {
                if (fileName.endsWith(end)) {
                    return true;
                }
            }
            return fileName.startsWith(Output.TEMPORARY);
        }

        @Override
        public InputLimits limits() {
            return limits;
        }

        @Override
        public TraceInput opened(TraceInput input) {
            return progress.counted(input);
        }
    }

    private final Terminal terminal;
    private final InputLimits limits;
    private final Progress progress;
    private final Map<String, SpooledInput> piped = new HashMap<>();
    private boolean sound = true;

    private InputReader(ParseResult args, Terminal terminal, boolean mixes) {
        this.terminal = terminal;
        this.limits = Options.isSet(args, Options.NO_LIMITS) ? InputLimits.NONE : InputLimits.DEFAULT;
        this.progress = new Progress(terminal, new Progress.Surroundings(terminal, mixes));
    }

    /** For commands that read all inputs before they write anything. */
    public static InputReader of(ParseResult args, Terminal terminal) {
        return new InputReader(args, terminal, false);
    }

    /** For commands that write while they read. */
    public static InputReader mixing(ParseResult args, Terminal terminal) {
        String output = Options.value(args, "-o");
        return new InputReader(args, terminal, output == null || output.equals("-"));
    }

    /** Tells all inputs that will be read. */
    void expect(List<String> names) {
        progress.expect(names);
    }

    /**
     * Hands over each trace of an input, and each summary if these are wanted. A single file is handed over whatever it
     * is; compiled Python in a folder or an archive, if there is nothing else. Errors name the input; those of the visitor
     * leave as they are. Of a folder or an archive in which nothing can be read, the error is that of the first.
     */
    public void each(String name, boolean summaries, Visitor visitor) throws IOException {
        InputName where = where(name);
        if (!each(name, where, new Rules(summaries, false), visitor)) {
            progress.restart();
            each(name, where, new Rules(summaries, true), visitor);
        }
    }

    /** Whether that was all. */
    private boolean each(String name, InputName where, Rules rules, Visitor visitor) throws IOException {
        boolean found = false;
        try (InputCursor cursor = cursor(name, where, rules)) {
            for (TraceInput input = next(name, cursor); input != null; input = next(name, cursor)) {
                try {
                    visitor.input(input, cursor.isExact());
                    found = true;
                } catch (TraceException | LimitException e) {
                    if (cursor.isExact() || isOf(e, where)) {
                        throw e;
                    }
                    cursor.skipped().unread(input.name(), e);
                }
            }
            if (cursor.leftSecondChoices()) {
                return false;
            }
            if (!found) {
                throw none(name, where, cursor.skipped());
            }
            tell(name, cursor.skipped());
        }
        return true;
    }

    /** Whether it is the archive that was named of which an error tells, and not what is in it. */
    private static boolean isOf(IOException error, InputName where) {
        String named = where.isStandardInput() ? InputName.CALLED : where.place();
        String of = error instanceof LimitException limit ? limit.input() : ((TraceException) error).input();
        return of.equals(where.entry() == null ? named : named + "!" + where.entry());
    }

    /** Opens the one trace that an input holds. */
    public Opened open(String name) throws IOException {
        InputName where = where(name);
        Opened opened = open(name, where, new Rules(false, false));
        if (opened == null) {
            progress.restart();
            opened = open(name, where, new Rules(false, true));
        }
        return opened == null ? first(name, where, new Rules(false, true)) : opened;
    }

    /** Null if they have to be looked for in another way. */
    private @Nullable Opened open(String name, InputName where, Rules rules) throws IOException {
        List<String> names = new ArrayList<>();
        int count = 0;
        InputCursor cursor = cursor(name, where, rules);
        try {
            for (TraceInput input = next(name, cursor); input != null; input = next(name, cursor)) {
                if (cursor.isExact()) {
                    return new Opened(trace(input), cursor);
                }
                count++;
                if (names.size() < NAMED) {
                    names.add(SafeText.terminal(usable(where, input.name())));
                }
            }
            if (cursor.leftSecondChoices()) {
                cursor.close();
                return null;
            }
            if (count > 0) {
                tell(name, cursor.skipped());
            }
        } catch (IOException | RuntimeException e) {
            cursor.close();
            throw e;
        }
        cursor.close();
        if (count == 0) {
            throw none(name, where, cursor.skipped());
        }
        if (count > 1) {
            throw CommandException.file(
                    name,
                    "expected one trace, found " + Quantity.count(count) + "; name one, such as "
                            + String.join(", ", names.subList(0, names.size() - 1)) + " or "
                            + names.get(names.size() - 1));
        }
        return first(name, where, rules);
    }

    /** What an archive has after a trace is known only at its end: it is gone through once more. */
    private Opened first(String name, InputName where, Rules rules) throws IOException {
        progress.restart();
        InputCursor cursor = cursor(name, where, rules);
        try {
            TraceInput input = next(name, cursor);
            if (input == null) {
                throw CommandException.file(name, "was changed while it was read");
            }
            return new Opened(trace(input), cursor);
        } catch (IOException | RuntimeException e) {
            cursor.close();
            throw e;
        }
    }

    /** Opens a trace; every error names it. */
    public static Trace trace(TraceInput input) throws IOException {
        try {
            if (isSummary(input)) {
                throw CommandException.file(input.name(), "is a summary; expected a trace file, which has events");
            }
            return TraceFormats.open(input);
        } catch (TraceException | LimitException | CommandException e) {
            throw e;
        } catch (IOException e) {
            throw CommandException.file(input.name(), e);
        }
    }

    static boolean isSummary(TraceInput input) throws IOException {
        try (InputStream in = input.stream()) {
            return SummaryFile.matches(in.readNBytes(SummaryFile.HEAD_BYTES));
        }
    }

    /** Whether a file that begins like this is a trace or a summary. */
    static boolean isKnown(byte[] head) {
        return SummaryFile.matches(head) || TraceFormats.matches(head);
    }

    /** Whether nothing had to be passed over that may be a trace. */
    public boolean sound() {
        return sound;
    }

    private static InputName where(String name) throws CommandException {
        if (name.isEmpty()) {
            throw CommandException.usage("expected a file name, found an empty one");
        }
        return InputName.of(name);
    }

    private InputCursor cursor(String name, InputName where, Rules rules) throws IOException {
        try {
            if (where.isStandardInput()) {
                return InputCursor.of(piped(InputName.CALLED, terminal.in()), where.entry(), rules);
            }
            Path path = Inputs.path(where.place());
            if (Files.isDirectory(path)) {
                return InputCursor.folder(path, rules);
            }
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                return InputCursor.of(piped(where.place(), path), where.entry(), rules);
            }
            return InputCursor.of(new FileInput(where.place(), path, limits), where.entry(), rules);
        } catch (TraceException | LimitException | CommandException e) {
            throw e;
        } catch (IOException e) {
            throw CommandException.file(name, e);
        }
    }

    private SpooledInput piped(String name, Path path) throws IOException {
        SpooledInput known = piped.get(name);
        if (known != null) {
            return known;
        }
        try (InputStream in = Files.newInputStream(path)) {
            return piped(name, in);
        }
    }

    /** A pipe can be read but once. */
    private SpooledInput piped(String name, InputStream in) throws IOException {
        SpooledInput known = piped.get(name);
        if (known == null) {
            known = SpooledInput.of(name, progress.counted(name, in), new Rules(true, true));
            piped.put(name, known);
        }
        return known;
    }

    private @Nullable TraceInput next(String name, InputCursor cursor) throws IOException {
        try {
            TraceInput input = cursor.next();
            if (input != null) {
                progress.entry(input.name());
            }
            return input;
        } catch (TraceException | LimitException e) {
            throw e;
        } catch (IOException e) {
            throw CommandException.file(name, e);
        }
    }

    /** The shortest name by which an input can be asked for. */
    private static String usable(InputName where, String name) {
        return where.isStandardInput() ? InputName.STANDARD_INPUT + name.substring(name.indexOf('!')) : name;
    }

    /** What was passed over beside traces. */
    private void tell(String name, Skipped skipped) {
        for (Skipped.Unread unread : skipped.unread()) {
            terminal.warn(SafeText.terminal(unread.name()) + ": " + Reasons.of(unread.reason()) + "; passed over");
        }
        long more = skipped.unreadCount() - skipped.unread().size();
        if (more > 0) {
            terminal.warn(SafeText.terminal(name) + ": passed over " + Quantity.count(more, "more file")
                    + " that could not be read");
        }
        sound &= skipped.unreadCount() == 0;
        if (skipped.others() > 0) {
            terminal.note(SafeText.terminal(name) + ": passed over " + Quantity.count(skipped.others(), "file")
                    + (skipped.others() == 1 ? " that is no trace" : " that are no traces") + known(skipped.known()));
        }
        if (skipped.secondChoices() > 0) {
            terminal.note(SafeText.terminal(name) + ": passed over "
                    + Quantity.count(skipped.secondChoices(), "file")
                    + " of compiled Python, which beside traces "
                    + (skipped.secondChoices() == 1 ? "counts if it is" : "count if they are") + " named");
        }
        if (skipped.copies() > 0) {
            terminal.note(SafeText.terminal(name) + ": passed over "
                    + Quantity.count(skipped.copies()) + (skipped.copies() == 1 ? " copy" : " copies")
                    + " of compiled Python that is here without optimisation");
        }
    }

    private static String known(Skipped.@Nullable Known known) {
        return known == null ? "" : "; " + SafeText.terminal(known.name()) + " is " + known.what();
    }

    /** There is no trace: because of the first that could not be read, or since none is there. */
    private static IOException none(String name, InputName where, Skipped skipped) {
        if (!skipped.unread().isEmpty()) {
            Skipped.Unread first = skipped.unread().get(0);
            return first.reason() instanceof TraceException || first.reason() instanceof LimitException
                    ? first.reason()
                    : CommandException.file(first.name(), first.reason());
        }
        Skipped.Known known = skipped.known();
        if (where.entry() != null) {
            return CommandException.file(
                    where.isStandardInput() ? InputName.CALLED : where.place(),
                    "has no trace under the name " + SafeText.terminal(where.entry()) + known(known));
        }
        boolean folder = !where.isStandardInput() && Files.isDirectory(Path.of(where.place()));
        return CommandException.file(
                name, "is " + (folder ? "a directory" : "an archive") + " without a trace in it" + known(known));
    }

    @Override
    public void close() throws IOException {
        progress.close();
        for (SpooledInput input : piped.values()) {
            input.close();
        }
        piped.clear();
    }
}
