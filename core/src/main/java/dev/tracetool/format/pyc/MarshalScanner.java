package dev.tracetool.format.pyc;

import dev.tracetool.code.CodeFlags;
import dev.tracetool.trace.TraceException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Walks once over the objects of a file, without recursion, checks all of them, and notes where code objects and their
 * parts are. Nothing is decoded, and no more is allocated than a few ints for each reference and each code object.
 *
 * <p>Refused, each with its position: what CPython refuses; an object that refers to what it is itself a part of; types
 * that no constant can have; and what {@link Limits} rules out.
 */
final class MarshalScanner {
    private static final int LARGE = 5;

    private final String name;
    private final byte[] bytes;
    private final PycVersion version;
    private final CodeLayout layout;
    private final References references = new References();

    /** Positions of the tuples that hold texts only. */
    private final BitSet textTuples = new BitSet();

    private int[] codes = new int[64 * MarshalIndex.STRIDE];
    private int codeCount;
    private int objects;
    private long expanded;
    private long tables;
    private int position;

    // The objects that are being read, outermost first.
    private int depth;
    private int[] at = new int[32];
    private int[] number = new int[32];
    private int[] left = new int[32];
    private long[] weights = new long[32];
    private int[] heights = new int[32];
    private boolean[] texts = new boolean[32];
    private int[] codeOf = new int[32];

    // The object that was read last; a reference counts as what it refers to.
    private int lastAt;
    private long lastWeight;
    private int lastHeight;

    /** Whether it has been begun only, and its parts follow. */
    private boolean isOpen;

    private MarshalScanner(String name, byte[] bytes, int from, PycVersion version) {
        this.name = name;
        this.bytes = bytes;
        this.position = from;
        this.version = version;
        this.layout = CodeLayout.of(version);
    }

    /**
     * Scans the code object at a position.
     *
     * @param name of the input, for errors
     */
    static MarshalIndex scan(String name, byte[] bytes, int from, PycVersion version) throws TraceException {
        MarshalScanner scanner = new MarshalScanner(name, bytes, from, version);
        scanner.run();
        return new MarshalIndex(
                bytes,
                scanner.references.positions(),
                Arrays.copyOf(scanner.codes, scanner.codeCount * MarshalIndex.STRIDE),
                scanner.position);
    }

    private void run() throws TraceException {
        need(1, "a code object");
        if (Marshal.type(bytes, position) != Marshal.CODE) {
            throw failure(position, "expected a code object, found " + Marshal.describe(Marshal.type(bytes, position)));
        }
        do {
            read();
            // Each object that is whole can be the last one of what it is in.
            boolean whole = !isOpen;
            while (whole && depth > 0) {
                whole = accept();
            }
        } while (depth > 0);
    }

    private void read() throws TraceException {
        need(1, "an object");
        if (++objects > Limits.OBJECTS) {
            throw failure(position, "expected at most " + Limits.OBJECTS + " objects, found more");
        }
        int from = position;
        int type = Marshal.type(bytes, from);
        position++;
        isOpen = false;
        switch (type) {
            case Marshal.NONE, Marshal.TRUE, Marshal.FALSE, Marshal.ELLIPSIS -> leaf(from, 0);
            case Marshal.INT -> sized(from, Integer.BYTES);
            case Marshal.INT64, Marshal.FLOAT -> sized(from, Long.BYTES);
            case Marshal.COMPLEX -> sized(from, 2 * Long.BYTES);
            case Marshal.LONG -> longInt(from);
            case Marshal.TEXT_FLOAT -> {
                textFloat();
                referable(from, position - from);
            }
            case Marshal.TEXT_COMPLEX -> {
                textFloat();
                textFloat();
                referable(from, position - from);
            }
            case Marshal.BYTES, Marshal.ASCII, Marshal.ASCII_INTERNED -> sized(from, length());
            case Marshal.UNICODE, Marshal.INTERNED -> {
                sized(from, length());
                int wrong = SurrogateUtf8.malformedAt(bytes, from + LARGE, position);
                if (wrong >= 0) {
                    throw failure(wrong, "expected UTF-8, found the byte 0x" + hex(wrong));
                }
            }
            case Marshal.SHORT_ASCII, Marshal.SHORT_ASCII_INTERNED -> {
                need(1, "a length");
                sized(from, bytes[position++] & 0xFF);
            }
            case Marshal.TUPLE, Marshal.FROZENSET -> begin(from, length());
            case Marshal.SMALL_TUPLE -> {
                need(1, "a length");
                begin(from, bytes[position++] & 0xFF);
            }
            case Marshal.SLICE -> {
                if (version.minor() < 14) {
                    throw failure(from, "expected an object of CPython " + version.name() + ", found a slice");
                }
                begin(from, 3);
            }
            case Marshal.CODE -> code(from);
            case Marshal.REF -> reference(from);
            default -> throw failure(from, "expected a constant, found " + Marshal.describe(type));
        }
    }

