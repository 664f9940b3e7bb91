package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.RunFolders;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeIdentity;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.export.SafeText;
import dev.tracetool.trace.Damage;
import dev.tracetool.trace.DetailTable;
import dev.tracetool.trace.EventBlock;
import dev.tracetool.trace.EventKind;
import dev.tracetool.trace.Trace;
import dev.tracetool.trace.TraceMetadata;
import dev.tracetool.trace.TraceSummary;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The summary of a trace for people. What is unknown is left out. */
final class InspectText implements InspectCommand.Renderer {
    private static final String INDENT = "  ";

    private static final String OWN_FORMAT = "tracetool";

    private final Utf8Writer out;
    private final boolean codes;
    private final int width;
    private boolean first = true;

    /** @param width columns to keep to, 0 if there is no limit */
    InspectText(Output output, boolean codes, int width) {
        this.out = output.text();
        this.codes = codes;
        this.width = width;
    }

    @Override
    public void add(Trace trace, TraceSummary summary, List<CodeObjectWrapper> chosen) throws IOException {
        if (!first) {
            out.newline();
        }
        first = false;
        out.text(SafeText.terminal(trace.name())).newline();
        overview(trace, summary).write(out, INDENT, width);
        if (trace.metadata().kinds().size() > 0) {
            kinds(summary);
            threads(summary.threads());
        }
        for (DetailTable table : summary.details()) {
            details(table);
        }
        damage(summary.result().damage());
        if (codes) {
            codes(summary.codes());
        }
        CodeText everything = new CodeText(out, new CodeTable(summary.codes()));
        for (CodeObjectWrapper code : chosen) {
            everything.write(code);
        }
        out.flush();
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }

    private static TextTable overview(Trace trace, TraceSummary summary) {
        TextTable table = new TextTable(Align.LEFT, Align.LEFT).flexible(1, false);
        TraceMetadata run = trace.metadata();
        long events = summary.events();
        row(table, "format", trace.format() + " " + trace.formatVersion() + state(trace, summary));
        if (trace.bytes() >= 0) {
            row(table, "size", Quantity.count(trace.bytes(), "byte"));
        }
        program(table, run);
        String duration = summary.endTime() == EventBlock.NO_TIME
                ? null
                : Quantity.duration(summary.endTime() - summary.startTime());
        row(table, "started", run.startedAt());
        row(table, "duration", duration);
        row(table, "mode", mode(run));
        if (saysWhatWasRecorded(run)) {
            row(table, "asked for", String.join(" ", run.events()));
        }
        row(table, "once each", String.join(" ", run.once()));
        row(table, "scope", scope(run.scope()));
        row(table, "recorder", run.recorder());
        row(
                table,
                "events",
                run.kinds().size() == 0
                        ? "none: it holds code, and not a run of it"
                        : Quantity.count(events) + " in " + Quantity.count(summary.eventBlocks(), "block") + " of "
                                + Quantity.count(summary.threads().size(), "thread"));
        if (events > 0 && !saysWhatWasRecorded(run)) {
            missing(table, "lines", summary, EventKind.LINE);
            missing(table, "calls", summary, EventKind.PY_START);
        }
        if (trace.bytes() >= 0 && events > 0) {
            row(table, "bytes per event", Quantity.threeFigures((double) trace.bytes() / events));
        }
        if (summary.storedBytes() > 0 && summary.rawBytes() >= 0) {
            row(
                    table,
                    "compression",
                    String.join(", ", summary.codecs()) + ", "
                            + Quantity.threeFigures((double) summary.rawBytes() / summary.storedBytes()) + " to 1");
        }
        row(table, "code objects", Quantity.count(summary.codes().size()) + " of " + places(summary.codes()));
        if (summary.sources() > 0) {
            String texts = summary.sourceTexts() == 0 ? "digests" : Quantity.count(summary.sourceTexts(), "text");
            row(table, "sources", texts + " of " + Quantity.count(summary.sources(), "file"));
        }
        return table;
    }

