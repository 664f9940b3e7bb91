package dev.tracetool.cli.inspect;

import dev.tracetool.cli.command.CodeTable;
import dev.tracetool.cli.command.Quantity;
import dev.tracetool.cli.command.TextTable;
import dev.tracetool.cli.command.TextTable.Align;
import dev.tracetool.cli.command.Utf8Writer;
import dev.tracetool.code.CodeFlags;
import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.CodeRecord;
import dev.tracetool.code.Constant;
import dev.tracetool.code.ExceptionTable;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.LineTableFormat;
import dev.tracetool.export.SafeText;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Everything of one code object, for people. What is unknown is a hyphen; what is known to be nothing is "none". */
final class CodeText {
    private static final String INDENT = "  ";
    private static final String UNKNOWN = "-";

    /** Chars of a constant: enough to know it by. */
    private static final int MAX_CONSTANT = 200;

    /** Chars of a name or of a list of names: more than any that somebody wrote. */
    private static final int MAX_NAMES = 10_000;

    private final Utf8Writer out;
    private final CodeTable codes;

    CodeText(Utf8Writer out, CodeTable codes) {
        this.out = out;
        this.codes = codes;
    }

    void write(CodeObjectWrapper code) throws IOException {
        out.newline()
                .text(INDENT)
                .text("code ")
                .text(Integer.toString(code.index()))
                .text(": ")
                .text(name(code.qualname()))
                .newline();
        attributes(code).write(out, INDENT, 0);
        constants(code.constants());
        lines(code);
        exceptions(code.exceptionTable());
    }

    private static TextTable attributes(CodeObjectWrapper code) {
        String digest = code.identity().digest();
        return new TextTable(Align.LEFT, Align.LEFT)
                .row("file", code.filename().isEmpty() ? UNKNOWN : name(code.filename()))
                .row("first line", number(code.firstLine()))
                .row("name", name(code.name()))
                .row("in code", code.parentIndex() == CodeRecord.UNKNOWN ? UNKNOWN : "" + code.parentIndex())
                .row("id", code.id() == 0 ? UNKNOWN : "0x" + Long.toHexString(code.id()))
                .row("arguments", arguments(code))
                .row("flags", flags(code.flags()))
                .row("local variables", number(code.localCount()))
                .row("stack size", number(code.stackSize()))
                .row("bytecode", code.codeLength() < 0 ? UNKNOWN : Quantity.count(code.codeLength(), "byte"))
                .row("variables", names(code.variableNames()))
                .row("cell variables", names(code.cellVariableNames()))
                .row("free variables", names(code.freeVariableNames()))
                .row("names", names(code.names()))
                .row("digest", digest.isEmpty() ? UNKNOWN : digest);
    }

    private static String arguments(CodeObjectWrapper code) {
        if (code.argCount() == CodeRecord.UNKNOWN) {
            return UNKNOWN;
        }
        StringBuilder text = new StringBuilder(Integer.toString(code.argCount()));
        if (code.positionalOnlyArgCount() > 0) {
            text.append(", ").append(code.positionalOnlyArgCount()).append(" of them positional-only");
        }
        if (code.keywordOnlyArgCount() > 0) {
            text.append(", ").append(code.keywordOnlyArgCount()).append(" keyword-only");
        }
        if (code.flags() != CodeFlags.UNKNOWN) {
            text.append((code.flags() & CodeFlags.VARARGS) != 0 ? ", *args" : "");
            text.append((code.flags() & CodeFlags.VARKEYWORDS) != 0 ? ", **kwargs" : "");
        }
        return text.toString();
    }

    private static String flags(int flags) {
        if (flags == CodeFlags.UNKNOWN) {
            return UNKNOWN;
        }
        List<String> names = CodeFlags.names(flags);
        return "0x" + Integer.toHexString(flags) + (names.isEmpty() ? "" : " " + String.join(" ", names));
    }

    private static String number(int value) {
        return value == CodeRecord.UNKNOWN ? UNKNOWN : Integer.toString(value);
    }

    private static String names(@Nullable List<String> names) {
        if (names == null) {
            return UNKNOWN;
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            if (text.length() > MAX_NAMES) {
                return text.append(" and ")
                        .append(Quantity.count(names.size() - i))
                        .append(" more")
                        .toString();
            }
            text.append(i == 0 ? "" : " ").append(name(names.get(i)));
        }
        return names.isEmpty() ? "none" : text.toString();
    }

    private static String name(String text) {
        if (text.length() <= MAX_NAMES) {
            return SafeText.terminal(text);
        }
        int end = Character.isHighSurrogate(text.charAt(MAX_NAMES - 1)) ? MAX_NAMES - 1 : MAX_NAMES;
        return SafeText.terminal(text.substring(0, end)) + "…";
    }

    private void constants(@Nullable List<Constant> constants) throws IOException {
        if (isNothing("constants", constants)) {
            return;
        }
        TextTable table = new TextTable(Align.RIGHT, Align.LEFT, Align.LEFT).row("constant", "type", "value");
        table.write(out, INDENT, 0, into -> {
            for (int i = 0; constants != null && i < constants.size(); i++) {
                Constant constant = constants.get(i);
                into.row(
                        Integer.toString(i),
                        constant.typeName(),
                        SafeText.terminal(ConstantText.of(constant, codes, MAX_CONSTANT)));
            }
        });
    }

    private void lines(CodeObjectWrapper code) throws IOException {
        boolean unknown = code.isLineTableMalformed() || code.underlying().lineTableFormat() == LineTableFormat.NONE;
        LineTable lines = code.lineTableOrEmpty();
        if (isNothing("line table", unknown ? null : lines.entries())) {
            return;
        }
        TextTable table = new TextTable(Align.RIGHT, Align.RIGHT, Align.RIGHT).row("start", "end", "line");
        table.write(out, INDENT, 0, into -> {
            for (int i = 0; i < lines.size(); i++) {
                into.row(
                        Integer.toString(lines.start(i)),
                        Integer.toString(lines.end(i)),
                        lines.line(i) == LineTable.NO_LINE ? "none" : Integer.toString(lines.line(i)));
            }
        });
    }

    private void exceptions(@Nullable ExceptionTable exceptions) throws IOException {
        if (exceptions == null || exceptions.entries().isEmpty() && !exceptions.isMalformed()) {
            isNothing("exception table", exceptions == null ? null : exceptions.entries());
            return;
        }
        out.newline();
        Align right = Align.RIGHT;
        TextTable table =
                new TextTable(right, right, right, right, Align.LEFT).row("start", "end", "handler", "depth", "lasti");
        table.write(out, INDENT, 0, into -> {
            for (ExceptionTable.Entry entry : exceptions.entries()) {
                into.row(
                        Integer.toString(entry.start()),
                        Integer.toString(entry.end()),
                        Integer.toString(entry.target()),
                        Integer.toString(entry.depth()),
                        entry.lasti() ? "yes" : "no");
            }
        });
        if (exceptions.isMalformed()) {
            out.text(INDENT)
                    .text("the exception table is malformed from its byte ")
                    .text(Integer.toString(exceptions.malformedAt()))
                    .text(" on")
                    .newline();
        }
    }

    /** Begins a part, and says so if there is nothing in it. */
    private boolean isNothing(String part, @Nullable List<?> list) throws IOException {
        out.newline();
        if (list != null && !list.isEmpty()) {
            return false;
        }
        out.text(INDENT)
                .text(part)
                .text(": ")
                .text(list == null ? UNKNOWN : "none")
                .newline();
        return true;
    }
}