    // ---------------------------------------------------------------------------------------------- single objects

    private void sized(int from, int size) throws TraceException {
        need(size, "an object of " + size + " bytes");
        position += size;
        referable(from, size);
    }

    private void referable(int from, int size) {
        int its = reserve(from);
        leaf(from, size);
        if (its >= 0) {
            references.complete(its, lastWeight, lastHeight);
        }
    }

    private void leaf(int from, int size) {
        lastAt = from;
        lastWeight = 1L + size;
        lastHeight = 0;
    }

    private int reserve(int from) {
        if ((bytes[from] & Marshal.FLAG_REF) == 0) {
            return -1;
        }
        return references.reserve(from);
    }

    private void longInt(int from) throws TraceException {
        need(Integer.BYTES, "a length");
        int count = Marshal.i32(bytes, position);
        long digits = Math.abs((long) count);
        if (2 * digits > bytes.length - position - Integer.BYTES) {
            throw failure(position, "expected an int that fits, found one of " + digits + " digits");
        }
        position += Integer.BYTES;
        int last = -1;
        for (int i = 0; i < digits; i++) {
            last = Marshal.u16(bytes, position);
            if (last >= 1 << 15) {
                throw failure(position, "expected a digit of 15 bits, found " + last);
            }
            position += 2;
        }
        if (last == 0) {
            throw failure(position - 2, "expected the highest digit of an int, found 0");
        }
        referable(from, 2 * (int) digits);
    }

    private void textFloat() throws TraceException {
        need(1, "a length");
        int size = bytes[position] & 0xFF;
        need(1 + size, "a float of " + size + " characters");
        if (!TextFloat.isFloat(bytes, position + 1, size)) {
            throw failure(position, "expected a float, found no number");
        }
        position += 1 + size;
    }

    private void reference(int from) throws TraceException {
        need(Integer.BYTES, "a reference");
        int its = Marshal.i32(bytes, position);
        position += Integer.BYTES;
        if (its < 0 || its >= references.size()) {
            throw failure(
                    from,
                    "expected a reference to one of " + references.size() + " objects, found one to number " + its);
        }
        if (!references.isComplete(its)) {
            throw failure(
                    from,
                    "expected a reference to an object that is whole, found one to number " + its
                            + ", of which it is a part");
        }
        lastAt = references.position(its);
        lastWeight = references.weight(its);
        lastHeight = references.depth(its);
    }

    // --------------------------------------------------------------------------------- objects that hold others

    private void begin(int from, int count) throws TraceException {
        if (count > bytes.length - position) {
            throw failure(
                    from,
                    "expected objects that fit, found " + Marshal.describe(Marshal.type(bytes, from)) + " of " + count);
        }
        push(from, count, -1);
        if (count == 0) {
            isOpen = false;
            close();
        }
    }

    private void push(int from, int count, int code) throws TraceException {
        if (depth >= Limits.DEPTH) {
            throw failure(from, "expected objects nested at most " + Limits.DEPTH + " deep, found a deeper one");
        }
        if (depth == at.length) {
            at = Arrays.copyOf(at, 2 * depth);
            number = Arrays.copyOf(number, 2 * depth);
            left = Arrays.copyOf(left, 2 * depth);
            weights = Arrays.copyOf(weights, 2 * depth);
            heights = Arrays.copyOf(heights, 2 * depth);
            texts = Arrays.copyOf(texts, 2 * depth);
            codeOf = Arrays.copyOf(codeOf, 2 * depth);
        }
        at[depth] = from;
        number[depth] = reserve(from);
        left[depth] = count;
        weights[depth] = 1;
        heights[depth] = 0;
        texts[depth] = true;
        codeOf[depth] = code;
        depth++;
        isOpen = true;
    }

