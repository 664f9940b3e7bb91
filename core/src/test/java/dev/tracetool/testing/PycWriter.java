package dev.tracetool.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes compiled Python for tests, from the facts about the marshal format alone: null is None, a list a tuple, a set a
 * frozenset, other things what they look like. Nothing is checked, so that what is wrong can be written as well.
 */
public final class PycWriter {
    /** Magic numbers of releases by minor version. */
    public static final Map<Integer, Integer> MAGIC =
            Map.of(8, 3413, 9, 3425, 10, 3439, 11, 3495, 12, 3531, 13, 3571, 14, 3627, 15, 3657);

    /** Ellipsis, among constants. */
    public static final Object ELLIPSIS = new Object();

    /** The object that was the n-th to be {@link Marked}. */
    public record Ref(int number) {}

    /** An object that can be referred to. */
    public record Marked(Object value) {}

    public record Complex(double real, double imaginary) {}

    public record Slice(Object start, Object stop, Object step) {}

    /** Bytes as they are, with their type. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Raw(byte[] bytes) {}

    /** A code object, of a function of no arguments that does nothing if nothing else is said. */
    public static final class Code {
        public Object filename = "/src/m.py";
        public Object name = "f";
        public Object qualname = "f";
        public int firstLine = 1;
        public int argCount;
        public int positionalOnly;
        public int keywordOnly;
        public int localCount;
        public int stackSize = 1;
        public int flags = 3;
        public Object bytecode = new byte[] {1, 0, 1, 0};
        public Object constants = listOf((Object) null);
        public Object names = List.of();

        /** 3.8 to 3.10. */
        public Object variables = List.of();

        public Object freeVariables = List.of();
        public Object cellVariables = List.of();

        /** 3.11 and later. */
        public Object localsPlus = List.of();

        public Object kinds = new byte[0];

        /** Of one range without columns on the first line, in 3.11 and later. */
        public Object lineTable = new byte[] {(byte) (0x80 | 13 << 3 | 1), 0};

        public Object exceptionTable = new byte[0];

        public Code(String name) {
            this.name = name;
            this.qualname = name;
        }
    }

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final int minor;

    private PycWriter(int minor) {
        this.minor = minor;
    }

    /** A file of a version, valid for a source of 77 bytes that was changed 1,700,000,000 seconds after 1970 began. */
    public static byte[] file(int minor, Object top) {
        return file(MAGIC.get(minor), minor, 0, 77L << 32 | 1_700_000_000L, top);
    }

