package dev.tracetool.code;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The bits of {@code co_flags}, named as in CPython's {@code Include/cpython/code.h} without the {@code CO_}; the names
 * of {@code dis.COMPILER_FLAG_NAMES} are the same. CPython gives a bit no second meaning while it is in use: what a
 * version does not know, it does not set. (3.7 and earlier had the {@code FUTURE_} flags at other bits.)
 */
public final class CodeFlags {
    /** Local variables are in fast slots: a function's code, not a module's or a class's. */
    public static final int OPTIMIZED = 0x1;

    /** A call makes a new local namespace. */
    public static final int NEWLOCALS = 0x2;

    /** Has {@code *args}. */
    public static final int VARARGS = 0x4;

    /** Has {@code **kwargs}. */
    public static final int VARKEYWORDS = 0x8;

    /** Nested in a function. */
    public static final int NESTED = 0x10;

    public static final int GENERATOR = 0x20;

    /** An {@code async def} without {@code yield}. */
    public static final int COROUTINE = 0x80;

    /** A generator that {@code types.coroutine} made awaitable. */
    public static final int ITERABLE_COROUTINE = 0x100;

    /** An {@code async def} with {@code yield}. */
    public static final int ASYNC_GENERATOR = 0x200;

    /** Its frames are suspended and resumed. */
    private static final int SUSPENDABLE = GENERATOR | COROUTINE | ITERABLE_COROUTINE | ASYNC_GENERATOR;

    /** What flags are where a format does not store them: all bits, which no code object has. */
    public static final int UNKNOWN = CodeRecord.UNKNOWN;

    private static final String[] NAMES = new String[Integer.SIZE];

    static {
        name(OPTIMIZED, "OPTIMIZED");
        name(NEWLOCALS, "NEWLOCALS");
        name(VARARGS, "VARARGS");
        name(VARKEYWORDS, "VARKEYWORDS");
        name(NESTED, "NESTED");
        name(GENERATOR, "GENERATOR");
        name(0x40, "NOFREE"); // Set until 3.9; still named by dis.
        name(COROUTINE, "COROUTINE");
        name(ITERABLE_COROUTINE, "ITERABLE_COROUTINE");
        name(ASYNC_GENERATOR, "ASYNC_GENERATOR");
        name(0x2_0000, "FUTURE_DIVISION");
        name(0x4_0000, "FUTURE_ABSOLUTE_IMPORT");
        name(0x8_0000, "FUTURE_WITH_STATEMENT");
        name(0x10_0000, "FUTURE_PRINT_FUNCTION");
        name(0x20_0000, "FUTURE_UNICODE_LITERALS");
        name(0x40_0000, "FUTURE_BARRY_AS_BDFL");
        name(0x80_0000, "FUTURE_GENERATOR_STOP");
        name(0x100_0000, "FUTURE_ANNOTATIONS");
        name(0x200_0000, "NO_MONITORING_EVENTS"); // Since 3.13.
        name(0x400_0000, "HAS_DOCSTRING"); // Since 3.14.
        name(0x800_0000, "METHOD"); // Since 3.14.
    }

    private CodeFlags() {}

    /**
     * The names of the bits that are set, lowest bit first; last, if there are any, all bits without a name as one
     * hexadecimal number. None, if the flags are {@link #UNKNOWN}.
     */
    public static List<String> names(int flags) {
        if (flags == UNKNOWN) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        int unnamed = flags;
        for (int bit = 0; bit < NAMES.length; bit++) {
            String name = NAMES[bit];
            if (name != null && (flags >>> bit & 1) != 0) {
                names.add(name);
                unnamed &= ~(1 << bit);
            }
        }
        if (unnamed != 0) {
            names.add("0x" + Integer.toHexString(unnamed));
        }
        return Collections.unmodifiableList(names);
    }

    /** Whether frames of the code are suspended and resumed: a generator's or coroutine's, of whatever kind. */
    public static boolean isSuspendable(int flags) {
        return flags != UNKNOWN && (flags & SUSPENDABLE) != 0;
    }

    private static void name(int flag, String name) {
        NAMES[Integer.numberOfTrailingZeros(flag)] = name;
    }
}
