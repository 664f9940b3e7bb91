package dev.tracetool.format.pyc;

/**
 * The bytes of the marshal format ({@code Python/marshal.c}): an object is a type, then what the type has; numbers are
 * little-endian, {@code n} is an i32.
 *
 * <pre>
 * N None  F False  T True  . Ellipsis                   i  i32                    I  i64
 * l  n, then |n| u16 of 15 bits each, negative if n is  f  u8 and so many characters
 * g  f64              y  f64 f64                        x  as f, twice
 * s  n bytes          u t  n bytes of UTF-8, surrogates included
 * a A  n characters   z Z  u8 and so many characters    (Latin-1; t, A and Z are interned)
 * (  n objects        )  u8 and so many objects         &gt;  n objects, a frozenset
 * :  3 objects, a slice (since 3.14)                    c  a code object
 * r  n, the object that was the n-th with bit 7 set in its type
 * </pre>
 *
 * None, False, True, Ellipsis and r are never referred to, whatever their bit 7. The others get their number when they
 * begin, those that hold nothing as well.
 */
final class Marshal {
    static final int NONE = 'N';
    static final int FALSE = 'F';
    static final int TRUE = 'T';
    static final int ELLIPSIS = '.';
    static final int INT = 'i';
    static final int INT64 = 'I';
    static final int LONG = 'l';
    static final int TEXT_FLOAT = 'f';
    static final int FLOAT = 'g';
    static final int TEXT_COMPLEX = 'x';
    static final int COMPLEX = 'y';
    static final int BYTES = 's';
    static final int UNICODE = 'u';
    static final int INTERNED = 't';
    static final int ASCII = 'a';
    static final int ASCII_INTERNED = 'A';
    static final int SHORT_ASCII = 'z';
    static final int SHORT_ASCII_INTERNED = 'Z';
    static final int TUPLE = '(';
    static final int SMALL_TUPLE = ')';
    static final int FROZENSET = '>';
    static final int SLICE = ':';
    static final int CODE = 'c';
    static final int REF = 'r';

    /** In the type byte: the object can be referred to. */
    static final int FLAG_REF = 0x80;

    private Marshal() {}

    static int type(byte[] bytes, int at) {
        return bytes[at] & ~FLAG_REF & 0xFF;
    }

    static int u16(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    static int i32(byte[] bytes, int at) {
        return u16(bytes, at) | u16(bytes, at + 2) << 16;
    }

    static long u32(byte[] bytes, int at) {
        return i32(bytes, at) & 0xFFFF_FFFFL;
    }

    static long i64(byte[] bytes, int at) {
        return u32(bytes, at) | u32(bytes, at + 4) << 32;
    }

    static boolean isText(int type) {
        return switch (type) {
            case UNICODE, INTERNED, ASCII, ASCII_INTERNED, SHORT_ASCII, SHORT_ASCII_INTERNED -> true;
            default -> false;
        };
    }

    static boolean isTuple(int type) {
        return type == TUPLE || type == SMALL_TUPLE;
    }

    /** Where the characters of a text, or the bytes of a bytes object, begin. */
    static int contentAt(byte[] bytes, int at) {
        int type = type(bytes, at);
        return type == SHORT_ASCII || type == SHORT_ASCII_INTERNED || type == SMALL_TUPLE ? at + 2 : at + 5;
    }

    /** How many characters, bytes or elements an object of variable length has. */
    static int count(byte[] bytes, int at) {
        int type = type(bytes, at);
        return type == SHORT_ASCII || type == SHORT_ASCII_INTERNED || type == SMALL_TUPLE
                ? bytes[at + 1] & 0xFF
                : i32(bytes, at + 1);
    }

    /** What an object of a type is called in a message. */
    static String describe(int type) {
        return switch (type) {
            case NONE -> "None";
            case FALSE, TRUE -> "a bool";
            case ELLIPSIS -> "Ellipsis";
            case INT, INT64, LONG -> "an int";
            case TEXT_FLOAT, FLOAT -> "a float";
            case TEXT_COMPLEX, COMPLEX -> "a complex";
            case BYTES -> "bytes";
            case UNICODE, INTERNED, ASCII, ASCII_INTERNED, SHORT_ASCII, SHORT_ASCII_INTERNED -> "a text";
            case TUPLE, SMALL_TUPLE -> "a tuple";
            case FROZENSET -> "a frozenset";
            case SLICE -> "a slice";
            case CODE -> "a code object";
            case REF -> "a reference";
            case '0' -> "the null object";
            case 'S' -> "StopIteration";
            case '[' -> "a list";
            case '{' -> "a dict";
            case '<' -> "a set";
            case '}' -> "a frozendict";
            default -> "the type 0x" + Integer.toHexString(type);
        };
    }
}
