package dev.tracetool.format.pyc;

import dev.tracetool.code.CodeObjectWrapper;
import dev.tracetool.code.Constant;
import dev.tracetool.code.ExceptionTable;
import dev.tracetool.code.LineTable;
import dev.tracetool.code.Position;
import dev.tracetool.code.PositionTable;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/** All that a wrapper says of a code object, in the words of {@code pyc_oracle.py}. */
final class PycFacts {
    private static final HexFormat HEX = HexFormat.of();

    private final CodeObjectWrapper code;
    private final StringBuilder out = new StringBuilder();

    private PycFacts(CodeObjectWrapper code) {
        this.code = code;
    }

    static String of(PycFile file, CodeObjectWrapper code, boolean digest) {
        return new PycFacts(code).write(file.layout() == CodeLayout.LOCALS_PLUS, digest);
    }

    private String write(boolean locations, boolean digest) {
        line("argcount", code.argCount());
        line("posonlyargcount", code.positionalOnlyArgCount());
        line("kwonlyargcount", code.keywordOnlyArgCount());
        line("nlocals", code.localCount());
        line("stacksize", code.stackSize());
        line("flags", Integer.toUnsignedLong(code.flags()));
        line("firstlineno", code.firstLine());
        texts("filename", List.of(code.filename()));
        texts("name", List.of(code.name()));
        if (locations) {
            texts("qualname", List.of(code.qualname()));
        }
        texts("names", code.names());
        texts("varnames", code.variableNames());
        texts("cellvars", code.cellVariableNames());
        texts("freevars", code.freeVariableNames());
        line("code", HEX.formatHex(code.bytecode()));
        line("linetable", HEX.formatHex(code.underlying().lineTable()));
        line("exceptiontable", HEX.formatHex(code.underlying().exceptionTable()));
        for (Constant constant : code.constants()) {
            line("const", text(constant));
            if (hasPlainRepr(constant)) {
                line("repr", constant.repr(1 << 30));
            }
        }
        LineTable lines = code.lineTable();
        for (int i = 0; i < lines.size(); i++) {
            line("lines", lines.start(i) + " " + lines.end(i) + " " + known(lines.line(i), LineTable.NO_LINE));
        }
        if (locations) {
            positions(code.positionTable());
        }
        for (ExceptionTable.Entry e : code.exceptionTable().entries()) {
            line(
                    "exception",
                    e.start() + " " + e.end() + " " + e.target() + " " + e.depth() + " " + (e.lasti() ? 1 : 0));
        }
        if (digest) {
            line("digest", code.identity().digest());
        }
        return out.substring(0, out.length() - 1);
    }

    private void positions(PositionTable table) {
        for (int i = 0; i < table.size(); i++) {
            Position at = table.position(i);
            line(
                    "positions",
                    table.start(i) + " " + known(at.line(), LineTable.NO_LINE) + " "
                            + known(at.endLine(), LineTable.NO_LINE) + " "
                            + known(at.column(), Position.UNKNOWN_COLUMN) + " "
                            + known(at.endColumn(), Position.UNKNOWN_COLUMN));
        }
    }

    private void line(String name, Object value) {
        out.append(name).append(' ').append(value).append('\n');
    }

    private void texts(String name, List<String> texts) {
        StringBuilder all = new StringBuilder();
        for (String text : texts) {
            all.append(all.length() == 0 ? "" : " ")
                    .append(utf8(new Constant.Str(text)))
                    .append('.');
        }
        line(name, all);
    }

    private static String known(int value, int none) {
        return value == none ? "-" : Integer.toString(value);
    }

    private static String text(Constant value) {
        if (value instanceof Constant.Int integer) {
            return "int " + integer.value().toString(16);
        } else if (value instanceof Constant.Floating floating) {
            return "float " + bits(floating.value());
        } else if (value instanceof Constant.Complex complex) {
            return "complex " + bits(complex.real()) + " " + bits(complex.imaginary());
        } else if (value instanceof Constant.Str str) {
            return "str " + str.length() + " " + utf8(str);
        } else if (value instanceof Constant.Bytes bytes) {
            return "bytes " + HEX.formatHex(bytes.toArray());
        } else if (value instanceof Constant.Tuple tuple) {
            return "(" + String.join(", ", texts(tuple.items())) + ")";
        } else if (value instanceof Constant.FrozenSet set) {
            String[] items = texts(set.items());
            Arrays.sort(items);
            return "{" + String.join(", ", items) + "}";
        } else if (value instanceof Constant.Slice slice) {
            return "slice(" + String.join(", ", texts(List.of(slice.start(), slice.stop(), slice.step()))) + ")";
        } else if (value instanceof Constant.Code nested) {
            return "code " + nested.index();
        }
        return value.repr(10);
    }

    private static String[] texts(List<Constant> items) {
        return items.stream().map(PycFacts::text).toArray(String[]::new);
    }

    private static boolean hasPlainRepr(Constant value) {
        if (value instanceof Constant.Str str) {
            return str.text().chars().allMatch(c -> c < 0x7F);
        } else if (value instanceof Constant.Int integer) {
            // Python counts the bits of the absolute value.
            return integer.value().abs().bitLength() < 10_000;
        } else if (value instanceof Constant.Tuple tuple) {
            return tuple.items().stream().allMatch(PycFacts::hasPlainRepr);
        }
        return !(value instanceof Constant.FrozenSet
                || value instanceof Constant.Slice
                || value instanceof Constant.Code);
    }

    private static String bits(double value) {
        return HEX.toHexDigits(Double.doubleToRawLongBits(value));
    }

    private static String utf8(Constant.Str str) {
        StringBuilder hex = new StringBuilder();
        String text = Objects.requireNonNull(str.text());
        for (int i = 0; i < text.length(); i += str.charsAt(i)) {
            int c = str.codePointAt(i);
            if (c < 0x80) {
                hex.append(HEX.toHexDigits((byte) c));
            } else if (c < 0x800) {
                hex.append(HEX.toHexDigits((byte) (0xC0 | c >> 6))).append(tail(c, 0));
            } else if (c < 0x1_0000) {
                hex.append(HEX.toHexDigits((byte) (0xE0 | c >> 12)))
                        .append(tail(c, 6))
                        .append(tail(c, 0));
            } else {
                hex.append(HEX.toHexDigits((byte) (0xF0 | c >> 18)))
                        .append(tail(c, 12))
                        .append(tail(c, 6))
                        .append(tail(c, 0));
            }
        }
        return hex.toString();
    }

    private static String tail(int c, int shift) {
        return HEX.toHexDigits((byte) (0x80 | c >> shift & 0x3F));
    }
}
