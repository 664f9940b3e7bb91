package dev.tracetool.cli.functions;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.CallEdge;
import dev.tracetool.analysis.CallTree;
import dev.tracetool.analysis.CallTree.Weight;
import dev.tracetool.analysis.FunctionActivity;
import dev.tracetool.analysis.InputActivity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.SlowCall;
import dev.tracetool.analysis.Summary;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.ListTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.Style;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.TestsTable;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.CsvTable;
import dev.tracetool.export.FunctionDetails;
import dev.tracetool.export.FunctionsJson;
import dev.tracetool.export.Percent;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Shows functions in each format. */
final class FunctionsOutput {
    private static final String INDENT = "  ";
    private static final String UNKNOWN = "-";

    private final Output output;
    private final Terminal terminal;
    private final boolean color;
    private final int top;

    /** @param top rows of each list, 0 for all */
    FunctionsOutput(Output output, Terminal terminal, boolean color, int top) {
        this.output = output;
        this.terminal = terminal;
        this.color = color;
        this.top = top;
    }

    /** @param matching how many functions there are, of which these are the first */
    void write(String format, Summary summary, List<FunctionDetails> functions, int matching) throws IOException {
        Activity activity = summary.activity();
        Recorded recorded = activity.recorded();
        Utf8Writer out = output.text();
        List<FunctionDetails> shown = functions.stream().map(this::cut).toList();
        switch (format) {
            case "json" -> FunctionsJson.write(output.writer(), activity, shown, matching);
            case "csv" ->
                CsvTable.write(
                        output.writer(),
                        FunctionsJson.rows(shown),
                        FunctionsJson.fields(recorded, Weight.of(activity)));
            case "markdown" -> {
                InputHeader.writeMarkdown(out, activity.inputs());
                for (FunctionDetails function : functions) {
                    markdown(out, activity, function);
                }
                more(out, functions.size(), matching);
            }
            default -> {
                InputHeader.writeText(out, activity.inputs(), color);
                for (FunctionDetails function : functions) {
                    text(out, activity, function);
                }
                more(out, functions.size(), matching);
            }
        }
        out.flush();
    }

    private static void more(Utf8Writer out, int shown, int matching) throws IOException {
        if (matching > shown) {
            out.newline()
                    .text("… and " + Quantity.count(matching - shown, "more function") + ": --limit 0 shows all")
                    .newline();
        }
    }

    private FunctionDetails cut(FunctionDetails all) {
        return new FunctionDetails(
                all.activity(),
                first(all.callers()),
                first(all.callees()),
                first(all.lines()),
                first(all.slowest()),
                first(all.tests()));
    }

    private <T> List<T> first(List<T> list) {
        return top == 0 || list.size() <= top ? list : list.subList(0, top);
    }

    private void text(Utf8Writer out, Activity activity, FunctionDetails function) throws IOException {
        RunFolders folders = RunFolders.of(activity.inputs());
        String name = SafeText.terminal(function.activity().identity().qualname());
        String place = SafeText.terminal(folders.place(function.activity().identity()));
        out.newline().text(Style.BOLD.of(name, color)).text(INDENT).text(place).newline();
        for (String line : figures(activity, function)) {
            out.text(INDENT).text(line).newline();
        }
        for (ListTable table : tables(activity, function, SafeText::terminal)) {
            table.writeText(out, output.width(terminal), color);
        }
    }

    private void markdown(Utf8Writer out, Activity activity, FunctionDetails function) throws IOException {
        RunFolders folders = RunFolders.of(activity.inputs());
        String name = SafeText.markdown(function.activity().identity().qualname());
        String place = SafeText.markdown(folders.place(function.activity().identity()));
        out.newline().text("## ").text(name).newline().newline();
        out.text("- ").text(place).newline();
        for (String line : figures(activity, function)) {
            out.text("- ").text(line).newline();
        }
        for (ListTable table : tables(activity, function, SafeText::markdown)) {
            table.writeMarkdown(out);
        }
    }

