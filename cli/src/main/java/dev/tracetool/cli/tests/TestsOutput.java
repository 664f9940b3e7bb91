package dev.tracetool.cli.tests;

import dev.tracetool.analysis.Activity;
import dev.tracetool.analysis.Recorded;
import dev.tracetool.analysis.TestsAtPlace;
import dev.tracetool.cli.command.InputHeader;
import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.Terminal;
import dev.tracetool.cli.command.TestsTable;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.export.CsvTable;
import dev.tracetool.export.SafeText;
import dev.tracetool.export.TestsJson;
import java.io.IOException;
import java.util.List;

/** Shows tests in each format. */
final class TestsOutput {
    private final Output output;
    private final Terminal terminal;
    private final boolean color;

    TestsOutput(Output output, Terminal terminal, boolean color) {
        this.output = output;
        this.terminal = terminal;
        this.color = color;
    }

    void write(String format, Activity activity, List<TestsAtPlace.Row> rows) throws IOException {
        Recorded recorded = activity.recorded();
        boolean known = !rows.isEmpty() || activity.tellsTests();
        Utf8Writer out = output.text();
        switch (format) {
            case "json" -> TestsJson.write(output.writer(), activity, known ? rows : null);
            case "csv" -> CsvTable.write(output.writer(), rows, TestsJson.fields(recorded));
            case "markdown" -> {
                InputHeader.writeMarkdown(out, activity.inputs());
                if (known) {
                    TestsTable.of(rows, recorded, SafeText::markdown).writeMarkdown(out);
                }
            }
            case "list" ->
                new TestLabels(terminal)
                        .write(out, rows.stream().map(row -> row.test().label()).toList());
            default -> {
                InputHeader.writeText(out, activity.inputs(), color);
                if (known) {
                    TestsTable.of(rows, recorded, SafeText::terminal).writeText(out, output.width(terminal), color);
                }
            }
        }
        out.flush();
    }
}