    /** @param words the 8 bytes behind the flags */
    public static byte[] file(int magic, int minor, int flags, long words, Object top) {
        PycWriter writer = new PycWriter(minor);
        writer.out.writeBytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(magic | '\r' << 16 | '\n' << 24)
                .putInt(flags)
                .putLong(words)
                .array());
        writer.value(top, 0);
        return writer.out.toByteArray();
    }

    /** A list in which null may stand. */
    public static List<Object> listOf(Object... items) {
        List<Object> list = new ArrayList<>();
        for (Object item : items) {
            list.add(item);
        }
        return list;
    }

    public static Set<Object> setOf(Object... items) {
        return new LinkedHashSet<>(listOf(items));
    }

    private void value(Object value, int mark) {
        if (value == null) {
            out.write('N');
        } else if (value instanceof Marked marked) {
            value(marked.value(), 0x80);
        } else if (value instanceof Ref ref) {
            type('r', 0).int32(ref.number());
        } else if (value instanceof Raw raw) {
            out.writeBytes(raw.bytes());
        } else if (value == ELLIPSIS) {
            type('.', mark);
        } else if (value instanceof Boolean bool) {
            type(bool ? 'T' : 'F', mark);
        } else if (value instanceof Integer number) {
            type('i', mark).int32(number);
        } else if (value instanceof BigInteger number) {
            type('l', mark).longInt(number);
        } else if (value instanceof Double number) {
            type('g', mark).int64(Double.doubleToRawLongBits(number));
        } else if (value instanceof Complex complex) {
            type('y', mark)
                    .int64(Double.doubleToRawLongBits(complex.real()))
                    .int64(Double.doubleToRawLongBits(complex.imaginary()));
        } else if (value instanceof String text) {
            text(text, mark);
        } else if (value instanceof byte[] bytes) {
            type('s', mark).int32(bytes.length).out.writeBytes(bytes);
        } else if (value instanceof List<?> tuple) {
            tuple(tuple, mark);
        } else if (value instanceof Set<?> set) {
            type('>', mark).int32(set.size());
            set.forEach(item -> value(item, 0));
        } else if (value instanceof Slice slice) {
            type(':', mark);
            value(slice.start(), 0);
            value(slice.stop(), 0);
            value(slice.step(), 0);
        } else if (value instanceof Code code) {
            code(code, mark);
        } else {
            throw new IllegalArgumentException("" + value.getClass());
        }
    }

    private void tuple(List<?> tuple, int mark) {
        if (tuple.size() < 256) {
            type(')', mark).out.write(tuple.size());
        } else {
            type('(', mark).int32(tuple.size());
        }
        tuple.forEach(item -> value(item, 0));
    }

    private void text(String text, int mark) {
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        byte[] bytes = ascii ? text.getBytes(StandardCharsets.US_ASCII) : utf8(text);
        if (!ascii) {
            type('u', mark).int32(bytes.length);
        } else if (bytes.length < 256) {
            type('z', mark).out.write(bytes.length);
        } else {
            type('a', mark).int32(bytes.length);
        }
        out.writeBytes(bytes);
    }

    /** Each lone surrogate as three bytes. */
    private static byte[] utf8(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        text.codePoints().forEach(c -> {
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                bytes.writeBytes(
                        new byte[] {(byte) (0xE0 | c >> 12), (byte) (0x80 | c >> 6 & 0x3F), (byte) (0x80 | c & 0x3F)});
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        });
        return bytes.toByteArray();
    }

    private void longInt(BigInteger number) {
        BigInteger size = number.abs();
        byte[] bytes = size.toByteArray();
        int digits = (size.bitLength() + 14) / 15;
        int32(number.signum() * digits);
        for (int i = 0; i < digits; i++) {
            int digit = 0;
            for (int bit = 15 * i + 14; bit >= 15 * i; bit--) {
                int at = bytes.length - 1 - bit / 8;
                digit = digit << 1 | (at < 0 ? 0 : bytes[at] >> bit % 8 & 1);
            }
            out.write(digit);
            out.write(digit >> 8);
        }
    }

    private void code(Code code, int mark) {
        type('c', mark).int32(code.argCount).int32(code.positionalOnly).int32(code.keywordOnly);
        if (minor < 11) {
            int32(code.localCount);
        }
        int32(code.stackSize).int32(code.flags);
        value(code.bytecode, 0);
        value(code.constants, 0);
        value(code.names, 0);
        if (minor < 11) {
            value(code.variables, 0);
            value(code.freeVariables, 0);
            value(code.cellVariables, 0);
        } else {
            value(code.localsPlus, 0);
            value(code.kinds, 0);
        }
        value(code.filename, 0);
        value(code.name, 0);
        if (minor >= 11) {
            value(code.qualname, 0);
        }
        int32(code.firstLine);
        value(code.lineTable, 0);
        if (minor >= 11) {
            value(code.exceptionTable, 0);
        }
    }

    private PycWriter type(int type, int mark) {
        out.write(type | mark);
        return this;
    }

    private PycWriter int32(int value) {
        for (int shift = 0; shift < Integer.SIZE; shift += 8) {
            out.write(value >>> shift);
        }
        return this;
    }

    private PycWriter int64(long value) {
        return int32((int) value).int32((int) (value >>> 32));
    }
}
