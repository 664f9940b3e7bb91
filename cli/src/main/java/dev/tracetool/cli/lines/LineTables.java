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
    private static final TextTable.Align RIGHT = TextTable.Align.RIGHT;

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
                if (columns) {
                    positions(code.positionTable(), out);
                } else {
                    lines(code.lineTable(), out);
                }
            } catch (MalformedLineTableException e) {
                out.text(INDENT).text(String.valueOf(e.getMessage())).newline();
            }
        }
        out.flush();
    }

    private static void positions(PositionTable positions, Utf8Writer out) throws IOException {
        TextTable table = new TextTable(RIGHT, RIGHT, RIGHT, RIGHT, RIGHT, RIGHT)
                .row("start", "end", "line", "column", "end line", "end column");
        table.write(out, INDENT, 0, into -> {
            for (int i = 0; i < positions.size(); i++) {
                into.row(
                        Integer.toString(positions.start(i)),
                        Integer.toString(positions.end(i)),
                        known(positions.line(i), LineTable.NO_LINE),
                        known(positions.column(i), Position.UNKNOWN_COLUMN),
                        known(positions.endLine(i), LineTable.NO_LINE),
                        known(positions.endColumn(i), Position.UNKNOWN_COLUMN));
            }
        });
    }

    private static void lines(LineTable lines, Utf8Writer out) throws IOException {
        TextTable table = new TextTable(RIGHT, RIGHT, RIGHT).row("start", "end", "line");
        table.write(out, INDENT, 0, into -> {
            for (int i = 0; i < lines.size(); i++) {
                into.row(
                        Integer.toString(lines.start(i)),
                        Integer.toString(lines.end(i)),
                        known(lines.line(i), LineTable.NO_LINE));
            }
        });
    }

    private static String known(int value, int unknown) {
        return value == unknown ? "??" : Integer.toString(value);
    }
}
