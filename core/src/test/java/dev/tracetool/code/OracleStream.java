package dev.tracetool.code;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@code code_oracle.py} writes: tuples in Python's marshal format, of which it uses a few types. (CPython
 * {@code Python/marshal.c}: a type byte, then little-endian numbers of 32 bits.)
 */
final class OracleStream {
    /** What the interpreter says of one code object. None is {@link LineTable#NO_LINE}, or -1 for a column. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Facts(
            String name,
            int firstLine,
            int codeLength,
            int flags,
            int argCount,
            int positionalOnly,
            int keywordOnly,
            byte[] table,
            int[] lines, // 3 for each range: start, end, line
            int @Nullable [] positions) {} // 4 for each code unit: line, end line, column, end column

    private static final int FACTS = 10;

    private final InputStream in;
    private int count;

    OracleStream(InputStream in) {
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    /** The next code object, or null at the end, where the count has been checked. */
    @Nullable
    Facts next() throws IOException {
        expect('(');
        int size = int32();
        if (size == 1) {
            int written = number();
            if (written != count) {
                throw new IOException(count + " code objects came, " + written + " were written");
            }
            return null;
        }
        if (size != FACTS) {
            throw new IOException("a tuple of " + size);
        }
        count++;
        return new Facts(
                text(), number(), number(), number(), number(), number(), number(), string(), lines(), positions());
    }

    private int[] lines() throws IOException {
        expect('[');
        int ranges = int32();
        int[] all = new int[3 * ranges];
        for (int i = 0; i < all.length; i++) {
            if (i % 3 == 0) {
                expect('(');
                int32();
            }
            all[i] = numberOr(LineTable.NO_LINE);
        }
        return all;
    }

    private int @Nullable [] positions() throws IOException {
        int type = read();
        if (type == 'N') {
            return null;
        }
        int units = int32();
        int[] all = new int[4 * units];
        for (int i = 0; i < all.length; i++) {
            if (i % 4 == 0) {
                expect('(');
                int32();
            }
            all[i] = numberOr(i % 4 < 2 ? LineTable.NO_LINE : Position.UNKNOWN_COLUMN);
        }
        return all;
    }

    private int number() throws IOException {
        expect('i');
        return int32();
    }

    private int numberOr(int none) throws IOException {
        int type = read();
        if (type == 'N') {
            return none;
        }
        if (type != 'i') {
            throw new IOException("type " + (char) type + " in place of a number");
        }
        return int32();
    }

    private byte[] string() throws IOException {
        expect('s');
        return in.readNBytes(int32());
    }

    private String text() throws IOException {
        read(); // 'u', or 't' if interned
        return new String(in.readNBytes(int32()), StandardCharsets.UTF_8);
    }

    private void expect(int type) throws IOException {
        int found = read();
        if (found != type) {
            throw new IOException("type " + (char) found + " in place of " + (char) type);
        }
    }

    private int int32() throws IOException {
        return read() | read() << 8 | read() << 16 | read() << 24;
    }

    private int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the interpreter stopped after " + count + " code objects");
        }
        return b;
    }
}