    /** Code without a run has no end that could be missing, and only tracetool's own format can have an index. */
    private static String state(Trace trace, TraceSummary summary) {
        boolean complete = summary.result().complete();
        if (complete && trace.metadata().kinds().size() == 0) {
            return "";
        }
        String index = summary.indexed() ? ", with index" : trace.format().equals(OWN_FORMAT) ? ", without index" : "";
        return (complete ? ", complete" : ", cut off") + index;
    }

    private static void program(TextTable table, TraceMetadata run) {
        StringBuilder words = new StringBuilder();
        for (String word : run.argv()) {
            words.append(words.length() == 0 ? "" : " ")
                    .append(word.isEmpty() || word.contains(" ") ? "'" + word + "'" : word);
        }
        row(table, "program", words.toString());
        row(table, "folder", run.cwd());
        if (run.pid() != null) {
            row(table, "process", run.pid() + (run.parentPid() == null ? "" : ", child of " + run.parentPid()));
        }
        row(table, "parent trace", run.parentTrace());
        row(table, "host", run.host());
        String python = run.python() == null ? run.implementation() : join(run.implementation(), run.python());
        row(table, "python", python);
        row(table, "executable", run.executable());
        row(table, "platform", run.platform());
    }

    private static @Nullable String mode(TraceMetadata run) {
        return run.mode() == null || !run.lineTimes() ? run.mode() : run.mode() + ", with line times";
    }

    private static @Nullable String scope(TraceMetadata.@Nullable Scope scope) {
        if (scope == null) {
            return null;
        }
        StringBuilder text =
                new StringBuilder(scope.all() ? "everything" : "without the standard library and installed packages");
        if (!scope.include().isEmpty()) {
            text.append("; include ").append(String.join(" ", scope.include()));
        }
        if (!scope.exclude().isEmpty()) {
            text.append("; exclude ").append(String.join(" ", scope.exclude()));
        }
        return text.toString();
    }

    private static String join(@Nullable String first, String second) {
        return first == null ? second : first + " " + second;
    }

