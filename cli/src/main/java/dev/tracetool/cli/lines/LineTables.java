package dev.tracetool.cli.lines;

import dev.tracetool.cli.command.Output;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.MalformedLineTableException;
import dev.tracetool.code.Position;
import dev.tracetool.code.PositionTable;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.List;

/** Whole line tables for people: one table for each code object, one row for each range. */
final class LineTables {
    private static final String INDENT = "  ";

    private LineTables() {}

    static void write(Output output, List<CodeObjectWrapper> codes, boolean columns) throws IOException {
        Utf8Writer out = output.text();
        boolean first = true;
        for (CodeObjectWrapper code : codes) {
            if (!first) {
                out.newline();
            }
            first = false;
            out.text(SafeText.terminal(code.filename()))
                    .ascii(':')
                    .text(known(code.firstLine(), CodeRecord.UNKNOWN))
                    .ascii(' ')
                    .text(SafeText.terminal(code.qualname()))
                    .text(" (code ")
                    .number(code.index())
                    .text(")\n");
            try {
                table(code, columns).write(out, INDENT, 0);
            } catch (MalformedLineTableException e) {
                out.text(INDENT).text(String.valueOf(e.getMessage())).newline();
            }
        }
        out.flush();
    }

    private static TextTable table(CodeObjectWrapper code, boolean columns) {
        TextTable.Align right = TextTable.Align.RIGHT;
        if (columns) {
            TextTable table = new TextTable(right, right, right, right, right, right)
                    .row("start", "end", "line", "column", "end line", "end column");
            PositionTable positions = code.positionTable();
            for (int i = 0; i < positions.size(); i++) {
                table.row(
                        Integer.toString(positions.start(i)),
                        Integer.toString(positions.end(i)),
                        known(positions.line(i), LineTable.NO_LINE),
                        known(positions.column(i), Position.UNKNOWN_COLUMN),
                        known(positions.endLine(i), LineTable.NO_LINE),
                        known(positions.endColumn(i), Position.UNKNOWN_COLUMN));
            }
            return table;
        }
        TextTable table = new TextTable(right, right, right).row("start", "end", "line");
        LineTable lines = code.lineTable();
        for (int i = 0; i < lines.size(); i++) {
            table.row(
                    Integer.toString(lines.start(i)),
                    Integer.toString(lines.end(i)),
                    known(lines.line(i), LineTable.NO_LINE));
        }
        return table;
    }

    private static String known(int value, int unknown) {
        return value == unknown ? "??" : Integer.toString(value);
    }
}
