package dev.tracetool.format.pyc;

import dev.tracetool.testing.PycWriter;
import dev.tracetool.testing.PycWriter.Code;
import dev.tracetool.testing.PycWriter.Marked;
import dev.tracetool.testing.PycWriter.Ref;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * A file whose objects are chosen by bytes: nearly always sound in its types and lengths, so that whatever chooses the bytes
 * gets to what the objects say: code in code, references, tables, names, instructions.
 */
final class GuidedPyc {
    private static final int DEPTH = 12;

    private final byte[] guide;
    private int at;

    private GuidedPyc(byte[] guide) {
        this.guide = guide;
    }

    static byte[] file(byte[] guide) {
        GuidedPyc from = new GuidedPyc(guide);
        int minor = 8 + from.next() % 7;
        return PycWriter.file(minor, from.code(0));
    }

    /** From 0 to 255; 0 when there are no more. */
    private int next() {
        return at < guide.length ? guide[at++] & 0xFF : 0;
    }

    private byte[] bytes() {
        int size = Math.min(next(), guide.length - at);
        at += size;
        return Arrays.copyOfRange(guide, at - size, at);
    }

    private String text() {
        return new String(bytes(), StandardCharsets.UTF_16LE);
    }

    /** Now and then a reference, marked, or of a type that does not belong there. */
    private Object odd(Object usual, int depth) {
        return switch (next() % 16) {
            case 1 -> new Ref(next());
            case 2, 3 -> new Marked(usual);
            case 4 -> constant(depth + 1);
            default -> usual;
        };
    }

    private Object names(int depth) {
        List<Object> names = new ArrayList<>();
        for (int count = next() % 6; count > 0; count--) {
            names.add(odd(text(), depth));
        }
        return odd(names, depth);
    }

    private Code code(int depth) {
        Code code = new Code("f");
        int given = next();
        if ((given & 1) != 0) {
            code.name = odd(text(), depth);
            code.qualname = odd(text(), depth);
            code.filename = odd(text(), depth);
        }
        if ((given & 2) != 0) {
            code.argCount = next() % 4;
            code.positionalOnly = next() % 3;
            code.keywordOnly = next() % 3;
            code.flags = next() | next() << 24;
            code.stackSize = next();
            code.firstLine = next() << 24 | next();
        }
        if ((given & 4) != 0) {
            code.bytecode = odd(bytes(), depth);
            code.names = names(depth);
        }
        if ((given & 8) != 0) {
            code.lineTable = odd(bytes(), depth);
            code.exceptionTable = odd(bytes(), depth);
        }
        if ((given & 16) != 0) {
            code.localsPlus = names(depth);
            code.kinds = odd(bytes(), depth);
            code.variables = names(depth);
            code.cellVariables = names(depth);
            code.freeVariables = names(depth);
        }
        code.constants = odd(constants(depth), depth);
        return code;
    }

    private List<Object> constants(int depth) {
        List<Object> constants = new ArrayList<>();
        for (int count = depth < DEPTH ? next() % 8 : 0; count > 0; count--) {
            constants.add(odd(constant(depth + 1), depth));
        }
        return constants;
    }

    private Object constant(int depth) {
        return switch (next() % 14) {
            case 0 -> null;
            case 1 -> next() % 2 == 0;
            case 2 -> next() << 24 | next();
            case 3 -> new BigInteger(1, bytes()).subtract(BigInteger.valueOf(next()));
            case 4 -> Double.longBitsToDouble((long) next() << 56 | (long) next() << 48 | next());
            case 5 -> new PycWriter.Complex(next() - 128, Double.longBitsToDouble((long) next() << 56));
            case 6, 7 -> text();
            case 8 -> bytes();
            case 9 -> constants(depth);
            case 10 -> new LinkedHashSet<>(constants(depth));
            case 11 -> new PycWriter.Slice(next(), null, next());
            case 12 -> depth < DEPTH ? code(depth) : PycWriter.ELLIPSIS;
            default -> PycWriter.ELLIPSIS;
        };
    }
}