    /** The object that was read last is a part of the innermost one. @return whether that is whole now */
    private boolean accept() throws TraceException {
        int top = depth - 1;
        weights[top] = Math.min(Integer.MAX_VALUE, weights[top] + lastWeight);
        heights[top] = Math.max(heights[top], lastHeight);
        texts[top] &= Marshal.isText(Marshal.type(bytes, lastAt));
        left[top]--;
        if (codeOf[top] >= 0) {
            part(codeOf[top], layout.types.length() - 1 - left[top]);
        }
        if (left[top] == 0) {
            close();
            return true;
        }
        return false;
    }

    /** The innermost object is whole. */
    private void close() throws TraceException {
        int top = --depth;
        int from = at[top];
        if (codeOf[top] >= 0) {
            endCode(codeOf[top], from, weights[top]);
            leaf(from, 0);
        } else {
            if (heights[top] >= Limits.CONSTANT_DEPTH) {
                throw failure(
                        from,
                        "expected constants nested at most " + Limits.CONSTANT_DEPTH + " deep, found a deeper one");
            }
            if (texts[top] && Marshal.isTuple(Marshal.type(bytes, from))) {
                textTuples.set(from);
            }
            lastAt = from;
            lastWeight = weights[top];
            lastHeight = heights[top] + 1;
        }
        if (number[top] >= 0) {
            references.complete(number[top], lastWeight, lastHeight);
        }
    }

    // ------------------------------------------------------------------------------------------------ code objects

    private void code(int from) throws TraceException {
        int size = layout.numbers * Integer.BYTES;
        need(size, "the numbers of a code object");
        if (codeCount >= Limits.CODE_OBJECTS) {
            throw failure(from, "expected at most " + Limits.CODE_OBJECTS + " code objects, found more");
        }
        int flags = layout.numbers - 1;
        for (int i = 0; i <= flags; i++) {
            int value = Marshal.i32(bytes, position + i * Integer.BYTES);
            if (value < 0) {
                throw failure(
                        position + i * Integer.BYTES,
                        "expected " + (i == flags ? "the flags" : "a count") + " of a code object, found " + value);
            }
        }
        if (Marshal.i32(bytes, position) < Marshal.i32(bytes, position + Integer.BYTES)) {
            throw failure(position, "expected no more positional-only arguments than arguments, found more");
        }
        position += size;
        if ((codeCount + 1) * MarshalIndex.STRIDE > codes.length) {
            codes = Arrays.copyOf(codes, 2 * codes.length);
        }
        int entry = codeCount * MarshalIndex.STRIDE;
        codes[entry + MarshalIndex.AT] = from;
        codes[entry + MarshalIndex.PARENT] = enclosing();
        push(from, layout.types.length(), codeCount++);
    }

    private int enclosing() {
        for (int i = depth - 1; i >= 0; i--) {
            if (codeOf[i] >= 0) {
                return codeOf[i];
            }
        }
        return -1;
    }

    private void part(int code, int part) throws TraceException {
        int type = Marshal.type(bytes, lastAt);
        boolean right = switch (layout.types.charAt(part)) {
            case 'B' -> type == Marshal.BYTES;
            case 'S' -> Marshal.isText(type);
            case 'N' -> textTuples.get(lastAt);
            default -> Marshal.isTuple(type);
        };
        if (!right) {
            throw failure(
                    lastAt,
                    "expected the " + layout.partName(part) + " of a code object, found "
                            + (Marshal.isTuple(type) ? "a tuple of other things than texts" : Marshal.describe(type)));
        }
        int entry = code * MarshalIndex.STRIDE;
        codes[entry + MarshalIndex.PARTS + part] = lastAt;
        if (part == CodeLayout.FIRST_LINE_BEFORE - 1) {
            need(Integer.BYTES, "a first line");
            codes[entry + MarshalIndex.FIRST_LINE] = position;
            position += Integer.BYTES;
        }
    }

