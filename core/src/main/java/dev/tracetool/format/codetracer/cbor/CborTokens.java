package dev.tracetool.format.codetracer.cbor;

import dev.tracetool.format.codetracer.MalformedRecordException;
import dev.tracetool.format.codetracer.RecordTokens;
import dev.tracetool.format.codetracer.Utf8Reader;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Copies CBOR items as the tokens that the same value has in JSON. What JSON does not have is told in another way, and
 * counted: bytes become base64, names that are numbers become texts, {@code undefined} and simple values become null, and
 * a tag leaves what it stands in front of; the bytes behind a tag for large integers are an integer, and the number of an
 * earlier value is a value of its own kind.
 */
public final class CborTokens {
    private static final int MAX_DEPTH = 10_000;
    private static final int POSITIVE_BIGNUM = 2;
    private static final int NEGATIVE_BIGNUM = 3;

    /** In front of the number of a value that was written before: {@code CborTagValueRef} of the writer in Nim. */
    private static final int VALUE_REF = 256;

    /** Larger integers stay bytes. */
    private static final int MAX_BIGNUM = 1024;

    private static final String AS_TEXT = "written as text";
    private static final String AS_NULL = "written as null";

    private final CborInput in;

    /** By depth: items that are still to come, or {@link CborInput#INDEFINITE}. */
    private long[] left = new long[64];

    /** By depth. */
    private boolean[] isMap = new boolean[64];

    private String lastName = "";

    public CborTokens(CborInput in) {
        this.in = in;
    }

    /** Copies the next item. */
    public void copy(RecordTokens to) throws IOException, MalformedRecordException {
        in.head();
        try {
            copyRest(to);
        } catch (DamagedItemException e) {
            throw e.what();
        }
    }

    /** Copies the next item, which takes so many bytes; what is left of these is passed over. */
    public void sized(long size, RecordTokens to) throws IOException, MalformedRecordException {
        long end = in.position() + size;
        if (size == 0) {
            to.none();
            to.lose("empty value", AS_NULL);
            return;
        }
        copy(to);
        if (in.position() > end) {
            throw in.malformed("expected a value of " + size + " bytes, found a longer one");
        }
        if (in.position() < end) {
            to.lose("rest behind a value", "");
            in.skip(end - in.position());
        }
    }

    /** Copies a text of so many bytes. */
    public void text(long size, RecordTokens to) throws IOException, MalformedRecordException {
        try {
            if (size <= RecordTokens.MAX_MEMBER) {
                to.text(text(in.bytes((int) size), to));
            } else {
                text(new CborPieces(in, size), to);
            }
        } catch (DamagedItemException e) {
            throw e.what();
        }
    }

    private static void text(CborPieces utf8, RecordTokens to) throws IOException {
        try (utf8;
                Utf8Reader reader = new Utf8Reader(utf8)) {
            to.text(reader);
            lose(reader.isMalformed(), to);
        }
    }

    /** The same of an item whose head was read. */
    void copyRest(RecordTokens to) throws IOException, MalformedRecordException {
        lastName = "";
        int depth = item(-1, to);
        while (depth >= 0) {
            if (left[depth] == 0 || left[depth] == CborInput.INDEFINITE && in.takeBreak()) {
                if (isMap[depth]) {
                    to.endObject();
                } else {
                    to.endArray();
                }
                depth--;
                continue;
            }
            if (left[depth] > 0) {
                left[depth]--;
            }
            in.head();
            if (isMap[depth]) {
                if (!name(to)) {
                    in.skip();
                    continue;
                }
                in.head();
            }
            depth = item(depth, to);
        }
    }

    /** The name of a member; false if there can be none, which is skipped. */
    private boolean name(RecordTokens to) throws IOException, MalformedRecordException {
        while (in.major() == CborInput.TAG) {
            to.lose("CBOR tag", "");
            in.head();
        }
        switch (in.major()) {
            case CborInput.TEXT -> {
                if (in.argument() > RecordTokens.MAX_MEMBER) {
                    in.skipRest();
                    to.spoil("expected names of at most " + RecordTokens.MAX_MEMBER + " bytes, found a longer one");
                    return false;
                }
                if (in.argument() == CborInput.INDEFINITE) {
                    try (CborPieces pieces = new CborPieces(in)) {
                        byte[] bytes = pieces.readNBytes(RecordTokens.MAX_MEMBER);
                        if (pieces.read() >= 0) {
                            to.spoil("expected names of at most " + RecordTokens.MAX_MEMBER
                                    + " bytes, found a longer one");
                        }
                        lastName = text(bytes, to);
                    }
                } else {
                    lastName = text(in.bytes((int) in.argument()), to);
                }
            }
            case CborInput.UNSIGNED, CborInput.NEGATIVE -> {
                to.lose("non-text name", AS_TEXT);
                lastName = integer(in.major() == CborInput.NEGATIVE, in.argument());
            }
            default -> {
                in.skipRest();
                to.lose("unnamed member", "");
                return false;
            }
        }
        to.name(lastName);
        return true;
    }