    private static void row(TextTable table, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            table.row(name, SafeText.terminal(value));
        }
    }

    /** Of formats without line tables nobody knows what their recorders were asked for. */
    private static boolean saysWhatWasRecorded(TraceMetadata run) {
        return run.lineTableFormat() != LineTableFormat.NONE;
    }

    private static void missing(TextTable table, String name, TraceSummary summary, EventKind kind) {
        if (summary.eventsByKind().getOrDefault(kind.name(), 0L) == 0) {
            row(table, name, "none recorded");
        }
    }

    private static String places(List<CodeObjectWrapper> codes) {
        int known = files(codes);
        boolean unknown = codes.stream().anyMatch(code -> CodeIdentity.knownFile(code.filename()) == null);
        if (!unknown) {
            return Quantity.count(known, "file");
        }
        return known == 0 ? "unknown files" : Quantity.count(known, "file") + " and unknown ones";
    }

    /** Distinct file names, as far as they are known. */
    static int files(List<CodeObjectWrapper> codes) {
        Set<String> files = new HashSet<>();
        for (CodeObjectWrapper code : codes) {
            String file = CodeIdentity.knownFile(code.filename());
            if (file != null) {
                files.add(file);
            }
        }
        return files.size();
    }

    private void kinds(TraceSummary summary) throws IOException {
        long all = summary.events();
        if (all == 0) {
            return;
        }
        TextTable table = new TextTable(Align.LEFT, Align.RIGHT, Align.RIGHT).row("kind", "events", "share");
        for (Map.Entry<String, Long> kind : summary.eventsByKind().entrySet()) {
            long events = kind.getValue();
            if (events > 0) {
                table.row(
                        SafeText.terminal(kind.getKey()),
                        Quantity.count(events),
                        Quantity.threeFigures(100.0 * events / all) + " %");
            }
        }
        out.newline();
        table.write(out, INDENT, width);
    }

    private void threads(List<TraceSummary.ThreadEvents> threads) throws IOException {
        if (threads.isEmpty()) {
            return;
        }
        TextTable table = new TextTable(Align.RIGHT, Align.LEFT, Align.RIGHT)
                .flexible(1, false)
                .row("thread", "name", "events");
        for (TraceSummary.ThreadEvents thread : threads) {
            table.row(
                    Integer.toString(thread.thread().number()),
                    SafeText.terminal(thread.thread().name()),
                    Quantity.count(thread.events()));
        }
        out.newline();
        table.write(out, INDENT, width);
    }

    private void details(DetailTable details) throws IOException {
        out.newline().text(INDENT).text(words(details.name())).newline();
        if (details.rows().isEmpty()) {
            out.text(INDENT).text("none").newline();
            return;
        }
        int columns = details.columns().size();
        Align[] aligns = new Align[columns];
        for (int i = 0; i < columns; i++) {
            int column = i;
            boolean numbers = details.rows().stream().anyMatch(row -> row.get(column) instanceof Long);
            aligns[i] = numbers ? Align.RIGHT : Align.LEFT;
        }
        TextTable table = new TextTable(aligns);
        table.row(details.columns().stream().map(InspectText::words).toArray(String[]::new));
        for (List<@Nullable Object> row : details.rows()) {
            table.row(row.stream().map(InspectText::cell).toArray(String[]::new));
        }
        table.write(out, INDENT, 0);
    }

    private static String words(String name) {
        return name.replace('_', ' ');
    }

    private static String cell(@Nullable Object value) {
        if (value instanceof Long number) {
            return Quantity.count(number);
        }
        if (value instanceof Boolean flag) {
            return flag ? "yes" : "no";
        }
        return value == null ? "-" : SafeText.terminal(value.toString());
    }

    private void damage(Damage damage) throws IOException {
        if (damage.isEmpty()) {
            return;
        }
        out.newline();
        TextTable table = new TextTable(Align.RIGHT, Align.LEFT).row("damage at byte", "");
        for (Damage.Note note : damage.notes()) {
            table.row(Quantity.count(note.position()), SafeText.terminal(note.message()));
        }
        table.write(out, INDENT, 0);
        if (damage.places() > damage.notes().size()) {
            out.text(INDENT)
                    .text("and ")
                    .text(Quantity.count(damage.places() - damage.notes().size(), "more place"))
                    .newline();
        }
        String lost = Stream.of(
                        lost(damage.bytes(), "byte"), lost(damage.frames(), "block"), lost(damage.events(), "event"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
        if (!lost.isEmpty()) {
            out.text(INDENT).text("known to be lost: ").text(lost).newline();
        }
    }

    private static String lost(long count, String noun) {
        return count == 0 ? "" : Quantity.count(count, noun);
    }

    private void codes(List<CodeObjectWrapper> all) throws IOException {
        TextTable table = new TextTable(
                        Align.RIGHT,
                        Align.RIGHT,
                        Align.RIGHT,
                        Align.RIGHT,
                        Align.RIGHT,
                        Align.RIGHT,
                        Align.LEFT,
                        Align.LEFT)
                .row("code", "id", "args", "bytes", "lines", "flags", "where", "function");
        out.newline();
        table.write(out, INDENT, 0, into -> {
            for (CodeObjectWrapper code : all) {
                into.row(
                        Integer.toString(code.index()),
                        code.id() == 0 ? "-" : "0x" + Long.toHexString(code.id()),
                        known(code.argCount()),
                        known(code.codeLength()),
                        code.isLineTableMalformed() || code.underlying().lineTableFormat() == LineTableFormat.NONE
                                ? "-"
                                : Integer.toString(code.lineTable().executableLines()),
                        code.flags() == CodeFlags.UNKNOWN ? "-" : "0x" + Integer.toHexString(code.flags()),
                        SafeText.terminal(RunFolders.NONE.place(code.filename(), known(code.firstLine()))),
                        SafeText.terminal(code.qualname()) + flags(code));
            }
        });
    }

    private static String flags(CodeObjectWrapper code) {
        List<String> names = CodeFlags.names(code.flags());
        return names.isEmpty() ? "" : " [" + String.join(" ", names) + "]";
    }

    private static String known(int value) {
        return value == CodeRecord.UNKNOWN ? "-" : Quantity.count(value);
    }
}
