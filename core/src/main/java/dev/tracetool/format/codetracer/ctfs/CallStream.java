package dev.tracetool.format.codetracer.ctfs;

import dev.tracetool.trace.Damage;
import java.io.IOException;
import java.util.Arrays;

/**
 * The calls of a recording: {@code calls.dat}, in the order in which they began. The number of a record is the key of its
 * call. In a chunk each has its length before it:
 *
 * <pre>
 * function   key of the caller (signed, -1 for none)   first step   last step   depth
 * number of arguments, and for each its name's number and its value, which has its length before it
 * value returned   exception   both with their lengths before them
 * number of calls made from it, and their keys
 * </pre>
 *
 * <p>Values are passed over. What cannot be read of a chunk is damage; the next chunk is read all the same.
 */
final class CallStream {
    static final String NAME = "calls";

    /** No recording has as many. */
    private static final long MAX_STEP = 1L << 62;

    /** In place of what is returned. */
    private static final byte VOID = (byte) 0xFF;

    private final ChunkedRecords records;
    private long key;
    private long function;
    private long parent;
    private long entry;
    private long exit;

    // Of values: where their bytes begin in those of the record's chunk, and how many there are.
    private int argumentsAt;
    private int argumentsOfCall;
    private int argumentsLength;
    private int returnedAt;
    private int returnedLength;
    private int exceptionAt;
    private int exceptionLength;

    private long count;
    private long exceptions;
    private long arguments;

    /** @param stored whether chunks are not packed */
    CallStream(Directory directory, boolean stored, FrameUnpacker unpacker, Damage damage) throws IOException {
        this.records = ChunkedRecords.open(directory, NAME, stored, unpacker, damage);
    }

    /** Goes on to the next call. */
    boolean next() throws IOException {
        while (records.next()) {
            try {
                key = records.number();
                read(records.cursor(), records.length());
                count++;
                exceptions += exceptionLength > 0 ? 1 : 0;
                return true;
            } catch (MalformedContainerException e) {
                records.drop(e);
            }
        }
        return false;
    }

    private void read(Cursor in, int length) throws MalformedContainerException {
        int start = in.at();
        function = in.varint();
        parent = in.signed();
        entry = in.varint();
        exit = in.varint();
        in.varint();
        if (entry < 0 || exit < entry || exit >= MAX_STEP) {
            throw in.malformed("expected a first and a last step below " + MAX_STEP + ", found "
                    + Long.toUnsignedString(entry) + " and " + Long.toUnsignedString(exit));
        }
        argumentsAt = in.at();
        argumentsOfCall = in.count(2);
        for (int i = 0; i < argumentsOfCall; i++) {
            in.varint();
            in.skipBytes();
        }
        arguments += argumentsOfCall;
        argumentsLength = in.at() - argumentsAt;
        returnedLength = in.skipBytes();
        returnedAt = in.at() - returnedLength;
        exceptionLength = in.skipBytes();
        exceptionAt = in.at() - exceptionLength;
        for (int n = in.count(1); n > 0; n--) {
            in.varint();
        }
        if (in.at() - start != length) {
            throw in.malformed("expected a call of " + length + " bytes, found " + (in.at() - start));
        }
    }

    /** What is to be unpacked for that call, as a byte position in the container. */
    long position() {
        return records.position();
    }

    long key() {
        return key;
    }

    /** All 64 bits: below 0 if there can be no such function. */
    long function() {
        return function;
    }

    /** Key of the caller; -1 if there is none. */
    long parent() {
        return parent;
    }

    long entry() {
        return entry;
    }

    long exit() {
        return exit;
    }

    /** Whether it was left by an exception. */
    boolean exception() {
        return exceptionLength > 0;
    }

    /** Its arguments: their number, and of each its name's number and its value, which has its length before it. */
    byte[] arguments() {
        return Arrays.copyOfRange(records.bytes(), argumentsAt, argumentsAt + argumentsLength);
    }

    /** How many arguments it has. */
    int argumentsOfCall() {
        return argumentsOfCall;
    }

    /** How many bytes {@link #arguments()}, {@link #returned()} and {@link #raised()} come to. */
    long valueBytes() {
        return (long) argumentsLength + returnedLength + exceptionLength;
    }

    /** Whether it returned nothing at all, as one that an exception leaves. */
    boolean returnedNothing() {
        return returnedLength == 0 || returnedLength == 1 && records.bytes()[returnedAt] == VOID;
    }

    /** What it returned, as CBOR, if it did. */
    byte[] returned() {
        return Arrays.copyOfRange(records.bytes(), returnedAt, returnedAt + returnedLength);
    }

    /** The exception that left it, as CBOR; none if there is none. */
    byte[] raised() {
        return Arrays.copyOfRange(records.bytes(), exceptionAt, exceptionAt + exceptionLength);
    }

    /** Calls so far. */
    long count() {
        return count;
    }

    long exceptions() {
        return exceptions;
    }

    /** Arguments of these calls. */
    long argumentCount() {
        return arguments;
    }

    long chunks() {
        return records.chunks();
    }

    long storedBytes() {
        return records.storedBytes();
    }

    long rawBytes() {
        return records.rawBytes();
    }
}
