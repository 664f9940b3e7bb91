package dev.tracetool.code;

import java.math.BigInteger;
import java.util.List;

/** Writes constants as Python's {@code repr} does, and stops when it has written enough. */
final class ConstantRepr {
    /** Bits of a decimal digit, rounded down: an integer with this many bits for each char is longer than that. */
    private static final int BITS_PER_DIGIT = 3;

    private final int max;
    private final StringBuilder out = new StringBuilder();

    private ConstantRepr(int max) {
        this.max = max;
    }

    static String of(Constant constant, int max) {
        ConstantRepr repr = new ConstantRepr(max);
        repr.write(constant);
        return repr.result();
    }

    private String result() {
        if (out.length() <= max) {
            return out.toString();
        }
        int end = max > 0 && Character.isHighSurrogate(out.charAt(max - 1)) ? max - 1 : max;
        return out.substring(0, end) + "…";
    }

    private boolean isFull() {
        return out.length() > max;
    }

    private void write(Constant constant) {
        if (isFull()) {
            return;
        }
        if (constant instanceof Constant.Singleton one) {
            out.append(one == Constant.Singleton.NONE ? "None" : "Ellipsis");
        } else if (constant instanceof Constant.Bool bool) {
            out.append(bool.value() ? "True" : "False");
        } else if (constant instanceof Constant.Int integer) {
            integer(integer.value());
        } else if (constant instanceof Constant.Floating floating) {
            out.append(PythonFloat.repr(floating.value()));
        } else if (constant instanceof Constant.Complex complex) {
            out.append(PythonFloat.repr(complex.real(), complex.imaginary()));
        } else if (constant instanceof Constant.Str str) {
            string(str);
        } else if (constant instanceof Constant.Bytes bytes) {
            bytes(bytes);
        } else if (constant instanceof Constant.Tuple tuple) {
            out.append('(');
            items(tuple.items());
            out.append(tuple.items().size() == 1 ? ",)" : ")");
        } else if (constant instanceof Constant.FrozenSet set) {
            out.append(set.items().isEmpty() ? "frozenset(" : "frozenset({");
            items(set.items());
            out.append(set.items().isEmpty() ? ")" : "})");
        } else if (constant instanceof Constant.Slice slice) {
            out.append("slice(");
            items(List.of(slice.start(), slice.stop(), slice.step()));
            out.append(')');
        } else if (constant instanceof Constant.Code code) {
            out.append("<code object ").append(code.index()).append('>');
        }
    }

    private void items(List<Constant> items) {
        for (int i = 0; i < items.size() && !isFull(); i++) {
            out.append(i == 0 ? "" : ", ");
            write(items.get(i));
        }
    }

    /** Decimal digits of a large number take time that grows with its square; of one that would be cut nobody sees them. */
    private void integer(BigInteger value) {
        if (value.bitLength() / BITS_PER_DIGIT / 2 > max) {
            out.append("<int of ").append(value.bitLength()).append(" bits>");
        } else {
            out.append(value);
        }
    }

    private void string(Constant.Str str) {
        String text = str.text();
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        out.append(quote);
        for (int i = 0; i < text.length() && !isFull(); i += str.charsAt(i)) {
            int c = str.codePointAt(i);
            if (c == quote || c == '\\') {
                out.append('\\').append((char) c);
            } else if (isPrintable(c)) {
                out.appendCodePoint(c);
            } else {
                escape(c);
            }
        }
        out.append(quote);
    }

    private void bytes(Constant.Bytes bytes) {
        boolean single = false;
        boolean twice = false;
        for (int i = 0; i < bytes.length(); i++) {
            single |= bytes.at(i) == '\'';
            twice |= bytes.at(i) == '"';
        }
        char quote = single && !twice ? '"' : '\'';
        out.append('b').append(quote);
        for (int i = 0; i < bytes.length() && !isFull(); i++) {
            int c = bytes.at(i) & 0xFF;
            if (c == quote || c == '\\') {
                out.append('\\').append((char) c);
            } else if (c >= ' ' && c <= '~') {
                out.append((char) c);
            } else {
                escape(c);
            }
        }
        out.append(quote);
    }

    private void escape(int c) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                int digits = c <= 0xFF ? 2 : c <= 0xFFFF ? 4 : 8;
                out.append(digits == 2 ? "\\x" : digits == 4 ? "\\u" : "\\U");
                for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
                    out.append(Character.forDigit(c >> shift & 0xF, 16));
                }
            }
        }
    }

    /** {@code str.isprintable}: no separators other than the blank, no control, format, private or unassigned character. */
    private static boolean isPrintable(int c) {
        if (c >= ' ' && c <= '~') {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}
