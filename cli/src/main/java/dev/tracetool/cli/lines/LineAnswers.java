package dev.tracetool.cli.lines;

import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.Position;
import dev.tracetool.code.PositionTable;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes where in the source an offset of a code object is, one line each: {@code FILE:LINE FUNCTION}, and {@code ??} for
 * whatever is unknown. The bytes of names and the tables are made once for each code object: an answer makes no object.
 */
final class LineAnswers {
    private static final String UNKNOWN_POSITION = "??:??-??:??";

    private final CodeTable codes;
    private final boolean columns;
    private final @Nullable Ready[] ready;
    private final List<CodeObjectWrapper> asked = new ArrayList<>();

    LineAnswers(CodeTable codes, boolean columns) {
        this.codes = codes;
        this.columns = columns;
        this.ready = new Ready[codes.size()];
    }

    /** What the answers for one code object have in common. */
    private static final class Ready {
        final byte[] prefix;
        final byte[] suffix;
        final LineTable lines;
        final PositionTable positions;

        /** Nothing is known of its lines if its table is malformed. */
        Ready(CodeObjectWrapper code, boolean columns) {
            prefix = (SafeText.terminal(code.filename()) + ":").getBytes(StandardCharsets.UTF_8);
            suffix = (" " + SafeText.terminal(code.qualname()) + "\n").getBytes(StandardCharsets.UTF_8);
            lines = columns ? LineTable.EMPTY : code.lineTableOrEmpty();
            positions = columns && !code.isLineTableMalformed() ? code.positionTable() : PositionTable.EMPTY;
        }
    }

    /** The answer for an offset of the code object with the index; offsets and indices can be anything. */
    void answer(Utf8Writer out, long index, long offset) throws IOException {
        CodeObjectWrapper code = codes.at(index);
        if (code == null) {
            unknown(out).newline();
            return;
        }
        Ready names = ready[(int) index];
        if (names == null) {
            names = new Ready(code, columns);
            ready[(int) index] = names;
            asked.add(code);
        }
        out.bytes(names.prefix);
        int at = offset >= 0 && offset <= Integer.MAX_VALUE ? (int) offset : -1;
        if (columns) {
            position(out, names.positions, names.positions.rangeAt(at));
        } else {
            number(out, names.lines.lineAt(at), LineTable.NO_LINE);
        }
        out.bytes(names.suffix);
    }

    /** The code objects that answers were about. */
    List<CodeObjectWrapper> asked() {
        return asked;
    }

    /** The answer for an offset of the code object that last had the id. */
    void answerForId(Utf8Writer out, long id, long offset) throws IOException {
        CodeObjectWrapper code = codes.withId(id);
        answer(out, code == null ? -1 : code.index(), offset);
    }

    /** The answer to what is no question, so that answers stay in step with questions. */
    void refuse(Utf8Writer out, String reason) throws IOException {
        unknown(out).ascii('\t').text(reason).newline();
    }

    private Utf8Writer unknown(Utf8Writer out) throws IOException {
        return out.text("??:").text(columns ? UNKNOWN_POSITION : "??").text(" ??");
    }

    private static void position(Utf8Writer out, PositionTable table, int range) throws IOException {
        if (range < 0) {
            out.text(UNKNOWN_POSITION);
            return;
        }
        number(out, table.line(range), LineTable.NO_LINE);
        out.ascii(':');
        number(out, table.column(range), Position.UNKNOWN_COLUMN);
        out.ascii('-');
        number(out, table.endLine(range), LineTable.NO_LINE);
        out.ascii(':');
        number(out, table.endColumn(range), Position.UNKNOWN_COLUMN);
    }

    private static void number(Utf8Writer out, int value, int unknown) throws IOException {
        if (value == unknown) {
            out.ascii('?').ascii('?');
        } else {
            out.number(value);
        }
    }
}
