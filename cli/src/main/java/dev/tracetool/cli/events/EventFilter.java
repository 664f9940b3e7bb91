package dev.tracetool.cli.events;

import dev.tracetool.cli.command.CodeSelection;
import dev.tracetool.cli.command.CommandException;
import dev.tracetool.cli.command.Glob;
import dev.tracetool.cli.command.Numbers;
import dev.tracetool.cli.command.Options;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.KindTable;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** Which events the options ask for. What can be known of a kind, thread or code object as a whole is asked once. */
final class EventFilter {
    private final List<String> kinds;
    private final String[] threads;
    private final Glob[] files;
    private final Glob[] functions;
    private final long from;
    private final long to;
    private final long limit;

    private EventFilter(ParseResult args) throws CommandException {
        kinds = Options.listed(args, "--kind");
        threads = Options.values(args, "--thread");
        files = CodeSelection.paths(args);
        functions = CodeSelection.names(args);
        String first = Options.value(args, "--from");
        from = first == null ? Long.MIN_VALUE : Numbers.nanoseconds("--from", first);
        String last = Options.value(args, "--to");
        to = last == null ? Long.MAX_VALUE : Numbers.nanoseconds("--to", last);
        String most = Options.value(args, "--limit");
        limit = most == null ? Long.MAX_VALUE : Numbers.natural("--limit", most);
        if (from >= to) {
            throw CommandException.usage("--from " + first + " --to " + last + ": there is no time between them");
        }
    }

    /** Whether anything is left out. */
    boolean isActive() {
        return !kinds.isEmpty() || threads.length > 0 || !wantsAllCode() || hasWindow();
    }

    static void addOptions(CommandSpec spec) {
        spec.addOption(
                Options.list("LIST", EventKind.names(), "Events of these kinds, such as LINE,PY_START.", "--kind"));
        spec.addOption(
                Options.values("THREAD", "Events of this thread: its number, or a glob on its name.", "--thread"));
        spec.addOption(Options.values("GLOB", "Events in files that match.", "--file"));
        spec.addOption(Options.values("GLOB", "Events in code whose qualified name matches.", "--function"));
        spec.addOption(
                Options.value("TIME", "Events from this time after the start on, such as 1.5s or 200ms.", "--from"));
        spec.addOption(Options.value("TIME", "Events before this time after the start.", "--to"));
        spec.addOption(Options.value("N", "Stop after N events.", "--limit"));
    }

    static EventFilter of(ParseResult args) throws CommandException {
        return new EventFilter(args);
    }

    long limit() {
        return limit;
    }

    /** Whether times decide. */
    boolean hasWindow() {
        return from != Long.MIN_VALUE || to != Long.MAX_VALUE;
    }

    /** @param time nanoseconds since the start, or {@link EventBlock#NO_TIME}, which is in no window */
    boolean inWindow(long time) {
        return time != EventBlock.NO_TIME && time >= from && time < to;
    }

    /** For each kind number whether it is wanted. */
    boolean[] kinds(KindTable table) throws CommandException {
        boolean[] wanted = new boolean[table.size() + 1];
        for (int k = 1; k < wanted.length; k++) {
            wanted[k] = kinds.isEmpty();
        }
        for (String kind : kinds) {
            String name = kind.toUpperCase(Locale.ROOT);
            boolean known = EventKind.named(name) != null;
            for (int k = 1; k < wanted.length; k++) {
                if (table.kind(k).name().toUpperCase(Locale.ROOT).equals(name)) {
                    wanted[k] = true;
                    known = true;
                }
            }
            if (!known) {
                StringBuilder names = new StringBuilder();
                for (KindTable.Kind one : table.kinds()) {
                    names.append(names.length() == 0 ? "" : ", ").append(one.name());
                }
                throw CommandException.usage("--kind " + kind + ": no such kind; this trace has " + names);
            }
        }
        return wanted;
    }

    boolean wantsThread(int number, String name) {
        String digits = Integer.toString(number);
        for (String thread : threads) {
            if (thread.equals(digits) || Glob.of(thread).matches(name)) {
                return true;
            }
        }
        return threads.length == 0;
    }

    /** Whether no code object is left out, so that events need not be asked for theirs. */
    boolean wantsAllCode() {
        return files.length == 0 && functions.length == 0;
    }

    boolean wantsCode(CodeObjectWrapper code) {
        return CodeSelection.matches(functions, code.qualname()) && CodeSelection.matches(files, code.filename());
    }
}
