package dev.tracetool.format.pyc;

import dev.tracetool.code.Constant;
import dev.tracetool.code.PythonFloat;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The digest of a code object that the recorder writes ({@code code_digest} in {@code tracetool_recorder.py}): so a code
 * object of a file and the same one in a recorded run are one, whatever asks.
 */
final class CodeDigest {
    private final IntFunction<String> qualnames;

    /** @param qualnames the qualified name of a code object by its index */
    CodeDigest(IntFunction<String> qualnames) {
        this.qualnames = qualnames;
    }

    /** Of bytecode, tables, names and constants. */
    byte[] of(byte[] code, byte[] lines, byte[] exceptions, List<String> names, List<Constant> constants) {
        List<Constant> nameTexts = new ArrayList<>(names.size());
        for (String name : names) {
            nameTexts.add(new Constant.Str(name));
        }
        return digest(new Constant.Tuple(List.of(
                new Constant.Bytes(code),
                new Constant.Bytes(lines),
                new Constant.Bytes(exceptions),
                new Constant.Tuple(nameTexts),
                new Constant.Tuple(constants))));
    }

    private byte[] digest(Constant constant) {
        Blake2b into = new Blake2b();
        feed(into, constant);
        return into.digest();
    }

    private void feed(Blake2b into, Constant constant) {
        into.add(constant.typeName());
        if (constant instanceof Constant.Bool bool) {
            into.add(bool.value() ? "True" : "False");
        } else if (constant instanceof Constant.Int integer) {
            into.add(hex(integer.value()) + ";");
        } else if (constant instanceof Constant.Floating floating) {
            into.add(PythonFloat.repr(floating.value()));
        } else if (constant instanceof Constant.Complex complex) {
            into.add(PythonFloat.repr(complex.real(), complex.imaginary()));
        } else if (constant instanceof Constant.Str str) {
            sized(into, utf8(str));
        } else if (constant instanceof Constant.Bytes bytes) {
            sized(into, bytes.toArray());
        } else if (constant instanceof Constant.Tuple tuple) {
            into.add(tuple.items().size() + ";");
            for (Constant item : tuple.items()) {
                feed(into, item);
            }
        } else if (constant instanceof Constant.Slice slice) {
            feed(into, new Constant.Tuple(List.of(slice.start(), slice.stop(), slice.step())));
        } else if (constant instanceof Constant.FrozenSet set) {
            byte[][] items = new byte[set.items().size()][];
            for (int i = 0; i < items.length; i++) {
                items[i] = digest(set.items().get(i));
            }
            Arrays.sort(items, Arrays::compareUnsigned);
            for (byte[] item : items) {
                into.add(item);
            }
        } else if (constant instanceof Constant.Code code) {
            into.add(utf8(new Constant.Str(qualnames.apply(code.index()))));
        }
    }

    /** {@code "%x"}. {@link BigInteger#toString(int)} takes more than linear time, and an integer can have megabytes. */
    private static String hex(BigInteger value) {
        String digits = HexFormat.of().formatHex(value.abs().toByteArray());
        int start = 0;
        while (start < digits.length() - 1 && digits.charAt(start) == '0') {
            start++;
        }
        return (value.signum() < 0 ? "-" : "") + digits.substring(start);
    }

    private static void sized(Blake2b into, byte[] data) {
        int size = data.length;
        into.add(new byte[] {(byte) size, (byte) (size >> 8), (byte) (size >> 16), (byte) (size >> 24)});
        into.add(data);
    }

    private static byte[] utf8(Constant.Str str) {
        String text = str.text();
        long size = 0;
        for (int i = 0; i < text.length(); i += str.charsAt(i)) {
            int c = str.codePointAt(i);
            size += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x1_0000 ? 3 : 4;
        }
        byte[] out = new byte[Math.toIntExact(size)];
        int at = 0;
        for (int i = 0; i < text.length(); i += str.charsAt(i)) {
            int c = str.codePointAt(i);
            if (c < 0x80) {
                out[at++] = (byte) c;
            } else if (c < 0x800) {
                out[at++] = (byte) (0xC0 | c >> 6);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else if (c < 0x1_0000) {
                out[at++] = (byte) (0xE0 | c >> 12);
                out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | c & 0x3F);
            } else {
                out[at++] = (byte) (0xF0 | c >> 18);
                out[at++] = (byte) (0x80 | c >> 12 & 0x3F);
                out[at++] = (byte) (0x80 | c >> 6 & 0x3F);
                out[at++] = (byte) (0x80 | c & 0x3F);
            }
        }
        return out;
    }
}
