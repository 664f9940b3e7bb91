package dev.tracetool.format.pyc;

import dev.tracetool.code.Constant;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decodes objects of a file that has been scanned, so that nothing can go wrong. What is referred to is decoded once in
 * each call, and texts once altogether: code objects share their names. Safe for use by many threads.
 */
final class MarshalObjects {
    private static final Constant TRUE = new Constant.Bool(true);
    private static final Constant FALSE = new Constant.Bool(false);

    private final MarshalIndex index;
    private final byte[] bytes;
    private final Map<Integer, String> texts = new ConcurrentHashMap<>();

    MarshalObjects(MarshalIndex index) {
        this.index = index;
        this.bytes = index.bytes();
    }

    MarshalIndex index() {
        return index;
    }

    /** The text at a position, which is no reference. */
    String text(int at) {
        return texts.computeIfAbsent(at, position -> str(position).text());
    }

    /** The texts of a tuple of texts. */
    List<String> textList(int at) {
        int count = Marshal.count(bytes, at);
        String[] list = new String[count];
        int position = Marshal.contentAt(bytes, at);
        for (int i = 0; i < count; i++) {
            int target = index.resolve(position);
            list[i] = text(target);
            position = target == position ? endOfText(position) : position + 1 + Integer.BYTES;
        }
        return List.of(list);
    }

    private int endOfText(int at) {
        return Marshal.contentAt(bytes, at) + Marshal.count(bytes, at);
    }

    /** A copy of the bytes object at a position. */
    byte[] bytes(int at) {
        int from = Marshal.contentAt(bytes, at);
        return Arrays.copyOfRange(bytes, from, from + Marshal.count(bytes, at));
    }

    int length(int at) {
        return Marshal.count(bytes, at);
    }

    /** The elements of a tuple. */
    List<Constant> constants(int at) {
        return ((Constant.Tuple) new Reader().read(at)).items();
    }

    private Constant.Str str(int at) {
        int from = Marshal.contentAt(bytes, at);
        int length = Marshal.count(bytes, at);
        int type = Marshal.type(bytes, at);
        return type == Marshal.UNICODE || type == Marshal.INTERNED
                ? SurrogateUtf8.decode(bytes, from, from + length)
                : new Constant.Str(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
    }

    /** One call. Recursive: the scanner has seen to it that this does not go deep. */
    private final class Reader {
        private final Map<Integer, Constant> known = new HashMap<>();
        private int position;

        Constant read(int at) {
            position = at;
            return next();
        }

        private Constant next() {
            int at = position;
            Constant constant = decode(at);
            if ((bytes[at] & Marshal.FLAG_REF) != 0 && isWorthKeeping(Marshal.type(bytes, at))) {
                known.put(at, constant);
            }
            return constant;
        }

        /** Numbers of fixed size take less than the note that they are known. */
        private boolean isWorthKeeping(int type) {
            return switch (type) {
                case Marshal.NONE,
                        Marshal.TRUE,
                        Marshal.FALSE,
                        Marshal.ELLIPSIS,
                        Marshal.INT,
                        Marshal.INT64,
                        Marshal.FLOAT,
                        Marshal.COMPLEX -> false;
                default -> true;
            };
        }

        private Constant decode(int at) {
            int type = Marshal.type(bytes, at);
            position++;
            return switch (type) {
                case Marshal.NONE -> Constant.Singleton.NONE;
                case Marshal.ELLIPSIS -> Constant.Singleton.ELLIPSIS;
                case Marshal.TRUE -> TRUE;
                case Marshal.FALSE -> FALSE;
                case Marshal.INT -> {
                    position += Integer.BYTES;
                    yield new Constant.Int(BigInteger.valueOf(Marshal.i32(bytes, at + 1)));
                }
                case Marshal.INT64 -> {
                    position += Long.BYTES;
                    yield new Constant.Int(BigInteger.valueOf(Marshal.i64(bytes, at + 1)));
                }
                case Marshal.LONG -> new Constant.Int(longInt());
                case Marshal.FLOAT -> new Constant.Floating(binaryFloat());
                case Marshal.COMPLEX -> new Constant.Complex(binaryFloat(), binaryFloat());
                case Marshal.TEXT_FLOAT -> new Constant.Floating(textFloat());
                case Marshal.TEXT_COMPLEX -> new Constant.Complex(textFloat(), textFloat());
                case Marshal.BYTES -> {
                    position = Marshal.contentAt(bytes, at) + Marshal.count(bytes, at);
                    yield new Constant.Bytes(bytes(at));
                }
                case Marshal.TUPLE, Marshal.SMALL_TUPLE -> {
                    position = Marshal.contentAt(bytes, at);
                    yield new Constant.Tuple(items(Marshal.count(bytes, at)));
                }
                case Marshal.FROZENSET -> {
                    position = Marshal.contentAt(bytes, at);
                    yield new Constant.FrozenSet(items(Marshal.count(bytes, at)));
                }
                case Marshal.SLICE -> new Constant.Slice(next(), next(), next());
                case Marshal.CODE -> {
                    int code = index.codeAt(at);
                    position = index.of(code, MarshalIndex.END);
                    yield new Constant.Code(code);
                }
                case Marshal.REF -> referred(index.resolve(at));
                default -> { // a text
                    position = endOfText(at);
                    yield str(at);
                }
            };
        }

        private Constant referred(int target) {
            int after = position + Integer.BYTES;
            Constant constant = known.get(target);
            if (constant == null) {
                constant = read(target);
            }
            position = after;
            return constant;
        }

        private List<Constant> items(int count) {
            List<Constant> items = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                items.add(next());
            }
            return items;
        }

        private double binaryFloat() {
            double value = Double.longBitsToDouble(Marshal.i64(bytes, position));
            position += Double.BYTES;
            return value;
        }

        private double textFloat() {
            int size = bytes[position] & 0xFF;
            double value = TextFloat.parse(bytes, position + 1, size);
            position += 1 + size;
            return value;
        }

        /** Digits of 15 bits, the lowest first, put together from the highest bit down. */
        private BigInteger longInt() {
            int count = Marshal.i32(bytes, position);
            int digits = Math.abs(count);
            int digitsAt = position + Integer.BYTES;
            position = digitsAt + 2 * digits;
            byte[] size = new byte[(int) ((15L * digits + 7) / 8)];
            for (int i = 0; i < digits; i++) {
                int digit = Marshal.u16(bytes, digitsAt + 2 * i);
                long bit = 15L * i;
                int low = size.length - 1 - (int) (bit / 8);
                int shifted = digit << (int) (bit % 8);
                for (int b = 0; shifted != 0; b++) {
                    size[low - b] |= (byte) shifted;
                    shifted >>>= 8;
                }
            }
            BigInteger value = new BigInteger(1, size);
            return count < 0 ? value.negate() : value;
        }
    }
}
