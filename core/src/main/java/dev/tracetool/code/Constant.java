package dev.tracetool.code;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/**
 * A constant of a code object, an element of {@code co_consts}: of the types that CPython's compiler makes constants of
 * ({@code validate_constant} in {@code Python/ast.c}), slices since 3.14, and code objects. Immutable; equal if type and
 * value are, where a NaN equals itself and 0.0 is not -0.0.
 *
 * <p>Equality and {@link #repr} follow what is nested in a tuple; whoever makes constants of untrusted bytes keeps that
 * shallow.
 */
public sealed interface Constant {
    /** Of these there is one each. */
    enum Singleton implements Constant {
        NONE("NoneType"),
        ELLIPSIS("ellipsis");

        private final String typeName;

        Singleton(String typeName) {
            this.typeName = typeName;
        }

        @Override
        public String typeName() {
            return typeName;
        }
    }

    record Bool(boolean value) implements Constant {
        @Override
        public String typeName() {
            return "bool";
        }
    }

    record Int(BigInteger value) implements Constant {
        @Override
        public String typeName() {
            return "int";
        }
    }

    record Floating(double value) implements Constant {
        @Override
        public String typeName() {
            return "float";
        }
    }

    record Complex(double real, double imaginary) implements Constant {
        @Override
        public String typeName() {
            return "complex";
        }
    }

    /**
     * A {@code str}: code points, lone surrogates among them. Python tells two surrogates side by side from the one
     * character that they would encode in UTF-16; {@link #text()} does not, the other methods do.
     */
    final class Str implements Constant {
        private static final int[] NONE_APART = {};

        private final String text;
        private final int[] apart;

        public Str(String text) {
            this(text, NONE_APART);
        }

        /** @param apart the chars, ascending, that are high surrogates by themselves although a low one follows */
        public Str(String text, int[] apart) {
            this.text = text;
            this.apart = apart.length == 0 ? NONE_APART : apart.clone();
        }

        public String text() {
            return text;
        }

        /** The code point at a char, which is not the second of a pair. */
        public int codePointAt(int at) {
            return isApart(at) ? text.charAt(at) : text.codePointAt(at);
        }

        /** How many chars the code point at a char takes. */
        public int charsAt(int at) {
            return Character.charCount(codePointAt(at));
        }

        /** {@code len()} of it. */
        public int length() {
            return text.codePointCount(0, text.length()) + apart.length;
        }

        private boolean isApart(int at) {
            return apart.length > 0 && Arrays.binarySearch(apart, at) >= 0;
        }

        @Override
        public String typeName() {
            return "str";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Str that && text.equals(that.text) && Arrays.equals(apart, that.apart);
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }

        @Override
        public String toString() {
            return "Str[" + length() + " characters]";
        }
    }

    /** A {@code bytes}. */
    final class Bytes implements Constant {
        private final byte[] value;

        public Bytes(byte[] value) {
            this.value = value.clone();
        }

        public int length() {
            return value.length;
        }

        public byte at(int index) {
            return value[index];
        }

        public byte[] toArray() {
            return value.clone();
        }

        @Override
        public String typeName() {
            return "bytes";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && Arrays.equals(value, that.value);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(value);
        }

        @Override
        public String toString() {
            return "Bytes[" + value.length + "]";
        }
    }

    record Tuple(List<Constant> items) implements Constant {
        public Tuple {
            items = List.copyOf(items);
        }

        @Override
        public String typeName() {
            return "tuple";
        }
    }

    /** @param items in the order in which they are stored, which says nothing */
    record FrozenSet(List<Constant> items) implements Constant {
        public FrozenSet {
            items = List.copyOf(items);
        }

        @Override
        public String typeName() {
            return "frozenset";
        }
    }

    record Slice(Constant start, Constant stop, Constant step) implements Constant {
        @Override
        public String typeName() {
            return "slice";
        }
    }

    /** @param index of the code object in the trace's code-object table */
    record Code(int index) implements Constant {
        @Override
        public String typeName() {
            return "code";
        }
    }

    /** The name of its type in Python. */
    String typeName();

    /**
     * What {@code repr()} answers in Python, but for code objects, the order of a set's elements, and characters of which
     * Java and Python do not agree whether they are printable. It can hold hostile text, though no control characters.
     *
     * @param max chars that are enough: one that is longer is cut there and ends with {@code …}
     */
    default String repr(int max) {
        return ConstantRepr.of(this, max);
    }
}