    /** An item whose head was read; of one that holds others, its start. Its depth, if there is more to come of it. */
    private int item(int depth, RecordTokens to) throws IOException, MalformedRecordException {
        boolean tagged = false;
        while (in.major() == CborInput.TAG) {
            long tag = in.argument();
            in.head();
            if ((tag == POSITIVE_BIGNUM || tag == NEGATIVE_BIGNUM)
                    && in.major() == CborInput.BYTES
                    && in.argument() >= 0
                    && in.argument() <= MAX_BIGNUM) {
                BigInteger number = new BigInteger(1, in.bytes((int) in.argument()));
                to.number((tag == POSITIVE_BIGNUM ? number : number.not()).toString());
                return depth;
            }
            if (tag == VALUE_REF && in.major() == CborInput.UNSIGNED) {
                reference(in.argument(), to);
                return depth;
            }
            if (!tagged) {
                to.lose("CBOR tag", "");
            }
            tagged = true;
        }
        long argument = in.argument();
        switch (in.major()) {
            case CborInput.UNSIGNED, CborInput.NEGATIVE -> {
                boolean negative = in.major() == CborInput.NEGATIVE;
                if (argument >= 0) {
                    to.number(negative ? -1 - argument : argument);
                } else {
                    to.number(integer(negative, argument));
                }
            }
            case CborInput.TEXT -> {
                if (argument >= 0 && argument <= RecordTokens.MAX_MEMBER) {
                    to.text(text(in.bytes((int) argument), to));
                } else {
                    text(new CborPieces(in), to);
                }
            }
            case CborInput.BYTES -> {
                if (!lastName.equals("b")) { // of a large integer JSON has them as base64 anyway
                    to.lose("byte string", "written as base64");
                }
                try (InputStream bytes = new CborPieces(in)) {
                    to.bytes(bytes);
                }
            }
            case CborInput.ARRAY, CborInput.MAP -> {
                return open(depth + 1, to);
            }
            default -> simple(to);
        }
        return depth;
    }

    /** The definition of records has no such value; CodeTracer's own printer shows it so. */
    private static void reference(long number, RecordTokens to) {
        to.lose("reference to an earlier value", "written as its number");
        to.startObject();
        to.name("kind");
        to.text("ValueRef");
        to.name("ref_id");
        to.number(Long.toUnsignedString(number));
        to.endObject();
    }

    private int open(int depth, RecordTokens to) throws MalformedRecordException {
        if (depth == MAX_DEPTH) {
            throw in.malformed("expected values nested at most " + MAX_DEPTH + " deep, found more");
        }
        if (depth == left.length) {
            left = Arrays.copyOf(left, 2 * depth);
            isMap = Arrays.copyOf(isMap, 2 * depth);
        }
        left[depth] = in.argument();
        isMap[depth] = in.major() == CborInput.MAP;
        if (isMap[depth]) {
            to.startObject();
        } else {
            to.startArray();
        }
        return depth;
    }

    private void simple(RecordTokens to) {
        int info = in.info();
        long argument = in.argument();
        switch (info) {
            case 20 -> to.bool(false);
            case 21 -> to.bool(true);
            case 22 -> to.none();
            case 25 -> to.real(half((int) argument));
            case 26 -> to.real(Float.intBitsToFloat((int) argument));
            case 27 -> to.real(Double.longBitsToDouble(argument));
            default -> {
                to.lose(info == 23 ? "undefined value" : "simple value of CBOR", AS_NULL);
                to.none();
            }
        }
    }

    /** RFC 8949, appendix D. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1F;
        int mantissa = bits & 0x3FF;
        double value;
        if (exponent == 0) {
            value = mantissa * 0x1p-24;
        } else if (exponent == 31) {
            value = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            value = Math.scalb(mantissa + 1024.0, exponent - 25);
        }
        return (bits & 0x8000) == 0 ? value : -value;
    }

    private static String integer(boolean negative, long argument) {
        BigInteger number = new BigInteger(Long.toUnsignedString(argument));
        return (negative ? number.not() : number).toString();
    }

    private static String text(byte[] utf8, RecordTokens to) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            lose(!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), utf8), to);
        }
        return text;
    }

    private static void lose(boolean malformed, RecordTokens to) {
        if (malformed) {
            to.lose("malformed UTF-8 text", "with replacement characters");
        }
    }
}
