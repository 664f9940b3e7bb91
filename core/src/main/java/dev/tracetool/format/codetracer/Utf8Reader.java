package dev.tracetool.format.codetracer;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** A text from a stream of UTF-8. What is none becomes a replacement character, and is remembered. */
public final class Utf8Reader extends Reader {
    private static final int BUFFER = 1 << 13;

    private final InputStream in;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER).limit(0);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER).limit(0);
    private boolean atEnd;
    private boolean malformed;

    public Utf8Reader(InputStream in) {
        this.in = in;
    }

    public boolean isMalformed() {
        return malformed;
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!chars.hasRemaining()) {
            if (atEnd && !bytes.hasRemaining()) {
                return -1;
            }
            decode();
        }
        int count = Math.min(length, chars.remaining());
        chars.get(target, offset, count);
        return count;
    }

    private void decode() throws IOException {
        bytes.compact();
        int got = atEnd ? -1 : in.read(bytes.array(), bytes.position(), bytes.remaining());
        atEnd = got < 0;
        bytes.position(bytes.position() + Math.max(0, got));
        bytes.flip();
        chars.clear();
        CoderResult result = decoder.decode(bytes, chars, atEnd);
        if (result.isError()) {
            malformed = true;
            bytes.position(bytes.position() + result.length());
            if (!chars.hasRemaining()) {
                throw new IllegalStateException("a decoder reports an error only where there is room");
            }
            chars.put('\uFFFD');
        }
        chars.flip();
    }

    @Override
    public void close() {}
}