    private void endCode(int code, int from, long weight) throws TraceException {
        codes[code * MarshalIndex.STRIDE + MarshalIndex.END] = position;
        int parts = code * MarshalIndex.STRIDE + MarshalIndex.PARTS;
        tables += Marshal.count(bytes, codes[parts + CodeLayout.LINE_TABLE]);
        if (version.hasLocalsPlus()) {
            tables += Marshal.count(bytes, codes[parts + CodeLayout.EXCEPTION_TABLE]);
            int names = codes[parts + CodeLayout.LOCALS_PLUS_NAMES];
            int kinds = codes[parts + CodeLayout.LOCALS_PLUS_KINDS];
            if (Marshal.count(bytes, names) != Marshal.count(bytes, kinds)) {
                throw failure(
                        kinds,
                        "expected the kinds of " + Marshal.count(bytes, names) + " variables, found those of "
                                + Marshal.count(bytes, kinds));
            }
        }
        if (tables > Limits.TABLES) {
            throw failure(
                    from,
                    "expected line tables and exception tables of at most " + Limits.TABLES
                            + " bytes together, found more");
        }
        expanded += weight;
        if (expanded > (long) Limits.EXPANSION * bytes.length) {
            throw failure(
                    from,
                    "expected code objects of at most " + Limits.EXPANSION
                            + " times the size of the file, found more: it refers again and again to what is large");
        }
        // Behind the limit of what it says, since each code object can refer to the same large object.
        checkBytecode(codes[parts + CodeLayout.BYTECODE]);
        checkVariables(code, from);
    }

    /** Since 3.11 it has to be made of whole instructions ({@code _PyCode_Validate}). */
    private void checkBytecode(int at) throws TraceException {
        int count = Marshal.count(bytes, at);
        if (version.hasLocalsPlus() && count % 2 != 0) {
            throw failure(at, "expected bytecode of an even number of bytes, found " + count);
        }
    }

    /** Arguments are the first variables. How many variables there are before 3.11 by their number, nobody compares. */
    private void checkVariables(int code, int from) throws TraceException {
        int numbers = from + 1;
        int flags = Marshal.i32(bytes, numbers + (layout.numbers - 1) * Integer.BYTES);
        long arguments = (long) Marshal.i32(bytes, numbers)
                + Marshal.i32(bytes, numbers + 2 * Integer.BYTES)
                + ((flags & CodeFlags.VARARGS) == 0 ? 0 : 1)
                + ((flags & CodeFlags.VARKEYWORDS) == 0 ? 0 : 1);
        if (arguments == 0) {
            return;
        }
        int parts = code * MarshalIndex.STRIDE + MarshalIndex.PARTS;
        int variables = version.hasLocalsPlus()
                ? locals(codes[parts + CodeLayout.LOCALS_PLUS_KINDS])
                : Marshal.count(bytes, codes[parts + CodeLayout.VARIABLES]);
        if (arguments > variables) {
            throw failure(
                    numbers, "expected a variable for each argument, " + arguments + " in all, found " + variables);
        }
    }

    /** How many of the kinds of variables are those of local ones. */
    private int locals(int kinds) {
        int from = Marshal.contentAt(bytes, kinds);
        int count = 0;
        for (int i = from; i < from + Marshal.count(bytes, kinds); i++) {
            count += (bytes[i] & CodeLayout.LOCAL) == 0 ? 0 : 1;
        }
        return count;
    }

    // ------------------------------------------------------------------------------------------------ what is left

    private int length() throws TraceException {
        need(Integer.BYTES, "a length");
        int length = Marshal.i32(bytes, position);
        if (length < 0 || length > bytes.length - position - Integer.BYTES) {
            throw failure(position, "expected a length that fits, found " + length);
        }
        position += Integer.BYTES;
        return length;
    }

    private void need(int count, String what) throws TraceException {
        if (bytes.length - position < count) {
            throw failure(bytes.length, "expected " + what + ", found the end of the file");
        }
    }

    private String hex(int where) {
        return where < 0 ? "" : Integer.toHexString(bytes[where] & 0xFF);
    }

    private TraceException failure(int where, String message) {
        return new TraceException(name, where, message);
    }
}