    private static List<String> figures(Activity activity, FunctionDetails details) {
        Recorded recorded = activity.recorded();
        FunctionActivity function = details.activity();
        List<String> figures = new ArrayList<>();
        if (recorded.times()) {
            figures.add("self " + Quantity.duration(function.selfNs()) + ", total "
                    + Quantity.duration(function.totalNs()));
        }
        List<String> counts = new ArrayList<>();
        count(counts, recorded.calls(), function.calls(), "call", false);
        count(counts, recorded.yields(), function.yields(), "yield", true);
        count(counts, recorded.unwinds(), function.unwinds(), "exception", true);
        count(counts, recorded.lines() && recorded.everyLine(), function.lineEvents(), "line event", true);
        if (recorded.lines() && function.hasTable()) {
            int lines = function.lines().executable();
            counts.add(function.linesHit() + " of " + Quantity.count(lines, "line") + " hit");
        } else if (recorded.lines() && function.linesHit() > 0) {
            counts.add(Quantity.count(function.linesHit(), "line") + " hit");
        }
        if (!counts.isEmpty()) {
            figures.add(String.join(", ", counts));
        }
        if (!recorded.times()) {
            boolean timed = activity.inputs().stream().allMatch(InputActivity::hasTimes);
            boolean told = activity.tellsCallers();
            String why = "calls were recorded without times";
            if (timed) {
                why = "not every call was recorded with its return and time";
            } else if (!told) {
                why = "calls were not recorded";
            }
            figures.add((told ? "times" : "callers, callees, times") + ": not known, since " + why);
        }
        return figures;
    }

    private static void count(List<String> counts, boolean known, long count, String noun, boolean onlyIfAny) {
        if (known && (count > 0 || !onlyIfAny)) {
            counts.add(Quantity.count(count, noun));
        }
    }

    private List<ListTable> tables(Activity activity, FunctionDetails function, UnaryOperator<String> safe) {
        RunFolders folders = RunFolders.of(activity.inputs());
        List<ListTable> tables = new ArrayList<>();
        if (activity.tellsCallers()) {
            Weight weight = Weight.of(activity);
            tables.add(edges("Callers", function.callers(), weight, folders, safe));
            tables.add(edges("Callees", function.callees(), weight, folders, safe));
        }
        tables.add(new ListTable.Builder<>(first(function.lines()))
                .column("hits", activity.recorded().lines(), line -> Quantity.count(line.hits()))
                .column("line", true, line -> Integer.toString(line.line()))
                .build("Lines", function.lines().size()));
        if (activity.recorded().times()) {
            tables.add(slowest(activity, function.slowest(), safe));
        }
        if (!function.tests().isEmpty()) {
            tables.add(TestsTable.of(function.tests(), activity.recorded(), safe));
        }
        return tables;
    }

    private ListTable edges(
            String title, List<CallEdge> edges, Weight weight, RunFolders folders, UnaryOperator<String> safe) {
        boolean lines = weight == Weight.LINE_EVENTS;
        ToLongFunction<CallEdge> part = weight == Weight.CALLS ? CallEdge::calls : CallEdge::totalNs;
        long whole = edges.stream().mapToLong(part).sum();
        return new ListTable.Builder<>(first(edges))
                .dispensable(List.of("recursive", "share"))
                .column(
                        "total",
                        weight == Weight.TIME,
                        edge -> edge.isTimed() ? Quantity.duration(edge.totalNs()) : UNKNOWN)
                .column("line events", lines, edge -> edge.isTimed() ? Quantity.count(edge.totalNs()) : UNKNOWN)
                .column(
                        "share",
                        true,
                        edge -> edge.isTimed() || weight == Weight.CALLS
                                ? Percent.fine(part.applyAsLong(edge), whole)
                                : UNKNOWN)
                .column("calls", true, edge -> Quantity.count(edge.calls()))
                .column("recursive", true, edge -> Quantity.count(edge.recursiveCalls()))
                .name("function", edge -> name(edge.other(), safe))
                .name("place", edge -> place(edge.other(), folders, safe))
                .build(title, edges.size());
    }

    private static String name(CallTree.@Nullable Frame frame, UnaryOperator<String> safe) {
        if (frame == null) {
            return "(nothing recorded)";
        }
        return frame.isCode() ? safe.apply(frame.identity().qualname()) : "…";
    }

    private static String place(CallTree.@Nullable Frame frame, RunFolders folders, UnaryOperator<String> safe) {
        return frame == null || !frame.isCode() ? "" : safe.apply(folders.place(frame.identity()));
    }

    private ListTable slowest(Activity activity, List<SlowCall> calls, UnaryOperator<String> safe) {
        ListTable.Builder<SlowCall> table = new ListTable.Builder<>(first(calls))
                .column("duration", true, call -> Quantity.duration(call.durationNs()))
                .column("start", true, call -> seconds(call.startNs()))
                .column("thread", true, call -> Integer.toUnsignedString(call.thread()))
                .name("name", call -> safe.apply(call.threadName()));
        if (activity.inputs().size() > 1) {
            table.name("trace", call -> safe.apply(call.input()));
        }
        return table.build("Slowest calls", calls.size());
    }

    /** Exact, as {@code events --from} takes it. */
    private static String seconds(long ns) {
        long magnitude = Math.abs(ns);
        String fraction =
                Long.toString(1_000_000_000L + magnitude % 1_000_000_000L).substring(1);
        return (ns < 0 ? "-" : "") + magnitude / 1_000_000_000L + "." + fraction + "s";
    }
}
